"""Choosing questions for an attempt. Chance comes from a seed that is stored with the attempt."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.questions.model import ObjectiveId, Question, Slug, Strict, Text, Use
from app.questions.types import TYPES


class Draw(Strict):
    """So many questions of one objective."""

    objective: ObjectiveId
    count: Annotated[int, Field(ge=1, le=50)]


class Quiz(Strict):
    """A quiz: fixed questions, or draws from the bank for each objective."""

    id: Slug
    title: Text
    lesson: str | None = None
    use: Use = "practice"
    draw: tuple[Draw, ...] = ()
    questions: tuple[Slug, ...] = ()


def draw_questions(
    quiz: Quiz, questions: Mapping[str, Question], last_seen: Mapping[str, datetime], rng: random.Random
) -> list[str]:
    """Slugs of the questions for one attempt, in the order to show them.

    Fixed questions come as written. A draw takes those of its objective and the quiz's use that were seen
    least recently (never seen first), random among ties, enemies apart; the whole is then shuffled. Fewer
    come when the bank has fewer.
    """
    if quiz.questions:
        return [slug for slug in quiz.questions if slug in questions]
    chosen: list[str] = []
    for draw in quiz.draw:
        pool = [q for q in questions.values() if q.head.objective == draw.objective and q.head.use == quiz.use]
        chosen += _pick(pool, draw.count, last_seen, rng, taken=chosen, questions=questions)
    rng.shuffle(chosen)
    return chosen


def _pick(
    pool: Iterable[Question],
    count: int,
    last_seen: Mapping[str, datetime],
    rng: random.Random,
    *,
    taken: Sequence[str],
    questions: Mapping[str, Question],
) -> list[str]:
    candidates = sorted((q.id for q in pool), key=lambda slug: slug)
    rng.shuffle(candidates)
    candidates.sort(key=lambda slug: last_seen[slug].timestamp() if slug in last_seen else float("-inf"))
    picked: list[str] = []
    for slug in candidates:
        if len(picked) == count:
            break
        if not _enemies(questions[slug], [questions[other] for other in (*taken, *picked)]):
            picked.append(slug)
    return picked


def _enemies(question: Question, others: Iterable[Question]) -> bool:
    return any(other.id in question.head.enemies or question.id in other.head.enemies for other in others)


def shown_order(question: Question, *, seed: int, position: int) -> tuple[str, ...]:
    """The author's ids in the order that the slot at `position` of the attempt with `seed` shows them."""
    return TYPES[question.kind].order(question.body, random.Random(f"{seed}:{position}"))  # noqa: S311
