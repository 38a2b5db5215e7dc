"""Finding attempts: one's own, open ones, those that are over, everybody's."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.models import User
from app.errors import NotFound
from app.library.queries import questions_by_version
from app.questions.model import Question
from app.quiz.models import Answer, Attempt, Slot
from app.quiz.scoring import is_forecast
from app.quiz.sittings import Cell, Key, Sitting

Place = tuple[uuid.UUID, int]

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


def expired_attempts(
    session: Session, user_id: uuid.UUID | None, *, now: datetime, quiz_id: str | None = None
) -> Sequence[Attempt]:
    """Attempts, of one learner or of all, whose time was up before they were handed in, with their slots.

    With `quiz_id` only those of this quiz.
    """
    asked = select(Attempt).where(Attempt.finished_at.is_(None), Attempt.deadline < now)
    if user_id is not None:
        asked = asked.where(Attempt.user_id == user_id)
    if quiz_id is not None:
        asked = asked.where(Attempt.quiz == quiz_id)
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


class Taken(NamedTuple):
    """Everybody's attempts of a quiz, and the questions that they asked, each as it was asked last."""

    sittings: list[Sitting]
    questions: dict[Key, Question]


def results(session: Session, quiz_id: str) -> Taken:
    """Everybody's attempts of a quiz, handed in or not, by name and time. Three statements at most."""
    rows = session.execute(
        select(User, Attempt)
        .join(Attempt, Attempt.user_id == User.id)
        .where(Attempt.quiz == quiz_id)
        .order_by(User.name_key, User.id, Attempt.started_at, Attempt.id)
        .options(selectinload(Attempt.slots))
    ).all()
    versions = questions_by_version(session, {slot.version_id for _, attempt in rows for slot in attempt.slots})
    numbers: Counter[uuid.UUID] = Counter()
    taken = Taken([], {})
    for user, attempt in rows:
        numbers[user.id] += 1
        taken.sittings.append(_sitting(user, attempt, numbers[user.id], versions))
    for _, attempt in sorted(rows, key=lambda row: row[1].started_at):
        for slot in attempt.slots:
            question = versions[slot.version_id]
            taken.questions[question.id, question.head.revision] = question
    return taken


def _sitting(user: User, attempt: Attempt, number: int, versions: Mapping[str, Question]) -> Sitting:
    cells = {}
    for slot in attempt.slots:
        question = versions[slot.version_id]
        key = (question.id, question.head.revision)
        cells[key] = Cell(slot.position, slot.status, slot.score, is_forecast(question))  # type: ignore[arg-type]
    return Sitting(
        id=attempt.id,
        learner_id=user.id,
        learner=name_apart(user),
        role=user.role,
        number=number,
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        deadline=attempt.deadline,
        timed_out=attempt.timed_out,
        answered=sum(slot.answer_id is not None for slot in attempt.slots),
        cells=cells,
    )


def name_apart(user: User) -> str:
    """What to call a person in a list. Guests have no names; the end of the id tells them apart."""
    return f"{user.shown_name} {user.id.hex[-4:]}" if user.is_guest else user.shown_name


def responses_to(session: Session, quiz_id: str) -> dict[Place, tuple[str, str]]:
    """(attempt, position) → the stored response that counts, and the version of the question that was shown."""
    found = session.execute(
        select(Slot.attempt_id, Slot.position, Answer.response, Slot.version_id)
        .join(Attempt, Attempt.id == Slot.attempt_id)
        .join(Answer, Answer.id == Slot.answer_id)
        .where(Attempt.quiz == quiz_id, Attempt.finished_at.is_not(None), Answer.response.is_not(None))
    )
    return {(attempt, position): (str(response), version) for attempt, position, response, version in found}


def how_often_taken(session: Session, quizzes: Sequence[str]) -> dict[str, int]:
    """Quiz → how many attempts of it were handed in; those never taken are not there."""
    counted = (
        select(Attempt.quiz, func.count())
        .where(Attempt.quiz.in_(quizzes), Attempt.finished_at.is_not(None))
        .group_by(Attempt.quiz)
    )
    return {quiz: int(count) for quiz, count in session.execute(counted)}


def scores_by_objective(session: Session, user_id: uuid.UUID, quizzes: Collection[str]) -> dict[str, list[float]]:
    """Objective → the scores of a learner in attempts of these quizzes that count in progress."""
    rows = session.execute(
        select(Slot.objective, Slot.score)
        .join(Attempt, Attempt.id == Slot.attempt_id)
        .where(Attempt.user_id == user_id, Attempt.quiz.in_(quizzes), Attempt.finished_at.is_not(None), Attempt.graded)
        .where(Slot.score.is_not(None), Slot.status != "not_reached")
    )
    found: dict[str, list[float]] = {}
    for objective, score in rows:
        found.setdefault(objective, []).append(score or 0.0)
    return found
