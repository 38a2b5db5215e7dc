"""Draft → in review → published → retired, and back. What has been answered is never deleted."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy.orm import Session

from app.authoring.draft import read_draft
from app.authoring.models import OwnQuestion
from app.authoring.service.writing import Author, note_edit, touch_shelf
from app.errors import Conflict, Invalid
from app.library.models import QuestionVersion
from app.library.service import keep_version
from app.questions.bank import signature
from app.questions.model import Question


def send_to_review(session: Session, own: OwnQuestion, author: Author, *, note: str, now: datetime) -> None:
    """Ask other teachers to look at a draft. Raises Conflict for anything but a draft."""
    _expect(own, "draft")
    own.status = "in_review"
    note_edit(session, own, author, "sent", note=note, now=now)


def return_to_author(session: Session, own: OwnQuestion, author: Author, *, note: str, now: datetime) -> None:
    """Give a question in review back, with what is to be changed. Raises Conflict when it is not in review."""
    _expect(own, "in_review")
    own.status = "draft"
    note_edit(session, own, author, "returned", note=note, now=now)


def publish(
    session: Session, own: OwnQuestion, author: Author, *, meaning_changed: bool, now: datetime, note: str = ""
) -> Question:
    """Serve the working copy from now on.

    With `meaning_changed` the revision rises and statistics start again; without it answers so far count for the
    new wording too. Raises Invalid when it is no question yet, or when the kind, an option or the key changed
    and the revision did not rise; Conflict when it is published as it stands, or retired.
    """
    if own.status == "published":
        raise Conflict("This question is published as it stands. There is nothing new to publish.")
    if own.status == "retired":
        raise Conflict("This question is retired. Bring it back first.")
    revision = max(own.revision, 1)
    before = session.get(QuestionVersion, own.version_id) if own.version_id else None
    if before is not None and meaning_changed:
        revision += 1
    question = question_of(own, revision=revision)
    if before is not None and revision == before.revision and signature(question) != before.signature:
        raise Invalid(
            "The kind, an option or the key is not what it was, so the meaning changed: answers given before would "
            "be judged by another key. Publish it as a new revision.",
            where="meaning_changed",
        )
    own.revision = revision
    own.version_id = keep_version(session, question, now=now).id
    own.status, own.is_served = "published", True
    note_edit(session, own, author, "published", note=note, now=now)
    touch_shelf(session)
    return question


def retire(session: Session, own: OwnQuestion, author: Author, *, note: str = "", now: datetime) -> None:
    """Ask the question no more. Its answers and history stay. Raises Conflict when it is retired already."""
    if own.status == "retired":
        raise Conflict("This question is retired already.")
    own.status, own.is_served = "retired", False
    note_edit(session, own, author, "retired", note=note, now=now)
    touch_shelf(session)


def bring_back(session: Session, own: OwnQuestion, author: Author, *, now: datetime) -> None:
    """Take a retired question back as a draft. Raises Conflict when it is not retired."""
    _expect(own, "retired")
    own.status = "draft"
    note_edit(session, own, author, "restored", now=now)


def question_of(own: OwnQuestion, *, revision: int | None = None) -> Question:
    """The question that the working copy is. Raises Invalid with what is wrong first."""
    if not own.kind:
        raise Invalid("No kind of question holds this text. Choose a kind and write it anew from the source text.")
    content = json.loads(own.content)
    question, wrong = read_draft(content, slug=own.slug, revision=revision or max(own.revision, 1), lesson=own.lesson)
    if question is None:
        where = ".".join(map(str, wrong[0].at))
        raise Invalid(f"This question cannot be asked yet: {wrong[0].message}", where=where or None)
    return question


def _expect(own: OwnQuestion, status: str) -> None:
    if own.status != status:
        said = {"draft": "a draft", "in_review": "in review", "published": "published", "retired": "retired"}
        raise Conflict(f"This question is {said[own.status]} now, not {said[status]}. Load the page again.")
