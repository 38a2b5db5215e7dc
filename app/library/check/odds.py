"""How surprising a count is when only chance is at work: exact for the sizes of a bank."""

from __future__ import annotations

from collections.abc import Sequence

# The 99th percentile of χ² for 1 to 6 degrees of freedom.
_CHI_SQUARE_99 = (6.635, 9.210, 11.345, 13.277, 15.086, 16.812)


def distribution(chances: Sequence[float]) -> list[float]:
    """The probability of 0, 1, 2 … successes when each try has its own chance (Poisson-binomial)."""
    found = [1.0]
    for chance in chances:
        before = [*found, 0.0]
        found = [before[n] * (1 - chance) + (before[n - 1] * chance if n else 0.0) for n in range(len(before))]
    return found


def percentile(chances: Sequence[float], share: float) -> int:
    """The smallest count that is reached with probability `share` or less room above it."""
    total = 0.0
    for count, chance in enumerate(distribution(chances)):
        total += chance
        if total >= share - 1e-12:
            return count
    return len(chances)


def central_band(tries: int, share: float) -> tuple[int, int]:
    """From where to where the successes of even tries lie, with probability `share` in the middle."""
    chances = [0.5] * tries
    return percentile(chances, (1 - share) / 2), percentile(chances, (1 + share) / 2)


def is_uneven(counts: Sequence[int], expected: Sequence[float]) -> bool:
    """Whether counts differ from what is expected at p < 0.01 by χ²; for two to seven places."""
    if not 2 <= len(counts) <= len(_CHI_SQUARE_99) + 1:
        return False
    statistic = sum((count - want) ** 2 / want for count, want in zip(counts, expected, strict=True))
    return statistic > _CHI_SQUARE_99[len(counts) - 2]
