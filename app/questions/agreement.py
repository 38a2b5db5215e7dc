"""How far two readers agree: on what they mark in a text, and on the levels they give (measurement.md §2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Overlap:
    """Precision, recall and their harmonic mean F1 of one marking against another."""

    precision: float
    recall: float
    f1: float


def overlap(gold: Iterable[tuple[int, int]], answer: Iterable[tuple[int, int]]) -> Overlap:
    """The agreement of marked positions (token mode). A span runs from its start to before its end."""
    wanted = {position for start, end in gold for position in range(start, end)}
    given = {position for start, end in answer for position in range(start, end)}
    return set_overlap(wanted, given)


def set_overlap(gold: Iterable[object], answer: Iterable[object]) -> Overlap:
    """The agreement of two sets, such as the sentences that two readers marked.

    Two empty sets agree wholly; an empty one and another agree in nothing.
    """
    wanted, given = frozenset(gold), frozenset(answer)
    if wanted == given:
        return Overlap(1.0, 1.0, 1.0)
    common = len(wanted & given)
    if not common:
        return Overlap(0.0, 0.0, 0.0)
    return Overlap(common / len(given), common / len(wanted), 2 * common / (len(wanted) + len(given)))


def weighted_kappa(one: Sequence[int], other: Sequence[int], *, levels: int) -> float | None:
    """Quadratic weighted κ = 1 − ΣWO/ΣWE of two raters, W = (i−j)²/(K−1)², for levels 0 to `levels` − 1.

    None when nothing was rated or a rater gave one level throughout. Raises ValueError for lists of different
    lengths and for a level that does not exist.
    """
    if len(one) != len(other):
        raise ValueError("Both raters rate the same answers.")
    if any(not 0 <= level < levels for level in (*one, *other)):
        raise ValueError(f"Levels go from 0 to {levels - 1}.")
    first, second = Counter(one), Counter(other)
    if len(first) < 2 or len(second) < 2:
        return None
    # The divisor (K−1)² of W is in both sums and falls out.
    observed = sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
    expected = sum((a - b) ** 2 * first[a] * second[b] for a in first for b in second) / len(one)
    return 1 - observed / expected
