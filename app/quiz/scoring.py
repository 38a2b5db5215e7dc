"""What a slot earns: statuses, tries and penalties (measurement.md §1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from app.questions.model import Diagnosis, Grade, Question
from app.questions.types import TYPES

Status = Literal["answered", "dont_know", "blank", "not_reached", "void", "pending"]

MAX_TRIES = 3


class Given(NamedTuple):
    """What a learner gave: a stored response, or “I don't know”."""

    response: str | None
    dont_know: bool = False


class Result(NamedTuple):
    """What a slot has: its status, its score, and what the first try alone earned and showed.

    The status is None while the question can still be tried.
    """

    status: Status | None
    score: float | None
    first_score: float | None
    diagnosis: Diagnosis | None = None


VOID = Result("void", None, None)
OPEN = Result(None, None, None)
_NOTHING = Grade(0.0)


def tried_score(scores: Sequence[float]) -> float:
    """The best of f × (1 − (n−1)/3) over tries with the scores f, never below 0."""
    return max((f * max(0.0, 1 - n / 3) for n, f in enumerate(scores)), default=0.0)


def grade(question: Question, given: Given) -> Grade:
    """What the scorer says; “I don't know” earns nothing."""
    if given.response is None:
        return _NOTHING
    kind = TYPES[question.kind]
    return kind.grade(question.body, kind.Response.model_validate_json(given.response))


def is_forecast(question: Question) -> bool:
    """Whether the kind never has a score, whatever is answered: a probability."""
    return TYPES[question.kind].is_forecast


def slot_result(
    question: Question, tries: Sequence[Given], *, mark: float | None = None, is_reached: bool = True
) -> Result:
    """What a slot has by its tries, the first one first.

    `mark` is a person's, for kinds that are marked by hand. `is_reached` is False when the time ran out after the
    last answer and before this slot.
    """
    if not tries:
        nothing = None if is_forecast(question) else 0.0
        return Result("blank", nothing, nothing) if is_reached else Result("not_reached", nothing, None)
    if all(given.dont_know for given in tries):
        nothing = None if is_forecast(question) else 0.0
        return Result("dont_know", nothing, nothing)
    if TYPES[question.kind].by_hand:
        return Result("pending", None, None) if mark is None else Result("answered", mark, mark)
    grades = [grade(question, given) for given in tries]
    if len(grades) == 1:  # nearly always, and a district's answers are graded in one go
        return Result("answered", grades[0].score, grades[0].score, grades[0].diagnosis)
    scores = [one.score for one in grades if one.score is not None]
    if len(scores) < len(grades) or is_forecast(question):
        return Result("answered", None, None, grades[0].diagnosis)
    return Result("answered", tried_score(scores), scores[0], grades[0].diagnosis)


def reached(answered: Sequence[bool], *, timed_out: bool) -> list[bool]:
    """Which slots, in their order, were reached: all, unless the time ran out after the last answer."""
    if not timed_out:
        return [True] * len(answered)
    last = max((n for n, yes in enumerate(answered) if yes), default=-1)
    return [n <= last for n in range(len(answered))]
