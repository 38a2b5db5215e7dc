"""Moodle's shortanswer, numerical, essay, cloze, gapselect and ddwtos → what is typed, and texts with blanks."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from app.formats.cloze import place_of, read_cloze, split_stem, text_with_blanks
from app.formats.common import NotAQuestion, ids_for
from app.formats.moodle_xml.asked import Asked, Broken, number_of, percent, raw_text, share_of, short
from app.formats.moodle_xml.read_choice import Drafted
from app.formats.moodle_xml.rubric import rubric_in
from app.formats.typed import FULL, Alternative, typed_answers
from app.questions.model import SLACK

_PLACE = re.compile(r"\[\[(\d{1,3})\]\]")
_WORDS_A_LINE = 12


def shortanswer(asked: Asked) -> Drafted:
    """A short answer. “*” stands for any letters in the file, and for nothing here."""
    answers = [
        Alternative(raw_text(answer), share_of(answer), asked.rich(answer.find("feedback")))
        for answer in asked.element.findall("answer")
    ]
    if not any(answer.credit > SLACK for answer in answers):
        raise Broken("The question has no right answer.")
    fields, lost = typed_answers(answers, case_counts=asked.switch("usecase", False))
    asked.note(*lost)
    return "short_answer", fields


def numerical(asked: Asked) -> Drafted:
    """A number with its tolerance and unit; further numbers are those that are nearly right, or known as wrong."""
    answers = [answer for answer in asked.element.findall("answer") if not _is_any_other(asked, answer)]
    shares = [share_of(answer) for answer in answers]
    if not shares or max(shares) <= FULL:
        raise Broken("No number earns the whole mark.")
    if sum(share > FULL for share in shares) > 1:
        raise NotAQuestion("Several numbers earn the whole mark; a numeric question has one.")
    at = shares.index(max(shares))
    key, off = _value(answers[at]), number_of(raw_text(answers[at].find("tolerance")) or "0") or 0.0
    if feedback := asked.rich(answers[at].find("feedback")):
        asked.note(f"What is said to the right number was left out: “{short(feedback)}”.")
    wrong = [w for n, a in enumerate(answers) if n != at and (w := _wrong(asked, a, shares[n], (key, abs(off))))]
    unit = _unit(asked)
    body = {"key": key, "tolerance": {"absolute": abs(off)}, "unit": unit, "percent": unit == "%", "wrong": wrong}
    return "numeric", body


def _is_any_other(asked: Asked, answer: Element) -> bool:
    if raw_text(answer) not in {"*", ""}:
        return False
    if share_of(answer) > SLACK:
        raise NotAQuestion("Any number (“*”) earns something; a numeric question has one key.")
    if feedback := asked.rich(answer.find("feedback")):
        asked.note(f"What is said to any other number was left out: “{short(feedback)}”.")
    return True


def _value(answer: Element) -> float:
    value = number_of(raw_text(answer))
    if value is None:
        raise Broken(f"“{short(raw_text(answer))}” is no number.")
    return value


def _wrong(asked: Asked, answer: Element, share: float, key: tuple[float, float]) -> dict[str, Any] | None:
    value, off = _value(answer), number_of(raw_text(answer.find("tolerance")) or "0") or 0.0
    if abs(value - key[0]) <= key[1] + SLACK * max(1.0, abs(key[0])):
        asked.note(f"Numbers up to {off:g} from {value:g} earn {percent(share)} % in the file; here they are wrong.")
        return None
    if off:
        asked.note(f"Numbers near {value:g} are told apart from it here; in the file up to {off:g} away is the same.")
    if share < -SLACK:
        asked.note(f"{value:g} takes marks away in the file; here it earns nothing.")
    return {"value": value, "feedback": asked.rich(answer.find("feedback")), "credit": max(0.0, share)}


def _unit(asked: Asked) -> str:
    """The unit in which the number is given; others are read in the file and named here."""
    names: list[str] = []
    for unit in asked.element.findall("units/unit"):
        name, factor = raw_text(unit.find("unit_name")), number_of(raw_text(unit.find("multiplier")) or "1")
        if factor == 1 and not names:
            names.append(name)
        else:
            asked.note(f"The unit “{short(name)}” is understood in the file as well; here it is not.")
    if names and asked.value("unitgradingtype", "0") not in {"", "0"}:
        asked.note("A wrong unit takes marks away in the file; here the unit stands beside the field.")
    if words := raw_text(asked.element.find("instructions")):
        asked.note(f"The instructions for units were left out: “{short(words)}”.")
    return names[0] if names else ""


def essay(asked: Asked) -> Drafted:
    """A free response, with the rubric that stands in the notes for graders or one criterion for the whole."""
    rubric, known = rubric_in(asked.element.find("graderinfo"))
    if not known:
        asked.note("The rubric is one of our own: one criterion with three levels. Write the levels you mean.")
        if words := asked.plain(asked.element.find("graderinfo")):
            asked.note(f"The notes for graders were left out: “{short(words)}”.")
    if words := asked.plain(asked.element.find("responsetemplate")):
        asked.note(f"The template for the answer was left out: “{short(words)}”.")
    if asked.value("attachments", "0") not in {"", "0"}:
        asked.note("Files can be handed in there; here the answer is typed.")
    return "free_response", {**rubric, "max_words": _max_words(asked)}


def _max_words(asked: Asked) -> int:
    said = number_of(asked.value("maxwordlimit"))
    if said:
        return int(min(1000, max(10, said)))
    lines = number_of(asked.value("responsefieldlines")) or 15
    guess = int(min(1000, max(50, lines * _WORDS_A_LINE)))
    asked.note(f"The file sets no limit in words; here it is {guess}.")
    return guess


def cloze(asked: Asked) -> Drafted:
    """A cloze; the paragraphs before the one with the first blank are its question."""
    node = asked.element.find("questiontext")
    if node is None:
        raise Broken("The question has no text.")
    files = asked.files(node)
    body, lost = read_cloze(*asked.source(node), files.name)
    asked.note(*lost, *files.left())
    return _with_stem(body)


def gaps(asked: Asked) -> Drafted:
    """A cloze of lists, for words that are chosen or dragged into [[1]], [[2]] …"""
    node = asked.element.find("questiontext")
    choices = [*asked.element.findall("selectoption"), *asked.element.findall("dragbox")]
    if node is None or not choices:
        raise Broken("The question has no text, or no words to choose from.")
    groups = [raw_text(choice.find("group")) or "1" for choice in choices]
    texts = [asked.rich(choice) for choice in choices]
    keys: list[int] = []

    def place(match: re.Match[str]) -> str:
        keys.append(int(match[1]))
        return place_of(len(keys))

    source, kind = asked.source(node)
    files = asked.files(node)
    text, lost = text_with_blanks(_PLACE.sub(place, source), kind, files.name)
    asked.note(*lost, *files.left())
    if not keys or max(keys) > len(choices) or not min(keys):
        raise Broken("The text has no place such as [[1]], or one whose word is missing.")
    if asked.element.find("dragbox") is not None and not all(c.find("infinite") is not None for c in choices):
        asked.note("Each word can be used once there; here every blank has a list of its own.")
    blanks = []
    for number, key in enumerate(keys, 1):
        same = [n for n, group in enumerate(groups, 1) if group == groups[key - 1]]
        names = ids_for(texts[n - 1] for n in same)
        options = [{"id": i, "text": texts[n - 1], "key": n == key} for i, n in zip(names, same, strict=True)]
        blanks.append({"id": f"b{number}", "options": options})
    return _with_stem({"text": text, "blanks": blanks})


def _with_stem(body: dict[str, Any]) -> Drafted:
    stem, text = split_stem(body["text"])
    return "cloze", {**body, "text": text, "stem": stem}
