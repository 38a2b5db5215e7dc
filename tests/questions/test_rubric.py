"""The score of a rubric: f = Σw·(level/max)/Σw (measurement.md §2)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid
from app.questions.rubric import Rubric, needs_third_rater, rubric_score

pytestmark = pytest.mark.pure


def rubric(*criteria: tuple[str, float, int]) -> Rubric:
    """Criteria as (id, weight, highest level)."""
    entries = [
        {"id": i, "criterion": f"Criterion {i}", "weight": weight, "levels": [f"Level {n}" for n in range(top + 1)]}
        for i, weight, top in criteria
    ]
    return Rubric.model_validate({"rubric": entries})


THREE = rubric(("a", 2, 3), ("b", 1, 3), ("c", 1, 2))


def test_weights_2_1_1_with_levels_2_3_1_of_3_3_2() -> None:
    assert rubric_score(THREE, {"a": 2, "b": 3, "c": 1}) == pytest.approx(0.7083, abs=5e-5)


@pytest.mark.parametrize(("levels", "expected"), [((0, 0, 0), 0), ((3, 3, 2), 1)])
def test_the_lowest_levels_earn_nothing_and_the_highest_everything(levels: tuple[int, ...], expected: float) -> None:
    assert rubric_score(THREE, dict(zip("abc", levels, strict=True))) == expected


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2), st.sampled_from([0.1, 1, 3]))
def test_a_score_is_a_share_of_one(a: int, b: int, c: int, weight: float) -> None:
    assert 0 <= rubric_score(rubric(("a", weight, 3), ("b", 0.2, 3), ("c", 0.7, 2)), {"a": a, "b": b, "c": c}) <= 1


@pytest.mark.parametrize(
    ("levels", "said", "where"),
    [
        ({"a": 2, "b": 3}, "Give a level from 0 to 2 for “Criterion c”", "c"),
        ({}, "Give a level from 0 to 3 for “Criterion a”", "a"),
        ({"a": 4, "b": 3, "c": 1}, "has levels from 0 to 3, not 4", "a"),
        ({"a": 2, "b": -1, "c": 1}, "has levels from 0 to 3, not -1", "b"),
        ({"a": 2, "b": 3, "c": True}, "has levels from 0 to 2, not True", "c"),
        ({"a": 2, "b": 3, "c": 1.5}, "has levels from 0 to 2, not 1.5", "c"),
        ({"a": 2, "b": 3, "c": 1, "d": 0}, "There is no criterion “d”; the criteria are a, b, c.", "d"),
    ],
)
def test_levels_that_the_rubric_does_not_have_are_refused(levels: dict[str, Any], said: str, where: str) -> None:
    with pytest.raises(Invalid, match=said) as caught:
        rubric_score(THREE, levels)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"a": 1, "b": 3}, {"a": 1, "b": 3}, False),
        ({"a": 1}, {"a": 2}, False),
        ({"a": 0, "b": 1}, {"a": 2, "b": 1}, True),
    ],
)
def test_a_third_rater_is_needed_from_two_levels_apart(
    one: dict[str, int], other: dict[str, int], expected: bool
) -> None:
    assert needs_third_rater(one, other) is needs_third_rater(other, one) is expected
