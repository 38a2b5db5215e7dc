"""The course and its lessons as frozen, typed objects."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.questions.model import Level, ObjectiveId, Slug, Strict, Text

ParagraphId = Annotated[str, Field(pattern=r"^(H|D|P[1-9][0-9]?)$")]
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class Strand(Strict):
    """One of the course's threads, with the letter and colour of its signs."""

    id: Slug
    letter: Annotated[str, Field(pattern=r"^[A-Z]$")]
    title: Text
    colour: Literal["signal", "ramp", "source"]
    summary: Text


ObjectiveType = Literal["knowledge", "concept", "skill"]


class Objective(Strict):
    """What a learner can do after a lesson. `short` is its name on progress pages."""

    id: ObjectiveId
    strand: Slug
    lesson: Slug
    type: ObjectiveType
    text: Text
    short: Annotated[str, Field(max_length=60)]


class Blueprint(Strict):
    """What the bank holds for each objective; `by_type` says how many practice questions of each level."""

    practice: Annotated[int, Field(ge=1)] = 6
    held_out: Annotated[int, Field(ge=0)] = 1
    kinds: Annotated[int, Field(ge=1)] = 2
    levels: Annotated[int, Field(ge=1)] = 2
    by_type: dict[ObjectiveType, dict[Level, Annotated[int, Field(ge=0)]]] = Field(default_factory=dict)
    # How often an objective is asked in half a year, at the 90th percentile of learners (measurement.md §7).
    asked: Annotated[int, Field(ge=1)] = 18


class Course(Strict):
    """lessons/course.yaml."""

    title: Text
    lead: Text
    # What stands largest on the first page, instead of the title.
    headline: Text | None = None
    # Of a course that rests on an article: what it is, in a sentence or two, and how many words it has.
    article: Text | None = None
    words_in_article: Annotated[int, Field(ge=1)] | None = None
    # A sentence at the foot of every page.
    footer: Text | None = None
    # Whether certainty marks are shown beside the score (measurement.md §3).
    certainty_marks: bool = False
    # Pairs of glossary terms that learners confuse, which some lesson sets side by side.
    contrasts: tuple[tuple[Slug, Slug], ...] = ()
    # What the whole bank is held to; without it a course may be as small as it likes.
    blueprint: Blueprint | None = None
    strands: tuple[Strand, ...]
    objectives: tuple[Objective, ...]


class Source(Strict):
    """A source that the course rests on."""

    id: Annotated[str, Field(pattern=r"^(article|[SK]\d{1,3}[a-z]?)$")]
    publisher: Text | None = None
    title: Text | None = None
    date: PartialDate | None = None
    kind: Literal["primary", "news", "analysis", "state", "copy"] | None = None
    position: Text | None = None
    url: Text | None = None


class Term(Strict):
    """A glossary entry. `also` are other spellings that mean the same."""

    id: Slug
    term: Text
    also: tuple[Text, ...] = ()
    definition: Text


class Quote(Strict):
    """A fragment of the article that the project may show."""

    id: Slug
    at: ParagraphId
    text: Text


class Reading(Strict):
    """What to read next."""

    text: Text
    url: Text | None = None


class FrontMatter(Strict):
    """The fields between the two --- lines of a lesson."""

    id: Slug
    number: Annotated[int, Field(ge=1, le=99)]
    title: Text
    strand: Slug
    minutes: Annotated[int, Field(ge=1, le=120)]
    objectives: tuple[ObjectiveId, ...]
    contested: bool = False
    hypothetical: bool = False
    next: tuple[Reading, ...] = ()


class Prose(Strict):
    """Running text: its Markdown for the terminal, its sanitised HTML for the page."""

    block: Literal["prose"] = "prose"
    line: int
    markdown: str
    html: str


class QuoteBlock(Strict):
    """A quotation of the article, set off."""

    block: Literal["quote"] = "quote"
    line: int
    quote: str


class Note(Strict):
    """A margin note: to a claim, to a glossary term, or free under a title."""

    block: Literal["note"] = "note"
    line: int
    claim: str | None = None
    term: str | None = None
    title: str | None = None
    markdown: str
    html: str


class Figure(Strict):
    """A drawing from lessons/figures/, with the words that stand for it."""

    block: Literal["figure"] = "figure"
    line: int
    name: Slug
    alt: str = ""
    caption: str = ""
    svg: str = ""


class Box(Strict):
    """A worked example, a faded one, or our three-line summary."""

    block: Literal["box"] = "box"
    line: int
    role: Literal["worked", "faded", "summary"]
    title: str
    markdown: str
    html: str


class Check(Strict):
    """Self-checks: one question after a segment, or the prequestions that open a lesson."""

    block: Literal["check"] = "check"
    line: int
    questions: tuple[str, ...]
    role: Literal["check", "prequestions"] = "check"


Block = Annotated[Prose | QuoteBlock | Note | Figure | Box | Check, Field(discriminator="block")]


class Segment(Strict):
    """From one heading to the next. The opening before the first heading has neither heading nor anchor."""

    heading: str = ""
    anchor: str = ""
    line: int
    blocks: tuple[Block, ...]


class Lesson(Strict):
    """A lesson as parsed. `citations` lists the sources cited, in order of first use: number 1 is the first."""

    head: FrontMatter
    segments: tuple[Segment, ...]
    citations: tuple[str, ...] = ()
    file: str
    line: int = 1

    @property
    def id(self) -> str:
        """The slug, which is also the file's name."""
        return self.head.id

    @property
    def checks(self) -> tuple[str, ...]:
        """The slugs of all its self-checks, in order, each once."""
        found = [q for s in self.segments for b in s.blocks if isinstance(b, Check) for q in b.questions]
        return tuple(dict.fromkeys(found))
