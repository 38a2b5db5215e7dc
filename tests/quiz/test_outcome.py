"""What an attempt came to, beside its score."""

from __future__ import annotations

import pytest

from app.questions.draw import Quiz
from app.quiz.outcome import has_passed, signed

pytestmark = pytest.mark.pure


def quiz(pass_mark: int | None) -> Quiz:
    return Quiz(id="z", title="Z", questions=("a",), pass_mark=pass_mark)


@pytest.mark.parametrize(
    ("score", "pass_mark", "passed"),
    [(0.8, 80, True), (0.1 + 0.7, 80, True), (0.799, 80, False), (1.0, 100, True), (0.0, 1, False), (0.5, None, None)],
)
def test_a_pass_mark_is_reached_within_rounding(score: float, pass_mark: int | None, passed: bool | None) -> None:
    assert has_passed(score, quiz(pass_mark)) is passed


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (3, 0, "+3"),
        (-6, 0, "−6"),
        (0, 0, "0"),
        (0.69, 2, "0.69"),
        (-0.14, 1, "−0.1"),
        (1.22, 1, "1.2"),
        (-1e-17, 1, "0.0"),
    ],
)
def test_numbers_have_a_true_minus(value: float, digits: int, shown: str) -> None:
    assert signed(value, digits) == shown
