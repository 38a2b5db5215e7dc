"""The contract of a kind of question. tests/rules/test_question_types.py holds every kind to it."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Generic, TypeVar

from pydantic import Field, StringConstraints

from app.questions.model import Grade, Reveal, Slug, Strict, Text
from app.questions.shapes import Raw, View

B = TypeVar("B", bound=Strict)
R = TypeVar("R", bound=Strict)

# What choosing an option of a choice adds to the score.
Credit = Annotated[float, Field(allow_inf_nan=False, ge=-1, le=1)]
OptionText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class Option(Strict):
    """An option of a choice: `key` marks a right one, `misconception` names what makes a wrong one tempting.

    `credit` is what choosing it adds to the score, where the key alone does not say so (choices only).
    """

    id: Slug
    text: OptionText
    key: bool = False
    feedback: Text = ""
    misconception: Slug | None = None
    credit: Credit | None = None


@dataclass(frozen=True)
class Sample(Generic[R]):
    """A response with the score it must get; one that cannot be read has `raw` and no response.

    The score is None where the kind gives none by itself: a forecast, or a text that waits for a person.
    """

    response: R | None = None
    score: float | None = None
    raw: Raw | None = None


class Kind(ABC, Generic[B, R]):
    """What a kind of question promises. Instances hold no state; bodies and responses are frozen."""

    name: ClassVar[str]
    label: ClassVar[str]
    instruction: ClassVar[str] = ""
    # A fixed sentence before the stem, for kinds whose stem is a statement.
    lead: ClassVar[str] = ""
    # Whether a learner is asked how sure they are (measurement.md §3).
    asks_confidence: ClassVar[bool] = False
    # Whether a person marks it: `grade` gives no score, and the answer waits.
    by_hand: ClassVar[bool] = False
    # Whether it asks for a chance: shown against what came true, and never a score.
    is_forecast: ClassVar[bool] = False
    Body: type[B]
    Response: type[R]

    @abstractmethod
    def order(self, body: B, rng: random.Random) -> tuple[str, ...]:
        """The author's ids in the order to show, shuffled by `rng`; empty when nothing is shuffled."""

    @abstractmethod
    def view(self, body: B, order: Sequence[str]) -> View:
        """What a page may show before the answer is in: never the key, never the author's ids."""

    @abstractmethod
    def read(self, body: B, raw: Raw, order: Sequence[str]) -> R | None:
        """The response in `raw`, None when blank. Raises Unreadable, which costs no try."""

    @abstractmethod
    def fill(self, body: B, response: R, order: Sequence[str]) -> dict[str, list[str]]:
        """The raw fields that `read` turns into `response`."""

    @abstractmethod
    def grade(self, body: B, response: R) -> Grade:
        """The score, 0..1, or None where measurement.md §2 gives none."""

    @abstractmethod
    def reveal(self, body: B, response: R | None) -> Reveal:
        """The right answer in words and every option explained, for a learner whose answer is in."""

    @abstractmethod
    def chance(self, body: B) -> float | None:
        """g: the expected score of a blind guess (measurement.md §2); None where there is no score."""

    @abstractmethod
    def export(self, body: B) -> tuple[str, Strict]:
        """The name of the shape that exchange formats write, and the body to write it from."""

    @abstractmethod
    def samples(self, body: B) -> tuple[Sample[R], ...]:
        """Right, wrong and unreadable responses to this very body, with the scores they must get."""

    @abstractmethod
    def signature(self, body: B) -> str:
        """Option ids and key in words that change only when the meaning may have changed (rule 6)."""
