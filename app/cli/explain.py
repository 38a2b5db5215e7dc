"""A question after its answer is in: every option with what it means, and the explanation."""

from __future__ import annotations

from app.cli.screen import Screen
from app.library.model import Library
from app.questions.model import Question, Reveal, RevealRow
from app.quiz.sheet import MarkedSlot


def marked_lines(screen: Screen, library: Library, marked: MarkedSlot, title: str = "") -> list[str]:
    """The verdict, the options explained and the explanation, under the stem when there is a title."""
    reason = f": {marked.reason}" if marked.reason and marked.sign == "partly" else ""
    before = "" if not title else f"{screen.bold(title)}. " if screen.plain else f"{screen.bold(title)}  "
    lines = screen.wrap(f"{marked.verdict}{reason}", f"{before}{screen.sign(marked.sign)}")
    if title:
        lines += screen.wrap(marked.question.head.stem)
    return [*lines, "", *reveal_lines(screen, marked), *explanation_lines(screen, library, marked.question)]


def reveal_lines(screen: Screen, marked: MarkedSlot) -> list[str]:
    """Rows of options, of places, or what was typed beside what was right."""
    reveal = marked.reveal
    if any(row.place is not None for row in reveal.rows):
        return _place_lines(screen, reveal)
    if any(row.id != "yours" for row in reveal.rows):
        return _option_lines(screen, reveal, marked.is_answered)
    return _typed_lines(screen, reveal)


def _option_lines(screen: Screen, reveal: Reveal, is_answered: bool) -> list[str]:
    lines: list[str] = []
    for number, row in enumerate(reveal.rows, 1):
        name = "" if row.verdict == "neutral" else row.verdict
        first = f"Option {number}: " if screen.plain else f"  {screen.sign(name)}{number:2}  "
        lines += screen.wrap(row.text, first)
        words = " ".join(part for part in (_choice_words(row, is_answered), row.why) if part)
        lines += [screen.quiet(line) for line in screen.wrap(words, " " * 8)] if words else []
    return [*lines, ""]


def _choice_words(row: RevealRow, is_answered: bool) -> str:
    if row.verdict == "missed":
        return "Missed. This was right." if is_answered else "This was right."
    return {"right": "Right. You chose this.", "wrong": "Wrong. You chose this."}.get(row.verdict, "")


def _place_lines(screen: Screen, reveal: Reveal) -> list[str]:
    lines: list[str] = []
    for row in reveal.rows:
        first = f"Place {row.place}: " if screen.plain else f"  {screen.sign(row.verdict)}{row.place:2}  "
        lines += screen.wrap(row.text, first)
        if row.verdict == "right":
            said = "Right place."
        else:
            said = f"You gave this place {row.yours}." if row.yours else "You gave this no place."
        lines += [screen.quiet(line) for line in screen.wrap(f"{said} {row.why}".strip(), " " * 8)]
    return [*lines, ""]


def _typed_lines(screen: Screen, reveal: Reveal) -> list[str]:
    lines = screen.wrap(f"Your answer: {reveal.yours or 'left blank'}", "  ")
    lines += screen.wrap(f"Right answer: {reveal.answer}", "  ", " " * 16)
    for row in reveal.rows:
        if row.why:
            lines += [screen.quiet(line) for line in screen.wrap(row.why, "  ")]
    return [*lines, ""]


def explanation_lines(screen: Screen, library: Library, question: Question) -> list[str]:
    """The explanation, with where its key can be verified."""
    head = question.head
    lines = screen.wrap(head.explanation, "  ") if head.explanation else []
    if head.source and head.source.ref in library.sources:
        source = library.sources[head.source.ref]
        name = "the article" if source.id == "article" else source.publisher or source.title or source.id
        label = library.paragraphs[head.source.at].label if head.source.at in library.paragraphs else head.source.at
        lines += [screen.quiet(line) for line in screen.wrap(f"Source: {name}, {label[:1].lower() + label[1:]}.", "  ")]
    return lines
