"""Everybody's attempts of a quiz, as its teacher looks at them: whose, when, and what became of each question."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.questions.grading import is_full, points
from app.quiz.scoring import Status

# A question and its revision: a raised revision is another question.
Key = tuple[str, int]
Sign = Literal["right", "partly", "wrong", "dont_know", "blank", "not_reached", "pending", "void", "forecast", "none"]
# Statuses of questions that the learner has seen and that count.
_SEEN = ("answered", "dont_know", "blank", "pending")
_WORDS: dict[Sign, str] = {
    "dont_know": "don’t know",
    "blank": "blank",
    "not_reached": "not reached",
    "pending": "to mark",
    "void": "taken out",
    "forecast": "forecast",
    "none": "–",
}


@dataclass(frozen=True)
class Cell:
    """What became of one question in one attempt; `position` is its place there."""

    position: int
    status: Status | None
    score: float | None
    is_forecast: bool = False

    @property
    def is_seen(self) -> bool:
        """Whether the learner has seen it and it counts: not taken out, and reached in time."""
        return self.status in _SEEN

    @property
    def sign(self) -> Sign:
        """The one word for it that a page chooses its sign by."""
        if self.status is None:
            return "none"
        if self.status != "answered":
            return self.status
        if self.score is None:
            return "forecast" if self.is_forecast else "pending"
        return "right" if is_full(self.score) else "partly" if self.score > 0 else "wrong"

    @property
    def words(self) -> str:
        """The points where there are some, such as “0.67”; else what it is in words."""
        if self.sign not in ("right", "partly", "wrong"):
            return _WORDS[self.sign]
        return "1" if self.sign == "right" else _part(self.score or 0.0)


def _part(score: float) -> str:
    """Two decimals at most; what is not full is never shown as “1”, nor what is something as “0”."""
    return f"{min(max(score, 0.01), 0.99):.2f}".rstrip("0") if score > 0 else "0"


@dataclass(frozen=True)
class Sitting:
    """An attempt of a quiz with whose it is; `number` counts the learner's attempts of it from 1."""

    id: uuid.UUID
    learner_id: uuid.UUID
    learner: str
    role: str
    number: int
    started_at: datetime
    finished_at: datetime | None
    deadline: datetime | None
    timed_out: bool
    answered: int
    cells: Mapping[Key, Cell]

    @property
    def scores(self) -> list[float]:
        """The scores that there are."""
        return [cell.score for cell in self.cells.values() if cell.score is not None]

    @property
    def points(self) -> float:
        """The sum of its scores."""
        return points(self.scores)

    @property
    def of(self) -> int:
        """How many questions have a score."""
        return len(self.scores)

    @property
    def share(self) -> float | None:
        """Points got of points possible, 0..1; None when nothing has a score."""
        return self.points / self.of if self.of else None

    @property
    def waits(self) -> list[int]:
        """The positions of answers that wait for a mark."""
        return sorted(cell.position for cell in self.cells.values() if cell.sign == "pending")

    @property
    def seconds(self) -> float | None:
        """How long it took; None before it is handed in."""
        return None if self.finished_at is None else (self.finished_at - self.started_at).total_seconds()

    def is_over(self, now: datetime) -> bool:
        """Whether its time is up though nobody has handed it in."""
        return self.finished_at is None and self.deadline is not None and now > self.deadline
