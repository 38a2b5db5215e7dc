"""What a slot earns (measurement.md §1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.model import Library
from app.questions.model import Question
from app.questions.types import TYPES
from app.quiz.scoring import Given, reached, slot_result, tried_score

DONT_KNOW = Given(None, dont_know=True)
scores = st.lists(st.floats(0, 1), max_size=6)


def given_of(question: Question, score: float | None) -> Given:
    """A response that earns so much."""
    samples = (s for s in TYPES[question.kind].samples(question.body) if s.response and s.score == score)
    return Given(next(samples).response.model_dump_json())


@pytest.fixture
def choice(library: Library) -> Question:
    return library.questions["word-or-deed"]


# ---------------------------------------------------------------- tries


@pytest.mark.parametrize(
    ("tries", "score"),
    [
        ([], 0.0),
        ([1.0], 1.0),
        ([0.0, 1.0], 2 / 3),
        ([0.0, 0.0, 1.0], 1 / 3),
        ([0.0, 0.0, 0.0, 1.0], 0.0),
        ([0.5, 1.0], 2 / 3),
        ([0.9, 1.0], 0.9),
        ([0.5, 0.6, 0.9], 0.5),
    ],
)
def test_each_further_try_takes_a_third_off(tries: list[float], score: float) -> None:
    assert tried_score(tries) == pytest.approx(score)


@given(tries=scores)
def test_tries_earn_between_nothing_and_the_best_of_them(tries: list[float]) -> None:
    assert 0 <= tried_score(tries) <= max(tries, default=0)


@given(tries=scores, more=st.floats(0, 1))
def test_a_further_try_never_costs_anything(tries: list[float], more: float) -> None:
    assert tried_score([*tries, more]) >= tried_score(tries)


@given(tries=st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_the_first_try_is_worth_what_it_earned(tries: list[float]) -> None:
    assert tried_score(tries) >= tries[0]


@given(tries=st.lists(st.floats(0, 1), min_size=3, max_size=3), more=scores)
def test_nothing_after_the_third_try_counts(tries: list[float], more: list[float]) -> None:
    assert tried_score([*tries, *more]) == tried_score(tries)


# ---------------------------------------------------------------- statuses


def test_an_answer_earns_its_score(choice: Question) -> None:
    result = slot_result(choice, [given_of(choice, 1.0)])
    assert (result.status, result.score, result.first_score) == ("answered", 1.0, 1.0)


def test_the_first_try_is_kept_before_penalties(choice: Question) -> None:
    result = slot_result(choice, [given_of(choice, 0.0), given_of(choice, 1.0)])
    assert (result.status, result.score, result.first_score) == ("answered", pytest.approx(2 / 3), 0.0)


def test_not_knowing_earns_nothing_and_is_no_blank(choice: Question) -> None:
    result = slot_result(choice, [DONT_KNOW])
    assert (result.status, result.score, result.first_score) == ("dont_know", 0.0, 0.0)


def test_an_answer_after_not_knowing_is_a_second_try(choice: Question) -> None:
    result = slot_result(choice, [DONT_KNOW, given_of(choice, 1.0)])
    assert (result.status, result.score, result.first_score) == ("answered", pytest.approx(2 / 3), 0.0)


def test_left_blank_counts_for_statistics_and_not_reached_does_not(choice: Question) -> None:
    blank, missed = slot_result(choice, []), slot_result(choice, [], is_reached=False)
    assert (blank.status, blank.score, blank.first_score) == ("blank", 0.0, 0.0)
    assert (missed.status, missed.score, missed.first_score) == ("not_reached", 0.0, None)


@pytest.mark.parametrize("tries", [[], [DONT_KNOW]])
def test_a_forecast_has_no_score_whatever_its_status(library: Library, tries: list[Given]) -> None:
    forecast = library.questions["kinds-forecast"]
    for asked in (tries, [given_of(forecast, None)]):
        result = slot_result(forecast, asked)
        assert (result.score, result.first_score) == (None, None)


def test_a_text_waits_until_a_person_marks_it(library: Library) -> None:
    words = library.questions["kinds-words"]
    text = given_of(words, None)
    assert slot_result(words, [text]).status == "pending"
    assert slot_result(words, [text]).score is None
    marked = slot_result(words, [text], mark=0.25)
    assert (marked.status, marked.score, marked.first_score) == ("answered", 0.25, 0.25)
    assert slot_result(words, []).score == 0.0


def test_a_right_verdict_for_a_wrong_reason_is_kept(library: Library) -> None:
    verdict = library.questions["kinds-verdict"]
    wrong = [s for s in TYPES["true_false"].samples(verdict.body) if s.response and s.score == 0.0]
    found = {slot_result(verdict, [Given(s.response.model_dump_json())]).diagnosis for s in wrong if s.response}
    assert "right-verdict-wrong-reason" in found


# ---------------------------------------------------------------- reached


@pytest.mark.parametrize(
    ("answered", "timed_out", "expected"),
    [
        ("", True, ""),
        ("....", False, "++++"),
        ("....", True, "...."),
        ("x.x.", True, "+++."),
        ("...x", True, "++++"),
        ("x...", True, "+..."),
    ],
)
def test_what_stands_after_the_last_answer_was_not_reached_when_time_ran_out(
    answered: str, timed_out: bool, expected: str
) -> None:
    found = reached([mark == "x" for mark in answered], timed_out=timed_out)
    assert found == [mark == "+" for mark in expected]
