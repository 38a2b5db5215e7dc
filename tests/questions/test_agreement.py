"""Agreement of two readers: marked positions, marked sentences, levels given (measurement.md §2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.agreement import overlap, set_overlap, weighted_kappa

pytestmark = pytest.mark.pure

ONE = [0, 1, 1, 2, 2, 3, 3, 3, 2, 1]
OTHER = [0, 1, 2, 2, 2, 3, 2, 3, 3, 1]


def test_positions_12_to_20_and_14_to_24() -> None:
    found = overlap([(12, 20)], [(14, 24)])
    assert (found.precision, found.recall) == (0.6, 0.75)
    assert found.f1 == pytest.approx(0.6667, abs=5e-5)


def test_spans_are_half_open_and_may_overlap_one_another() -> None:
    assert overlap([(0, 5)], [(5, 9)]).f1 == 0
    assert overlap([(0, 5), (3, 8)], [(0, 8)]).f1 == 1


@pytest.mark.parametrize(
    ("gold", "answer", "f1"), [("", "", 1), ("a", "", 0), ("", "a", 0), ("ab", "ab", 1), ("ab", "bc", 0.5)]
)
def test_sets_of_sentences(gold: str, answer: str, f1: float) -> None:
    assert set_overlap(gold, answer).f1 == f1


def test_ten_double_marks_on_four_levels() -> None:
    assert sum(a == b for a, b in zip(ONE, OTHER, strict=True)) / 10 == 0.7
    assert weighted_kappa(ONE, OTHER, levels=4) == pytest.approx(0.8387, abs=5e-5)


def test_raters_who_always_agree_have_1_and_who_reverse_the_scale_minus_1() -> None:
    assert weighted_kappa([0, 1, 2], [0, 1, 2], levels=3) == 1
    assert weighted_kappa([0, 1, 2], [2, 1, 0], levels=3) == pytest.approx(-1)


@pytest.mark.parametrize(("one", "other"), [([], []), ([1, 1], [0, 2]), ([0, 2], [1, 1]), ([1, 1], [1, 1]), ([1], [1])])
def test_a_constant_rater_has_no_kappa(one: list[int], other: list[int]) -> None:
    assert weighted_kappa(one, other, levels=3) is None


def test_lists_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="same answers"):
        weighted_kappa([0, 1], [0], levels=2)
    with pytest.raises(ValueError, match="from 0 to 1"):
        weighted_kappa([0, 2], [0, 1], levels=2)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12))
def test_kappa_is_that_of_the_full_formula(pairs: list[tuple[int, int]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    if len(set(one)) < 2 or len(set(other)) < 2:
        return
    weights = {(i, j): (i - j) ** 2 / 9 for i in range(4) for j in range(4)}
    observed = sum(w * pairs.count(cell) for cell, w in weights.items())
    expected = sum(w * one.count(i) * other.count(j) / len(pairs) for (i, j), w in weights.items())
    assert weighted_kappa(one, other, levels=4) == pytest.approx(1 - observed / expected)
