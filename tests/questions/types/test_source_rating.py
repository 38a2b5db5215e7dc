"""Source rating: f = the credit of the chosen cell; g = the mean credit of all 36 (measurement.md §2)."""

from __future__ import annotations

import random
from typing import Any

import pytest
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import AssignResponse
from app.questions.types.source_rating import CELLS, SourceRating, SourceRatingBody

pytestmark = pytest.mark.pure

KIND = SourceRating()


def body(cells: dict[str, float] | None = None, **more: Any) -> SourceRatingBody:
    written = [
        {"cell": cell, "credit": credit, "reason": f"Why {cell}."}
        for cell, credit in (cells or {"B2": 1.0, "B3": 0.5, "F6": 0.25}).items()
    ]
    return SourceRatingBody.model_validate({"cells": written, "rest": "Nothing else fits.", **more})


def answer(cell: str) -> AssignResponse:
    """“B2”, or a letter or number alone."""
    return AssignResponse(assigned={"source" if sign.isalpha() else "content": sign for sign in cell})


@pytest.mark.parametrize(
    ("cell", "score", "reason"),
    [
        ("B2", 1.0, "the best reading"),
        ("B3", 0.5, "can be defended, but is not the best reading"),
        ("F6", 0.25, "can be defended, but is not the best reading"),
        ("A1", 0.0, "does not fit the report"),
        ("B", 0.0, "number missing"),
        ("2", 0.0, "letter missing"),
    ],
)
def test_a_cell_earns_its_credit(cell: str, score: float, reason: str) -> None:
    grade = KIND.grade(body(), answer(cell))
    assert (grade.score, grade.reason) == (score, reason)


@pytest.mark.parametrize("best", ["F3", "B6", "F6"])
def test_cannot_be_judged_is_a_grade_like_others(best: str) -> None:
    assert KIND.grade(body({best: 1.0}), answer(best)).score == 1


@pytest.mark.parametrize(
    "cells", [{"B2": 1.0}, {"B2": 1.0, "B3": 0.5}, {"B2": 1.0, "B3": 0.5, "C2": 0.5, "C3": 0.25, "A2": 0.75}]
)
def test_chance_is_the_mean_credit_of_all_cells(cells: dict[str, float]) -> None:
    question = body(cells)
    assert len(CELLS) == 36
    mean = sum(KIND.grade(question, answer(cell)).score or 0 for cell in CELLS) / 36
    assert KIND.chance(question) == pytest.approx(mean, abs=1e-12)


def test_the_two_scales_stand_in_their_order_with_their_words() -> None:
    assert KIND.order(body(), random.Random(1)) == ()
    view = KIND.view(body(), ())
    source, content = view.prompts
    assert [option.text for option in source.options] == [
        "A: completely reliable",
        "B: usually reliable",
        "C: fairly reliable",
        "D: not usually reliable",
        "E: unreliable",
        "F: reliability cannot be judged",
    ]
    assert [option.text for option in content.options] == [
        "1: confirmed",
        "2: probably true",
        "3: possibly true",
        "4: doubtful",
        "5: improbable",
        "6: truth cannot be judged",
    ]
    assert view.style == "tiers"


def test_letter_and_number_are_read_by_their_places() -> None:
    assert KIND.read(body(), {"assign-1": ["2"], "assign-2": ["3"]}, ()) == answer("B3")
    assert KIND.read(body(), {"assign-1": ["6"]}, ()) == answer("F")


@pytest.mark.parametrize("raw", [{"assign-1": ["B"]}, {"assign-1": ["7"]}, {"assign-2": ["0"]}])
def test_what_is_not_on_the_grid_is_asked_again(raw: dict[str, list[str]]) -> None:
    with pytest.raises(Unreadable, match="choose from 1 to 6") as caught:
        KIND.read(body(), raw, ())
    assert caught.value.where in raw


def rows(cell: str | None) -> list[tuple[str, str, str, bool, bool]]:
    """Id, verdict, why, key and chosen of every row."""
    reveal = KIND.reveal(body(), answer(cell) if cell else None)
    return [(row.id, row.verdict, row.why, row.is_key, row.chosen) for row in reveal.rows]


def test_the_best_cell_is_right_and_its_neighbours_are_explained() -> None:
    assert rows("B2") == [
        ("B2", "right", "Why B2.", True, True),
        ("B3", "neutral", "Why B3.", False, False),
        ("F6", "neutral", "Why F6.", False, False),
    ]


def test_a_neighbour_is_partly_right_and_the_best_cell_missed() -> None:
    assert rows("B3")[:2] == [("B2", "missed", "Why B2.", True, False), ("B3", "partly", "Why B3.", False, True)]


def test_any_other_cell_has_a_row_of_its_own() -> None:
    assert rows("A1")[-1] == ("A1", "wrong", "Nothing else fits.", False, True)
    assert rows("A1")[0][1] == "missed"


def test_half_a_grade_is_told_what_it_lacks() -> None:
    assert rows("B")[-1] == ("B", "wrong", "A grade has a letter and a number.", False, True)


def test_the_answer_is_given_in_words() -> None:
    reveal = KIND.reveal(body(), answer("F6"))
    assert reveal.answer == "B2, usually reliable and probably true"
    assert reveal.yours == "F6, reliability cannot be judged and truth cannot be judged"
    assert KIND.reveal(body(), answer("2")).yours == "2, probably true"


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([("B2", 0.5)], "here 0 have"),
        ([("B2", 1), ("B3", 1)], "here 2 have"),
        ([("B2", 1), ("B2", 0.5)], "“B2” is used twice"),
        ([("G2", 1)], "pattern"),
        ([("B7", 1)], "pattern"),
        ([("B2", 1), ("B3", 0)], "greater than 0"),
        ([("B2", 1), ("B3", 1.5)], "less than or equal to 1"),
    ],
)
def test_unsound_grids_are_refused(cells: list[tuple[str, float]], message: str) -> None:
    written = [{"cell": cell, "credit": credit} for cell, credit in cells]
    with pytest.raises(ValidationError, match=message):
        SourceRatingBody.model_validate({"cells": written})
