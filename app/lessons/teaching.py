"""What a lesson has for the teacher: a plan of 45 minutes, three discussions, a handout, and what may hurt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from app.questions.model import Slug, Strict

LESSON_MINUTES = 45
N_DISCUSSIONS = 3
MOST_LINES = 30

_CITATION = re.compile(r"\[\^([A-Za-z0-9]+)\]")
_DIRECTIVE = re.compile(r"^:::\s*(quote|lines|space)\s+([a-z0-9]+(?:-[a-z0-9]+)*)\s*$")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Sheet(NamedTuple):
    """A piece of a handout: Markdown, a quotation's id, a number of lines to write on, or the height of a frame."""

    piece: Literal["prose", "quote", "lines", "space"]
    text: str


def read_sheet(body: str) -> tuple[Sheet, ...]:
    """The pieces of a handout's body, in order. Raises ValueError for a directive or citation that it cannot have."""
    if found := _CITATION.search(body):
        raise ValueError(f"A handout is printed without a list of sources; instead of {found[0]} name the source.")
    pieces: list[Sheet] = []
    prose: list[str] = []
    for line in [*body.splitlines(), None]:
        if line is not None and not line.startswith(":::"):
            prose.append(line)
            continue
        if text := "\n".join(prose).strip("\n"):
            pieces.append(Sheet("prose", text))
        prose = []
        if line is not None:
            pieces.append(_directive(line))
    return tuple(pieces)


def _directive(line: str) -> Sheet:
    found = _DIRECTIVE.match(line)
    if found is None:
        known = "“::: quote ID”, “::: lines 4” and “::: space 4”"
        raise ValueError(f"“{line.strip()[:40]}” is not understood; a handout has {known}.")
    if found[1] == "quote":
        return Sheet("quote", found[2])
    if not found[2].isdigit() or not 1 <= int(found[2]) <= MOST_LINES:
        raise ValueError(f"“::: {found[1]}” is followed by a number from 1 to {MOST_LINES}.")
    return Sheet("lines" if found[1] == "lines" else "space", found[2])


def _sheet(body: str) -> str:
    read_sheet(body)
    return body


class ContentNote(Strict):
    """What in the lesson may hurt and whom, how to prepare, and a task that can be done instead."""

    hurts: Words
    prepare: Words
    instead: Words


class Step(Strict):
    """A stretch of the plan; `parts` are headings of the lesson by number, `quiz` one of its checks or a drill."""

    minutes: Annotated[int, Field(ge=1, le=LESSON_MINUTES)]
    title: Words
    parts: tuple[Annotated[int, Field(ge=1)], ...] = ()
    quiz: Slug | None = None
    teacher: Words
    learners: Words


class Plan(Strict):
    """What to bring, and the steps of one lesson at school."""

    material: tuple[Words, ...]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(step.minutes for step in self.steps)
        if total != LESSON_MINUTES:
            raise ValueError(f"The steps take {total} minutes; together they take {LESSON_MINUTES}.")
        return self

    @cached_property
    def clock(self) -> tuple[tuple[int, int], ...]:
        """The minute at which each step begins and ends, counted from the beginning."""
        ends = list(accumulate(step.minutes for step in self.steps))
        return tuple(zip([0, *ends], ends, strict=False))


class Discussion(Strict):
    """A question to talk about, what good answers contain, and what would change the assessment."""

    ask: Words
    good: Words
    change: Words


class Handout(Strict):
    """One sheet to print: Markdown with `::: quote ID`, `::: lines 4` and `::: space 4`."""

    title: Words
    body: Annotated[Words, AfterValidator(_sheet)]

    @cached_property
    def sheet(self) -> tuple[Sheet, ...]:
        """The body in pieces."""
        return read_sheet(self.body)


class Teaching(Strict):
    """lessons/teaching/<lesson id>.yaml; `id` is the lesson's."""

    id: Slug
    content_note: ContentNote
    plan: Plan
    prompts: Annotated[tuple[Discussion, ...], Field(min_length=N_DISCUSSIONS, max_length=N_DISCUSSIONS)]
    handout: Handout

    @property
    def citations(self) -> tuple[str, ...]:
        """The sources cited, in order of first use on the page: number 1 is the first."""
        found = (source for text in self._texts() for source in _CITATION.findall(text))
        return tuple(dict.fromkeys(found))

    def _texts(self) -> Iterator[str]:
        note = self.content_note
        yield from (note.hurts, note.prepare, note.instead, *self.plan.material)
        for step in self.plan.steps:
            yield from (step.teacher, step.learners)
        for prompt in self.prompts:
            yield from (prompt.ask, prompt.good, prompt.change)
