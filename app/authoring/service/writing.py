"""Writing a question: every save is a row of its history, and nobody writes over somebody else unawares."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from uuid6 import uuid7

from app.accounts.models import User
from app.authoring.models import OwnQuestion, QuestionEdit, Shelf
from app.errors import Conflict, Invalid, NotFound

MAX_CONTENT = 200_000


@dataclass(frozen=True)
class Author:
    """Who writes: plain values, so that a history outlives an account."""

    id: uuid.UUID | None
    name: str

    @classmethod
    def of(cls, user: User) -> Author:
        """The author that a person is."""
        return cls(user.id, user.shown_name)


@dataclass(frozen=True)
class Save:
    """A save as the form sends it: its own id, the edit it began from, and its place among the saves of one tab."""

    id: uuid.UUID
    base: int
    tab: uuid.UUID | None = None
    counter: int | None = None


def create_question(
    session: Session, author: Author, content: Mapping[str, Any], *, slug: str, lesson: str, now: datetime
) -> OwnQuestion:
    """A new draft with this working copy. Raises Conflict when the slug is taken."""
    if session.get(OwnQuestion, slug):
        raise Conflict(f"The question id “{slug}” is taken.")
    own = OwnQuestion(
        slug=slug,
        owner_id=author.id,
        owner_name=author.name,
        status="draft",
        kind=str(content.get("kind", "")),
        lesson=lesson,
        content=dumped(content),
        edit_number=0,
        revision=0,
        is_served=False,
        findings=0,
        created_at=now,
        changed_at=now,
    )
    session.add(own)
    note_edit(session, own, author, "created", now=now)
    return own


def copy_question(
    session: Session, author: Author, content: Mapping[str, Any], *, slug: str, lesson: str, note: str, now: datetime
) -> OwnQuestion:
    """A new draft of one's own from any question's content; `note` says where it comes from."""
    own = create_question(session, author, content, slug=slug, lesson=lesson, now=now)
    session.scalars(edits_of(slug)).one().note = note
    return own


def save_edit(
    session: Session,
    own: OwnQuestion,
    author: Author,
    content: Mapping[str, Any],
    save: Save,
    *,
    now: datetime,
) -> QuestionEdit:
    """Keep a working copy. The same save twice is kept once.

    Raises Conflict when somebody, or another tab, has saved since `save.base`: nothing is written over, and the
    page shows both texts. Saves of one tab follow each other, whatever they began from.
    """
    if already := session.get(QuestionEdit, save.id):
        return already
    newest = newest_edit(session, own.slug)
    is_same_tab = save.tab is not None and newest.tab == save.tab
    if is_same_tab and save.counter is not None and newest.counter is not None and save.counter < newest.counter:
        # An older save that arrives late is kept in the history and does not count.
        return _late(session, own, author, content, save, now=now)
    if not is_same_tab and save.base != own.edit_number:
        raise Conflict(f"{newest.by_name} has changed this question since you opened it. Nothing was written over.")
    own.content, own.kind = dumped(content), str(content.get("kind", own.kind))
    if own.status in ("published", "in_review"):
        own.status = "draft"
    edit = note_edit(session, own, author, "saved", now=now, edit_id=save.id)
    edit.tab, edit.counter = save.tab, save.counter
    return edit


def _late(
    session: Session, own: OwnQuestion, author: Author, content: Mapping[str, Any], save: Save, *, now: datetime
) -> QuestionEdit:
    current, kept = own.content, own.edit_number
    own.content, own.edit_number = dumped(content), -1
    edit = note_edit(session, own, author, "late", now=now, edit_id=save.id)
    own.content, own.edit_number = current, kept
    edit.tab, edit.counter = save.tab, save.counter
    return edit


def restore_edit(session: Session, own: OwnQuestion, author: Author, number: int, *, now: datetime) -> QuestionEdit:
    """Take the working copy back to what it was at an edit; what stands now stays in the history. Raises NotFound."""
    old = session.scalars(edits_of(own.slug).where(QuestionEdit.number == number)).first()
    if old is None:
        raise NotFound("There is no such step in the history of this question.")
    own.content, own.lesson = old.content, old.lesson
    own.kind = str(json.loads(old.content).get("kind", own.kind))
    own.status = "draft"
    return note_edit(session, own, author, "restored", now=now, note=f"As at step {number}")


def note_edit(
    session: Session,
    own: OwnQuestion,
    author: Author,
    event: str,
    *,
    now: datetime,
    note: str = "",
    edit_id: uuid.UUID | None = None,
) -> QuestionEdit:
    """Add the question as it stands to its history, as the next step."""
    own.changed_at = now
    edit = next_edit(own, author, event, now=now, note=note, edit_id=edit_id)
    # The question first: a step refers to it.
    session.flush()
    session.add(edit)
    session.flush()
    return edit


def next_edit(
    own: OwnQuestion,
    author: Author,
    event: str,
    *,
    now: datetime,
    note: str = "",
    edit_id: uuid.UUID | None = None,
    batch_id: uuid.UUID | None = None,
) -> QuestionEdit:
    """The question as it stands, as the next step of its history; to be added once the question itself is stored."""
    own.edit_number += 1
    return QuestionEdit(
        id=edit_id or new_id(),
        question=own.slug,
        number=own.edit_number,
        event=event,
        status=own.status,
        lesson=own.lesson,
        content=own.content,
        version_id=own.version_id,
        revision=own.revision,
        note=note,
        batch_id=batch_id,
        by_id=author.id,
        by_name=author.name,
        at=now,
    )


def newest_edit(session: Session, slug: str) -> QuestionEdit:
    """The step that the working copy is at. Raises NotFound."""
    found = session.scalars(edits_of(slug).where(QuestionEdit.number > 0).limit(1)).first()
    if found is None:
        raise NotFound("There is no such question.")
    return found


def edits_of(slug: str) -> Select[QuestionEdit]:
    """Select the steps of a question, newest first; late saves have the number 0."""
    return select(QuestionEdit).where(QuestionEdit.question == slug).order_by(QuestionEdit.number.desc())


def dumped(content: Mapping[str, Any]) -> str:
    """A working copy as it is stored. Raises Invalid when it is beyond all measure."""
    text = json.dumps(dict(content), ensure_ascii=False)
    if len(text) > MAX_CONTENT:
        raise Invalid(f"This question is longer than {MAX_CONTENT // 1000},000 characters. Shorten it.")
    return text


def touch_shelf(session: Session) -> None:
    """Say that what is served from the browser has changed: every process looks again."""
    session.merge(Shelf(id=1, stamp=new_id()))
    session.flush()


def new_id() -> uuid.UUID:
    """A new UUIDv7."""
    return uuid.UUID(str(uuid7()))
