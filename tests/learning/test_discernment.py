"""Hits, false alarms, d′ and bias: the worked numbers of measurement.md §4, and words for each sort of reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.learning.discernment import Discernment, Judgement, discernment

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("hits", "false_alarms", "d_prime", "bias"),
    [(8, 3, 1.2206, -0.1375), (10, 8, 0.9428, -1.2192), (10, 0, 3.3812, 0)],
)
def test_worked_numbers(hits: int, false_alarms: int, d_prime: float, bias: float) -> None:
    found = Discernment(hits, 10, false_alarms, 10)
    assert found.d_prime == pytest.approx(d_prime, abs=5e-5)
    assert found.bias == pytest.approx(bias, abs=5e-5)


@pytest.mark.parametrize(
    ("hits", "false_alarms", "says"),
    [
        (8, 3, "without leaning"),
        (10, 8, "throw away good ones"),
        (5, 0, "let bad ones through"),
        (9, 9, "flagged nearly everything"),
        (1, 1, "trusted nearly everything"),
        (5, 5, "looked much the same"),
        (2, 8, "trusted the bad reports more"),
        (10, 0, "without leaning"),
    ],
)
def test_words_for_each_sort_of_reader(hits: int, false_alarms: int, says: str) -> None:
    assert says in Discernment(hits, 10, false_alarms, 10).words


@pytest.mark.parametrize(("bad", "good"), [(9, 30), (30, 9), (0, 0)])
def test_nothing_is_said_below_ten_of_each(bad: int, good: int) -> None:
    found = Discernment(0, bad, 0, good)
    assert not found.is_enough
    assert "From 10 good and 10 bad reports on" in found.words


@given(st.lists(st.builds(Judgement, good=st.booleans(), trusted=st.booleans())))
def test_every_report_is_counted_once(judged: list[Judgement]) -> None:
    found = discernment(judged)
    assert found.bad + found.good == len(judged)
    wrongs = sum(it.good != it.trusted for it in judged)
    assert found.bad - found.hits + found.false_alarms == wrongs


@given(st.integers(0, 30), st.integers(0, 30), st.integers(10, 30), st.integers(10, 30))
def test_flagging_more_of_the_bad_never_lowers_d_prime(hits: int, alarms: int, bad: int, good: int) -> None:
    hits, alarms = min(hits, bad - 1), min(alarms, good)
    assert Discernment(hits + 1, bad, alarms, good).d_prime > Discernment(hits, bad, alarms, good).d_prime
