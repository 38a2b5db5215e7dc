"""A question after its answer is in: every option with what it means, and the explanation."""

from __future__ import annotations

import random
from dataclasses import replace

from app.cli.screen import Screen
from app.cli.shapes import shape_of
from app.library.model import Library
from app.questions.model import Question, RevealRow
from app.questions.types import TYPES
from app.quiz.sheet import MarkedSlot


def marked_lines(screen: Screen, library: Library, marked: MarkedSlot, title: str = "", *, said: str = "") -> list[str]:
    """The verdict, the options explained and the explanation, under the stem when there is a title.

    `said` is what goes with how sure the learner was.
    """
    reason = f": {marked.reason}" if marked.reason and marked.sign == "partly" else ""
    before = "" if not title else f"{screen.bold(title)}. " if screen.plain else f"{screen.bold(title)}  "
    lines = screen.wrap(f"{marked.verdict}{reason}", f"{before}{screen.sign(marked.sign)}")
    if title:
        lines += screen.wrap(marked.question.head.stem)
    lines += [
        screen.quiet(line) for words in (*said_beside(marked), *filter(None, [said])) for line in screen.wrap(words)
    ]
    return [*lines, "", *reveal_lines(screen, marked), "", *explanation_lines(screen, library, marked.question)]


def reveal_lines(screen: Screen, marked: MarkedSlot) -> list[str]:
    """The rows of the reveal, in the words of the question's shape."""
    kind, body = TYPES[marked.question.kind], marked.question.body
    # Any order will do: of the view nothing is shown that has one.
    view = kind.view(body, kind.order(body, random.Random(0)))  # noqa: S311
    reveal = replace(marked.reveal, rows=tuple(_with_level(row, marked) for row in marked.reveal.rows))
    return shape_of(view).explain(screen, view, reveal, is_answered=marked.is_answered)


def _with_level(row: RevealRow, marked: MarkedSlot) -> RevealRow:
    """A criterion's row with the level that a person gave."""
    mark = marked.mark or marked.self_mark
    level = mark.levels.get(row.id.removeprefix("criterion:")) if mark else None
    return row if level is None else replace(row, given=f"level {level}")


def said_beside(marked: MarkedSlot) -> list[str]:
    """What goes with the verdict, a sentence each: a mended key, a person's mark."""
    said = [marked.note] if marked.note else []
    if marked.mark:
        said.append(f"Marked by {marked.mark.by}. {marked.mark.comment}".strip())
    return said


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
