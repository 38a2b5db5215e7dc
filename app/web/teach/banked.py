"""The bank in memory: rows are read once and kept as long as nothing changes, and so is what the check found."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.accounts.permissions import Role
from app.authoring.bank import Bank, Row, Wanted, narrowed
from app.authoring.bank_queries import Mark, bank_mark, file_rows, read_bank
from app.authoring.draft import read_draft
from app.authoring.models import OwnQuestion
from app.authoring.queries import content_of
from app.boot import course, library
from app.clock import utc_now
from app.db import db
from app.library.check.single import findings_for
from app.library.model import Library
from app.library.references import broken_references
from app.questions.model import Question
from app.web.access import Visitor

_EXTENSION = "offramp-bank"
# Longer than this nobody waits for a page; the rest is looked at when it is asked for again.
_SECONDS = 3.0


@dataclass(frozen=True)
class Seen:
    """What a teacher sees of the bank, and what there is to filter by."""

    rows: tuple[Row, ...]
    # What stands in the table when nothing is asked for, and whether any of it is the teacher's own.
    usual: tuple[Row, ...]
    has_own: bool
    owners: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]

    @classmethod
    def of(cls, rows: Iterable[Row], who: Visitor) -> Seen:
        """Rows, with the names that stand in them in the order of the alphabet."""
        kept = tuple(rows)
        return cls(
            kept,
            tuple(narrowed(kept, Wanted())),
            any(row.owner_id == who.id for row in kept),
            tuple(sorted({row.owner for row in kept if row.owner}, key=str.casefold)),
            tuple(sorted({row.category for row in kept if row.category}, key=str.casefold)),
            tuple(sorted({tag for row in kept for tag in row.tags})),
        )


@dataclass
class _Kept:
    """What one process remembers. `counted` says of a row how many findings it has."""

    course: Library
    mark: Mark
    bank: Bank
    seen: dict[Any, Seen] = field(default_factory=dict)
    counted: dict[Any, int] = field(default_factory=dict)
    counted_on: date | None = None


_lock = Lock()


def seen_bank(who: Visitor) -> Seen:
    """What the teacher sees. Asks the database for a mark, and for rows only when that is another one."""
    kept = _kept()
    sees_all = who.role == Role.ADMIN
    found = kept.seen.get((who.id, sees_all))
    if found is None:
        found = kept.seen[who.id, sees_all] = Seen.of(kept.bank.seen_by(who.id, sees_all=sees_all), who)
    return found


def _kept() -> _Kept:
    kept: _Kept | None = current_app.extensions.get(_EXTENSION)
    mark, text = bank_mark(db.session()), course()
    if kept is not None and kept.course is text and kept.mark == mark:
        return kept
    with _lock:
        old = kept.bank if kept is not None and kept.course is text else Bank(file_rows(text))
        counted = kept.counted if kept is not None and kept.course is text else {}
        fresh = _Kept(text, mark, read_bank(db.session(), text, old), counted=counted)
        fresh.counted_on = kept.counted_on if kept is not None else None
        current_app.extensions[_EXTENSION] = fresh
    return fresh


def with_findings(rows: Sequence[Row]) -> tuple[list[Row], int]:
    """Those of the rows in which the check finds something, and how many it has not looked at yet.

    Each question is looked at once, and no page waits for more than a few seconds.
    """
    kept, today, begun = _kept(), utc_now().date(), time.monotonic()
    if kept.counted_on != today:
        kept.counted, kept.counted_on = {}, today
    known = kept.counted
    unknown = [row for row in rows if not row.findings and _key(row) not in known]
    for at in range(0, len(unknown), 50):
        if time.monotonic() - begun > _SECONDS:
            break
        _count(unknown[at : at + 50], known, today)
    found = [row for row in rows if row.findings or known.get(_key(row))]
    return found, sum(_key(row) not in known for row in unknown)


def _key(row: Row) -> tuple[str, int, str]:
    # Others see what was published last, its owner the working copy: these are two.
    return row.slug, row.edit_number, row.status


def _count(rows: Sequence[Row], known: dict[Any, int], today: date) -> None:
    copies = [row.slug for row in rows if row.status not in ("file", "published")]
    owns = {own.slug: own for own in db.session().scalars(select(OwnQuestion).where(OwnQuestion.slug.in_(copies)))}
    for row in rows:
        question = _question(row, owns.get(row.slug))
        around = course() if row.status == "file" else library()
        # What cannot be asked has something to be mended.
        known[_key(row)] = len(findings_for(around, question, today=today)) if question else 1


def _question(row: Row, own: OwnQuestion | None) -> Question | None:
    if own is None:
        return library().questions.get(row.slug)
    read, _ = read_draft(content_of(own), slug=own.slug, revision=row.revision, lesson=own.lesson)
    return read if read and not any(broken_references(library(), read)) else None
