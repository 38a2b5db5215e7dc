"""How often a learner is right when saying how sure they are (measurement.md §3 and §4).

Counts alone until there are 30; “just guessing” is counted apart and is no forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.learning.forecasts import Forecast, brier, wilson
from app.questions.certainty import GUESSING, STEPS, band, stated_chance

# From so many answers on shares and verdicts are shown.
ENOUGH = 30
# The chances for which each band is the best choice.
BANDS = {1: (0.0, 2 / 3), 2: (2 / 3, 0.8), 3: (0.8, 1.0)}

BandVerdict = Literal["too sure", "too unsure", ""]


@dataclass(frozen=True)
class Said:
    """A first answer: the step given, the chance of a blind guess, and whether it was fully right."""

    step: int
    chance: float
    right: bool


@dataclass(frozen=True)
class Record:
    """How often something was said, and how often it was right then."""

    times: int = 0
    right: int = 0

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval for the share right; None while there are counts only."""
        return wilson(self.right, self.times) if self.times >= ENOUGH else None

    @property
    def words(self) -> str:
        """“12 of 14 times”, from 30 on with the share and its range."""
        counted = f"{self.right} of {self.times} time{'s' if self.times != 1 else ''}"
        if self.interval is None:
            return counted
        low, high = (round(100 * end) for end in self.interval)
        return f"{counted} ({round(100 * self.right / self.times)} %, within {low} to {high} %)"


@dataclass(frozen=True)
class Band:
    """The answers of one certainty band C, and what they show."""

    certainty: int
    record: Record

    @property
    def verdict(self) -> BandVerdict:
        """Said only when the whole interval of the share right lies outside the band."""
        interval = self.record.interval
        if interval is None:
            return ""
        low, high = BANDS[self.certainty]
        if interval[1] < low:
            return "too sure"
        return "too unsure" if interval[0] > high else ""


@dataclass(frozen=True)
class Calibration:
    """All first answers with a step, by step, and the chances given to statements."""

    said: tuple[Said, ...] = ()
    statements: tuple[Forecast, ...] = ()

    def record(self, step: int) -> Record:
        """How often a step was given, and how often the answer was right."""
        found = [it for it in self.said if it.step == step]
        return Record(len(found), sum(it.right for it in found))

    @property
    def records(self) -> list[tuple[int, Record]]:
        """Every step that is a forecast, with its record; “just guessing” is not among them."""
        return [(step, self.record(step)) for step in STEPS if step != GUESSING]

    @property
    def forecasts(self) -> list[Forecast]:
        """The answers as forecasts, without those that were just guessed."""
        return [(it.step / 100, it.right) for it in self.said if it.step != GUESSING]

    @property
    def bands(self) -> list[Band]:
        """The certainty bands with their records."""
        return [Band(certainty, self._of_band(certainty)) for certainty in BANDS]

    def _of_band(self, certainty: int) -> Record:
        found = [it for it in self.said if band(stated_chance(it.step, it.chance)) == certainty]
        return Record(len(found), sum(it.right for it in found))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return not (self.said or self.statements)


def score_words(forecasts: Sequence[Forecast]) -> str:
    """The Brier score in words; empty without forecasts."""
    score = brier(forecasts)
    if score is None:
        return ""
    return f"{score:.2f} over {len(forecasts)} (0 is best; always saying 50 % gives 0.25)"


def step_words(step: int) -> str:
    """What a step is called: “85 %” or “just guessing”."""
    return "just guessing" if step == GUESSING else f"{step} %"


def after_answer(step: int, right: bool, record: Record) -> str:
    """What was said, what happened, and how often that goes with being right; the record holds this answer too."""
    if step == GUESSING:
        happened = "and it was right" if right else "and it was not right"
        return f"You said you were just guessing, {happened}. Guesses so far: {record.words} right."
    happened = "and you were right" if right else "and it was not right"
    return f"You were {step} % sure, {happened}. When you say {step} %, you are right {record.words}."
