"""The dossier of the article: its claims with dated verdicts, what it leaves out, times, counts, names, places."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from app.lessons.model import ParagraphId, PartialDate
from app.questions.model import Slug, Strict, Text

LATER = "later"
ClaimId = Annotated[str, Field(pattern=r"^C\d{2}$")]
Word = Literal[
    "supported",
    "partly supported",
    "contested",
    "contradicted",
    "overstated",
    "not testable",
    "not assessed",
    "unknown",
]

# What each word says of the evidence that was public on a date.
WORDS: dict[Word, str] = {
    "supported": "What was public on this date bears it out.",
    "partly supported": "One part of it is borne out, another is not.",
    "contested": "Serious sources disagree.",
    "contradicted": "What was public on this date speaks against it.",
    "overstated": "It goes further than the evidence given for it.",
    "not testable": "It has no date, no measure, or is about what did not happen.",
    "not assessed": "A label, an opinion or a fact about the page; nothing to grade.",
    "unknown": "Nothing public settles it.",
}
# Words that stand for a weighing of evidence, which has sources.
WEIGHED: frozenset[Word] = frozenset(("supported", "partly supported", "contested", "contradicted", "overstated"))


def is_date(text: str) -> bool:
    """Whether `text` is a day of the calendar, written as 2020-03-02."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def day_of(as_of: str) -> date:
    """The day of an as-of date; “later” comes after every day."""
    return date.max if as_of == LATER else date.fromisoformat(as_of)


def _as_of(text: str) -> str:
    if text != LATER and not is_date(text):
        raise ValueError(f"“{text}” is neither a date such as 2020-03-02 nor “{LATER}”.")
    return text


def _moment(text: str) -> str:
    if is_date(text):
        return text
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError(f"“{text}” is neither a date nor a time with its offset, such as 2020-01-08T01:20+03:00.")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"There is no time zone “{text}”; write one such as Asia/Baghdad.") from None
    return text


AsOf = Annotated[str, AfterValidator(_as_of)]
Moment = Annotated[str, AfterValidator(_moment)]


class CommonDate(Strict):
    """A date at which every claim has a verdict; `checked` is the month for which “later” stands."""

    as_of: AsOf
    label: Text
    checked: PartialDate | None = None


class Clock(Strict):
    """A place whose time the timeline shows."""

    name: Text
    zone: Annotated[str, AfterValidator(_zone)]


class Dossier(Strict):
    """lessons/article/dossier.yaml."""

    dates: tuple[CommonDate, ...] = ()
    clocks: tuple[Clock, ...] = ()
    # Above the timeline, and on how parts of the day are drawn.
    timeline_lead: Text | None = None
    hours_note: Text | None = None


class Paragraph(Strict):
    """A paragraph of the article in our own words, with its loaded words and what to notice."""

    id: ParagraphId
    label: Text
    paraphrase: Text
    loaded: tuple[Text, ...] = ()
    note: Text | None = None


class Evidence(Strict):
    """What speaks for or against a claim; `since` is the day on which it became public, if after publication."""

    text: Text
    since: date | None = None
    sources: tuple[str, ...] = ()

    def is_known(self, as_of: str) -> bool:
        """Whether it was public on that date."""
        return self.since is None or self.since <= day_of(as_of)


class Verdict(Strict):
    """How a claim stands from a date on, until its next change point."""

    as_of: AsOf
    verdict: Word
    note: Text


class Claim(Strict):
    """A claim of the article. Only id, place and text are required: a note in a lesson needs no more."""

    id: ClaimId
    at: ParagraphId
    text: Text
    kind: (
        Literal[
            "fact",
            "attributed",
            "quotation",
            "gloss",
            "inference",
            "causal",
            "counterfactual",
            "prediction",
            "judgement",
            "framing",
            "metadata",
        ]
        | None
    ) = None
    by: Text | None = None
    hedges: tuple[Text, ...] = ()
    loaded: tuple[Text, ...] = ()
    given: Text | None = None
    quote: Slug | None = None
    note: Text | None = None
    supports: tuple[Evidence, ...] = ()
    contradicts: tuple[Evidence, ...] = ()
    context: tuple[Evidence, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All that bears on it."""
        return (*self.supports, *self.contradicts, *self.context)


class Omission(Strict):
    """What the article leaves out: whether it was public on the day, since when, and why it matters."""

    id: Annotated[str, Field(pattern=r"^O\d{1,2}$")]
    text: Text
    public: Text
    since: date | None = None
    why: Text
    claims: tuple[ClaimId, ...] = ()
    sources: tuple[str, ...] = ()


class Event(Strict):
    """Something that happened at a time, or between two; `when` gives the time in the words of the sources."""

    id: Slug
    at: Moment
    until: Moment | None = None
    when: Text | None = None
    title: Annotated[str, Field(max_length=40)]
    text: Text
    claims: tuple[ClaimId, ...] = ()
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.until is not None and ("T" in self.at) != ("T" in self.until):
            raise ValueError("“at” and “until” are both days or both times.")
        if self.until is not None and self.span[1] <= self.span[0]:
            raise ValueError("“until” comes after “at”.")
        return self

    @property
    def has_time(self) -> bool:
        """Whether the hour is known, and not the day alone."""
        return "T" in self.at

    @cached_property
    def span(self) -> tuple[datetime, datetime]:
        """First and last moment; both the same for a moment. Days are taken as UTC, for drawing and for order."""
        first, last = (
            datetime.fromisoformat(text if "T" in text else f"{text}T00:00+00:00")
            for text in (self.at, self.until or self.at)
        )
        return first, last


class Count(Strict):
    """A figure and whoever gave it. What is drawn goes from `value` to `upto`, or is open when `at_least`."""

    day: PartialDate
    figure: Text
    value: Annotated[int, Field(ge=0)] | None = None
    upto: Annotated[int, Field(ge=0)] | None = None
    at_least: bool = False
    by: Text
    state: Literal["stands", "replaced", "disputed"] = "stands"
    note: Text | None = None
    sources: tuple[str, ...] = ()


class CountGroup(Strict):
    """The figures that answer one question."""

    id: Slug
    title: Text
    unit: Text
    lead: Text
    rows: tuple[Count, ...]


class Name(Strict):
    """A person, group or thing, with the spellings that sources use."""

    id: Slug
    name: Text
    also: tuple[Text, ...] = ()
    kind: Literal["person", "group", "thing"]
    text: Text
    sources: tuple[str, ...] = ()


class Place(Strict):
    """A place with its spellings; `x` and `y` put it into a sketch that is not to scale."""

    id: Slug
    name: Text
    also: tuple[Text, ...] = ()
    land: Text
    x: Annotated[float, Field(ge=0, le=100)]
    y: Annotated[float, Field(ge=0, le=100)]
    text: Text
    claims: tuple[ClaimId, ...] = ()
    sources: tuple[str, ...] = ()
