"""The table of results as pure rules: which attempts, which order, which words, and what is worth a second look."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.model import Library
from app.questions.draw import Quiz
from app.questions.model import Question
from app.quiz.results import Table, results_table
from app.quiz.results_csv import csv_text
from app.quiz.sittings import Cell, Sitting
from tests.factories import NOON

QUIZ = Quiz(id="own-friday-abcd", title="Friday", questions=("word-or-deed", "first-report", "two-counts"))


def sitting(
    learner: str, *scores: float | None, number: int = 1, minutes: float = 5, quiz: Quiz = QUIZ, revision: int = 1
) -> Sitting:
    """An attempt at the questions of a quiz, in order, with these scores; None was not asked."""
    cells = {
        (slug, revision): Cell(position, "answered", score)
        for position, (slug, score) in enumerate(zip(quiz.questions, scores, strict=True), 1)
        if score is not None
    }
    return Sitting(
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"{learner} {number}"),
        learner_id=uuid.uuid5(uuid.NAMESPACE_URL, learner),
        learner=learner,
        role="learner",
        number=number,
        started_at=NOON,
        finished_at=NOON + timedelta(minutes=minutes),
        deadline=None,
        timed_out=False,
        answered=len(cells),
        cells=cells,
    )


@pytest.fixture
def questions(library: Library) -> dict[tuple[str, int], Question]:
    """The questions of the quiz, in two revisions."""
    return {(slug, revision): library.questions[slug] for slug in QUIZ.questions for revision in (1, 2)}


def table(sittings: Iterable[Sitting], questions: Any, which: Any = "best", sort: str = "name") -> Table:
    return results_table(list(sittings), questions, QUIZ, which=which, sort=sort)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("status", "score", "sign", "words"),
    [
        ("answered", 1.0, "right", "1"),
        ("answered", 1 - 1e-12, "right", "1"),
        ("answered", 2 / 3, "partly", "0.67"),
        ("answered", 0.5, "partly", "0.5"),
        ("answered", 0.999, "partly", "0.99"),
        ("answered", 0.001, "partly", "0.01"),
        ("answered", 0.0, "wrong", "0"),
        ("dont_know", 0.0, "dont_know", "don’t know"),
        ("blank", 0.0, "blank", "blank"),
        ("not_reached", 0.0, "not_reached", "not reached"),
        ("pending", None, "pending", "to mark"),
        ("void", None, "void", "taken out"),
    ],
)
def test_a_cell_says_what_became_of_it(status: Any, score: float | None, sign: str, words: str) -> None:
    cell = Cell(1, status, score)
    assert (cell.sign, cell.words) == (sign, words)


@pytest.mark.pure
def test_a_forecast_is_neither_right_nor_wrong() -> None:
    assert Cell(1, "answered", None, is_forecast=True).words == "forecast"


@pytest.mark.parametrize(
    ("which", "numbers"), [("best", [2, 1]), ("first", [1, 1]), ("last", [3, 1]), ("all", [1, 2, 3, 1])]
)
def test_a_learner_has_a_row_for_the_attempts_that_are_wanted(questions: Any, which: str, numbers: list[int]) -> None:
    lee = [sitting("Lee", 0, 0, score, number=number) for number, score in ((1, 0), (2, 1), (3, 0))]
    found = table([*lee, sitting("Sam", 1, 1, 1)], questions, which)
    assert [row.sitting.number for row in found.rows] == numbers
    assert {row.sitting.learner: row.attempts for row in found.rows} == {"Lee": 3, "Sam": 1}


def test_of_attempts_that_are_equally_good_the_first_is_the_best(questions: Any) -> None:
    found = table([sitting("Lee", 1, 0, 0), sitting("Lee", 0, 1, 0, number=2)], questions)
    assert [row.sitting.number for row in found.rows] == [1]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["ada", "Bo", "Cy"]),
        ("-name", ["Cy", "Bo", "ada"]),
        ("score", ["Cy", "ada", "Bo"]),
        ("-score", ["Bo", "ada", "Cy"]),
        ("time", ["Bo", "Cy", "ada"]),
        ("-time", ["ada", "Cy", "Bo"]),
    ],
)
def test_rows_can_be_sorted_by_name_score_and_time(questions: Any, sort: str, names: list[str]) -> None:
    rows = [
        sitting("Cy", 1, 1, 1, minutes=5),
        sitting("ada", 1, 1, 0, minutes=9),
        sitting("Bo", 1, 0, 0, minutes=2),
    ]
    assert [row.sitting.learner for row in table(rows, questions, sort=sort).rows] == names


def test_columns_are_all_that_was_asked_in_the_order_of_the_quiz(questions: Any) -> None:
    found = table([sitting("Lee", None, None, 1), sitting("Sam", 1, None, None)], questions)
    assert [column.key[0] for column in found.columns] == ["word-or-deed", "two-counts"]
    assert [column.asked for column in found.columns] == [1, 1]


def test_a_raised_revision_is_a_column_of_its_own(questions: Any) -> None:
    found = table([sitting("Lee", 1, 1, 1), sitting("Sam", 0, 0, 0, revision=2)], questions)
    assert [(column.key[1], column.is_older) for column in found.columns][:2] == [(1, True), (2, False)]
    assert [column.asked for column in found.columns] == [1] * 6


def test_what_was_not_reached_or_taken_out_is_not_counted_as_asked(questions: Any) -> None:
    statuses: tuple[Any, ...] = ("not_reached", "void", "dont_know")
    cells = {(slug, 1): Cell(1, status, 0.0) for slug, status in zip(QUIZ.questions, statuses, strict=True)}
    found = table([replace(sitting("Lee", 0, 0, 0), cells=cells)], questions)
    assert [(column.asked, column.dont_know) for column in found.columns] == [(0, 0), (0, 0), (1, 1)]


def test_nothing_is_said_of_a_question_that_fewer_than_five_were_asked(questions: Any) -> None:
    assert table([sitting(f"L{n}", 0, 1, 1) for n in range(4)], questions).doubts == ()


def test_a_question_that_goes_worse_than_guessing_is_named_with_counts(questions: Any) -> None:
    found = table([sitting(f"L{n}", 1 if n == 0 else 0, 1, 1) for n in range(8)], questions)
    assert [doubt.column.key[0] for doubt in found.doubts] == ["word-or-deed"]
    assert found.doubts[0].because == ("Together they got 1 of 8 points; blind guessing would bring about 2.",)


def test_a_question_that_the_best_get_wrong_and_the_weakest_right_is_named(questions: Any) -> None:
    strong = [sitting(f"S{n}", 0, 1, 1) for n in range(4)]
    weak = [sitting(f"W{n}", 1, 0, n % 2) for n in range(4)]
    found = table([*strong, *weak], questions)
    assert [doubt.column.key[0] for doubt in found.doubts] == ["word-or-deed"]
    assert found.doubts[0].because == (
        "Of the 4 who did better on the other questions none had this one right; of the 4 who did worse, 4.",
    )


def test_a_difference_that_one_learner_makes_says_nothing(questions: Any) -> None:
    strong = [sitting(f"S{n}", 1 if n else 0, 1, 1) for n in range(4)]
    weak = [sitting(f"W{n}", 1, 0, n % 2) for n in range(4)]
    assert table([*strong, *weak], questions).doubts == ()


def test_where_all_did_equally_well_nobody_is_better(questions: Any) -> None:
    assert table([sitting(f"L{n}", n % 2, 1, 1) for n in range(8)], questions).doubts == ()


def test_a_second_attempt_changes_nothing_about_a_question(questions: Any) -> None:
    first = [sitting(f"L{n}", 0, 1, 1) for n in range(6)]
    again = [sitting(f"L{n}", 1, 1, 1, number=2) for n in range(6)]
    assert [doubt.column.key[0] for doubt in table([*first, *again], questions, "last").doubts] == ["word-or-deed"]


RISKY = "=+-@＝＋－＠"
TEXTS = st.text(st.sampled_from(RISKY + "\t\r\n;,\"' a1|"), max_size=12)


@pytest.mark.pure
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_no_cell_begins_a_formula_whether_commas_or_semicolons_divide(values: list[str]) -> None:
    text = csv_text([values])
    for delimiter in ",;\t":
        # A spreadsheet that expects another sign takes quotation marks as they come.
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]
        assert not [cell for cell in cells if cell.startswith(tuple(RISKY))], (delimiter, cells)


@pytest.mark.pure
def test_what_a_cell_says_is_kept_beside_its_guard() -> None:
    rows = list(csv.reader(io.StringIO(csv_text([["=cmd|' /C calc'!A0", "a;b", "x, y", 2.0, 0.66666, None]]))))
    assert rows == [["'=cmd|' /C calc'!A0", "a;b", "x, y", "2", "0.6667", ""]]
