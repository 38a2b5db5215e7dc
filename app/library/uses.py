"""Where things are used: which lessons quote a paragraph, note a claim, use a term; what cites a source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from app.lessons.model import Box, Lesson, Note, Prose, QuoteBlock
from app.library.dossier import PARTS, cited_in
from app.library.model import Library

_TERM = re.compile(r"\{term=([a-z0-9-]+)\}")


class Use(NamedTuple):
    """A place that cites a source: what it is (a lesson, or a part of the dossier), its id, its name for people."""

    part: str
    id: str
    label: str


def lessons_by_paragraph(library: Library) -> dict[str, list[Lesson]]:
    """Paragraph id → the lessons that quote it."""
    return _by_lesson(library, "paragraph")


def lessons_by_claim(library: Library) -> dict[str, list[Lesson]]:
    """Claim id → the lessons with a note on it."""
    return _by_lesson(library, "claim")


def lessons_by_term(library: Library) -> dict[str, list[Lesson]]:
    """Term id → the lessons that mark or explain it."""
    return _by_lesson(library, "term")


def citations(library: Library) -> dict[str, list[Use]]:
    """Source id → what cites it: lessons first, then the dossier."""
    found: dict[str, list[Use]] = defaultdict(list)
    for lesson in library.lessons.values():
        for source in lesson.citations:
            found[source].append(Use("lesson", lesson.id, f"Lesson {lesson.head.number}"))
    for part in PARTS:
        for key, value in getattr(library, part).items():
            label = getattr(value, "title", None) or getattr(value, "name", None) or key
            for source in cited_in(value):
                found[source].append(Use(part, key, label))
    return found


Wanted = Literal["paragraph", "claim", "term"]


def _by_lesson(library: Library, wanted: Wanted) -> dict[str, list[Lesson]]:
    found: dict[str, list[Lesson]] = defaultdict(list)
    for lesson in library.lessons.values():
        for key in dict.fromkeys(_used(library, lesson, wanted)):
            found[key].append(lesson)
    return found


def _used(library: Library, lesson: Lesson, wanted: Wanted) -> Iterator[str]:
    for segment in lesson.segments:
        for block in segment.blocks:
            if wanted == "paragraph" and isinstance(block, QuoteBlock):
                yield library.quotes[block.quote].at
            if wanted == "claim" and isinstance(block, Note) and block.claim:
                yield block.claim
            if wanted == "term":
                yield from _terms(block)


def _terms(block: object) -> Iterator[str]:
    if isinstance(block, Note) and block.term:
        yield block.term
    if isinstance(block, Prose | Note | Box):
        yield from _TERM.findall(block.markdown)
