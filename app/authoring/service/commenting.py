"""What teachers say of a question to each other: settled when it is dealt with, never deleted."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from app.authoring.models import QuestionComment
from app.authoring.service.writing import Author, new_id
from app.errors import Invalid, NotFound

MAX_COMMENT = 2000


def comment_on(session: Session, slug: str, author: Author, text: str, *, now: datetime) -> QuestionComment:
    """Add a comment to a question, own or from a file. Raises Invalid when it is empty or too long."""
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Invalid("Write something first.", where="text")
    if len(words) > MAX_COMMENT:
        raise Invalid(f"A comment has at most {MAX_COMMENT} characters; this one has {len(words)}.", where="text")
    comment = QuestionComment(id=new_id(), question=slug, text=words, by_id=author.id, by_name=author.name, at=now)
    session.add(comment)
    session.flush()
    return comment


def settle_comment(session: Session, slug: str, comment_id: uuid.UUID, by: Author, *, now: datetime) -> QuestionComment:
    """Say that a comment was dealt with; once it is, that stays. Raises NotFound."""
    comment = _of(session, slug, comment_id)
    if comment.settled_at is None:
        comment.settled_at, comment.settled_by = now, by.name
        session.flush()
    return comment


def unsettle_comment(session: Session, slug: str, comment_id: uuid.UUID) -> QuestionComment:
    """Say that a comment waits again. Raises NotFound."""
    comment = _of(session, slug, comment_id)
    comment.settled_at = comment.settled_by = None
    session.flush()
    return comment


def _of(session: Session, slug: str, comment_id: uuid.UUID) -> QuestionComment:
    comment = session.get(QuestionComment, comment_id)
    if comment is None or comment.question != slug:
        raise NotFound("There is no such comment on this question.")
    return comment
