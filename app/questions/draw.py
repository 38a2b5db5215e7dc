"""Choosing questions for an attempt. Chance comes from a seed that is stored with the attempt."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from app.questions.model import Level, ObjectiveId, Question, Slug, Strict, Text, Use
from app.questions.types import TYPES

Feedback = Literal["at_once", "after_hand_in", "after_date"]


class Draw(Strict):
    """So many questions of one objective, of any level and kind or of some."""

    objective: ObjectiveId
    count: Annotated[int, Field(ge=1, le=50)]
    level: Level | None = None
    kinds: tuple[str, ...] = ()

    @field_validator("kinds")
    @classmethod
    def _known(cls, kinds: tuple[str, ...]) -> tuple[str, ...]:
        strange = [kind for kind in kinds if kind not in TYPES]
        if strange:
            raise ValueError(f"There is no kind “{strange[0]}”; the kinds are {', '.join(TYPES)}.")
        return kinds

    def wants(self, question: Question) -> bool:
        """Whether the question is one of those to draw from, its use aside."""
        head = question.head
        is_of_kind = not self.kinds or head.kind in self.kinds
        return head.objective == self.objective and self.level in (None, head.level) and is_of_kind


class Quiz(Strict):
    """A quiz: fixed questions, or draws from the bank for each objective, and how it is sat."""

    id: Slug
    title: Text
    lead: Text = ""
    lesson: str | None = None
    strand: str | None = None
    use: Use = "practice"
    draw: tuple[Draw, ...] = ()
    questions: tuple[Slug, ...] = ()
    feedback: Feedback = "after_hand_in"
    feedback_from: date | None = None
    attempts: Annotated[int, Field(ge=1, le=100)] | None = None
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    page: Literal["one", "all"] = "one"
    shuffle: bool | None = None
    confidence: bool = True
    pass_mark: Annotated[int, Field(ge=1, le=100)] | None = None
    graded: bool = True
    practice: bool = False

    @model_validator(mode="after")
    def _settings_agree(self) -> Quiz:
        if (self.feedback == "after_date") != (self.feedback_from is not None):
            raise ValueError("“feedback: after_date” and the date “feedback_from” belong together.")
        if self.practice and self.minutes:
            raise ValueError("Practice has no time limit; take out “minutes” or “practice”.")
        if self.practice and self.feedback == "after_date":
            raise ValueError("In practice answers are explained at once; take out “feedback”.")
        if not self.graded and self.pass_mark:
            raise ValueError("A quiz that is not graded has no “pass_mark”.")
        return self

    @property
    def explains_at_once(self) -> bool:
        """Whether each question is checked and explained by itself, before the hand-in."""
        return self.practice or self.feedback == "at_once"

    @property
    def is_drill(self) -> bool:
        """Whether reports are judged one by one, for the measure of discernment."""
        return self.use == "drill"

    @property
    def size(self) -> int:
        """How many questions an attempt asks, when the bank has enough."""
        return len(self.questions) or sum(draw.count for draw in self.draw)

    @property
    def is_shuffled(self) -> bool:
        """By default drawn questions are shuffled, and fixed ones come as written."""
        return not self.questions if self.shuffle is None else self.shuffle

    def explains_on(self, day: date) -> bool:
        """Whether the answers of an attempt that was handed in are explained on `day`."""
        return self.feedback_from is None or day >= self.feedback_from


# What is drawn as one: a question, or all questions of a case.
Unit = tuple[str, ...]


def draw_questions(
    quiz: Quiz, questions: Mapping[str, Question], last_seen: Mapping[str, datetime], rng: random.Random
) -> list[str]:
    """Slugs of the questions for one attempt, in the order to show them.

    A draw takes questions of its objective, its level and the quiz's use that were seen least recently (never
    seen first), random among ties, enemies apart. A case comes whole and only where the draws ask for all its
    questions; in the order shown its questions stand together. Fewer come when the bank has fewer.
    """
    if quiz.questions:
        units = _units(questions[slug] for slug in quiz.questions if slug in questions)
    else:
        units = _drawn(quiz, questions, last_seen, rng)
    if quiz.is_shuffled:
        rng.shuffle(units)
    return [slug for unit in units for slug in unit]


def _units(questions: Iterable[Question]) -> list[Unit]:
    """Questions in the order given, those of a case brought together where its first one stands."""
    units: dict[str, list[str]] = {}
    for question in questions:
        case = question.head.case
        # A bank's cases are its own; a colon is in no slug.
        name = f"{question.lesson}:{case}" if case else question.id
        units.setdefault(name, []).append(question.id)
    return [tuple(unit) for unit in units.values()]


def _drawn(
    quiz: Quiz, questions: Mapping[str, Question], last_seen: Mapping[str, datetime], rng: random.Random
) -> list[Unit]:
    wanted = [draw.count for draw in quiz.draw]
    candidates = sorted(_units(q for q in questions.values() if q.head.use == quiz.use))
    rng.shuffle(candidates)
    candidates.sort(key=lambda unit: max(_seen(slug, last_seen) for slug in unit))
    chosen: list[Unit] = []
    for index, draw in enumerate(quiz.draw):
        for unit in candidates:
            if wanted[index] == 0:
                break
            if unit in chosen or not any(draw.wants(questions[slug]) for slug in unit):
                continue
            left = _left_after(unit, quiz.draw, wanted, questions)
            others = [questions[slug] for other in chosen for slug in other]
            if left is not None and not any(_enemies(questions[slug], others) for slug in unit):
                chosen.append(unit)
                wanted = left
    return chosen


def _seen(slug: str, last_seen: Mapping[str, datetime]) -> float:
    return last_seen[slug].timestamp() if slug in last_seen else float("-inf")


def _left_after(
    unit: Unit, draws: Sequence[Draw], wanted: Sequence[int], questions: Mapping[str, Question]
) -> list[int] | None:
    """How many each draw still wants once the unit is taken; None when no draw wants one of its questions."""
    left = list(wanted)
    for slug in unit:
        takers = (n for n, draw in enumerate(draws) if left[n] and draw.wants(questions[slug]))
        taker = next(takers, None)
        if taker is None:
            return None
        left[taker] -= 1
    return left


def _enemies(question: Question, others: Iterable[Question]) -> bool:
    return any(other.id in question.head.enemies or question.id in other.head.enemies for other in others)


def shown_order(question: Question, *, seed: int, position: int) -> tuple[str, ...]:
    """The author's ids in the order that the slot at `position` of the attempt with `seed` shows them."""
    return TYPES[question.kind].order(question.body, random.Random(f"{seed}:{position}"))  # noqa: S311
