"""The marks of a whole attempt, and how a score is written (measurement.md §1)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from app.questions.model import SLACK


def quiz_score(scores: Iterable[float | None]) -> float | None:
    """The mean of the scores that are not None; None when there is none."""
    counted = [score for score in scores if score is not None]
    return sum(counted) / len(counted) if counted else None


def is_full(score: float | None) -> bool:
    """Whether a score is full, within rounding."""
    return score is not None and score >= 1 - SLACK


def points(scores: Iterable[float | None]) -> float:
    """The sum of the scores, for “8.5 of 10”."""
    return sum(score for score in scores if score is not None)


def show_points(value: float) -> str:
    """At most one decimal, rounded half up; “8”, not “8.0”."""
    rounded = Decimal(repr(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(rounded.quantize(Decimal(1))) if rounded == rounded.to_integral_value() else str(rounded)


def show_percent(value: float) -> str:
    """A share of 1 as a whole percentage, rounded half up."""
    return f"{(Decimal(repr(value)) * 100).quantize(Decimal(1), ROUND_HALF_UP)}%"
