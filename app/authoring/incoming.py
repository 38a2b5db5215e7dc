"""What a file's entries become: new questions, updates of one's own, copies, or nothing. Pure: nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.authoring.draft import Content, as_content, read_draft
from app.authoring.merging import merged, taken_whole
from app.authoring.recognising import Here, Known, Recognising, import_key
from app.formats import same
from app.formats.base import Entry, Format, FormatError, Limits
from app.formats.same import same_question
from app.questions.model import Question

# new: a question of one's own; update: it takes the place of a working copy; same: nothing differs; keep: its source
# text is kept, for no kind holds it; refuse: it cannot be read.
Action = Literal["new", "update", "same", "keep", "refuse"]
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Incoming:
    """One entry and what becomes of it. `slug` is that of the question to make or to update."""

    number: int
    entry: Entry
    action: Action
    slug: str
    import_key: str
    notes: tuple[str, ...] = ()
    # What is most likely not wanted is left out unless a teacher wants it: an update to another kind, which is mostly
    # what the format could not hold, and a question that stands in the file twice.
    is_doubtful: bool = False
    # The working copy that an update makes, and the question that it is.
    content: Content | None = None
    updated: Question | None = None

    @property
    def can_choose(self) -> bool:
        """Whether a teacher can take it or leave it out; of what is refused the text can be kept, to be mended here."""
        return self.action in ("new", "update", "keep") or (self.action == "refuse" and bool(self.entry.source))

    @property
    def is_left_at_first(self) -> bool:
        """Whether it stays out unless somebody wants it."""
        return self.is_doubtful or self.action == "refuse"

    @property
    def question(self) -> Question | None:
        """The question as it will be here; None when it is kept as text, or refused."""
        return self.updated or self.entry.question


def plan(
    entries: Iterable[Entry], here: Here, *, format: Format, new_slug: Callable[[str], str]
) -> tuple[Incoming, ...]:
    """What becomes of each entry, in order. `new_slug(words)` gives an id that nobody has, made from these words."""
    found = Recognising(here)
    earlier: dict[str, Incoming] = {}
    planned = []
    for number, entry in enumerate(entries, 1):
        if entry.outcome == "refused":
            planned.append(Incoming(number, entry, "refuse", new_slug(entry.title), ""))
            continue
        key = import_key(entry, format.name)
        one = _known_one(number, entry, key, found, format, here.images)
        if isinstance(one, Incoming):
            found.use(one.slug)
        else:
            action: Action = "keep" if entry.question is None else "new"
            one = _fresh(Incoming(number, entry, action, new_slug(entry.title), key, one), earlier.get(key))
        earlier[key] = one
        planned.append(one)
    return tuple(planned)


def _fresh(one: Incoming, twin: Incoming | None) -> Incoming:
    """A question of its own, with a note when `twin` has the same name in the file."""
    if twin is None:
        return one
    if _is_same(one.entry, twin.entry):
        said = f"The same question stands in line {twin.entry.line} of this file already."
        return replace(one, notes=(said,), is_doubtful=True)
    if not one.entry.key:
        return one
    said = f"In line {twin.entry.line} another one has the same name; this is taken as a question of its own."
    return replace(one, notes=(*one.notes, said))


def _known_one(
    number: int, entry: Entry, key: str, found: Recognising, format: Format, images: Mapping[str, bytes]
) -> Incoming | tuple[str, ...]:
    """An entry that is here already, the same or an update; or notes on why it becomes a question of its own."""
    original = found.original(entry)
    known, is_alike = found.brought(entry, key)
    for one in (original, known if is_alike else None):
        if one is None:
            continue
        home = _home(entry, one, format, images)
        if home.differs == []:
            return _same(number, entry, one, key, home)
        if one.can_be_updated and home.content is not None:
            return _update(number, entry, one, key, home)
    if original is not None:
        return _why_copied(original)
    if known is None or is_alike:
        return ()
    return (f"Your question “{known.slug}” has the same name in a file, but asks something else; this is a new one.",)


def _same(number: int, entry: Entry, known: Known, key: str, home: _Home) -> Incoming:
    where = f"in {known.file}" if known.file else f"as “{known.slug}”"
    said = f"It is here already, {where}, word for word."
    if home.is_earlier:
        said = f"It is here already, {where}. Here it was changed since; the file has it as it was before."
    return Incoming(number, entry, "same", known.slug, key, (said,))


def _is_same(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same; some kinds come back from a file as text only."""
    if one.question is None or other.question is None:
        return one.question is other.question and _SPACE.sub(" ", one.source) == _SPACE.sub(" ", other.source)
    return same_question(one.question, other.question, but={"id"})


def _update(number: int, entry: Entry, known: Known, key: str, home: _Home) -> Incoming:
    changes_kind = home.updated is None or known.question is None or home.updated.kind != known.question.kind
    said = [f"It takes the place of your question as it is. Different: {', '.join(home.differs or ['everything'])}."]
    if changes_kind and known.question is not None:
        said.append("It would become another kind of question, so it is left out unless you want it.")
    is_doubtful = changes_kind and known.question is not None
    return Incoming(
        number, entry, "update", known.slug, key, tuple(said), is_doubtful, content=home.content, updated=home.updated
    )


def _why_copied(known: Known) -> tuple[str, ...]:
    if known.can_be_updated:
        return ()
    whose = f"written in {known.file}" if known.file else f"{known.owner}’s"
    return (f"The question it was is {whose}: this becomes a copy of your own.",)


@dataclass(frozen=True)
class _Home:
    """What a question here becomes by an entry: `differs` names the fields, None where they cannot be compared."""

    content: Content | None = None
    updated: Question | None = None
    differs: list[str] | None = None
    # The file has it as it was at an earlier step.
    is_earlier: bool = False


def _home(entry: Entry, known: Known, format: Format, images: Mapping[str, bytes]) -> _Home:
    old, new = known.question, entry.question
    if new is None and known.source and entry.source == known.source:
        # Kept as text once; here it may have become a question since.
        return _Home(differs=[], is_earlier=old is not None)
    if old is None:
        return _Home(as_content(new) if new else None, new)
    back = _given_back(old, format, images)
    if back is not None and _is_same(entry, back):
        return _Home(differs=[])
    before = [it for it in (_given_back(was, format, images) for was in known.earlier) if it is not None]
    if any(_is_same(entry, it) for it in before):
        return _Home(differs=[], is_earlier=True)
    if new is None:
        return _Home()
    # What it was when it went out: the state that the file is nearest to, the present one if several are.
    bases = [it.question for it in (back, *before) if it is not None and it.question is not None]
    base = min(bases, key=lambda it: len(_fields_differing(new, it)), default=None)
    for content in (merged(new, old, base), taken_whole(new, old)):
        after, _ = read_draft(content, slug=known.slug, revision=1, lesson=old.lesson)
        if after is not None:
            return _Home(content, after, _differing(after, old))
    return _Home(as_content(new), new)


def _differing(after: Question, old: Question) -> list[str] | None:
    """The fields that an update changes, all of the body as “answers”; None when everything is another."""
    if after.kind != old.kind:
        return None
    fields = _fields_differing(after, old)
    return list(dict.fromkeys("answers" if name.startswith("body.") else name for name in fields))


def _fields_differing(one: Question, other: Question) -> list[str]:
    mine, theirs = _fields(one), _fields(other)
    names = [*mine, *(name for name in theirs if name not in mine)]
    return [name for name in names if mine.get(name) != theirs.get(name)]


def _fields(question: Question) -> dict[str, Any]:
    said = same.content(question, but={"id"})
    body = said.pop("body")
    return {**said, **{f"body.{name}": value for name, value in body.items()}}


def _given_back(question: Question, format: Format, images: Mapping[str, bytes]) -> Entry | None:
    """The question as the format gives it back; None when it cannot."""
    if not format.writes:
        return None
    written = format.write([question], title="", images=images)
    try:
        found = format.read(written.data, limits=Limits())
    except FormatError:
        return None
    return found.entries[-1] if found.entries and not written.left_out else None


def in_its_place(question: Question, *, lesson: str, objective: str, level: str, category: str) -> Question:
    """The question with what a teacher chose for the whole file, where the file says nothing itself."""
    head = question.head
    chosen = {
        "objective": head.objective or objective or None,
        "level": head.level or level or None,
        "category": head.category or category,
    }
    return replace(question, head=head.model_copy(update=chosen), lesson=lesson)
