"""The texts of a question, whatever its kind, and the paragraphs of a lesson with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch

from app.lessons.model import Box, Figure, Lesson, Note, Prose
from app.questions.model import Question
from app.questions.types import TYPES
from app.questions.types.base import Option
from app.questions.types.choice import ChoiceBody
from app.questions.types.ordering import OrderingBody

_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_ROW = re.compile(r"^\s*\|")
_RULE_ROW = re.compile(r"^[\s|:-]+$")
_COUNTABLE = 7
_SKIPPED = re.compile(r"^\s*(?:```|~~~|#{1,6}\s)")


@dataclass(frozen=True)
class Part:
    """An option, element or wording of a question.

    One that `explains` needs feedback; one that is `shown` is read before the answer is in.
    """

    id: str
    text: str
    feedback: str
    key: bool
    explains: bool = True
    shown: bool = True


@singledispatch
def parts(body: object) -> list[Part]:
    """The parts of a question's body, as written."""
    return []


@parts.register
def _(body: ChoiceBody) -> list[Part]:
    return [Part(option.id, option.text, option.feedback, option.key) for option in body.options]


@singledispatch
def shown_besides(body: object) -> list[str]:
    """What a body shows before the answer beside its parts, such as the principle of an ordering."""
    return []


@singledispatch
def told_besides(body: object) -> list[str]:
    """What a body tells after the answer beside the feedback of its parts, such as a statement put right."""
    return []


@singledispatch
def choices(body: object) -> list[Sequence[Option]]:
    """The lists of options out of which one or some are the key: nothing but knowledge may tell it apart."""
    return []


@choices.register
def _(body: ChoiceBody) -> list[Sequence[Option]]:
    return [body.options]


def guess(question: Question) -> float | None:
    """What a blind guess earns on average; None where there is no score, or too little to guess from.

    All orders of an ordering are counted through, so one with too many elements is left to the rule that names it.
    """
    body = question.body
    if isinstance(body, OrderingBody) and len(body.elements) > _COUNTABLE:
        return None
    try:
        return TYPES[question.kind].chance(body)
    except ZeroDivisionError:
        return None


def key_text(question: Question) -> str:
    """The words of the key."""
    return " ".join(part.text for part in parts(question.body) if part.key)


def asked_text(question: Question) -> list[str]:
    """What a learner reads before answering: passage, stem, principle, options and elements."""
    shown = [question.head.stem]
    if question.head.passage and question.head.passage.text:
        shown.append(question.head.passage.text)
    return shown + shown_besides(question.body) + [part.text for part in parts(question.body) if part.shown]


def told_text(question: Question) -> list[str]:
    """What a learner reads after answering: the explanation, all feedback, and what a body tells besides."""
    feedback = [part.feedback for part in parts(question.body) if part.feedback]
    return [question.head.explanation, *feedback, *told_besides(question.body)]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, list item or table row of a lesson, as written, with its line and segment (from 0)."""

    line: int
    segment: int
    text: str
    table: bool = False
    aside: bool = False
    # What box it stands in: worked, faded or summary; empty for running text.
    box: str = ""


def paragraphs(lesson: Lesson) -> list[Paragraph]:
    """All a lesson's own words in order. Margin notes and captions are `aside`; quotations are left out."""
    return [
        paragraph
        for number, segment in enumerate(lesson.segments)
        for block in segment.blocks
        for paragraph in _of_block(block, number)
    ]


def body_text(lesson: Lesson) -> list[Paragraph]:
    """The running text: what is not beside it."""
    return [paragraph for paragraph in paragraphs(lesson) if not paragraph.aside]


def _of_block(block: object, segment: int) -> Iterator[Paragraph]:
    match block:
        case Prose():
            yield from _split(block.markdown, block.line, segment)
        case Box():
            for paragraph in _split(block.markdown, block.line + 1, segment):
                yield replace(paragraph, box=block.role)
        case Note():
            for paragraph in _split(block.markdown, block.line + 1, segment):
                yield replace(paragraph, aside=True)
        case Figure(caption=caption) if caption:
            yield Paragraph(block.line, segment, caption, aside=True)


def _split(text: str, first: int, segment: int) -> Iterator[Paragraph]:
    held: list[str] = []
    start = first
    for number, line in enumerate(text.split("\n"), first):
        ends = not line.strip() or _ROW.match(line) or _ITEM.match(line) or _SKIPPED.match(line)
        if ends and held:
            yield Paragraph(start, segment, " ".join(held))
            held = []
        if _ROW.match(line):
            if not _RULE_ROW.match(line):
                yield Paragraph(number, segment, line.replace("|", " ").strip(), table=True)
        elif line.strip() and not _SKIPPED.match(line):
            start = start if held else number
            held.append(_ITEM.sub("", line).strip().lstrip("> "))
    if held:
        yield Paragraph(start, segment, " ".join(held))
