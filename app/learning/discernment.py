"""Telling good reports from bad ones: hits, false alarms, d′ and bias (measurement.md §4).

The signal is a report that cannot be relied on, the response is to flag it. Half a count is added to hits and
false alarms and one to their totals (Hautus 1995), so that all right and all wrong have a value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

# From so many reports of each sort on the measures are shown.
ENOUGH = 10
# Beyond this much bias the words name it (ours).
_LEANS = 0.3


@dataclass(frozen=True)
class Judgement:
    """One report judged: whether it could be relied on, and whether the learner relied on it."""

    good: bool
    trusted: bool


@dataclass(frozen=True)
class Discernment:
    """Counts over judged reports."""

    hits: int
    bad: int
    false_alarms: int
    good: int

    @property
    def is_enough(self) -> bool:
        """Whether there are enough reports of each sort to show d′ and bias."""
        return min(self.bad, self.good) >= ENOUGH

    @property
    def d_prime(self) -> float:
        """z(H) − z(F): 0 is no telling apart, above 0 is better."""
        return self._z(self.hits, self.bad) - self._z(self.false_alarms, self.good)

    @property
    def bias(self) -> float:
        """c = −½(z(H) + z(F)): below 0 flags too much, above 0 trusts too much."""
        # Adding 0.0 turns −0.0, which would be shown with a sign, into 0.0.
        return -0.5 * (self._z(self.hits, self.bad) + self._z(self.false_alarms, self.good)) + 0.0

    @staticmethod
    def _z(count: int, total: int) -> float:
        return NormalDist().inv_cdf((count + 0.5) / (total + 1))

    @property
    def words(self) -> str:
        """The two measures in a sentence for readers of 15."""
        if not self.is_enough:
            return f"From {ENOUGH} good and {ENOUGH} bad reports on, this says how well you tell them apart."
        if self.d_prime < 0:
            return "You trusted the bad reports more than the good ones. Look at the reasons below, then try again."
        leans_to_doubt, leans_to_trust = self.bias < -_LEANS, self.bias > _LEANS
        if self.d_prime < 0.5:
            if leans_to_doubt:
                return "You flagged nearly everything, good reports and bad ones alike: doubt alone does not sort them."
            if leans_to_trust:
                return "You trusted nearly everything, good reports and bad ones alike."
            return "Good and bad reports looked much the same to you so far."
        if leans_to_doubt:
            return "You catch bad reports, and also throw away good ones."
        if leans_to_trust:
            return "You keep the good reports, and let bad ones through as well."
        return "You tell good reports from bad ones, without leaning to doubt or to trust."


def discernment(judgements: Iterable[Judgement]) -> Discernment:
    """The counts of judged reports; those without a verdict are left out by the caller."""
    found = list(judgements)
    bad = [it for it in found if not it.good]
    good = [it for it in found if it.good]
    return Discernment(sum(not it.trusted for it in bad), len(bad), sum(not it.trusted for it in good), len(good))
