"""Marks of a whole attempt, and how a score is written (measurement.md §1)."""

from __future__ import annotations

import pytest

from app.questions.grading import is_full, points, quiz_score, show_percent, show_points

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([1.0, 0.0, 0.5], 0.5),
        ([1.0, None, 0.5], 0.75),
        ([None, None], None),
        ([], None),
        ([0.0, 0.0], 0.0),
    ],
)
def test_a_quiz_scores_the_mean_of_the_questions_that_have_a_score(
    scores: list[float | None], expected: float | None
) -> None:
    assert quiz_score(scores) == expected


def test_nothing_scored_is_not_the_same_as_nothing_right() -> None:
    assert quiz_score([None]) is None
    assert quiz_score([0.0]) == 0.0


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (8.0, "8"),
        (8.5, "8.5"),
        (0.05, "0.1"),
        (0.25, "0.3"),
        (0.35, "0.4"),
        (2.25, "2.3"),
        (7.95, "8"),
        (9.96, "10"),
        (0.04, "0"),
        (0.1 + 0.2, "0.3"),
        (2 / 3, "0.7"),
        (10.0, "10"),
        (1e-12, "0"),
    ],
)
def test_points_have_at_most_one_decimal_rounded_half_up(value: float, shown: str) -> None:
    assert show_points(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "0%"), (1.0, "100%"), (0.125, "13%"), (0.145, "15%"), (0.285, "29%"), (2 / 3, "67%"), (0.004, "0%")],
)
def test_percentages_are_whole_and_rounded_half_up(value: float, shown: str) -> None:
    assert show_percent(value) == shown


@pytest.mark.parametrize(
    ("score", "full"), [(1.0, True), (1 - 1e-10, True), (1 - 1e-8, False), (0.0, False), (None, False)]
)
def test_a_score_is_full_within_rounding(score: float | None, full: bool) -> None:
    assert is_full(score) is full


def test_points_leave_out_what_has_no_score() -> None:
    assert points([1.0, None, 0.5]) == 1.5
