"""Rules about what a lesson lets its readers do: prompts, worked examples, contrasts, figures that are used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from app.lessons.model import Block, Box, Check, Figure, Lesson, Prose, Term
from app.library.check.lists import FIGURE_WORDS
from app.library.check.parts import Paragraph, body_text, paragraphs
from app.library.check.rule import Finding, Rule, SaidAt, Subject, each_lesson
from app.library.check.words import lower_words, words
from app.library.model import Library

COURSE = "lessons/course.yaml"
_FARTHEST = 450
_MARK = re.compile(r"\{term=([a-z0-9-]+)\}")


def _is_prompt(block: Block) -> bool:
    """Whether the reader has to do something here: answer, finish an example, write a summary."""
    return isinstance(block, Check) or (isinstance(block, Box) and block.role in ("faded", "summary"))


def _prompts_apart(library: Library, lesson: Lesson) -> SaidAt:
    read, since = 0, lesson.line
    for segment in lesson.segments:
        for block in segment.blocks:
            if _is_prompt(block):
                if read > _FARTHEST:
                    yield since, "warning", _too_far(read)
                read, since = 0, block.line
            elif isinstance(block, (Prose, Box)):
                read += len(words(block.markdown))
    if read > _FARTHEST:
        yield since, "warning", _too_far(read)


def _too_far(read: int) -> str:
    return f"{read} words follow without a prompt; let readers recall something every {_FARTHEST} at most."


def _examples(library: Library, lesson: Lesson) -> SaidAt:
    objectives = [library.objectives.get(objective) for objective in lesson.head.objectives]
    skills = [objective.id for objective in objectives if objective and objective.type == "skill"]
    boxes = [block for segment in lesson.segments for block in segment.blocks if isinstance(block, Box)]
    for role, what in (("worked", "worked example"), ("faded", "faded example")):
        count = sum(box.role == role for box in boxes)
        if count < len(skills):
            named = ", ".join(skills)
            have = f"{count} {what}{'' if count == 1 else 's'}"
            message = f"The lesson has {have} for {len(skills)} skills ({named}); give each its own."
            yield lesson.line, "warning", message


def _asked(library: Library, lesson: Lesson) -> list[str]:
    """The objectives of a lesson's prompts, one for each."""
    found = (library.questions.get(slug) for slug in lesson.checks)
    return [question.head.objective for question in found if question and question.head.objective]


def _unprompted(library: Library, lesson: Lesson) -> SaidAt:
    asked = _asked(library, lesson)
    for objective in dict.fromkeys(lesson.head.objectives):
        if objective not in asked:
            yield lesson.line, "warning", f"No prequestion and no check of this lesson asks for {objective}."


def _returns(library: Library, lesson: Lesson) -> SaidAt:
    number = lesson.head.number
    before = {o for other in library.lessons.values() if other.head.number < number for o in other.head.objectives}
    if not before:
        return
    count = sum(objective in before for objective in _asked(library, lesson))
    if count < 2:
        message = f"{count} of its prompts return to an objective of an earlier lesson; two or more keep it alive."
        yield lesson.line, "warning", message


def _tables(lesson: Lesson) -> Iterator[str]:
    """The text of each table."""
    held: list[Paragraph] = []
    for one, following in pairwise([*paragraphs(lesson), None]):
        if one is None or not one.table:
            continue
        held.append(one)
        # Between the head and the first row stands a line of dashes.
        if following is None or not following.table or following.line - one.line > 2:
            yield " ".join(row.text for row in held)
            held = []


def _uncontrasted(subject: Subject) -> Iterator[Finding]:
    library = subject.library
    pairs = [pair for pair in library.course.contrasts if all(term in library.terms for term in pair)]
    tables = [_said_in(table) for lesson in library.lessons.values() for table in _tables(lesson)] if pairs else []
    for pair in pairs:
        one, other = (_names(library.terms[term]) for term in pair)
        # Of a primary and a secondary source the table need not say each time that it is a source.
        short = [{_without(name, theirs) for name in mine} for mine, theirs in ((one, other), (other, one))]
        names = [one | short[0], other | short[1]]
        if not any(all(each & table for each in names) for table in tables):
            said = " and ".join(f"“{library.terms[term].term}”" for term in pair)
            message = f"{said} are easily confused, and no table of a lesson sets them side by side."
            yield Finding(COURSE, 1, "warning", message)


def _names(term: Term) -> set[str]:
    """What a table may say for a term: its names, or the mark of it around other words."""
    return {" ".join(lower_words(name)) for name in (term.term, *term.also)} | {f"={term.id}"}


def _without(name: str, others: set[str]) -> str:
    """A name without the words that it shares with the other term's."""
    shared = {word for other in others for word in other.split()}
    return " ".join(word for word in name.split() if word not in shared) or name


def _said_in(table: str) -> set[str]:
    """The phrases of a table, and the terms marked in it."""
    return {*_phrases(table), *(f"={term}" for term in _MARK.findall(table))}


def _phrases(text: str) -> Iterator[str]:
    """Every run of up to five words."""
    found = lower_words(text)
    for at in range(len(found)):
        for end in range(at + 1, min(at + 5, len(found)) + 1):
            yield " ".join(found[at:end])


def _revisits(subject: Subject) -> Iterator[Finding]:
    yield from each_lesson(_returns)(subject)
    yield from _uncontrasted(subject)


def _unused_figures(library: Library, lesson: Lesson) -> SaidAt:
    text = body_text(lesson)
    for number, segment in enumerate(lesson.segments):
        for block in segment.blocks:
            if not isinstance(block, Figure):
                continue
            said = {word for paragraph in text if paragraph.segment == number for word in lower_words(paragraph.text)}
            if not said & FIGURE_WORDS:
                message = f"The text of its segment never points at the figure “{block.name}”: say what to see in it."
                yield block.line, "warning", message


RULES: dict[str, Rule] = {
    "LES-04": Rule(
        "warning above 450 words",
        "Readers have something to do every 450 words: a check, a faded example, their own summary.",
        each_lesson(_prompts_apart),
    ),
    "LES-08": Rule(
        "warning",
        "Every skill of a lesson has a worked example and a faded one.",
        each_lesson(_examples),
    ),
    "LES-11": Rule(
        "warning",
        "Every objective of a lesson has a prequestion or a check in it.",
        each_lesson(_unprompted),
    ),
    "LES-12": Rule(
        "warning",
        "A lesson returns to earlier objectives in two prompts or more, and the “contrasts” of the course stand side "
        "by side in a table.",
        _revisits,
    ),
    "LES-13": Rule(
        "warning",
        "The text of a figure's segment points at the figure.",
        each_lesson(_unused_figures),
    ),
}
