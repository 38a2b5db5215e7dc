"""Typed answers as other systems write them: wordings with a share of the mark, “*” for anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.formats.common import NotAQuestion
from app.questions.model import SLACK
from app.questions.types.typed_answer import normalise

# Shares are written with a few decimals.
FULL = 1 - 1e-5
_ANYTHING = re.compile(r"(?<!\\)\*")


@dataclass(frozen=True)
class Alternative:
    """An answer of a file, as it stands there: its text, its share of the mark, what is told about it."""

    text: str
    credit: float
    feedback: str = ""


def typed_answers(
    given: Iterable[Alternative], *, where: str = "", case_counts: bool = False
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields accept, wrong and typos for answers in plain words, in which “*” stands for anything.

    A note for each that cannot be held; `where` begins it, such as “Blank 2: ”. Raises NotAQuestion when no answer
    is left that earns the full mark.
    """
    notes = [f"{where}Capital letters count in the file; here they do not."] if case_counts else []
    accept: list[dict[str, Any]] = []
    wrong: list[dict[str, Any]] = []
    for answer in given:
        problem = _problem(answer)
        if problem:
            notes.append(where + problem)
        elif answer.credit > SLACK:
            accept.append({"text": _words(answer), "credit": _whole(answer.credit), "feedback": answer.feedback})
        else:
            wrong.append({"text": _words(answer), "feedback": answer.feedback})
            if answer.credit < -SLACK:
                notes.append(f"{where}“{_short(answer.text)}” takes marks away in the file; here it earns nothing.")
    accepted = {normalise(entry["text"]) for entry in accept}
    both = [entry["text"] for entry in wrong if normalise(entry["text"]) in accepted]
    notes += [f"{where}“{text}” differs from a right answer only in signs or capital letters." for text in both]
    if not any(entry["credit"] == 1 for entry in accept):
        raise NotAQuestion(f"{where}No plain wording earns the full mark.")
    return {"accept": accept, "wrong": [entry for entry in wrong if entry["text"] not in both], "typos": False}, tuple(
        notes
    )


def _words(answer: Alternative) -> str:
    return " ".join(answer.text.replace("\\*", "*").split())


def _whole(credit: float) -> float:
    return 1.0 if credit > FULL else credit


def _problem(answer: Alternative) -> str:
    """Why an answer cannot be held, empty when it can."""
    if answer.text.strip() == "*" and answer.credit <= SLACK:
        return f"What is said to any other answer was left out: “{_short(answer.feedback)}”." if answer.feedback else ""
    if _ANYTHING.search(answer.text):
        return f"“{_short(answer.text)}” has a “*” for any letters, which cannot be held; list the wordings you accept."
    if not answer.text.strip():
        return "An empty answer was left out."
    if not normalise(_words(answer)):
        return f"“{_short(answer.text)}” has signs only, and signs are not compared; it was left out."
    if len(_words(answer)) > 100:
        return f"“{_short(answer.text)}” has more than 100 characters, which nobody can type here; it was left out."
    return ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
