"""Which questions are taken out, and which version of a question is the newest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.library.models import QuestionVersion
from app.quiz.models import VoidQuestion

# A question and its revision.
Key = tuple[str, int]


def voided(session: Session) -> set[Key]:
    """The questions, with their revision, that are taken out."""
    return {(row.question, row.revision) for row in void_questions(session)}


def void_questions(session: Session) -> Sequence[VoidQuestion]:
    """All that is taken out, the latest first."""
    return session.scalars(select(VoidQuestion).order_by(VoidQuestion.at.desc(), VoidQuestion.question)).all()


def newest_version(session: Session, slug: str) -> QuestionVersion | None:
    """The version of a question that is served or was served last; None when there was never one."""
    return session.scalars(
        select(QuestionVersion)
        .where(QuestionVersion.slug == slug)
        .order_by(QuestionVersion.revision.desc(), QuestionVersion.synced_at.desc())
        .limit(1)
    ).one_or_none()
