"""What a file's entries become: new questions, updates of one's own, copies, or nothing. Pure: nothing is stored."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from app.authoring.draft import Content, as_content, read_draft
from app.formats import same
from app.formats.base import OWN_KEY, Entry
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

    @property
    def can_choose(self) -> bool:
        """Whether a teacher can leave it out, or take an update as a question of its own."""
        return self.action in ("new", "update", "keep")


def plan(
    entries: Iterable[Entry], here: Here, *, format_name: str, new_slug: Callable[[str], str]
) -> tuple[Incoming, ...]:
    """What becomes of each entry, in order. `new_slug(words)` gives an id that nobody has, made from these words."""
    used: set[str] = set()
    planned = []
    for number, entry in enumerate(entries, 1):
        one = _plan_one(number, entry, here, used, format_name=format_name, new_slug=new_slug)
        used |= {one.slug, one.import_key}
        planned.append(one)
    return tuple(planned)


def _plan_one(
    number: int,
    entry: Entry,
    here: Here,
    used: Collection[str],
    *,
    format_name: str,
    new_slug: Callable[[str], str],
) -> Incoming:
    key = import_key(entry, format_name)
    if entry.outcome == "refused":
        return Incoming(number, entry, "refuse", "", key)
    known, note = _known(entry, key, here)
    if known is not None and known.slug in used:
        known, note = None, "It stands in this file twice; this is taken as a question of its own."
    changed = _changed(entry, known) if known is not None else None
    if known is not None and changed == []:
        where = f"in {known.file}" if known.file else f"as “{known.slug}”"
        return Incoming(number, entry, "same", known.slug, key, (f"It is here already, {where}, word for word.",))
    if known is not None and known.is_mine and not known.file:
        said = f"It takes the place of your question as it is. Different: {', '.join(changed or ['everything'])}."
        return Incoming(number, entry, "update", known.slug, key, (said,), _changes_kind(entry, known))
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


def _changed(entry: Entry, known: Known) -> list[str] | None:
    """The fields in which an entry differs from a question that is here; None when they cannot be compared."""
    if entry.question is None:
        return [] if known.source and entry.source == known.source else None
    if known.question is None or known.question.kind != entry.question.kind:
        return None
    merged, _ = read_draft(
        content_for(entry.question, known.question), slug=known.slug, revision=1, lesson=known.question.lesson
    )
    if merged is None:
        return None
    new, old = same.content(merged), same.content(known.question)
    differing = [key for key in (*new, *(key for key in old if key not in new)) if new.get(key) != old.get(key)]
    return ["answers" if key == "body" else key for key in differing]


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


def content_for(question: Question, old: Question | None) -> Content:
    """The working copy that an entry's question is; parts whose words are as before keep the ids that they had.

    What files of other systems do not say (source, objective, level …) stays as it was too.
    """
    content = as_content(question)
    if old is None:
        return content
    before = as_content(old)
    kept = {key: before[key] for key in _UNSAID if key in before and key not in content}
    return {**content, **kept, **_with_old_ids(content, before)}


# Fields that exchange formats cannot hold.
_UNSAID = (
    "objective", "level", "source", "sources", "as_of", "contested", "hypothetical", "enemies", "case", "author",
    "review_by", "evidence", "lint_ok", "category", "hints",
)  # fmt: skip
_LISTS = ("options", "elements", "prompts", "categories", "reasons", "sentences", "rubric")
# Fields that name a part by its id.
_REFERENCES = ("match", "category", "goes_with")


def _with_old_ids(content: Content, before: Content) -> Content:
    renamed: dict[str, str] = {}
    for name in _LISTS:
        old = {_words(part): part["id"] for part in before.get(name, []) if isinstance(part, dict)}
        for part in content.get(name, []):
            if isinstance(part, dict) and _words(part) in old:
                renamed[part["id"]] = old[_words(part)]
    # An id that only the new one has must not become one that an old part keeps.
    taken = set(renamed.values())
    clashes = {part["id"] for name in _LISTS for part in content.get(name, []) if isinstance(part, dict)} & taken
    renamed |= {key: f"{key}-2" for key in clashes if key not in renamed}
    return {name: [_renamed(part, renamed) for part in content[name]] for name in _LISTS if name in content}


def _words(part: Mapping[str, Any]) -> str:
    return _SPACE.sub(" ", str(part.get("text") or part.get("criterion") or "")).strip().casefold()


def _renamed(part: Any, names: Mapping[str, str]) -> Any:
    if not isinstance(part, dict):
        return part
    changed = {key: names.get(part[key], part[key]) for key in ("id", *_REFERENCES) if isinstance(part.get(key), str)}
    return {**part, **changed}


def in_its_place(question: Question, *, lesson: str, objective: str, level: str, category: str) -> Question:
    """The question with what a teacher chose for the whole file, where the file says nothing itself."""
    head = question.head
    chosen = {
        "objective": head.objective or objective or None,
        "level": head.level or level or None,
        "category": head.category or category,
    }
    return replace(question, head=head.model_copy(update=chosen), lesson=lesson)
