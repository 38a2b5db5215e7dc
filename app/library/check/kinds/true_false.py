"""True or false, and why: one plain proposition, and reasons enough."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.library.check.lists import ABSOLUTES, FINITE_VERBS, VAGUE
from app.library.check.parts import Part, choices, parts, shown_besides, told_besides
from app.library.check.rule import Rule, Said, each_question
from app.library.check.words import lower_words, outside_quotes
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.base import Option
from app.questions.types.true_false import TrueFalseBody

_ASIDE = re.compile(r"\([^)]*\)")


@parts.register
def _parts(body: TrueFalseBody) -> list[Part]:
    return [Part(reason.id, reason.text, reason.feedback, reason.key) for reason in body.reasons]


@choices.register
def _choices(body: TrueFalseBody) -> list[Sequence[Option]]:
    return [body.reasons]


@shown_besides.register
def _shown(body: TrueFalseBody) -> list[str]:
    return [body.true_label, body.false_label]


@told_besides.register
def _told(body: TrueFalseBody) -> list[str]:
    return [body.true_version] if body.true_version else []


def _true_false(library: Library, question: Question) -> Said:
    count = len(question.body.reasons)
    if count < 3:
        yield "error", f"It has {count} reasons; with three or more a guess seldom finds the right one."
    stem = outside_quotes(question.head.stem)
    if "?" in stem:
        yield "warning", "The stem asks; write the statement that is to be judged."
    if joint := _joint(stem):
        yield "warning", f"“{joint}” joins two statements, of which one may be true and one false; keep one."
    for word in lower_words(stem):
        if word in VAGUE or word in ABSOLUTES:
            kind = "vague" if word in VAGUE else "absolute"
            yield "warning", f"“{word}” is {kind} and tells what the verdict may be; say how many, or when."
            return


def _joint(stem: str) -> str:
    """What joins two statements in a stem; empty for one. What stands in brackets sets the statement off."""
    stem = _ASIDE.sub(" ", stem)
    if ";" in stem:
        return ";"
    found = lower_words(stem)
    if "because" in found:
        return "because"
    return "and" if any(_splits(found, at) for at, word in enumerate(found) if word == "and") else ""


def _splits(found: Sequence[str], at: int) -> bool:
    """Whether the “and” at this place stands between two finite verbs, as far as their forms tell."""
    before, after = found[:at], found[at + 1 :]
    if not FINITE_VERBS & set(after) and not any(word.endswith("ed") for word in after[:1]):
        return False
    return any(word in FINITE_VERBS or word.endswith("ed") for word in before)


RULES: dict[str, Rule] = {
    "TY-TF": Rule(
        "error for fewer than 3 reasons, more or less than one key among them, or a false statement without its "
        "“true_version”; warning for a question, two statements in one, or a vague or absolute word",
        "A statement to be judged is one plain proposition with three reasons or more, put right where it is false.",
        each_question(_true_false, TrueFalseBody),
    ),
}
