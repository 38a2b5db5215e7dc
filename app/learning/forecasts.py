"""Judging chances against what happened (measurement.md §4). Forecasts are pairs of a chance 0..1 and an outcome.

The Brier score here is the binary one, 0 to 1 and lower is better; Brier's own of 1950 sums over both outcomes
and is twice this.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.questions.model import SLACK

# The 97.5 % point of the normal distribution, to the digits that measurement.md gives.
Z95 = 1.959964
# Answers lie from 1 to 99 %; only chances from elsewhere are clipped.
_LEAST, _MOST = 0.01, 0.99

Forecast = tuple[float, bool]


def brier(forecasts: Sequence[Forecast]) -> float | None:
    """Mean (p − o)²; None for no forecasts."""
    return _mean([(p - o) ** 2 for p, o in forecasts])


def log_score(forecasts: Sequence[Forecast]) -> float | None:
    """Mean −ln of the chance given to what happened, chances clipped to 0.01..0.99; None for no forecasts."""
    return _mean([-math.log(min(max(p if o else 1 - p, _LEAST), _MOST)) for p, o in forecasts])


def skill(forecasts: Sequence[Forecast]) -> float | None:
    """1 − Brier/0.25: what is gained over always saying 50 %; None for no forecasts."""
    score = brier(forecasts)
    return None if score is None else 1 - score / 0.25


def base_rate_skill(forecasts: Sequence[Forecast]) -> float | None:
    """1 − Brier/(ō(1 − ō)): what is gained over always saying the base rate; None where all outcomes are alike."""
    score, rate = brier(forecasts), _mean([float(o) for _, o in forecasts])
    if score is None or rate is None or not 0 < rate < 1:
        return None
    return 1 - score / (rate * (1 - rate))


def bias(forecasts: Sequence[Forecast]) -> float | None:
    """p̄ − ō: above 0 when chances are given too high; None for no forecasts."""
    return _mean([p - o for p, o in forecasts])


@dataclass(frozen=True)
class Parts:
    """The five parts of a Brier score: reliability, resolution, uncertainty, and two within groups."""

    reliability: float
    resolution: float
    uncertainty: float
    within_variance: float
    within_covariance: float

    @property
    def score(self) -> float:
        """REL − RES + UNC + WBV − WBC, which is exactly the Brier score."""
        between = self.reliability - self.resolution + self.uncertainty
        return between + self.within_variance - self.within_covariance


def decompose(forecasts: Sequence[Forecast], group: Callable[[float], float] = float) -> Parts | None:
    """Murphy's decomposition with Stephenson's terms within groups; None for no forecasts.

    `group` names the group of a chance; by default every distinct chance is one. Reliability is biased upward
    in small samples, so parts are for 50 forecasts and more.
    """
    if not forecasts:
        return None
    groups: dict[float, list[Forecast]] = defaultdict(list)
    for p, o in forecasts:
        groups[group(p)].append((p, o))
    n = len(forecasts)
    rate = sum(o for _, o in forecasts) / n
    rel = res = wbv = wbc = 0.0
    for members in groups.values():
        p_mean = sum(p for p, _ in members) / len(members)
        o_mean = sum(o for _, o in members) / len(members)
        rel += len(members) * (p_mean - o_mean) ** 2
        res += len(members) * (o_mean - rate) ** 2
        wbv += sum((p - p_mean) ** 2 for p, _ in members)
        wbc += 2 * sum((p - p_mean) * (o - o_mean) for p, o in members)
    return Parts(rel / n, res / n, rate * (1 - rate), wbv / n, wbc / n)


def wilson(right: int, of: int, z: float = Z95) -> tuple[float, float] | None:
    """Wilson's interval for a share; None for none."""
    if of == 0:
        return None
    share = right / of
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True)
class Point:
    """A point of the calibration curve: the mean chance given, the share that happened, and its interval."""

    said: float
    happened: float
    low: float
    high: float
    count: int


def calibration_curve(forecasts: Sequence[Forecast], *, least: int = 5) -> list[Point]:
    """Points from bins a tenth wide, closed on the left, merged from the left until each has `least` forecasts.

    What is left over at the end joins the last bin; without any full bin all forecasts make one point.
    """
    bins: list[list[Forecast]] = [[] for _ in range(10)]
    for p, o in forecasts:
        bins[min(9, int((p + SLACK) * 10))].append((p, o))
    merged: list[list[Forecast]] = []
    held: list[Forecast] = []
    for found in bins:
        held = held + found
        if len(held) >= least:
            merged.append(held)
            held = []
    if held and merged:
        merged[-1] = merged[-1] + held
    elif held:
        merged.append(held)
    return [_point(found) for found in merged]


def _point(found: Sequence[Forecast]) -> Point:
    happened = sum(o for _, o in found)
    low, high = wilson(happened, len(found)) or (0.0, 1.0)
    return Point(sum(p for p, _ in found) / len(found), happened / len(found), low, high, len(found))


def category_score(chances: Sequence[float], outcome: int) -> float:
    """Σ(p − o)² over categories, `outcome` being the index of the one that happened."""
    return sum((p - (n == outcome)) ** 2 for n, p in enumerate(chances))


def ranked_score(chances: Sequence[float], outcome: int) -> float:
    """RPS for ordered categories: Σ(cumulated p − cumulated o)²/(K − 1). Raises ValueError for fewer than two."""
    if len(chances) < 2:
        raise ValueError("A ranked score needs at least two categories.")
    total = cumulated = 0.0
    for n, p in enumerate(chances):
        cumulated += p
        total += (cumulated - (n >= outcome)) ** 2
    return total / (len(chances) - 1)


def interval_score(low: float, high: float, value: float, *, alpha: float = 0.1) -> float:
    """The width of a central interval plus 2/α times what the value misses it by; lower is better."""
    miss = max(low - value, value - high, 0.0)
    return high - low + 2 / alpha * miss


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
