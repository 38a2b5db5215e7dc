"""A lesson's blocks as lines: quotations, notes, figures, boxes, sources."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence

from app.cli.ask import paragraph_label, question_lines
from app.cli.prose import prose_lines
from app.cli.screen import Screen
from app.lessons.model import Block, Box, Check, Figure, Lesson, Note, Prose, QuoteBlock, Segment, Source
from app.library.model import Library
from app.questions.types import TYPES

BOXES = {"worked": "Worked example", "faded": "Your turn", "summary": "Our three lines"}


def lesson_title(screen: Screen, library: Library, lesson: Lesson) -> list[str]:
    """Strand, number, title and minutes."""
    head = lesson.head
    strand = library.strands[head.strand]
    left = f"{screen.strand(strand.letter, strand.colour)} {strand.title}"
    lines = [
        screen.sides(left, f"Lesson {head.number}, {head.minutes} min"),
        screen.bold(head.title),
        *screen.rule(),
    ]
    if head.hypothetical:
        lines += screen.wrap("An invented case: its states, outlets and people do not exist.")
    if head.contested:
        lines += screen.wrap("The sources dispute this; each side is heard.")
    return lines


def heading_lines(screen: Screen, segment: Segment) -> list[str]:
    """A segment's heading."""
    if not segment.heading:
        return []
    text = screen.wrap(segment.heading)
    if screen.plain:
        return ["", *text, ""]
    under = "" if screen.is_terminal else "-" * max(len(line) for line in text)
    return ["", *(screen.bold(line) for line in text), *([under] if under else []), ""]


def block_lines(screen: Screen, library: Library, lesson: Lesson, block: Block) -> list[str]:
    """One block, with a blank line after it."""
    if isinstance(block, Prose):
        return [*prose_lines(screen, block.markdown, lesson.citations), ""]
    if isinstance(block, QuoteBlock):
        return [*_quote_lines(screen, library, block), ""]
    if isinstance(block, Note):
        return [*_note_lines(screen, library, lesson, block), ""]
    if isinstance(block, Figure):
        return [*_figure_lines(screen, lesson, block), ""]
    if isinstance(block, Box):
        return [*box_lines(screen, lesson, block), ""]
    return _check_lines(screen, library, block)


def _quote_lines(screen: Screen, library: Library, block: QuoteBlock) -> list[str]:
    quote = library.quotes[block.quote]
    place = f"The article, {paragraph_label(library, quote.at)}"
    if screen.plain:
        return screen.wrap(f"{place}: “{quote.text}”")
    bar = "    "
    return [*screen.wrap(f"“{quote.text}”", bar), *(screen.quiet(line) for line in screen.wrap(place, bar))]


def _note_lines(screen: Screen, library: Library, lesson: Lesson, note: Note) -> list[str]:
    bar = "" if screen.plain else screen.quiet("  │ ")
    title, before = note.title or "", ""
    if note.claim and note.claim in library.claims:
        title = f"Claim {note.claim}, {paragraph_label(library, library.claims[note.claim].at)}"
    elif note.term and note.term in library.terms:
        title, before = library.terms[note.term].term, library.terms[note.term].definition
    inner = Screen(plain=screen.plain, width=screen.prose - (0 if screen.plain else 4))
    lines = [screen.bold(f"Note: {title}") + ("." if screen.plain else "")]
    lines += inner.wrap(before) if before else []
    lines += prose_lines(inner, note.markdown, lesson.citations) if note.markdown.strip() else []
    return [bar + line for line in lines]


def _figure_lines(screen: Screen, lesson: Lesson, figure: Figure) -> list[str]:
    lines = screen.wrap(f"Figure: {figure.alt}", "" if screen.plain else "    ")
    caption = prose_lines(
        Screen(plain=True, width=screen.prose - 4),
        figure.caption,
        lesson.citations,
        indent="" if screen.plain else "    ",
    )
    return lines + [screen.quiet(line) for line in caption]


def box_lines(screen: Screen, lesson: Lesson, box: Box) -> list[str]:
    """A worked or faded example, or our summary."""
    name = BOXES[box.role]
    title = f"{name}: {box.title}" if box.title else name
    indent = "" if screen.plain else "  "
    body = prose_lines(screen, box.markdown, lesson.citations, indent=indent)
    return [f"{indent}{screen.bold(title)}", *body]


def _check_lines(screen: Screen, library: Library, block: Check) -> list[str]:
    """Self-checks as they stand in a text that asks nothing: question and options, no key."""
    from app.learning.service import check_order

    lines: list[str] = []
    title = "Before you read: what would you guess?" if block.role == "prequestions" else "Check yourself"
    lines += [screen.bold(title), ""]
    for slug in block.questions:
        question = library.questions[slug]
        view = TYPES[question.kind].view(question.body, check_order(library, slug))
        lines += [*question_lines(screen, library, question, view, is_asked=False), ""]
    return lines


def ending_lines(screen: Screen, library: Library, lesson: Lesson) -> list[str]:
    """What to read next, and the sources by number."""
    lines: list[str] = []
    if lesson.head.next:
        lines += [screen.bold("What to do next")]
        for reading in lesson.head.next:
            lines += screen.wrap(reading.text + (f" {reading.url}" if reading.url else ""), "- ")
        lines.append("")
    return lines + source_lines(screen, library, lesson.citations)


def source_lines(screen: Screen, library: Library, citations: Sequence[str]) -> list[str]:
    """The sources by number; nothing where none is cited."""
    lines = [screen.bold("Sources")] if citations else []
    for number, key in enumerate(citations, 1):
        lines += screen.wrap(_source_words(library.sources.get(key), key), f"[{number}] ")
    return lines


def _source_words(source: Source | None, key: str) -> str:
    if source is None:
        return key
    title = f"“{source.title}”" if source.title else ""
    words = ", ".join(part for part in (source.publisher, title, day_words(source.date)) if part)
    return f"{words}. {source.url}" if source.url else f"{words}."


def day_words(date: str | None) -> str:
    """“2020-01-08” as “8 January 2020”; a year, or a year and a month, as far as they go."""
    if not date:
        return ""
    year, *rest = date.split("-")
    words = [year]
    if rest:
        words.insert(0, month_name[int(rest[0])])
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join(words)
