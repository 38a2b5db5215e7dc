"""What is here already of the questions in a file. Loads the formats, which no start should pay for."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.authoring.draft import read_draft
from app.authoring.models import OwnQuestion, QuestionEdit
from app.authoring.queries import content_of
from app.authoring.recognising import Here, Known, import_key
from app.formats.base import OWN_KEY, Entry
from app.library.model import Library
from app.questions.model import Question

Stored = TypeVar("Stored", OwnQuestion, QuestionEdit)
# How many earlier states of a question a file is compared with.
_STEPS = 5


def here_for(
    session: Session, library: Library, entries: Iterable[Entry], *, author_id: uuid.UUID | None, format_name: str
) -> Here:
    """What is here already of the questions that a file has, by their ids and by what the file calls them."""
    keys = {import_key(entry, format_name) for entry in entries}
    slugs = {entry.key.removeprefix(OWN_KEY) for entry in entries if entry.key.startswith(OWN_KEY)}
    mine = _in_chunks(session, OwnQuestion, OwnQuestion.import_key, keys, OwnQuestion.owner_id == author_id)
    named = _in_chunks(session, OwnQuestion, OwnQuestion.slug, slugs)
    # A draft of somebody else’s does not exist for others.
    own = {row.slug: row for row in (*mine, *named) if row.owner_id == author_id or row.status != "draft"}
    in_files = {
        slug: Known(slug, library.questions[slug], file=library.questions[slug].place.file)
        for slug in slugs
        if slug in library.questions and library.questions[slug].place.file
    }
    earlier = _earlier(session, [row for row in own.values() if row.owner_id == author_id and row.edit_number > 1])
    return Here(
        by_slug={**{slug: _known(row, author_id, earlier.get(slug, ())) for slug, row in own.items()}, **in_files},
        by_key=_by_key(mine),
    )


def _by_key(rows: Iterable[OwnQuestion]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: (row.created_at, row.slug)):
        found.setdefault(str(row.import_key), []).append(row.slug)
    return found


def _earlier(session: Session, rows: Iterable[OwnQuestion]) -> dict[str, tuple[Question, ...]]:
    """What questions were at earlier steps, the latest first: a file may have them as they were."""
    now = {row.slug: row for row in rows}
    steps = _in_chunks(session, QuestionEdit, QuestionEdit.question, now.keys(), QuestionEdit.number > 0)
    found: dict[str, dict[str, Question]] = {}
    for step in sorted(steps, key=lambda step: -step.number):
        row, had = now[step.question], found.setdefault(step.question, {})
        if step.content == row.content or step.content in had or len(had) == _STEPS:
            continue
        question, _ = read_draft(content_of(step), slug=row.slug, revision=max(row.revision, 1), lesson=row.lesson)
        if question is not None:
            had[step.content] = question
    return {slug: tuple(had.values()) for slug, had in found.items()}


def _known(row: OwnQuestion, author_id: uuid.UUID | None, earlier: tuple[Question, ...]) -> Known:
    question, _ = read_draft(content_of(row), slug=row.slug, revision=max(row.revision, 1), lesson=row.lesson)
    is_mine = row.owner_id == author_id
    return Known(row.slug, question, row.owner_name, is_mine, source=row.source_text or "", earlier=earlier)


def _in_chunks(
    session: Session, model: type[Stored], column: Any, values: Collection[str], *where: Any
) -> list[Stored]:
    """The rows whose column has one of the values; databases take only so many at once."""
    wanted = sorted(values)
    return [
        row
        for at in range(0, len(wanted), 500)
        for row in session.scalars(select(model).where(column.in_(wanted[at : at + 500]), *where))
    ]
