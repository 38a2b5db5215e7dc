"""The table of all questions: a row for each, what is searched and filtered in it, and the order. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, Protocol, get_args

from app.authoring.searching import fold, needles
from app.library.model import Library
from app.markdown import plain
from app.questions.model import Level
from app.questions.types import TYPES

# What a filter asks for that wants rows without any, such as questions of no lesson.
NONE = "-"
# The status of a row → in words. One that comes from a file has none of its own.
STATUSES = {
    "file": "From a file",
    "draft": "Draft",
    "in_review": "In review",
    "published": "Published",
    "changed": "Published, with changes",
    "retired": "Retired",
}
LEVELS = get_args(Level)
USES = {"lesson": "In a lesson", "practice": "Practice", "held_out": "Held out", "drill": "Drill"}

# Fields of a body that name a part or say how to grade; nobody looks for a question by these.
_UNSEARCHED = {"id", "match", "category", "feedback", "misconception", "gold", "optional", "second", "shuffle_reason"}
_TITLE = 160


@dataclass(frozen=True, slots=True)
class Row:
    """A question as the table has it. `words` is what a search looks through, as `fold` writes it."""

    slug: str
    title: str
    kind: str
    objective: str
    lesson: str
    strand: str
    level: str
    use: str
    tags: tuple[str, ...]
    category: str
    words: str
    # Where it belongs, in words, and its place in the order of the course.
    place: str
    place_order: tuple[int, int]
    status: str
    revision: int
    owner_id: uuid.UUID | None = None
    # Empty for the course.
    owner: str = ""
    changed_at: datetime | None = None
    edit_number: int = 0
    # How many findings it had when it was last saved in the editor; 0 also when nobody has counted.
    findings: int = 0

    @property
    def kind_label(self) -> str:
        """Its kind in words."""
        return TYPES[self.kind].label if self.kind in TYPES else "No kind yet"


def row_of(slug: str, content: Mapping[str, Any], library: Library, *, lesson: str, **facts: Any) -> Row:
    """The row of a question by its working copy, which may hold anything; `facts` are the fields from `status` on."""
    objective = _text(content.get("objective"))
    tags = content.get("tags")
    category = _text(content.get("category"))
    stem = _text(content.get("stem"))
    labels = tuple(_text(tag) for tag in tags) if isinstance(tags, list | tuple) else ()
    searched = (stem, *_answers(content), _text(content.get("explanation")), " ".join(labels), category, slug)
    # Between two texts stands what no phrase has.
    words = " \n ".join(fold(text) for text in searched if text)
    return Row(
        slug,
        _shortened(" ".join(plain(stem).split())),
        _text(content.get("kind")),
        objective,
        lesson,
        _strand(library, objective, lesson),
        _text(content.get("level")),
        _text(content.get("use")),
        labels,
        category,
        f" {words} ",
        *_place(library, objective, lesson),
        **facts,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _shortened(words: str) -> str:
    return words if len(words) <= _TITLE else f"{words[:_TITLE].rsplit(' ', 1)[0]} …"


def _answers(content: Mapping[str, Any]) -> Iterator[str]:
    """The texts of what can be answered: options, elements, blanks, accepted words."""
    kind = TYPES.get(_text(content.get("kind")))
    for name in kind.Body.model_fields if kind else ():
        if name in content and name not in _UNSEARCHED:
            yield from _texts(content[name])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _UNSEARCHED:
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _strand(library: Library, objective: str, lesson: str) -> str:
    if objective in library.objectives:
        return library.objectives[objective].strand
    return library.lessons[lesson].head.strand if lesson in library.lessons else ""


def _place(library: Library, objective: str, lesson: str) -> tuple[str, tuple[int, int]]:
    known, its_lesson = library.objectives.get(objective), library.lessons.get(lesson)
    number = its_lesson.head.number if its_lesson else 1000
    if known is not None:
        return known.short, (number, library.course.objectives.index(known))
    return (its_lesson.head.title if its_lesson else objective or lesson), (number, 1000)


@dataclass(frozen=True)
class Wanted:
    """What a search asks for; what is empty asks for nothing. Retired questions only come when they are asked for."""

    q: str = ""
    strand: str = ""
    lesson: str = ""
    objective: str = ""
    kind: str = ""
    level: str = ""
    use: str = ""
    status: str = ""
    owner: str = ""
    category: str = ""
    tag: str = ""
    findings: str = ""

    @property
    def is_anything(self) -> bool:
        """Whether nothing is asked for."""
        return self == Wanted()


# Filters that compare a field with what is wanted, as it stands.
_PLAIN = ("status", "strand", "lesson", "objective", "kind", "level", "use", "owner")


def narrowed(rows: Sequence[Row], wanted: Wanted) -> list[Row]:
    """The rows that fit, in their order; what the check finds in them aside, for that takes long."""
    looked_for = needles(wanted.q)
    if looked_for is None:
        return []
    # One filter after the other, so that what is not asked for costs nothing.
    found = list(rows) if wanted.status else [row for row in rows if row.status != "retired"]
    for name in _PLAIN:
        if value := getattr(wanted, name):
            value, of = _meant(value), attrgetter(name)
            found = [row for row in found if of(row) == value]
    if wanted.category:
        found = [row for row in found if _is_in_category(row, _meant(wanted.category))]
    if wanted.tag:
        tag = _meant(wanted.tag)
        found = [row for row in found if (tag in row.tags if tag else not row.tags)]
    for needle in looked_for:
        found = [row for row in found if needle in row.words]
    return found


def _meant(value: str) -> str:
    return "" if value == NONE else value


def _is_in_category(row: Row, wanted: str) -> bool:
    return row.category == wanted or (bool(wanted) and row.category.startswith(f"{wanted}/"))


class Answers(Protocol):
    """How often a question was asked, how many of the answers have a score, and how many were right."""

    @property
    def times(self) -> int: ...
    @property
    def scored(self) -> int: ...
    @property
    def right(self) -> int: ...


Asked = Mapping[tuple[str, int], Answers]


def _asked(row: Row, asked: Asked) -> int | None:
    found = asked.get((row.slug, row.revision))
    return found.times if found else None


def _right(row: Row, asked: Asked) -> float | None:
    found = asked.get((row.slug, row.revision))
    return found.right / found.scored if found and found.scored else None


def _among(order: Collection[str]) -> Callable[[str], int | None]:
    places = {name: place for place, name in enumerate(order)}
    return places.get


_level, _use, _status = _among(LEVELS), _among(USES), _among(STATUSES)
# Column → what its rows are ordered by; rows that have none stand last, whichever way round.
_KEYS: Mapping[str, Callable[[Row, Asked], Any]] = {
    "stem": lambda row, _: fold(row.title) or None,
    "kind": lambda row, _: row.kind_label if row.kind else None,
    "place": lambda row, _: row.place_order if row.place else None,
    "level": lambda row, _: _level(row.level),
    "use": lambda row, _: _use(row.use),
    "status": lambda row, _: _status(row.status),
    "owner": lambda row, _: fold(row.owner) or None,
    "asked": _asked,
    "right": _right,
    "changed": lambda row, _: row.changed_at,
}
COLUMNS = tuple(_KEYS)
NEWEST = "-changed"


def ordered(rows: Sequence[Row], sort: str, asked: Asked) -> list[Row]:
    """The rows by a column of COLUMNS, backwards with a “-” before it; equal ones stay as they were."""
    key = _KEYS.get(sort.removeprefix("-"), _KEYS["changed"])
    keyed = [(key(row, asked), row) for row in rows]
    with_key = [pair for pair in keyed if pair[0] is not None]
    with_key.sort(key=lambda pair: pair[0], reverse=sort.startswith("-"))
    return [row for _, row in with_key] + [row for value, row in keyed if value is None]


@dataclass(frozen=True)
class Entry:
    """A question written in the browser: its row for its owner, and for others, who may have none to see."""

    own: Row
    public: Row | None


@dataclass(frozen=True)
class Bank:
    """All questions: those of files in the order of the course, and those written in the browser by their id."""

    files: tuple[Row, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def seen_by(self, person: uuid.UUID, *, sees_all: bool) -> list[Row]:
        """What a teacher sees: their own last changes first, then the course. Drafts of others are not there."""
        theirs = (
            entry.own if sees_all or entry.own.owner_id == person else entry.public for entry in self.entries.values()
        )
        return [*ordered([row for row in theirs if row is not None], NEWEST, {}), *self.files]
