"""Which question here an entry of a file is: by the id that we wrote into it, by its name in the file, by its words."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from app.authoring.draft import as_content
from app.authoring.likeness import ALIKE, shared, words_of, words_of_text
from app.formats.base import OWN_KEY, Entry
from app.questions.model import Question

_SPACE = re.compile(r"\s+")
# Among how many of the same name the nearest is looked for; one of exactly the same words is found among all.
_LOOKED_AT = 100


@dataclass(frozen=True)
class Known:
    """A question that is here already: `question` is None for a working copy that is none, or kept source text."""

    slug: str
    question: Question | None
    owner: str = ""
    is_mine: bool = False
    # Where it is written, for a question of a file: “questions/01.yaml”.
    file: str = ""
    # Its text in the file that it came from.
    source: str = ""
    # What it was at earlier steps of its history.
    earlier: tuple[Question, ...] = ()

    @property
    def can_be_updated(self) -> bool:
        """Whether a file may change it: one's own, which no file of the course has."""
        return self.is_mine and not self.file


@dataclass(frozen=True)
class Here:
    """What a file is compared with: questions by slug, and slugs by what the file that they came from called them.

    `images` has the pictures that these questions show: a format that carries pictures gives them other names.
    """

    by_slug: Mapping[str, Known] = field(default_factory=dict)
    by_key: Mapping[str, Sequence[str]] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def questions(self) -> list[Question]:
        """The questions that a file may be compared with."""
        return [it for known in self.by_slug.values() for it in (known.question, *known.earlier) if it]


def import_key(entry: Entry, format_name: str) -> str:
    """What the file calls an entry, or else a fingerprint of what it asks: the same file again has the same keys."""
    if entry.key.startswith(OWN_KEY):
        return entry.key[:200]
    if entry.key:
        return f"{format_name}:{entry.key}"[:200]
    asked = entry.question.head.stem if entry.question else entry.source
    words = _SPACE.sub(" ", f"{entry.question.kind if entry.question else entry.was} {asked}").strip().casefold()
    return f"{format_name}#{hashlib.sha256(words.encode()).hexdigest()[:40]}"


class Recognising:
    """Finds the questions of a file one after the other; each question here is found for one entry only."""

    def __init__(self, here: Here) -> None:
        """Nothing is found yet."""
        self._here = here
        self._used: set[str] = set()
        self._words: dict[str, list[Counter[str]]] = {}
        self._exact: dict[str, dict[frozenset[tuple[str, int]], list[str]]] = {}

    def use(self, slug: str) -> None:
        """Say that an entry is this question."""
        self._used.add(slug)

    def original(self, entry: Entry) -> Known | None:
        """The question whose id the entry carries, if it is here and not found yet."""
        if not entry.key.startswith(OWN_KEY):
            return None
        known = self._here.by_slug.get(entry.key.removeprefix(OWN_KEY))
        return known if known is not None and known.slug not in self._used else None

    def brought(self, entry: Entry, key: str) -> tuple[Known | None, bool]:
        """One's own question that came from a file under this name, the nearest of several; whether it asks the same.

        A name such as “1” is that of many questions. So one that shares few words is another question, unless the
        name is an id of ours.
        """
        words = _words_of(entry)
        named = [slug for slug in self._exactly(key).get(frozenset(words.items()), ()) if slug not in self._used]
        if named:
            return self._here.by_slug[named[0]], True
        found = list(islice((slug for slug in self._slugs(key) if slug not in self._used), _LOOKED_AT))
        if not found:
            return None, False
        nearest = max(found, key=lambda slug: self._likeness(words, slug))
        is_alike = entry.key.startswith(OWN_KEY) or self._likeness(words, nearest) >= ALIKE
        return self._here.by_slug[nearest], is_alike

    def _likeness(self, words: Counter[str], slug: str) -> float:
        return max(shared(words, counted) for counted in self._counted(slug))

    def _slugs(self, key: str) -> Iterator[str]:
        by_slug = self._here.by_slug
        return (slug for slug in self._here.by_key.get(key, ()) if slug in by_slug and by_slug[slug].can_be_updated)

    def _exactly(self, key: str) -> dict[frozenset[tuple[str, int]], list[str]]:
        if key not in self._exact:
            found = self._exact[key] = {}
            for slug in self._slugs(key):
                for counted in self._counted(slug):
                    found.setdefault(frozenset(counted.items()), []).append(slug)
        return self._exact[key]

    def _counted(self, slug: str) -> list[Counter[str]]:
        """The words of a question, and those of its text in the file that it came from."""
        if slug not in self._words:
            known = self._here.by_slug[slug]
            source = [words_of_text(known.source)] if known.source or not known.question else []
            self._words[slug] = [*([words_of(as_content(known.question))] if known.question else []), *source]
        return self._words[slug]


def _words_of(entry: Entry) -> Counter[str]:
    return words_of(as_content(entry.question)) if entry.question else words_of_text(entry.source)
