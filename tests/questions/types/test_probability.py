"""Probability: a forecast without a score, and its loss (measurement.md §2, §4)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import ChanceResponse
from app.questions.types.probability import STEPS, Probability, ProbabilityBody, brier_loss

pytestmark = pytest.mark.pure

KIND = Probability()
RESOLUTION = {"source": "S47", "at": "whole work", "date": date(2020, 2, 21), "criterion": "A count above 100."}


def body(**more: Any) -> ProbabilityBody:
    return ProbabilityBody.model_validate({"outcome": True, "resolution": RESOLUTION, **more})


@pytest.mark.parametrize("outcome", [True, False])
@pytest.mark.parametrize("percent", STEPS)
def test_no_forecast_has_a_score(percent: int, outcome: bool) -> None:
    assert KIND.grade(body(outcome=outcome), ChanceResponse(percent=percent)).score is None


def test_there_is_nothing_to_guess() -> None:
    assert KIND.chance(body()) is None


def test_chances_go_in_steps_from_1_to_99() -> None:
    assert STEPS == (1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 99)
    assert KIND.view(body(), ()).steps == STEPS


@pytest.mark.parametrize("typed", ["70", " 70 % ", "70%"])
def test_a_chance_is_read_with_or_without_its_sign(typed: str) -> None:
    assert KIND.read(body(), {"chance": [typed]}, ()) == ChanceResponse(percent=70)


@pytest.mark.parametrize("typed", ["0", "100", "7", "0.7", "likely", "-5", "٧٠"])
def test_any_other_chance_is_asked_again(typed: str) -> None:
    with pytest.raises(Unreadable, match="from 1 to 99 %"):
        KIND.read(body(), {"chance": [typed]}, ())


@pytest.mark.parametrize(
    ("probability", "outcome", "loss"), [(0.8, True, 0.04), (0.8, False, 0.64), (1, False, 1), (0.5, True, 0.25)]
)
def test_the_loss_is_the_squared_distance(probability: float, outcome: bool, loss: float) -> None:
    assert brier_loss(probability, outcome) == pytest.approx(loss)


def expected_gain(report: float, belief: float, *, floored: bool = False) -> float:
    """What a report earns on average for somebody with this belief."""

    def gain(outcome: bool) -> float:
        loss = brier_loss(report, outcome)
        return max(0.0, 1 - 4 * loss) if floored else 1 - loss

    return belief * gain(True) + (1 - belief) * gain(False)


def test_saying_what_one_believes_earns_most_and_would_not_with_a_floor() -> None:
    reports = [n / 100 for n in range(101)]
    assert max(reports, key=lambda report: expected_gain(report, 0.6)) == 0.6
    assert max(reports, key=lambda report: expected_gain(report, 0.6, floored=True)) == 1


@given(st.sampled_from([step / 100 for step in STEPS]))
def test_no_other_step_earns_more_than_ones_belief(belief: float) -> None:
    best = max(STEPS, key=lambda step: expected_gain(step / 100, belief))
    assert best / 100 == belief


@pytest.mark.parametrize(("outcome", "word"), [(True, "true"), (False, "false")])
def test_the_outcome_is_told_with_how_it_was_settled(outcome: bool, word: str) -> None:
    reveal = KIND.reveal(body(outcome=outcome, base_rate="One in three."), ChanceResponse(percent=70))
    assert reveal.answer == f"The statement turned out {word}."
    assert reveal.yours == "70 %"
    assert [(row.id, row.text, row.why) for row in reveal.rows] == [
        ("yours", "70 %", ""),
        ("resolution", "S47, whole work, 21 February 2020", "A count above 100."),
        ("base-rate", "Where to start from", "One in three."),
    ]


def test_without_an_answer_and_a_base_rate_the_resolution_is_told() -> None:
    assert [row.id for row in KIND.reveal(body(), None).rows] == ["resolution"]


@pytest.mark.parametrize("missing", list(RESOLUTION))
def test_a_resolution_is_whole(missing: str) -> None:
    with pytest.raises(ValidationError):
        body(resolution={name: value for name, value in RESOLUTION.items() if name != missing})


def test_the_outcome_is_true_or_false_and_no_number() -> None:
    with pytest.raises(ValidationError):
        ProbabilityBody.model_validate({"outcome": 1, "resolution": RESOLUTION}, strict=True)


def test_the_signature_changes_with_the_outcome_alone() -> None:
    assert KIND.signature(body()) != KIND.signature(body(outcome=False))
    assert KIND.signature(body()) == KIND.signature(body(base_rate="One in three."))
