"""Bringing a guest's progress into an account."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.service import delete_user
from app.errors import Conflict
from app.learning.models import LessonProgress, SelfCheck
from app.learning.service.progress import close_expired, rebuild_progress
from app.quiz.models import Attempt, ManualMark
from app.quiz.queries import open_attempts
from app.quiz.service import finish_attempt


def merge(session: Session, guest: User, into: User, *, now: datetime) -> None:
    """Bring a guest's progress into an account and delete the guest.

    All attempts move. Where both have an open attempt of one quiz, the one with fewer answers is handed in
    as it stands (without any answer, it is dropped). Of self-checks the earliest answer counts, of finished
    lessons the earliest time; a summary stays unless the account has none.
    """
    if not guest.is_guest or guest.id == into.id:
        raise Conflict("Only a guest's progress can be added to an account.")
    for user in (guest, into):
        close_expired(session, user.id, now=now)
    _settle_open_attempts(session, guest, into, now)
    session.execute(update(Attempt).where(Attempt.user_id == guest.id).values(user_id=into.id))
    session.execute(update(ManualMark).where(ManualMark.marker_id == guest.id).values(marker_id=into.id))
    _merge_lessons(session, guest, into)
    _merge_checks(session, guest, into)
    session.flush()
    session.expire_all()
    rebuild_progress(session, into.id)
    delete_user(session, guest)


def _settle_open_attempts(session: Session, guest: User, into: User, now: datetime) -> None:
    theirs, ours = open_attempts(session, guest.id), open_attempts(session, into.id)
    for quiz in theirs.keys() & ours.keys():
        fewer = min((theirs[quiz], ours[quiz]), key=_answered)
        if _answered(fewer):
            finish_attempt(session, fewer, now=now)
        else:
            session.delete(fewer)
    session.flush()


def _answered(attempt: Attempt) -> int:
    return sum(slot.answer_id is not None or slot.tries > 0 for slot in attempt.slots)


def _merge_lessons(session: Session, guest: User, into: User) -> None:
    rows = session.scalars(select(LessonProgress).where(LessonProgress.user_id == guest.id)).all()
    for row in rows:
        had = session.get(LessonProgress, (into.id, row.lesson))
        if had is None:
            row.user_id = into.id
            continue
        had.finished_at = min((t for t in (had.finished_at, row.finished_at) if t), default=None)
        had.summary = had.summary or row.summary
        if row.read_at > had.read_at:
            had.anchor, had.read_at = row.anchor, row.read_at


def _merge_checks(session: Session, guest: User, into: User) -> None:
    rows = session.scalars(select(SelfCheck).where(SelfCheck.user_id == guest.id)).all()
    for row in rows:
        had = session.get(SelfCheck, (into.id, row.question))
        if had is not None and had.answered_at <= row.answered_at:
            continue
        if had is not None:
            session.delete(had)
            session.flush()
        row.user_id = into.id
