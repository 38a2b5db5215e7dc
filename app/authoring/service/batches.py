"""What is done to many questions at once, and taking it back at once."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.authoring.models import Batch, OwnQuestion, QuestionEdit
from app.authoring.service.writing import Author, new_id, note_edit, touch_shelf
from app.errors import Conflict, NotFound


@dataclass(frozen=True)
class Undone:
    """What an undo did: questions as they were before, questions taken away, and those that somebody changed since."""

    restored: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...]


def begin_batch(session: Session, author: Author, what: str, summary: str, *, now: datetime) -> Batch:
    """A new batch; its steps are noted with its id. `what` is a word such as import, tag or retire."""
    batch = Batch(id=new_id(), what=what, summary=summary, by_id=author.id, by_name=author.name, at=now, undone_at=None)
    session.add(batch)
    session.flush()
    return batch


def undo_batch(
    session: Session, batch_id: uuid.UUID, author: Author, *, asked: Collection[str], now: datetime
) -> Undone:
    """Take every question of a batch back to the step before it; nothing that has been changed since is touched.

    A question that the batch made is taken away, or retired when it is among `asked`, those that learners were
    asked. Raises NotFound for a batch of somebody else's, and Conflict when it is undone already.
    """
    batch = session.get(Batch, batch_id, with_for_update=True)
    if batch is None or batch.by_id != author.id:
        raise NotFound("There is no such change to undo.")
    if batch.undone_at is not None:
        raise Conflict("This is undone already.")
    batch.undone_at = now
    steps = _steps(session, batch_id)
    restored, removed, left = [], [], []
    for slug, edits in steps.items():
        own = session.get_one(OwnQuestion, slug)
        if own.edit_number != max(edit.number for edit in edits):
            left.append(slug)
        elif min(edit.number for edit in edits) > 1:
            _take_back(session, own, min(edit.number for edit in edits) - 1, author, now=now)
            restored.append(slug)
        elif slug in asked:
            own.status, own.is_served = "retired", False
            note_edit(session, own, author, "retired", note=f"Undone: {batch.summary}", now=now)
            removed.append(slug)
        else:
            removed.append(slug)
    _remove(session, [slug for slug in removed if slug not in asked])
    touch_shelf(session)
    return Undone(tuple(restored), tuple(removed), tuple(left))


def _steps(session: Session, batch_id: uuid.UUID) -> dict[str, list[QuestionEdit]]:
    found: dict[str, list[QuestionEdit]] = {}
    for edit in session.scalars(select(QuestionEdit).where(QuestionEdit.batch_id == batch_id)):
        found.setdefault(edit.question, []).append(edit)
    return found


def _take_back(session: Session, own: OwnQuestion, number: int, author: Author, *, now: datetime) -> None:
    before = session.scalars(
        select(QuestionEdit).where(QuestionEdit.question == own.slug, QuestionEdit.number == number)
    ).one()
    own.content, own.lesson, own.status = before.content, before.lesson, before.status
    own.kind = str(json.loads(before.content).get("kind", ""))
    own.version_id, own.revision = before.version_id, before.revision
    own.is_served = before.status == "published" or _was_served(session, own.slug, number)
    note_edit(session, own, author, "restored", note=f"As at step {number}", now=now)


def _was_served(session: Session, slug: str, number: int) -> bool:
    """Whether learners were asked a question after a step: it was published, and not retired since."""
    turns = select(QuestionEdit.status).where(
        QuestionEdit.question == slug,
        QuestionEdit.number.between(1, number),
        QuestionEdit.status.in_(("published", "retired")),
    )
    return session.scalar(turns.order_by(QuestionEdit.number.desc()).limit(1)) == "published"


def _remove(session: Session, slugs: Iterable[str]) -> None:
    """Delete questions that nobody was asked, with their history."""
    for chunk in _in_chunks(list(slugs), 500):
        session.execute(delete(QuestionEdit).where(QuestionEdit.question.in_(chunk)))
        session.execute(delete(OwnQuestion).where(OwnQuestion.slug.in_(chunk)))


def _in_chunks(slugs: list[str], size: int) -> Iterable[list[str]]:
    return (slugs[at : at + size] for at in range(0, len(slugs), size))
