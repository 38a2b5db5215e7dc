"""What is here already of the questions in a file. Loads the formats, which no start should pay for."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.authoring.draft import read_draft
from app.authoring.incoming import Here, Known, import_key
from app.authoring.models import OwnQuestion
from app.authoring.queries import content_of
from app.formats.base import OWN_KEY, Entry
from app.library.model import Library


def here_for(
    session: Session, library: Library, entries: Iterable[Entry], *, author_id: uuid.UUID | None, format_name: str
) -> Here:
    """What is here already of the questions that a file has, by their ids and by what the file calls them."""
    keys = {import_key(entry, format_name) for entry in entries}
    slugs = {entry.key.removeprefix(OWN_KEY) for entry in entries if entry.key.startswith(OWN_KEY)}
    mine = _in_chunks(session, OwnQuestion.import_key, keys, OwnQuestion.owner_id == author_id)
    named = _in_chunks(session, OwnQuestion.slug, slugs)
    # A draft of somebody else’s does not exist for others.
    own = {row.slug: row for row in (*mine, *named) if row.owner_id == author_id or row.status != "draft"}
    in_files = {
        slug: Known(slug, library.questions[slug], file=library.questions[slug].place.file)
        for slug in slugs
        if slug in library.questions and library.questions[slug].place.file
    }
    return Here(
        by_slug={**{slug: _known(row, author_id) for slug, row in own.items()}, **in_files},
        by_key={str(row.import_key): row.slug for row in mine},
    )


def _known(row: OwnQuestion, author_id: uuid.UUID | None) -> Known:
    question, _ = read_draft(content_of(row), slug=row.slug, revision=max(row.revision, 1), lesson=row.lesson)
    return Known(
        row.slug,
        question,
        owner=row.owner_name,
        is_mine=row.owner_id == author_id,
        source="" if row.kind else row.source_text or "",
    )


def _in_chunks(session: Session, column: Any, values: Collection[str], *where: Any) -> list[OwnQuestion]:
    """The rows whose column has one of the values; databases take only so many at once."""
    wanted = sorted(values)
    return [
        row
        for at in range(0, len(wanted), 500)
        for row in session.scalars(select(OwnQuestion).where(column.in_(wanted[at : at + 500]), *where))
    ]
