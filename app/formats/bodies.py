"""Answers as GIFT and its relatives write them → the bodies of our kinds, with a note for all that does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.formats.common import NotAQuestion, ids_for
from app.formats.typed import FULL, Alternative
from app.questions.model import SLACK

_SAME = 1e-4
# Moodle's files have seven digits of a share, those of others five.
_ROUNDED = 5e-6
AS_WRITTEN = {"shuffle": False, "shuffle_reason": "The order of the file is kept."}


class Broken(NotAQuestion):
    """A question that cannot be used as it stands, and has to be mended."""


@dataclass(frozen=True)
class Made:
    """A kind, its body as written, and what did not come along. `explanation` is what had no better place."""

    kind: str
    body: dict[str, Any]
    notes: tuple[str, ...] = ()
    explanation: str = ""
    stem: str = ""


@dataclass(frozen=True)
class NumberAnswer:
    """A number with how far from it still counts; `value` is None for any other number."""

    value: float | None
    off: float
    credit: float
    feedback: str = ""


@dataclass
class _Shares:
    keys: list[bool]
    credits: list[float | None] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def choice(answers: Sequence[Alternative], *, several: bool) -> Made:
    """A single choice, or a multiple response; shares of the mark that the key alone does not say are credits.

    Raises Broken when no answer is right, and NotAQuestion when no kind holds it.
    """
    if not answers or max(answer.credit for answer in answers) <= SLACK:
        raise Broken("No answer is marked as right. Put “=” instead of “~” before the right one.")
    shares = [answer.credit for answer in answers]
    said = _several(shares) if several else _single(shares)
    options = []
    texts = [answer.text for answer in answers]
    for name, answer, key, credit in zip(ids_for(texts), answers, said.keys, said.credits, strict=True):
        option = {"id": name, "text": answer.text, "key": key, "feedback": answer.feedback}
        options.append(option | ({"credit": credit} if credit is not None else {}))
    return Made("multiple_response" if several else "single_choice", {"options": options}, tuple(said.notes))


def _single(shares: Sequence[float]) -> _Shares:
    if sum(share > FULL for share in shares) > 1:
        raise NotAQuestion("Several answers earn the whole mark where one is chosen; a single choice has one key.")
    key = max(range(len(shares)), key=lambda n: shares[n])
    said = _Shares([n == key for n in range(len(shares))])
    if shares[key] <= FULL:
        said.notes.append(
            f"No answer earns more than {percent(shares[key])} % of the mark; the best one is the key here."
        )
    said.credits = [share if n != key and abs(share) > SLACK else None for n, share in enumerate(shares)]
    return said


def _several(shares: Sequence[float]) -> _Shares:
    said = _Shares([share > SLACK for share in shares])
    total = sum(share for share in shares if share > SLACK)
    right, wrong = sum(said.keys), len(shares) - sum(said.keys)
    none: list[float | None] = [None] * len(shares)
    ours = [1 / right if key else -1 / (wrong or 1) for key in said.keys]
    if wrong and all(abs(share - our) < _SAME for share, our in zip(shares, ours, strict=True)):
        said.credits = none
    else:
        if abs(total - 1) > 0.01:
            said.notes.append(f"The right answers make {percent(total)} % together; here they make 100 %.")
            shares = [share / total if share > SLACK else share for share in shares]
        said.credits = [share if abs(share) > SLACK else None for share in shares]
    return said


def true_or_false(right: bool, if_true: str, if_false: str) -> Made:
    """A single choice of “True” and “False” with what is told to who chose each."""
    said = ((True, "True", if_true), (False, "False", if_false))
    options = [{"id": text.lower(), "text": text, "key": value is right, "feedback": why} for value, text, why in said]
    return Made("single_choice", {"options": options, "shuffle": False, "shuffle_reason": "True comes before false."})


def pairs(prompts: Sequence[tuple[str, str]]) -> Made:
    """A matching of prompts and their matches; a match without a prompt is an option to spare.

    Raises Broken when there is no pair.
    """
    options = dict.fromkeys(match for _, match in prompts)
    asked = [(text, match) for text, match in prompts if text]
    if not asked:
        raise Broken("There are no pairs such as “=France -> Paris”.")
    ids = dict(zip(options, ids_for(options), strict=True))
    names = ids_for(text for text, _ in asked)
    body = {
        "prompts": [
            {"id": n, "text": text, "match": ids[match]} for n, (text, match) in zip(names, asked, strict=True)
        ],
        "options": [{"id": name, "text": text} for text, name in ids.items()],
        "reuse": len({match for _, match in asked}) < len(asked),
    }
    return Made("matching", body)


def number(answers: Sequence[NumberAnswer]) -> Made:
    """A numeric question: the number that earns the whole mark is the key, the others are listed as wrong.

    Raises Broken when none is the key, and NotAQuestion when several are.
    """
    notes = []
    full = [answer for answer in answers if answer.credit > FULL]
    if any(answer.value is None for answer in full):
        raise NotAQuestion("Any number is right here; a numeric question has one key.")
    if not full:
        raise Broken("No number earns the whole mark.")
    key = max(full, key=lambda answer: answer.off)
    if any(abs((answer.value or 0) - (key.value or 0)) + answer.off > key.off + SLACK for answer in full):
        raise NotAQuestion("Several numbers earn the whole mark; a numeric question has one.")
    wrong = []
    for answer in answers:
        if answer is not key:
            held, said = _wrong(answer, key)
            wrong += [held] if held else []
            notes += said
    said_right = key.feedback
    if said_right:
        notes.append("What is said to the right number stands in the explanation now.")
    body = {"key": key.value, "tolerance": {"absolute": key.off}, "wrong": wrong}
    return Made("numeric", body, tuple(notes), said_right)


def _wrong(answer: NumberAnswer, key: NumberAnswer) -> tuple[dict[str, Any] | None, list[str]]:
    """A listed wrong number, or a note on why it is none."""
    if answer.value is None:
        said = f"What is said to any other number was left out: “{short(answer.feedback)}”."
        return None, [said] if answer.feedback else []
    middle = key.value or 0.0
    if abs(answer.value - middle) <= key.off + SLACK * max(1.0, abs(middle)):
        near = f"Numbers up to {answer.off:g} from {answer.value:g}"
        said = f"{near} earn {percent(answer.credit)} % in the file; here that is not told from the right number."
        return None, [said]
    notes = []
    if answer.off:
        notes.append(f"Numbers up to {answer.off:g} from {answer.value:g} count alike in the file; here only that one.")
    if answer.credit < -SLACK:
        notes.append(f"{answer.value:g} takes marks away in the file; here it earns nothing.")
    credit = min(max(0.0, answer.credit), 0.99)
    return {"value": answer.value, "feedback": answer.feedback, "credit": credit}, notes


def essay() -> Made:
    """A free response with a rubric of one criterion and three levels, to be written by the teacher."""
    levels = ["Nothing of what was asked for.", "A part of what was asked for.", "All that was asked for."]
    body = {
        "max_words": 300,
        "rubric": [{"id": "whole", "criterion": "Answer as a whole", "levels": levels}],
    }
    notes = (
        "The rubric is one of our own: one criterion with three levels. Write the levels you mean.",
        "The file sets no limit in words; here it is 300.",
    )
    return Made("free_response", body, notes)


def exact(share: float) -> float:
    """A share of the mark as it was meant: 0.33333 is a third."""
    for parts in range(1, 13):
        if abs(share * parts - round(share * parts)) < _ROUNDED * parts:
            return round(share * parts) / parts
    return share


def percent(share: float) -> str:
    """A share in per cent, with as many decimals as it needs."""
    return f"{share * 100:.5f}".rstrip("0").rstrip(".")


def short(text: str) -> str:
    """Words for a note, cut where they are long."""
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"
