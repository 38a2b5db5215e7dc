"""What learners said first: for calibration and item statistics (measurement.md §1, §3, §4)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import Session

from app.library.models import QuestionVersion
from app.library.queries import questions_by_version
from app.questions.certainty import GUESSING, stated_chance
from app.questions.grading import is_full
from app.questions.model import Question
from app.questions.shapes import ChanceResponse
from app.questions.types import TYPES
from app.quiz.models import Answer, Attempt, Slot

# Not there: void, which is out for everyone, and not reached, which the learner has not seen.
_SEEN = ("answered", "dont_know", "blank", "pending")


@dataclass(frozen=True)
class FirstAnswer:
    """The first answer ever of a learner to an item revision, handed in or locked.

    `score` is what it earned before anything was taken off; None for a forecast and while it waits for a mark.
    `hints` were shown before it. A question that was left blank has no response and no confidence.
    """

    user_id: uuid.UUID
    attempt_id: uuid.UUID
    position: int
    question: Question
    status: str
    score: float | None
    response: str | None
    confidence: int | None
    dont_know: bool
    hints: int
    graded: bool
    at: datetime

    @property
    def chance(self) -> float | None:
        """g, the expected score of a blind guess; None where the kind has no score."""
        return TYPES[self.question.kind].chance(self.question.body)

    @property
    def is_guess(self) -> bool:
        """Whether the learner was just guessing: counted apart, and no forecast."""
        return self.confidence == GUESSING

    @property
    def stated(self) -> float | None:
        """The chance of being right that was stated; None when none was."""
        chance = self.chance
        if self.confidence is None or self.dont_know or self.response is None or chance is None:
            return None
        return stated_chance(self.confidence, chance)

    @property
    def is_right(self) -> bool:
        """Whether it earned everything, within rounding."""
        return is_full(self.score)


@dataclass(frozen=True)
class Forecast:
    """The first answer ever of a learner to a probability item: the chance given, and what came true."""

    user_id: uuid.UUID
    question: Question
    percent: int
    outcome: bool
    at: datetime

    @property
    def p(self) -> float:
        """The chance given, 0 to 1."""
        return self.percent / 100


def first_answers(session: Session, user_id: uuid.UUID | None = None) -> list[FirstAnswer]:
    """The first answer of one learner, or of everybody, to each item revision, in the order they were given.

    Two statements, whatever the history (the second only for versions not met before).
    """
    found = _first_rows(session, user_id)
    questions = questions_by_version(session, [row.Slot.version_id for row in found])
    return [_first(questions[row.Slot.version_id], row) for row in found]


def forecasts(session: Session, user_id: uuid.UUID | None = None) -> list[Forecast]:
    """First answers to probability items, in the order they were given; those without a chance are left out."""
    return list(forecasts_among(first_answers(session, user_id)))


def forecasts_among(answers: Iterable[FirstAnswer]) -> Iterator[Forecast]:
    """Those of the answers that give a chance to a statement, in the order they have."""
    for answer in answers:
        if answer.response is None or TYPES[answer.question.kind].Response is not ChanceResponse:
            continue
        percent = ChanceResponse.model_validate_json(answer.response).percent
        yield Forecast(answer.user_id, answer.question, percent, answer.question.body.outcome, answer.at)


def _first_rows(session: Session, user_id: uuid.UUID | None) -> Sequence[Row[Any]]:
    # The first try where answers were checked one after the other, else the answer that counts.
    first = or_(Answer.try_number == 1, and_(Slot.tries == 0, Answer.id == Slot.answer_id))
    at = func.coalesce(Answer.received_at, Slot.locked_at, Attempt.finished_at)
    place = func.row_number().over(
        partition_by=(Attempt.user_id, QuestionVersion.slug, QuestionVersion.revision),
        order_by=(at, Slot.attempt_id),
    )
    ranked = (
        select(Slot.attempt_id, Slot.position, Answer.id.label("answer_id"), at.label("at"), place.label("place"))
        .join(Attempt, Attempt.id == Slot.attempt_id)
        .join(QuestionVersion, QuestionVersion.id == Slot.version_id)
        .outerjoin(Answer, and_(Answer.attempt_id == Slot.attempt_id, Answer.position == Slot.position, first))
        .where(Slot.status.in_(_SEEN))
    )
    if user_id is not None:
        ranked = ranked.where(Attempt.user_id == user_id)
    best = ranked.subquery()
    asked = (
        select(Slot, Attempt, Answer, best.c.at)
        .join(best, and_(best.c.attempt_id == Slot.attempt_id, best.c.position == Slot.position))
        .join(Attempt, Attempt.id == Slot.attempt_id)
        .outerjoin(Answer, Answer.id == best.c.answer_id)
        .where(best.c.place == 1)
        .order_by(best.c.at, Slot.attempt_id, Slot.position)
    )
    return session.execute(asked).all()


def _first(question: Question, row: Row[Any]) -> FirstAnswer:
    slot, attempt, answer = row.Slot, row.Attempt, row.Answer
    return FirstAnswer(
        user_id=attempt.user_id,
        attempt_id=attempt.id,
        position=slot.position,
        question=question,
        status=slot.status,
        score=slot.first_score,
        response=answer.response if answer else None,
        confidence=answer.confidence if answer else None,
        dont_know=answer.dont_know if answer else False,
        hints=answer.hints if answer else slot.hints,
        graded=attempt.graded,
        at=row.at,
    )
