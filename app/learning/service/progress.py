"""Starting and handing in, and the counts that follow: kept up at each hand-in, and made afresh when scores change."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from app.accounts.models import User
from app.learning.models import ObjectiveProgress, QuizProgress
from app.library.model import Library
from app.questions.draw import Quiz
from app.questions.grading import is_full, points
from app.quiz.models import Attempt
from app.quiz.queries import expired_attempts
from app.quiz.service import finish_attempt, start_attempt

Key = tuple[uuid.UUID, str]
_AT_ONCE = 500


def begin_attempt(session: Session, user: User, quiz: Quiz, library: Library, *, seed: int, now: datetime) -> Attempt:
    """The user's open attempt of the quiz, or a new one, after handing in what ran out of time.

    Raises Conflict as `start_attempt` does.
    """
    close_expired(session, user.id, now=now)
    return start_attempt(session, user, quiz, library, seed=seed, now=now)


def hand_in(session: Session, attempt: Attempt, *, now: datetime) -> None:
    """Hand in an attempt and add it to the learner's progress. Handing in twice changes nothing.

    The learner's other attempts whose time is up are handed in with it.
    """
    close_expired(session, attempt.user_id, now=now)
    if finish_attempt(session, attempt, now=now):
        _add_to_progress(session, [attempt])


def close_expired(session: Session, user_id: uuid.UUID | None, *, now: datetime) -> int:
    """Hand in the attempts, of one learner or of all (None), whose time is up; how many there were.

    Called by every POST of a learner that starts or hands in, and by commands that report.
    """
    closed = [
        attempt for attempt in expired_attempts(session, user_id, now=now) if finish_attempt(session, attempt, now=now)
    ]
    _add_to_progress(session, closed)
    return len(closed)


def rebuild_progress(session: Session, *user_ids: uuid.UUID) -> None:
    """Make the progress of learners in quizzes and objectives afresh from the attempts that were handed in."""
    wanted = sorted(set(user_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        _rebuild(session, wanted[start : start + _AT_ONCE])


def _rebuild(session: Session, user_ids: Sequence[uuid.UUID]) -> None:
    session.flush()
    for model in (QuizProgress, ObjectiveProgress):
        session.execute(delete(model).where(model.user_id.in_(user_ids)))
    session.expire_all()
    attempts = session.scalars(
        select(Attempt)
        .where(Attempt.user_id.in_(user_ids), Attempt.finished_at.is_not(None), Attempt.graded)
        .order_by(Attempt.finished_at, Attempt.id)
        .options(selectinload(Attempt.slots))
    ).all()
    _add_to_progress(session, attempts)


def _add_to_progress(session: Session, attempts: Iterable[Attempt]) -> None:
    """Add attempts that were just handed in; one that is not graded counts nowhere."""
    graded = [attempt for attempt in attempts if attempt.graded]
    if not graded:
        return
    _add_quizzes(session, graded)
    _add_objectives(session, graded)
    session.flush()


def _add_quizzes(session: Session, attempts: Sequence[Attempt]) -> None:
    rows = session.scalars(select(QuizProgress).where(QuizProgress.user_id.in_(_people(attempts))))
    known: dict[Key, QuizProgress] = {(row.user_id, row.quiz): row for row in rows}
    for attempt in attempts:
        quiz = known.get((attempt.user_id, attempt.quiz))
        handed_in = attempt.finished_at or attempt.started_at
        if quiz is None:
            quiz = QuizProgress(
                user_id=attempt.user_id,
                quiz=attempt.quiz,
                attempts=0,
                best_points=0.0,
                best_of=0,
                last_at=handed_in,
            )
            known[attempt.user_id, attempt.quiz] = quiz
            session.add(quiz)
        quiz.attempts += 1
        quiz.last_at = max(quiz.last_at, handed_in)
        if attempt.score is not None and (quiz.best_score is None or attempt.score > quiz.best_score):
            scores = [slot.score for slot in attempt.slots if slot.score is not None]
            quiz.best_score, quiz.best_points, quiz.best_of = attempt.score, points(scores), len(scores)


def _add_objectives(session: Session, attempts: Sequence[Attempt]) -> None:
    rows = session.scalars(select(ObjectiveProgress).where(ObjectiveProgress.user_id.in_(_people(attempts))))
    known: dict[Key, ObjectiveProgress] = {(row.user_id, row.objective): row for row in rows}
    # What was not reached says nothing about the objective, though it scores 0 (measurement.md §1).
    scored = (
        (attempt.user_id, slot)
        for attempt in attempts
        for slot in attempt.slots
        if slot.score is not None and slot.status != "not_reached"
    )
    for user_id, slot in scored:
        row = known.get((user_id, slot.objective))
        if row is None:
            row = ObjectiveProgress(user_id=user_id, objective=slot.objective, answered=0, right=0)
            known[user_id, slot.objective] = row
            session.add(row)
        row.answered += 1
        row.right += is_full(slot.score)


def _people(attempts: Sequence[Attempt]) -> set[uuid.UUID]:
    return {attempt.user_id for attempt in attempts}
