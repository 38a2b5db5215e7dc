"""A file between its choice and its import: read once, looked at on several pages."""

from __future__ import annotations

import json
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Generic, TypeVar

from app.authoring.bank_queries import bank_mark
from app.authoring.incoming import Incoming, plan
from app.authoring.models import Upload
from app.authoring.outgoing import pictures_of
from app.authoring.queries.arriving import here_for
from app.authoring.service import Author
from app.authoring.service.importing import find_upload
from app.boot import image_bytes, library
from app.db import db
from app.formats import FORMATS, sniff_format
from app.formats.base import Format, FormatError, Found, Limits
from app.formats.table import Columns, Table
from app.web.teach.common import new_slug, teacher
from app.web.uploads import limits

T = TypeVar("T")
READABLE = {name: format for name, format in FORMATS.items() if format.reads}
PAGE = 25
# A reader that takes longer would keep the others waiting.
_SECONDS = 20.0


def format_of(name: str, data: bytes, file_name: str) -> Format:
    """The format that was chosen, or else the one that the file looks like. Raises FormatError."""
    format = READABLE.get(name) if name else sniff_format(data, file_name)
    if format is None or not format.reads:
        known = ", ".join(it.label for it in READABLE.values())
        raise FormatError(f"It cannot be told what kind of file this is. Choose its format: {known}.")
    return format


@dataclass(frozen=True)
class Looked:
    """A file between its reading and its import, with what becomes of every entry and what the teacher chose."""

    upload: Upload
    found: Found
    planned: tuple[Incoming, ...]
    options: dict[str, Any]
    columns: Columns | None

    def is_left(self, one: Incoming) -> bool:
        """Whether the teacher leaves it out."""
        return one.number in self.options.get("left", [])

    @property
    def taken(self) -> list[Incoming]:
        """What would be stored now."""
        return [one for one in self.planned if one.can_choose and not self.is_left(one)]

    @property
    def last_page(self) -> int:
        """The number of the last page, from 1."""
        return max(1, -(-len(self.planned) // PAGE))


def look_at(upload_id: uuid.UUID) -> Looked:
    """The file as it is now. Raises NotFound and FormatError."""
    upload = find_upload(db.session(), upload_id, Author(teacher().id, teacher().name))
    return _looked(upload, json.loads(upload.options))


def first_look(upload: Upload, found: Found) -> Looked:
    """A file that was just read, as it is first looked at."""
    _files.get(_key(upload, _columns(upload, {})), lambda: found)
    return _at_first(_looked(upload, {}))


def with_columns(looked: Looked, columns: Columns) -> Looked:
    """The file read again, its columns with other meanings. Raises FormatError."""
    return _at_first(_looked(looked.upload, {**looked.options, "meanings": list(columns.meanings)}))


def _at_first(looked: Looked) -> Looked:
    """What is most likely not wanted is left out until the teacher says otherwise."""
    left = [one.number for one in looked.planned if one.is_left_at_first]
    return replace(looked, options={**looked.options, "left": left})


def _looked(upload: Upload, options: dict[str, Any]) -> Looked:
    columns = _columns(upload, options)
    found = _files.get(_key(upload, columns), lambda: read(READABLE[upload.format], upload.data, columns))
    return Looked(upload, found, planned(upload, found, columns), options, columns)


def planned(upload: Upload, found: Found, columns: Columns | None) -> tuple[Incoming, ...]:
    """What becomes of every entry of a file, as the questions here are now."""
    session = db.session()

    def make() -> tuple[Incoming, ...]:
        here = here_for(session, library(), found.entries, author_id=upload.by_id, format_name=upload.format)
        here = replace(here, images=image_bytes(pictures_of(here.questions)))
        return plan(found.entries, here, format=READABLE[upload.format], new_slug=new_slug)

    return _plans.get((*_key(upload, columns), bank_mark(session)), make)


def _columns(upload: Upload, options: dict[str, Any]) -> Columns | None:
    format = READABLE[upload.format]
    if not isinstance(format, Table):
        return None
    columns = format.columns(upload.data)
    return columns.with_meanings(options["meanings"]) if "meanings" in options else columns


def read(format: Format, data: bytes, columns: Columns | None) -> Found:
    """Read a file within the time and size that one may take. Raises FormatError."""
    begun = time.monotonic()

    def tick(done: int, of: int) -> None:
        if time.monotonic() - begun > _SECONDS:
            raise FormatError(f"Reading took too long; {done} questions were read. Split the file into smaller ones.")

    most = Limits(max_bytes=limits().max_upload_mb * 1024 * 1024, tick=tick)
    if columns is not None and isinstance(format, Table):
        return format.read_mapped(data, columns, limits=most)
    return format.read(data, limits=most)


class _Lately(Generic[T]):
    """What was made last, by what it was made of: every page of a preview asks for the same."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


_files: _Lately[Found] = _Lately(4)
_plans: _Lately[tuple[Incoming, ...]] = _Lately(4)


def _key(upload: Upload, columns: Columns | None) -> tuple[uuid.UUID, tuple[str, ...]]:
    return upload.id, columns.meanings if columns else ()
