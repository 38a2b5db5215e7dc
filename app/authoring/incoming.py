"""What a file's entries become: new questions, updates of one's own, copies, or nothing. Pure: nothing is stored."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from app.authoring.draft import Content, as_content, read_draft
from app.authoring.merging import merged
from app.formats import same
from app.formats.base import OWN_KEY, Entry, Format, FormatError, Limits
from app.formats.same import same_question
from app.questions.model import Question

# new: a question of one's own; update: it takes the place of a working copy; same: nothing differs; keep: its source
# text is kept, for no kind holds it; refuse: it cannot be read.
Action = Literal["new", "update", "same", "keep", "refuse"]
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Known:
    """A question that is here already: `question` is None for a working copy that is none, or kept source text."""

    slug: str
    question: Question | None
    owner: str = ""
    is_mine: bool = False
    # Where it is written, for a question of a file: “questions/01.yaml”.
    file: str = ""
    source: str = ""


@dataclass(frozen=True)
class Here:
    """What a file is compared with: questions by slug, and slugs by what the file that they came from called them."""

    by_slug: Mapping[str, Known] = field(default_factory=dict)
    by_key: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Incoming:
    """One entry and what becomes of it. `slug` is that of the question to make or to update."""

    number: int
    entry: Entry
    action: Action
    slug: str
    import_key: str
    notes: tuple[str, ...] = ()
    # An update to another kind is mostly what the format could not hold: it is left out unless a teacher wants it.
    changes_kind: bool = False
    # The working copy that an update makes.
    content: Content | None = None

    @property
    def can_choose(self) -> bool:
        """Whether a teacher can take it or leave it out; of what is refused the text can be kept, to be mended here."""
        return self.action in ("new", "update", "keep") or (self.action == "refuse" and bool(self.entry.source))

    @property
    def is_left_at_first(self) -> bool:
        """Whether it stays out unless somebody wants it."""
        return self.changes_kind or self.action == "refuse"


def plan(
    entries: Iterable[Entry], here: Here, *, format: Format, new_slug: Callable[[str], str]
) -> tuple[Incoming, ...]:
    """What becomes of each entry, in order. `new_slug(words)` gives an id that nobody has, made from these words."""
    used: set[str] = set()
    planned = []
    for number, entry in enumerate(entries, 1):
        one = _plan_one(number, entry, here, used, format=format, new_slug=new_slug)
        used |= {one.slug, one.import_key}
        planned.append(one)
    return tuple(planned)


def _plan_one(
    number: int,
    entry: Entry,
    here: Here,
    used: Collection[str],
    *,
    format: Format,
    new_slug: Callable[[str], str],
) -> Incoming:
    key = import_key(entry, format.name)
    if entry.outcome == "refused":
        return Incoming(number, entry, "refuse", new_slug(entry.title), "")
    known, note = _known(entry, key, here)
    if known is not None and known.slug in used:
        known, note = None, "It stands in this file twice; this is taken as a question of its own."
    content, changed = _home(entry, known, format) if known is not None else (None, None)
    if known is not None and changed == []:
        where = f"in {known.file}" if known.file else f"as “{known.slug}”"
        return Incoming(number, entry, "same", known.slug, key, (f"It is here already, {where}, word for word.",))
    if known is not None and known.is_mine and not known.file and content is not None:
        said = f"It takes the place of your question as it is. Different: {', '.join(changed or ['everything'])}."
        return Incoming(number, entry, "update", known.slug, key, (said,), _changes_kind(entry, known), content)
    action: Action = "keep" if entry.question is None else "new"
    fresh_key = "" if key in used or (known is not None and not known.file) else key
    return Incoming(number, entry, action, new_slug(entry.title), fresh_key, (note,) if note else ())


def _known(entry: Entry, key: str, here: Here) -> tuple[Known | None, str]:
    """The question that an entry is, and why it can be no more than copied."""
    if entry.key.startswith(OWN_KEY):
        known = here.by_slug.get(entry.key.removeprefix(OWN_KEY))
        if known is None:
            return _by_key(key, here), ""
        if known.file:
            return known, f"The question it was is written in {known.file}: this becomes a copy of your own."
        return (
            known,
            "" if known.is_mine else f"The question it was is {known.owner}’s: this becomes a copy of your own.",
        )
    return _by_key(key, here), ""


def _by_key(key: str, here: Here) -> Known | None:
    slug = here.by_key.get(key)
    known = here.by_slug.get(slug) if slug else None
    return known if known is not None and known.is_mine else None


def _home(entry: Entry, known: Known, format: Format) -> tuple[Content | None, list[str] | None]:
    """What a question here becomes by an entry, and the fields that differ; None where they cannot be compared."""
    old, new = known.question, entry.question
    if old is None:
        is_same = new is None and bool(known.source) and entry.source == known.source
        return as_content(new) if new else None, [] if is_same else None
    back = _given_back(old, format)
    if new is None:
        # Some kinds go out in a form that comes back as text only.
        return None, [] if back is not None and _SPACE.sub(" ", back.source) == _SPACE.sub(" ", entry.source) else None
    base = back.question if back else None
    if base is not None and same_question(new, base, but={"id"}):
        return as_content(old), []
    content = merged(new, old, base)
    after, _ = read_draft(content, slug=known.slug, revision=1, lesson=old.lesson)
    if after is None or after.kind != old.kind:
        return content, None
    now, before = same.content(after), same.content(old)
    differing = [key for key in (*now, *(key for key in before if key not in now)) if now.get(key) != before.get(key)]
    return content, ["answers" if key == "body" else key for key in differing]


def _given_back(question: Question, format: Format) -> Entry | None:
    """The question as the format gives it back; None when it cannot."""
    if not format.writes:
        return None
    written = format.write([question], title="", images={})
    try:
        found = format.read(written.data, limits=Limits())
    except FormatError:
        return None
    return found.entries[0] if found.entries else None


def _changes_kind(entry: Entry, known: Known) -> bool:
    new = entry.question.kind if entry.question else ""
    return known.question is not None and known.question.kind != new


def import_key(entry: Entry, format_name: str) -> str:
    """What the file calls an entry, or else a fingerprint of what it asks: the same file again has the same keys."""
    if entry.key:
        return f"{format_name}:{entry.key}"[:200]
    asked = entry.question.head.stem if entry.question else entry.source
    words = _SPACE.sub(" ", f"{entry.question.kind if entry.question else entry.was} {asked}").strip().casefold()
    return f"{format_name}#{hashlib.sha256(words.encode()).hexdigest()[:40]}"


def in_its_place(question: Question, *, lesson: str, objective: str, level: str, category: str) -> Question:
    """The question with what a teacher chose for the whole file, where the file says nothing itself."""
    head = question.head
    chosen = {
        "objective": head.objective or objective or None,
        "level": head.level or level or None,
        "category": head.category or category,
    }
    return replace(question, head=head.model_copy(update=chosen), lesson=lesson)
