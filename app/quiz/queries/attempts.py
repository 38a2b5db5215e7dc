"""Finding attempts: one's own, open ones, those that are over, everybody's."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.models import User
from app.errors import NotFound
from app.quiz.models import Attempt, Slot

# What every question page and every save asks. Built once: building takes longer than the database does.
_OWN_ATTEMPT = (
    select(Attempt)
    .where(Attempt.id == bindparam("attempt_id"), Attempt.user_id == bindparam("user_id"))
    .options(joinedload(Attempt.slots))
)
_OPEN_ATTEMPTS = (
    select(Attempt)
    .where(Attempt.user_id == bindparam("user_id"), Attempt.finished_at.is_(None))
    .options(joinedload(Attempt.slots))
)


def open_attempt(session: Session, user_id: uuid.UUID, quiz_id: str) -> Attempt | None:
    """The user's attempt of the quiz that has not been handed in."""
    return session.scalar(
        select(Attempt).where(Attempt.user_id == user_id, Attempt.quiz == quiz_id, Attempt.finished_at.is_(None))
    )


def open_attempts(session: Session, user_id: uuid.UUID) -> dict[str, Attempt]:
    """Quiz id → attempt that has not been handed in, with its slots; its time may be up."""
    rows = session.scalars(_OPEN_ATTEMPTS, {"user_id": user_id}).unique()
    return {attempt.quiz: attempt for attempt in rows}


def own_attempt(session: Session, attempt_id: uuid.UUID, *, user_id: uuid.UUID) -> Attempt:
    """The attempt with its slots. Raises NotFound when it is somebody else's."""
    values = {"attempt_id": attempt_id, "user_id": user_id}
    attempt = session.scalars(_OWN_ATTEMPT, values).unique().one_or_none()
    if attempt is None:
        raise NotFound("There is no such attempt among yours.")
    return attempt


def expired_attempts(session: Session, user_id: uuid.UUID | None, *, now: datetime) -> Sequence[Attempt]:
    """Attempts, of one learner or of all, whose time was up before they were handed in, with their slots."""
    asked = select(Attempt).where(Attempt.finished_at.is_(None), Attempt.deadline < now)
    if user_id is not None:
        asked = asked.where(Attempt.user_id == user_id)
    return session.scalars(asked.order_by(Attempt.id).options(selectinload(Attempt.slots))).all()


def attempts_used(session: Session, user_id: uuid.UUID, quiz_id: str) -> int:
    """How many attempts of the quiz the user has handed in."""
    asked = select(func.count()).select_from(Attempt)
    asked = asked.where(Attempt.user_id == user_id, Attempt.quiz == quiz_id, Attempt.finished_at.is_not(None))
    return session.scalar(asked) or 0


def last_seen(session: Session, user_id: uuid.UUID) -> dict[str, datetime]:
    """Question slug → when it was last in an attempt of the user."""
    rows = session.execute(
        select(Slot.question, func.max(Attempt.started_at))
        .join(Attempt, Attempt.id == Slot.attempt_id)
        .where(Attempt.user_id == user_id)
        .group_by(Slot.question)
    )
    return dict(rows.all())


def finished_attempts(session: Session, user_id: uuid.UUID, *, limit: int = 50) -> Sequence[Attempt]:
    """The user's attempts that were handed in, the last first, with their slots."""
    return session.scalars(
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.finished_at.is_not(None))
        .order_by(Attempt.finished_at.desc())
        .limit(limit)
        .options(selectinload(Attempt.slots))
    ).all()


def results(session: Session, quiz_id: str) -> Sequence[tuple[User, Attempt]]:
    """Everybody's attempts of a quiz that were handed in, by name and time, with their slots."""
    rows = session.execute(
        select(User, Attempt)
        .join(Attempt, Attempt.user_id == User.id)
        .where(Attempt.quiz == quiz_id, Attempt.finished_at.is_not(None))
        .order_by(User.name_key, User.id, Attempt.finished_at)
        .options(selectinload(Attempt.slots))
    )
    return [(user, attempt) for user, attempt in rows]


def how_often_taken(session: Session, quizzes: Sequence[str]) -> dict[str, int]:
    """Quiz → how many attempts of it were handed in; those never taken are not there."""
    counted = (
        select(Attempt.quiz, func.count())
        .where(Attempt.quiz.in_(quizzes), Attempt.finished_at.is_not(None))
        .group_by(Attempt.quiz)
    )
    return {quiz: int(count) for quiz, count in session.execute(counted)}
