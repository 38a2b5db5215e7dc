"""An attempt as it is shown: each slot with its question, what was answered and, after hand-in, why.

Both doors build their pages from these objects. Nothing here carries a key before the hand-in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.questions.draw import shown_order
from app.questions.grading import is_full, points, show_points
from app.questions.model import Question, Reveal
from app.questions.shapes import View
from app.questions.types import TYPES


@dataclass(frozen=True)
class ShownSlot:
    """A question of an attempt before hand-in. `fields` are what the form is filled with."""

    position: int
    question: Question
    view: View
    fields: Mapping[str, list[str]]
    flagged: bool
    is_answered: bool

    @property
    def instruction(self) -> str:
        """What to do, in a short sentence."""
        return TYPES[self.question.kind].instruction


@dataclass(frozen=True)
class MarkedSlot:
    """A question of an attempt after hand-in."""

    position: int
    question: Question
    score: float | None
    is_answered: bool
    reason: str
    reveal: Reveal

    @property
    def verdict(self) -> str:
        """The score in a word or two: the sign beside it says the same."""
        if not self.is_answered:
            return "Left blank"
        if self.score is None:
            return "Not scored"
        if is_full(self.score):
            return "Right"
        return f"Partly right, {show_points(self.score)} of 1" if self.score > 0 else "Wrong"

    @property
    def sign(self) -> str:
        """right, partly, wrong or blank: what the page's sign is chosen by."""
        if not self.is_answered:
            return "blank"
        if is_full(self.score):
            return "right"
        return "partly" if self.score else "wrong"


def shown_slot(question: Question, *, seed: int, position: int, response: str | None, flagged: bool) -> ShownSlot:
    """A slot as a page may show it before hand-in; `response` is the stored one."""
    kind = TYPES[question.kind]
    order = shown_order(question, seed=seed, position=position)
    fields = kind.fill(question.body, kind.Response.model_validate_json(response), order) if response else {}
    return ShownSlot(position, question, kind.view(question.body, order), fields, flagged, response is not None)


def marked_slot(
    question: Question, *, seed: int, position: int, response: str | None, score: float | None
) -> MarkedSlot:
    """A slot after hand-in, options in the order they were shown."""
    marked = explain(question, response, shown_order(question, seed=seed, position=position))
    return MarkedSlot(position, question, score, response is not None, marked[0], marked[1])


def explain(question: Question, response: str | None, order: tuple[str, ...] = ()) -> tuple[str, Reveal]:
    """The scorer's reason and the reveal, its rows in `order` where the kind shows options."""
    kind = TYPES[question.kind]
    given: Any = kind.Response.model_validate_json(response) if response else None
    reason = kind.grade(question.body, given).reason if given else ""
    reveal = kind.reveal(question.body, given)
    if order and all(row.place is None for row in reveal.rows):
        place = {key: number for number, key in enumerate(order)}
        rows = tuple(sorted(reveal.rows, key=lambda row: place.get(row.id, 0)))
        reveal = Reveal(reveal.answer, rows, reveal.yours)
    return reason, reveal


def total(scores: list[float | None]) -> tuple[str, int]:
    """Points got, as shown, and points possible: (“8.5”, 10)."""
    counted = [score for score in scores if score is not None]
    return show_points(points(counted)), len(counted)
