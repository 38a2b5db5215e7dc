"""Rules about what the bank holds for each objective, against the “blueprint” of lessons/course.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil

from app.lessons.model import Blueprint, Objective
from app.library.check.rule import Finding, Rule, Subject
from app.questions.model import Question, Use
from app.questions.types.probability import ProbabilityBody
from app.questions.types.single_choice import SingleChoiceBody

BANK = "lessons/course.yaml"
_EXPOSURES = 3
_KINDS_HELD_OUT = 4


def counted(questions: Sequence[Question], use: Use) -> list[Question]:
    """The questions of a use that count for an objective: forecasts give no mark and count for none."""
    return [q for q in questions if q.head.use == use and not isinstance(q.body, ProbabilityBody)]


def _coverage(subject: Subject) -> Iterator[Finding]:
    plan = subject.library.course.blueprint
    if plan is None:
        return
    questions = list(subject.library.questions.values())
    for objective in _planned(subject):
        mine = [question for question in questions if question.head.objective == objective.id]
        for lacking in _lacking(plan, objective, mine):
            yield Finding(*subject.at(BANK, objective.id), "error", f"{objective.id}: {lacking}")
    yield from _mixture(questions)


def _planned(subject: Subject) -> list[Objective]:
    """The objectives of the course that has the blueprint; another one beside it may be as small as it likes."""
    return [one for one in subject.library.course.objectives if subject.at(BANK, one.id)[0] == BANK]


def _lacking(plan: Blueprint, objective: Objective, mine: Sequence[Question]) -> Iterator[str]:
    practice, held_out = counted(mine, "practice"), counted(mine, "held_out")
    if len(practice) < plan.practice:
        yield f"It has {len(practice)} practice questions; the blueprint asks for {plan.practice}."
    if len(held_out) < plan.held_out:
        yield f"It has {len(held_out)} held-out questions; the blueprint asks for {plan.held_out}."
    kinds = {question.kind for question in practice}
    if len(kinds) < plan.kinds:
        yield f"Its practice has {len(kinds)} kinds of question; the blueprint asks for {plan.kinds}."
    levels = Counter(question.head.level for question in practice)
    if len(levels) < plan.levels:
        yield f"Its practice has {len(levels)} levels; the blueprint asks for {plan.levels}."
    for level, wanted in plan.by_type.get(objective.type, {}).items():
        if levels[level] < wanted:
            yield f"It has {levels[level]} practice questions of the level {level}; a {objective.type} has {wanted}."


def _mixture(questions: Sequence[Question]) -> Iterator[Finding]:
    """What the questions of the whole bank are; nothing is said of what is not there yet."""
    held_out = counted(questions, "held_out")
    for what, found, most in (
        ("practice and held-out", [*counted(questions, "practice"), *held_out], 0.4),
        ("held-out", held_out, 0.5),
    ):
        single = sum(isinstance(question.body, SingleChoiceBody) for question in found)
        if single > most * len(found):
            message = f"{single} of {len(found)} {what} questions are single choices; at most {most:.0%}."
            yield Finding(BANK, 1, "warning", message)
    kinds = {question.kind for question in held_out}
    if held_out and len(kinds) < _KINDS_HELD_OUT:
        message = f"The held-out questions are of {len(kinds)} kinds; {_KINDS_HELD_OUT} or more test more than a habit."
        yield Finding(BANK, 1, "warning", message)


def _exposure(subject: Subject) -> Iterator[Finding]:
    """Least recently seen comes first, so that the askings are spread evenly over an objective's questions."""
    plan = subject.library.course.blueprint
    if plan is None:
        return
    questions = list(subject.library.questions.values())
    for objective in _planned(subject):
        mine = counted([q for q in questions if q.head.objective == objective.id], "practice")
        seen = ceil(plan.asked / len(mine)) if mine else 0
        if seen > _EXPOSURES:
            message = (
                f"{objective.id}: One learner in ten sees each of its {len(mine)} practice questions {seen} times in "
                f"half a year; {ceil(plan.asked / _EXPOSURES)} questions bring that down to {_EXPOSURES}."
            )
            yield Finding(*subject.at(BANK, objective.id), "warning", message)


RULES: dict[str, Rule] = {
    "BNK-05": Rule(
        "error for an objective below the blueprint; warning for more than 40 % single choices, 50 % among held-out "
        "questions, or fewer than 4 kinds among these; silent without a “blueprint”",
        "Every objective has the questions, kinds and levels that the blueprint asks for.",
        _coverage,
    ),
    "BNK-10": Rule(
        "warning above 3; silent without a “blueprint”",
        "A learner who reviews for half a year meets the same question three times at most, nine times out of ten.",
        _exposure,
    ),
}
