"""How sure: the worked numbers of measurement.md §3."""

from __future__ import annotations

import pytest

from app.questions.certainty import STEPS, band, certainty_mark, expected_mark, offered, stated_chance, summary

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("step", "expected"), [(0, 1), (40, 1), (55, 1), (70, 2), (85, 3), (99, 3)], ids=lambda value: str(value)
)
def test_the_band_follows_from_the_step(step: int, expected: int) -> None:
    assert band(stated_chance(step, 0.25)) == expected


@pytest.mark.parametrize(("chance", "expected"), [(2 / 3, 2), (0.8, 2), (0.81, 3), (0.66, 1)])
def test_the_bands_meet_at_two_thirds_and_four_fifths(chance: float, expected: int) -> None:
    assert band(chance) == expected


@pytest.mark.parametrize(("given", "right", "wrong"), [(1, 1, 0), (2, 2, -2), (3, 3, -6)], ids=["C=1", "C=2", "C=3"])
def test_marks(given: int, right: int, wrong: int) -> None:
    assert certainty_mark(1.0, given) == right
    assert certainty_mark(1 - 1e-12, given) == right
    assert certainty_mark(0.0, given) == wrong


@pytest.mark.parametrize(("score", "given"), [(0.5, 3), (None, 3), (1.0, None)])
def test_no_mark_for_partial_credit_or_without_a_chance(score: float | None, given: int | None) -> None:
    assert certainty_mark(score, given) is None


@pytest.mark.parametrize(
    ("chance", "expected"),
    [(0.5, (0.5, 0, -1.5)), (0.75, (0.75, 1, 0.75)), (0.8, (0.8, 1.2, 1.2)), (0.9, (0.9, 1.6, 2.1))],
)
def test_expected_marks(chance: float, expected: tuple[float, ...]) -> None:
    assert [expected_mark(chance, given) for given in (1, 2, 3)] == pytest.approx(expected, abs=1e-9)


def test_the_band_of_an_honest_chance_is_the_best_one() -> None:
    for percent in range(1, 100):
        chance = percent / 100
        best = max(expected_mark(chance, given) for given in (1, 2, 3))
        assert expected_mark(chance, band(chance)) == pytest.approx(best, abs=1e-9)


@pytest.mark.parametrize(
    ("chance", "steps"),
    [(0.0, STEPS), (0.25, STEPS), (0.4, (0, 55, 70, 85, 99)), (0.5, (0, 55, 70, 85, 99)), (0.55, (0, 70, 85, 99))],
)
def test_steps_at_or_below_the_chance_of_a_guess_are_not_offered(chance: float, steps: tuple[int, ...]) -> None:
    assert offered(chance) == steps


@pytest.mark.parametrize(("step", "chance", "stated"), [(0, 0.25, 0.25), (0, 0.0, 0.01), (85, 0.25, 0.85)])
def test_just_guessing_states_the_chance_of_a_guess(step: int, chance: float, stated: float) -> None:
    assert stated_chance(step, chance) == stated


def test_summary_of_ten_answers() -> None:
    words = ("31", "31", "30", "21", "21", "20", "11", "10", "11", "31")
    answers = [(int(pair[0]), pair[1] == "1") for pair in words]
    found = summary(answers)
    assert found is not None
    assert [certainty_mark(float(right), given) for given, right in answers] == [3, 3, -6, 2, 2, -2, 1, 0, 1, 3]
    got = (found.mean_mark, found.accuracy, found.best_constant, found.bonus, found.total)
    assert got == pytest.approx((0.7, 0.7, 0.8, -0.01, 0.69), abs=1e-9)
    assert summary([]) is None
