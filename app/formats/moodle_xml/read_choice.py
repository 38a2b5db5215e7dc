"""Moodle's multichoice, truefalse, matching and ordering → our choices, matching and ordering."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from app.formats.common import NotAQuestion, ids_for
from app.formats.moodle_xml.asked import Asked, Broken, percent, raw_text, share_of
from app.formats.rich import to_markdown
from app.formats.typed import FULL
from app.questions.model import SLACK

Drafted = tuple[str, dict[str, Any]]

_SAME = 1e-4
AS_WRITTEN = "The order of the file is kept."
TRUE_FIRST = "True comes before false."


def multichoice(asked: Asked) -> Drafted:
    """A single choice, or a multiple response; shares of the mark that the key alone does not say are credits."""
    answers = asked.element.findall("answer")
    if not answers:
        raise Broken("The question has no answers to choose from.")
    shares = [share_of(answer) for answer in answers]
    if max(shares) <= SLACK:
        raise Broken("No answer is right: give one of them a share of the mark above 0.")
    kind = "single_choice" if asked.switch("single", True) else "multiple_response"
    keys, credits = _single(asked, shares) if kind == "single_choice" else _several(asked, shares)
    options = _options(asked, answers)
    for option, key, credit in zip(options, keys, credits, strict=True):
        option |= {"key": key} | ({"credit": credit} if credit is not None else {})
    if asked.switch("shuffleanswers", False):
        return kind, {"options": options}
    return kind, {"options": options, "shuffle": False, "shuffle_reason": AS_WRITTEN}


def _options(asked: Asked, answers: list[Element]) -> list[dict[str, Any]]:
    texts = [asked.rich(answer) for answer in answers]
    return [
        {"id": name, "text": text, "feedback": asked.rich(answer.find("feedback"))}
        for name, text, answer in zip(ids_for(texts), texts, answers, strict=True)
    ]


def _single(asked: Asked, shares: list[float]) -> tuple[list[bool], list[float | None]]:
    best = max(shares)
    if sum(share > FULL for share in shares) > 1:
        raise NotAQuestion("Several answers earn the whole mark where one is chosen; a single choice has one key.")
    if best <= FULL:
        asked.note(f"No answer earns more than {percent(best)} % of the mark; the best one is the key here.")
    key = shares.index(best)
    return [n == key for n in range(len(shares))], [
        share if n != key and abs(share) > SLACK else None for n, share in enumerate(shares)
    ]


def _several(asked: Asked, shares: list[float]) -> tuple[list[bool], list[float | None]]:
    keys = [share > SLACK for share in shares]
    none: list[float | None] = [None] * len(shares)
    right, wrong = sum(keys), len(keys) - sum(keys)
    if wrong and all(abs(s - (1 / right if key else -1 / wrong)) < _SAME for s, key in zip(shares, keys, strict=True)):
        return keys, none
    if right > 1 and all(share > FULL for share, key in zip(shares, keys, strict=True) if key):
        asked.note("Each right answer earns the whole mark in the file; here all of them are needed for it.")
        return keys, none
    return keys, [*shares]


def truefalse(asked: Asked) -> Drafted:
    """A single choice of “True” and “False”; old files have other words, and true before false."""
    right: bool | None = None
    feedback = {True: "", False: ""}
    for number, answer in enumerate(asked.element.findall("answer")[:2]):
        said = raw_text(answer).casefold()
        is_true = said == "true" if said in {"true", "false"} else number == 0
        feedback[is_true] = asked.rich(answer.find("feedback"))
        if share_of(answer) > FULL:
            right = is_true
    if right is None:
        raise Broken("Neither “true” nor “false” is right: give one of them 100 per cent.")
    return "single_choice", true_or_false(right, feedback[True], feedback[False])


def true_or_false(right: bool, if_true: str, if_false: str) -> dict[str, Any]:
    """A single choice of “True” and “False”."""
    said = ((True, "True", if_true), (False, "False", if_false))
    return {
        "options": [
            {"id": text.lower(), "text": text, "key": value is right, "feedback": why} for value, text, why in said
        ],
        "shuffle": False,
        "shuffle_reason": TRUE_FIRST,
    }


def matching(asked: Asked) -> Drafted:
    """A matching; an answer without a question is an option to spare, one that is given twice may be used again."""
    prompts: list[tuple[str, str]] = []
    options: dict[str, None] = {}
    for pair in asked.element.findall("subquestion"):
        answer = to_markdown(raw_text(pair.find("answer")), "plain")[0]
        text = asked.rich(pair)
        if not answer and text:
            raise Broken(f"“{text[:60]}” has no answer that belongs to it.")
        if answer:
            options[answer] = None
        if text:
            prompts.append((text, answer))
    if not prompts:
        raise Broken("The question has no pairs.")
    if not asked.switch("shuffleanswers", True):
        asked.note("The file keeps the order of the pairs; here it changes.")
    ids = dict(zip(options, ids_for(options), strict=True))
    names = ids_for(text for text, _ in prompts)
    return "matching", {
        "prompts": [{"id": n, "text": t, "match": ids[a]} for n, (t, a) in zip(names, prompts, strict=True)],
        "options": [{"id": name, "text": text} for text, name in ids.items()],
        "reuse": len({answer for _, answer in prompts}) < len(prompts),
    }


def ordering(asked: Asked) -> Drafted:
    """An ordering: the answers of the file are in the right order."""
    elements = [option for option in _options(asked, asked.element.findall("answer")) if option["text"]]
    if len(elements) < 2:
        raise Broken("There are fewer than two things to put in order.")
    count = asked.value("selectcount") or asked.value("studentsee")
    if asked.value("selecttype", "ALL").upper() not in {"ALL", "0", ""} and count not in {"", "0", str(len(elements))}:
        asked.note(f"The file shows {count[:9]} of the elements at a time; here all of them are shown.")
    scoring = asked.value("gradingtype")
    if scoring and scoring != "RELATIVE_ALL_PREVIOUS_AND_NEXT":
        asked.note("It is scored by how many pairs are in the right order, and not as the file says.")
    return "ordering", {"elements": elements}
