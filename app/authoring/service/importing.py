"""Bringing a file in: kept while it is looked at, then stored as one batch, all or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.authoring.draft import as_content
from app.authoring.incoming import Incoming, in_its_place
from app.authoring.models import Batch, OwnQuestion, Upload
from app.authoring.outgoing import pictures_of
from app.authoring.service.batches import begin_batch
from app.authoring.service.imaging import keep_image
from app.authoring.service.publishing import question_of
from app.authoring.service.writing import Author, dumped, new_id, next_edit, touch_shelf
from app.errors import Invalid, NotFound
from app.library.service import keep_versions

UPLOAD_LIFE = timedelta(days=1)


@dataclass(frozen=True)
class Target:
    """Where the questions of a file go, and whether those that can be asked are served at once."""

    lesson: str = ""
    objective: str = ""
    level: str = ""
    category: str = ""
    publish: bool = False


@dataclass(frozen=True)
class Imported:
    """What an import did: slugs by what became of them."""

    batch: Batch
    made: tuple[str, ...]
    updated: tuple[str, ...]
    kept: tuple[str, ...]
    published: tuple[str, ...]


def keep_upload(
    session: Session, author: Author, *, file_name: str, format_name: str, data: bytes, now: datetime
) -> Upload:
    """Keep a file until it is imported; those older than a day go."""
    session.execute(delete(Upload).where(Upload.at < now - UPLOAD_LIFE))
    if author.id is None:
        raise Invalid("Only somebody with an account can bring a file in.")
    upload = Upload(
        id=new_id(),
        by_id=author.id,
        file_name=file_name[-200:],
        format=format_name,
        options="{}",
        data=data,
        at=now,
    )
    session.add(upload)
    session.flush()
    return upload


def find_upload(session: Session, upload_id: uuid.UUID, author: Author) -> Upload:
    """A file that the teacher brought and that was not imported yet. Raises NotFound."""
    upload = session.get(Upload, upload_id)
    if upload is None or upload.by_id != author.id:
        raise NotFound("This file is no longer kept: it was imported, or more than a day has passed. Choose it again.")
    return upload


def keep_pictures(
    session: Session, planned: Iterable[Incoming], images: Mapping[str, bytes], author: Author, *, now: datetime
) -> tuple[str, ...]:
    """Store the images that the questions show, drawn anew; a sentence for each that cannot be shown."""
    wanted = pictures_of(one.entry.question for one in planned if one.entry.question)
    wrong = []
    for name in wanted:
        if name in images:
            try:
                keep_image(session, author, images[name], now=now)
            except Invalid as problem:
                wrong.append(f"The image {name} was not taken. {problem.message}")
    return tuple(wrong)


def import_planned(
    session: Session,
    author: Author,
    planned: Iterable[Incoming],
    target: Target,
    *,
    file_name: str,
    format_name: str,
    now: datetime,
) -> Imported:
    """Store what was planned, as one batch with one step of history for each question, in the caller's transaction.

    What is refused is kept as its source text, as a draft to be mended; what is here word for word is passed over.
    Raises Invalid when a question is too long.
    """
    batch = begin_batch(session, author, "import", f"Import of {file_name}", now=now)
    made: list[str] = []
    updated: list[str] = []
    kept: list[str] = []
    ready: list[OwnQuestion] = []
    stored: list[OwnQuestion] = []
    for one in planned:
        if one.action == "update":
            own = _update(session, one)
            updated.append(own.slug)
        elif one.action in ("new", "keep", "refuse"):
            own = _make(session, one, author, target, format_name=format_name, now=now)
            (made if one.action == "new" else kept).append(own.slug)
        else:
            continue
        own.changed_at = now
        stored.append(own)
        if target.publish and one.action == "new" and one.entry.outcome == "taken":
            ready.append(own)
    published = _publish(session, ready, now)
    # The questions first: their steps refer to them.
    session.flush()
    session.add_all(next_edit(own, author, "imported", now=now, batch_id=batch.id) for own in stored)
    session.flush()
    if published:
        touch_shelf(session)
    batch.summary = _summary(file_name, made, updated, kept)
    return Imported(batch, tuple(made), tuple(updated), tuple(kept), tuple(published))


def _summary(file_name: str, made: list[str], updated: list[str], kept: list[str]) -> str:
    counts = ((made, "new"), (updated, "updated"), (kept, "kept as source text"))
    said = ", ".join(f"{len(slugs)} {word}" for slugs, word in counts if slugs)
    return f"{file_name}: {said or 'nothing'}"


def _make(
    session: Session, one: Incoming, author: Author, target: Target, *, format_name: str, now: datetime
) -> OwnQuestion:
    question = one.entry.question
    if question is not None:
        question = in_its_place(
            question,
            lesson=target.lesson,
            objective=target.objective,
            level=target.level,
            category=target.category,
        )
    own = OwnQuestion(
        slug=one.slug,
        owner_id=author.id,
        owner_name=author.name,
        status="draft",
        kind=question.kind if question else "",
        lesson=target.lesson,
        content=dumped(as_content(question) if question else {"stem": one.entry.title}),
        edit_number=0,
        revision=0,
        is_served=False,
        findings=0,
        import_key=one.import_key or None,
        source_format=format_name,
        source_text=one.entry.source or None,
        created_at=now,
        changed_at=now,
    )
    session.add(own)
    return own


def _update(session: Session, one: Incoming) -> OwnQuestion:
    own = session.get(OwnQuestion, one.slug)
    if own is None or one.content is None:
        raise NotFound(f"The question “{one.slug}” is gone. Choose the file again.")
    own.content = dumped(one.content)
    own.kind, own.status = str(one.content.get("kind", own.kind)), "draft"
    return own


def _publish(session: Session, ready: Iterable[OwnQuestion], now: datetime) -> list[str]:
    """Serve those that can be asked; their slugs."""
    found = []
    for own in ready:
        try:
            found.append((own, question_of(own, revision=1)))
        except Invalid:
            continue
    versions = keep_versions(session, [question for _, question in found], now=now)
    for (own, _), version in zip(found, versions, strict=True):
        own.revision, own.version_id = 1, version
        own.status, own.is_served = "published", True
    return [own.slug for own, _ in found]
