"""The rows of the bank from the database; what did not change is not read again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.authoring.bank import Bank, Entry, Row, row_of
from app.authoring.draft import as_content
from app.authoring.models import OwnQuestion, QuestionEdit, Shelf
from app.library.model import Library
from app.library.queries import questions_by_version
from app.questions.model import Question

Mark = tuple[uuid.UUID | None, int, uuid.UUID | None]

_AT_ONCE = 500
# A row is added to the history by every change, and one is taken away only together with a new stamp.
_MARK = select(
    select(Shelf.stamp).where(Shelf.id == 1).scalar_subquery(),
    select(func.count()).select_from(QuestionEdit).scalar_subquery(),
    select(QuestionEdit.id).order_by(QuestionEdit.id.desc()).limit(1).scalar_subquery(),
)
_COLUMNS = (
    OwnQuestion.slug,
    OwnQuestion.owner_id,
    OwnQuestion.owner_name,
    OwnQuestion.status,
    OwnQuestion.lesson,
    OwnQuestion.content,
    OwnQuestion.edit_number,
    OwnQuestion.revision,
    OwnQuestion.version_id,
    OwnQuestion.is_served,
    OwnQuestion.findings,
    OwnQuestion.changed_at,
)
_STANDS = select(OwnQuestion.slug, OwnQuestion.edit_number, OwnQuestion.changed_at, OwnQuestion.owner_id)
# What keeps a working copy from others: they see what was published last.
_UNSEEN = ("draft", "retired")
_NOT_OF_A_VERSION = ("tags", "category")


def bank_mark(session: Session) -> Mark:
    """What is another one after every change of a question that was written in the browser. Cheap."""
    stamp, count, newest = session.execute(_MARK).one()
    return stamp, count, newest


def file_rows(course: Library) -> tuple[Row, ...]:
    """The rows of the questions that come from files, in the order of the course."""
    return tuple(
        row_of(slug, as_content(it), course, lesson=it.lesson, status="file", revision=it.head.revision)
        for slug, it in course.questions.items()
    )


def read_bank(session: Session, course: Library, kept: Bank) -> Bank:
    """The bank as it is now; of `kept`, an older one of the same course, what did not change stays."""
    # What a file has under the same id is what is asked.
    stands = {slug: row for slug, *row in session.execute(_STANDS) if slug not in course.questions}
    same = {slug: it for slug, it in kept.entries.items() if stands.get(slug) == _stand(it.own)}
    read = _read(session, course, [slug for slug in stands if slug not in same])
    return Bank(kept.files, dict(sorted({**same, **read}.items())))


def _stand(row: Row) -> list[Any]:
    return [row.edit_number, row.changed_at, row.owner_id]


def _read(session: Session, course: Library, slugs: list[str]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for chunk in (slugs[at : at + _AT_ONCE] for at in range(0, len(slugs), _AT_ONCE)):
        found = session.execute(select(*_COLUMNS).where(OwnQuestion.slug.in_(chunk))).all()
        served = questions_by_version(session, _unseen_versions(found))
        entries |= {one.slug: _entry(course, one, served.get(one.version_id or "")) for one in found}
    return entries


def _unseen_versions(found: Iterable[Any]) -> Iterator[str]:
    return (one.version_id for one in found if one.version_id and one.status in _UNSEEN)


def _entry(course: Library, one: Any, served: Question | None) -> Entry:
    content: Mapping[str, Any] = json.loads(one.content)
    is_changed = one.status == "draft" and one.is_served
    facts = {
        "revision": max(one.revision, 1),
        "owner_id": one.owner_id,
        "owner": one.owner_name,
        "changed_at": one.changed_at,
        "edit_number": one.edit_number,
        "findings": one.findings,
    }
    status = "changed" if is_changed else one.status
    own = row_of(one.slug, content, course, lesson=one.lesson, status=status, **facts)
    if one.status not in _UNSEEN:
        return Entry(own, own)
    if served is None or not (is_changed or one.status == "retired"):
        return Entry(own, None)
    shown = as_content(served) | {name: content[name] for name in _NOT_OF_A_VERSION if name in content}
    status = "published" if is_changed else "retired"
    return Entry(own, row_of(one.slug, shown, course, lesson=served.lesson, status=status, **facts))
