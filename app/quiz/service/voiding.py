"""Taking a question out for everyone, and putting it back."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.errors import Conflict, Invalid, NotFound
from app.library.models import QuestionVersion
from app.quiz.models import Attempt, Slot, VoidQuestion
from app.quiz.service.finishing import rescore
from app.quiz.service.locking import locked_attempts

MAX_REASON = 1000


def take_out(
    session: Session, question: str, revision: int, *, reason: str, by: User | str, now: datetime
) -> set[uuid.UUID]:
    """Take a revision of a question out for everyone: it is asked no more, and all scores go on without it.

    `by` is a person, or a name at the terminal. The ids of the learners whose scores may have changed. Raises
    NotFound for a question that was never served, Invalid without a reason, Conflict when it is out already.
    """
    reason = check_reason(reason)
    known = select(QuestionVersion.id).where(QuestionVersion.slug == question, QuestionVersion.revision == revision)
    if not session.scalar(select(exists(known))):
        raise NotFound(f"There is no question {question!r} with revision {revision}.")
    if session.get(VoidQuestion, (question, revision)):
        raise Conflict(f"{question}, revision {revision}, is taken out already.")
    person = by if isinstance(by, User) else None
    session.add(
        VoidQuestion(
            question=question,
            revision=revision,
            reason=reason,
            by_id=person.id if person else None,
            by_name=person.shown_name if person else str(by)[:40],
            at=now,
        )
    )
    session.flush()
    return _follow(session, question, revision)


def put_back(session: Session, question: str, revision: int) -> set[uuid.UUID]:
    """Ask a question again and count it again, from the answers that were kept.

    The ids of the learners whose scores may have changed. Raises NotFound when it is not out.
    """
    row = session.get(VoidQuestion, (question, revision))
    if row is None:
        raise NotFound(f"{question}, revision {revision}, is not taken out.")
    session.delete(row)
    session.flush()
    return _follow(session, question, revision)


def check_reason(reason: str) -> str:
    """The reason as it is kept. Raises Invalid when there is none or it is too long."""
    cleaned = " ".join(reason.replace("\0", "").split())
    if not cleaned:
        raise Invalid("Say why; whoever looks at the scores later will ask.", where="reason")
    if len(cleaned) > MAX_REASON:
        raise Invalid(f"Use at most {MAX_REASON} characters; this has {len(cleaned)}.", where="reason")
    return cleaned


def _follow(session: Session, question: str, revision: int) -> set[uuid.UUID]:
    asked = (
        select(Attempt.id)
        .join(Slot, Slot.attempt_id == Attempt.id)
        .join(QuestionVersion, QuestionVersion.id == Slot.version_id)
        .where(QuestionVersion.slug == question, QuestionVersion.revision == revision)
    )
    touched: set[uuid.UUID] = set()
    for attempts in locked_attempts(session, session.scalars(asked)):
        rescore(session, attempts, question=question)
        touched |= {attempt.user_id for attempt in attempts}
    return touched
