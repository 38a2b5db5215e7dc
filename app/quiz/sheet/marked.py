"""A question of an attempt after hand-in: the verdict, why, and what a person made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.questions.certainty import band, certainty_mark, stated_chance
from app.questions.draw import shown_order
from app.questions.grading import is_full, points, show_points
from app.questions.model import Question, Reveal
from app.questions.types import TYPES
from app.quiz.scoring import Status, is_forecast

_WORDS: dict[Status | None, str] = {
    "dont_know": "You said: I don't know",
    "blank": "Left blank",
    "not_reached": "Not reached",
    "void": "Taken out",
    "pending": "Waits for a mark",
}
_FORECAST = "A forecast: no mark"


@dataclass(frozen=True)
class Mark:
    """What a person gave an answer: the level of each criterion, the score, and a comment."""

    levels: Mapping[str, int]
    score: float
    comment: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Standing:
    """What a slot has after hand-in, beside its score.

    `confidence` and `first_score` are those of the first try. `was` is the question as it was shown, when another
    version's key has graded it.
    """

    status: Status | None = None
    confidence: int | None = None
    first_score: float | None = None
    tries: int = 0
    hints: int = 0
    shown: bool = False
    mark: Mark | None = None
    self_mark: Mark | None = None
    was: Question | None = None


@dataclass(frozen=True)
class MarkedSlot:
    """A question of an attempt after hand-in, or once it was checked and locked.

    `question` is the version whose key counts; `note` says so when it is not the one that was shown.
    """

    position: int
    question: Question
    score: float | None
    is_answered: bool
    reason: str
    reveal: Reveal
    standing: Standing = field(default_factory=Standing)

    @property
    def status(self) -> Status | None:
        """The status of measurement.md §1; None for a self-check of a lesson and before hand-in."""
        return self.standing.status

    @property
    def dont_know(self) -> bool:
        """Whether the learner said “I don't know”."""
        return self.status == "dont_know"

    @property
    def confidence(self) -> int | None:
        """The step that was stated with the first try; 0 is “just guessing”."""
        return self.standing.confidence

    @property
    def stated(self) -> float | None:
        """The chance of being right that the step states; None without one."""
        chance = TYPES[self.question.kind].chance(self.question.body)
        if self.confidence is None or chance is None or self.dont_know:
            return None
        return stated_chance(self.confidence, chance)

    @property
    def certainty(self) -> int | None:
        """C, 1 to 3, by the stated chance; None without one."""
        return None if self.stated is None else band(self.stated)

    @property
    def certainty_mark(self) -> int | None:
        """The certainty mark of the first try; 0 for “I don't know” and blank, None where there is none."""
        if not TYPES[self.question.kind].asks_confidence:
            return None
        if self.status in ("dont_know", "blank"):
            return 0
        return certainty_mark(self.standing.first_score, self.certainty) if self.status == "answered" else None

    @property
    def tries(self) -> int:
        """How many answers were checked one after the other; 0 where answers are marked at hand-in."""
        return self.standing.tries

    @property
    def mark(self) -> Mark | None:
        """A person's mark that counts."""
        return self.standing.mark

    @property
    def self_mark(self) -> Mark | None:
        """What the learner gave this answer; it never enters a score."""
        return self.standing.self_mark

    @property
    def note(self) -> str:
        """What to say when the key was mended after the answer was given; empty otherwise."""
        if self.standing.was is None:
            return ""
        return "The key of this question was mended after you answered. This is its new wording and key."

    @property
    def verdict(self) -> str:
        """The score or the status in a few words: the sign beside it says the same."""
        if self.status in _WORDS:
            return _WORDS[self.status]
        if not self.is_answered:
            return _WORDS["blank"]
        if self.score is None:
            return _FORECAST if is_forecast(self.question) else _WORDS["pending"]
        return _right_words(self.score, self.tries)

    @property
    def sign(self) -> str:
        """right, partly, wrong, blank, or none where nothing was right or wrong: the page's sign is chosen by it."""
        if self.status in ("void", "pending"):
            return "none"
        if self.status in _WORDS or not self.is_answered:
            return "blank"
        if self.score is None:
            return "none"
        if is_full(self.score):
            return "right"
        return "partly" if self.score else "wrong"


def _right_words(score: float, tries: int) -> str:
    if is_full(score):
        return "Right"
    if score <= 0:
        return "Wrong"
    after = f" after {tries} tries" if tries > 1 else ""
    return f"Partly right{after}, {show_points(score)} of 1"


def marked_slot(
    question: Question,
    *,
    seed: int,
    position: int,
    response: str | None,
    score: float | None,
    standing: Standing | None = None,
) -> MarkedSlot:
    """A slot after hand-in, options in the order they were shown."""
    standing = standing or Standing()
    order = shown_order(standing.was or question, seed=seed, position=position)
    if standing.was is not None:
        known = shown_order(question, seed=seed, position=position)
        order = (*(key for key in order if key in known), *(key for key in known if key not in order))
    marked = explain(question, response, order)
    return MarkedSlot(position, question, score, response is not None, marked[0], marked[1], standing)


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
