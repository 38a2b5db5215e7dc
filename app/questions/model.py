"""A question as a frozen, typed object, and what a scorer says of a response to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
ObjectiveId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Level = Literal["remember", "understand", "apply", "evaluate"]
# How a bank is checked: as the course is, or with errors of quality given as warnings.
Strictness = Literal["strict", "advise"]
Use = Literal["lesson", "practice", "held_out", "drill"]

# One answer at full credit may differ from 1 by rounding (measurement.md §1).
SLACK = 1e-9


class Strict(BaseModel):
    """A frozen model that refuses unknown fields and guesses no types."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def __copy__(self) -> Self:
        """A copy of the fields alone: what a cached property computed from them may not hold for `model_copy`."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


class SourceAt(Strict):
    """Where the key can be verified: a source's id and the place in it."""

    ref: str
    at: Text


class Passage(Strict):
    """A text shown beside the question: a quotation by id, or a text of our own that says what it is."""

    quote: Slug | None = None
    text: Text | None = None
    status: Literal["invented", "paraphrase"] | None = None
    mark: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> Passage:
        if (self.quote is None) == (self.text is None):
            raise ValueError("A passage has either “quote” (an id) or “text”.")
        if self.text is not None and self.status is None:
            raise ValueError("A passage with “text” says its “status”: invented or paraphrase.")
        return self


class Case(Strict):
    """A passage with several questions on it, which are drawn and shown together."""

    id: Slug
    passage: Passage


class LintOk(Strict):
    """A warning that an author has weighed: which rule, why it stays, and who says so."""

    rule: str
    reason: Text
    by: Text


class Head(Strict):
    """What every question has, whatever its kind. Field by field in docs/authors.md."""

    id: Slug
    revision: Annotated[int, Field(ge=1)]
    kind: str
    objective: ObjectiveId | None = None
    # Any word is read, so that the linter can name the four; editors offer only these.
    level: Annotated[str | None, WithJsonSchema({"enum": list(get_args(Level))})] = None
    use: Use
    source: SourceAt | None = None
    sources: tuple[str, ...] = ()
    as_of: date | None = None
    contested: bool = False
    hypothetical: bool = False
    tags: tuple[Slug, ...] = ()
    # Where it stands among others, such as “Unit 1/Signals”; says nothing to learners.
    category: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    enemies: tuple[Slug, ...] = ()
    # The case that it belongs to: its passage is shown with every question of the case.
    case: Slug | None = None
    hints: Annotated[tuple[Text, ...], Field(max_length=5)] = ()
    author: Text | None = None
    review_by: date | None = None
    passage: Passage | None = None
    evidence: tuple[Text, ...] = ()
    stem: Text
    explanation: Text = ""
    lint_ok: tuple[LintOk, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a question is written."""

    file: str
    line: int


@dataclass(frozen=True)
class Question:
    """A question: its head, the body of its kind, the lesson and rules of its bank, and where it is written.

    `lesson` is empty for a question that belongs to no lesson.
    """

    head: Head
    body: Any
    lesson: str
    place: Place = field(compare=False)
    # “rules” of its bank. It says nothing about the question itself.
    rules: Strictness = field(default="strict", compare=False)

    @property
    def id(self) -> str:
        """The slug that never changes."""
        return self.head.id

    @property
    def kind(self) -> str:
        """The name of its kind, a key of TYPES."""
        return self.head.kind


Verdict = Literal["right", "partly", "wrong", "missed", "neutral"]
Diagnosis = Literal["right-verdict-wrong-reason", "wrong-verdict-right-reason"]


class Grade(NamedTuple):
    """What a scorer says of a response. `score` is 0..1, or None where a kind gives none.

    `reason` says how many of its decisions were right, in words such as “9 of 10 pairs”; `diagnosis` names what
    a wrong response shows, such as a right verdict for a wrong reason.
    """

    score: float | None
    reason: str = ""
    diagnosis: Diagnosis | None = None

    @property
    def is_right(self) -> bool:
        """Whether the score is full, within rounding."""
        return self.score is not None and self.score >= 1 - SLACK


@dataclass(frozen=True)
class RevealRow:
    """One option, element, prompt, blank or accepted answer after the answer is in.

    `verdict` is about the learner's choice: right, partly (some credit), wrong, missed (should have been chosen)
    or neutral. `chosen` says whether the learner chose it; `place` and `yours` are the right and the given place
    in an ordering (from 1); `right` and `given` are what a prompt or a blank should have been given, and was.
    """

    id: str
    text: str
    verdict: Verdict
    why: str = ""
    is_key: bool = False
    chosen: bool = False
    place: int | None = None
    yours: int | None = None
    right: str = ""
    given: str = ""


@dataclass(frozen=True)
class Reveal:
    """The right answer in words, and every option explained."""

    answer: str
    rows: tuple[RevealRow, ...]
    yours: str = ""
