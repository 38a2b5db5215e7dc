"""How sure a learner is: the one scale, the chance it states, and the certainty mark (measurement.md §3).

The marks are those of Gardner-Medwin's certainty-based marking, with the values that Moodle uses. Nothing asks
for the band C itself; it always follows from the chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.questions.model import SLACK

GUESSING = 0
# Per cents that a learner can give; GUESSING stands for “just guessing”.
STEPS = (GUESSING, 40, 55, 70, 85, 99)
_MARKS = {1: (1, 0), 2: (2, -2), 3: (3, -6)}


def offered(chance: float) -> tuple[int, ...]:
    """The steps to offer where a blind guess is right with probability `chance`: those at or below it are not."""
    return tuple(step for step in STEPS if step == GUESSING or step / 100 > chance + SLACK)


def stated_chance(step: int, chance: float) -> float:
    """The probability that a step states; “just guessing” states the chance of a blind guess, at least 0.01."""
    return max(chance, 0.01) if step == GUESSING else step / 100


def band(probability: float) -> int:
    """C: 1 below ⅔, 2 up to 0.8, 3 above."""
    if probability < 2 / 3 - SLACK:
        return 1
    return 2 if probability <= 0.8 + SLACK else 3


def certainty_mark(score: float | None, band_given: int | None) -> int | None:
    """The mark of a fully right or fully wrong answer; None for partial credit or without a chance given."""
    if score is None or band_given is None:
        return None
    right, wrong = _MARKS[band_given]
    if score >= 1 - SLACK:
        return right
    return wrong if score <= SLACK else None


def expected_mark(probability: float, band_given: int) -> float:
    """What band C earns on average when the answer is right with `probability`: p, 4p−2 or 9p−6."""
    right, wrong = _MARKS[band_given]
    return probability * right + (1 - probability) * wrong


@dataclass(frozen=True)
class Summary:
    """Certainty marks of several answers, as Moodle reports them."""

    accuracy: float
    mean_mark: float
    best_constant: float
    bonus: float

    @property
    def total(self) -> float:
        """Accuracy with the bonus."""
        return self.accuracy + self.bonus


def summary(answers: Sequence[tuple[int, bool]]) -> Summary | None:
    """The summary of (C, right) pairs: B = max(A, 4A−2, 9A−6), bonus 0.1·(M − B); None for no answers."""
    if not answers:
        return None
    accuracy = sum(right for _, right in answers) / len(answers)
    mean_mark = sum(_MARKS[given][0 if right else 1] for given, right in answers) / len(answers)
    best = max(expected_mark(accuracy, given) for given in _MARKS)
    return Summary(accuracy, mean_mark, best, 0.1 * (mean_mark - best))
