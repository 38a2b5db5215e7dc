"""Marks that people gave, and answers that wait for one."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.library.queries import questions_by_version
from app.questions.model import Question
from app.questions.types import TYPES
from app.quiz.models import Answer, Attempt, ManualMark, Slot
from app.quiz.sheet import Mark

Place = tuple[uuid.UUID, int]
_AT_ONCE = 500


@dataclass(frozen=True)
class Waiting:
    """An answer that waits for a mark. `text` is what was written; `question` is the version that was shown."""

    attempt_id: uuid.UUID
    position: int
    learner: str
    user_id: uuid.UUID
    quiz: str
    question: Question
    text: str
    at: datetime


def marks_of(session: Session, attempts: Iterable[uuid.UUID], *, is_self: bool) -> dict[Place, Mark]:
    """(attempt, position) → the newest mark, by a teacher or by the learner."""
    ids = list(attempts)
    found: dict[Place, Mark] = {}
    for start in range(0, len(ids), _AT_ONCE):
        asked = (
            select(ManualMark)
            .where(ManualMark.attempt_id.in_(ids[start : start + _AT_ONCE]), ManualMark.is_self == is_self)
            .order_by(ManualMark.at, ManualMark.id)
        )
        for row in session.scalars(asked):
            found[row.attempt_id, row.position] = Mark(
                json.loads(row.levels), row.score, row.comment, row.marker_name, row.at
            )
    return found


def scores_by_hand(session: Session, attempts: Iterable[uuid.UUID]) -> Mapping[Place, float]:
    """(attempt, position) → the score of the newest mark by somebody else than the learner."""
    return {place: mark.score for place, mark in marks_of(session, attempts, is_self=False).items()}


def waiting_answers(
    session: Session,
    *,
    quiz: str | None = None,
    but_of: Collection[str] = (),
    at: tuple[uuid.UUID, int] | None = None,
) -> list[Waiting]:
    """Answers that wait for a mark, of everybody, those that came first first.

    `quiz` wants those of one quiz, `but_of` none of these quizzes, and `at` the one at this attempt and position.
    """
    asked = _written().where(Slot.status == "pending")
    if quiz is not None:
        asked = asked.where(Attempt.quiz == quiz)
    if but_of:
        asked = asked.where(Attempt.quiz.not_in(but_of))
    if at is not None:
        asked = asked.where(Slot.attempt_id == at[0], Slot.position == at[1])
    return _waiting(session, asked)


def how_many_wait(session: Session, *, but_of: Collection[str] = ()) -> int:
    """How many answers of everybody wait for a mark, those of some quizzes left out."""
    counted = select(func.count()).select_from(Slot).where(Slot.status == "pending")
    if but_of:
        counted = counted.join(Attempt, Attempt.id == Slot.attempt_id).where(Attempt.quiz.not_in(but_of))
    return int(session.scalar(counted) or 0)


def unmarked_by_oneself(session: Session, user_id: uuid.UUID) -> list[Waiting]:
    """The learner's own answers to questions marked by hand, without a self-mark yet."""
    own = select(ManualMark.id).where(
        ManualMark.attempt_id == Slot.attempt_id,
        ManualMark.position == Slot.position,
        ManualMark.is_self,
    )
    asked = _written().where(Attempt.user_id == user_id, Slot.status.in_(("pending", "answered")), ~own.exists())
    return [one for one in _waiting(session, asked) if TYPES[one.question.kind].by_hand]


def _written() -> Select[Slot, Attempt, User, Answer]:
    return (
        select(Slot, Attempt, User, Answer)
        .join(Attempt, Attempt.id == Slot.attempt_id)
        .join(User, User.id == Attempt.user_id)
        .join(Answer, Answer.id == Slot.answer_id)
        .where(Answer.response.is_not(None))
        .order_by(Answer.received_at, Answer.id)
    )


def _waiting(session: Session, asked: Select[Slot, Attempt, User, Answer]) -> list[Waiting]:
    rows: Sequence[Row[Slot, Attempt, User, Answer]] = session.execute(asked).all()
    questions = questions_by_version(session, [slot.version_id for slot, *_ in rows])
    return [_one(questions[slot.version_id], slot, attempt, user, answer) for slot, attempt, user, answer in rows]


def _one(question: Question, slot: Slot, attempt: Attempt, user: User, answer: Answer) -> Waiting:
    kind = TYPES[question.kind]
    given = kind.Response.model_validate_json(answer.response or "")
    # The learner's own words; what else a reveal knows is not for whoever marks.
    text = kind.reveal(question.body, given).yours
    return Waiting(
        slot.attempt_id, slot.position, user.shown_name, user.id, attempt.quiz, question, text, answer.received_at
    )
