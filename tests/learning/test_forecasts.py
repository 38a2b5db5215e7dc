"""Every worked number of measurement.md §4 on forecasts, and what holds for any of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.learning import forecasts as f

pytestmark = pytest.mark.pure

CHANCES = (0.1, 0.1, 0.3, 0.3, 0.3, 0.6, 0.6, 0.8, 0.8, 0.8)
OUTCOMES = (0, 0, 0, 1, 0, 1, 0, 1, 1, 1)
D1 = [(p, bool(o)) for p, o in zip(CHANCES, OUTCOMES, strict=True)]
any_forecasts = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


def test_brier_is_the_binary_one() -> None:
    assert f.brier(D1) == pytest.approx(0.133, abs=5e-7)
    assert f.brier([(0.8, True)]) == pytest.approx(0.04, abs=1e-12)
    assert f.category_score([0.8, 0.2], 0) == pytest.approx(0.08, abs=1e-12)


def test_decomposition_by_distinct_chances() -> None:
    parts = f.decompose(D1)
    assert parts is not None
    assert parts.reliability == pytest.approx(0.016333, abs=5e-7)
    assert parts.resolution == pytest.approx(0.133333, abs=5e-7)
    assert parts.uncertainty == pytest.approx(0.25, abs=1e-12)
    assert (parts.within_variance, parts.within_covariance) == pytest.approx((0, 0), abs=1e-12)


def test_decomposition_in_bins_needs_all_five_parts() -> None:
    parts = f.decompose(D1, lambda p: 0 if p < 1 / 3 else 1 if p < 2 / 3 else 2)
    assert parts is not None
    assert parts.reliability == pytest.approx(0.0142, abs=5e-5)
    assert parts.resolution == pytest.approx(0.12, abs=5e-5)
    assert parts.within_variance == pytest.approx(0.0048, abs=5e-5)
    assert parts.within_covariance == pytest.approx(0.016, abs=5e-5)
    assert parts.reliability - parts.resolution + parts.uncertainty == pytest.approx(0.1442, abs=5e-5)
    assert parts.score == pytest.approx(0.133, abs=5e-7)


@given(any_forecasts.filter(bool), st.sampled_from([1, 3, 7]))
def test_the_parts_add_up_to_the_score_in_any_bins(found: list[f.Forecast], bins: int) -> None:
    parts = f.decompose(found, lambda p: int(p * bins))
    assert parts is not None
    assert parts.score == pytest.approx(f.brier(found), abs=1e-9)


def test_skill_and_bias() -> None:
    assert f.skill(D1) == pytest.approx(0.468, abs=5e-7)
    assert f.bias(D1) == pytest.approx(-0.03, abs=1e-12)
    assert f.base_rate_skill(D1) == pytest.approx(1 - 0.133 / 0.25, abs=1e-12)
    assert f.base_rate_skill([(0.7, True), (0.9, True)]) is None


@pytest.mark.parametrize(("found", "score"), [(D1, 0.42246), ([(0.0, True)], 4.6052), ([(1.0, True)], 0.01005)])
def test_log_score(found: list[f.Forecast], score: float) -> None:
    assert f.log_score(found) == pytest.approx(score, abs=5e-5 if score > 1 else 5e-6)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(7, 10, 0.3968, 0.8922), (0, 10, 0, 0.2775), (1, 3, 0.0615, 0.7923), (3, 3, 0.4385, 1)],
)
def test_wilson(right: int, of: int, low: float, high: float) -> None:
    assert f.wilson(right, of) == pytest.approx((low, high), abs=5e-5)


def test_nothing_gives_nothing() -> None:
    assert f.wilson(0, 0) is None
    assert [f.brier([]), f.log_score([]), f.skill([]), f.base_rate_skill([]), f.bias([]), f.decompose([])] == [None] * 6
    assert f.calibration_curve([]) == []


def test_bins_are_merged_from_the_left_until_they_are_full() -> None:
    points = f.calibration_curve(D1)
    assert [(p.count, round(p.said, 4), round(p.happened, 4)) for p in points] == [(5, 0.22, 0.2), (5, 0.72, 0.8)]
    assert (points[0].low, points[0].high) == f.wilson(1, 5)


def test_a_remainder_joins_the_last_bin() -> None:
    found = [(0.1, False)] * 5 + [(0.9, True)] * 3
    assert [p.count for p in f.calibration_curve(found)] == [8]
    assert [p.count for p in f.calibration_curve(found[:3])] == [3]


def test_bins_are_closed_on_the_left_within_rounding_and_the_last_on_both_sides() -> None:
    three = 0.1 + 0.2  # a little above 0.3
    almost = 0.7 - 1e-12
    found = [(almost, True)] * 5 + [(three, False)] * 5 + [(0.29, True)] * 5 + [(1.0, True)] * 5 + [(0.9, True)] * 5
    assert [p.count for p in f.calibration_curve(found)] == [5, 5, 5, 10]


@given(any_forecasts)
def test_the_curve_has_every_forecast_once_and_rises_in_what_was_said(found: list[f.Forecast]) -> None:
    points = f.calibration_curve(found)
    assert sum(p.count for p in points) == len(found)
    said = [p.said for p in points]
    assert said == sorted(said)
    for p in points:
        assert 0 <= p.low <= p.happened + 1e-12
        assert p.happened - 1e-12 <= p.high <= 1


def test_several_categories_and_rungs() -> None:
    assert f.category_score([0.5, 0.3, 0.2], 1) == pytest.approx(0.78, abs=1e-12)
    assert f.ranked_score([0.5, 0.3, 0.2], 1) == pytest.approx(0.145, abs=1e-12)
    with pytest.raises(ValueError, match="two categories"):
        f.ranked_score([1.0], 0)


def test_an_interval_pays_for_its_width_and_for_its_miss() -> None:
    assert f.interval_score(10, 20, 15) == 10
    assert f.interval_score(10, 20, 22) == pytest.approx(50, abs=1e-9)
    assert f.interval_score(10, 20, 8) == pytest.approx(50, abs=1e-9)


def test_an_honest_chance_has_the_best_expected_score() -> None:
    belief = 0.6

    def expected(p: float) -> float:
        return belief * (1 - (p - 1) ** 2) + (1 - belief) * (1 - p**2)

    def floored(p: float) -> float:
        return belief * max(0, 1 - 4 * (p - 1) ** 2) + (1 - belief) * max(0, 1 - 4 * p**2)

    steps = [n / 100 for n in range(1, 101)]
    assert max(steps, key=expected) == 0.60
    # The reason why a forecast has no floored mark: saying 100 % would pay.
    assert max(steps, key=floored) == 1.0
    assert math.isclose(expected(0.6), 0.76)
