"""“How sure are you?” and “I don't know” in the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.quiz.models import Answer

Run = Callable[..., Any]


def typed(*lines: str) -> str:
    """Lines as they are typed."""
    return "".join(f"{line}\n" for line in lines)


def stored(session: Session) -> list[tuple[int | None, bool]]:
    """How sure somebody was, and whether they said “I don't know”, answer by answer."""
    session.rollback()
    return [(row.confidence, row.dont_know) for row in session.query(Answer).order_by(Answer.id)]


@pytest.mark.parametrize(
    ("line", "step"), [("5", 85), ("85", 85), ("85 %", 85), ("1", 0), ("0", 0), ("guess", None), ("just guessing", 0)]
)
def test_step_is_typed_by_number_or_per_cent(run: Run, session: Session, line: str, step: int | None) -> None:
    run("quiz", "mixed", input=typed("1", line, "q"))
    assert stored(session)[-1] == (step, False)


def test_steps_are_listed_with_what_they_do_to_the_mark(run: Run) -> None:
    out = run("quiz", "mixed", input=typed("1", "q")).output
    assert "How sure are you?\n  1 just guessing   2 40 %   3 55 %   4 70 %   5 85 %   6 99 %\n" in out
    assert "It does not change your mark." in out
    plain = run("--plain", "quiz", "mixed", input=typed("p", "1", "q")).output
    assert "How sure are you? 1, just guessing; 2, 40 %; 3, 55 %;" in plain


def test_enter_leaves_it_out(run: Run, session: Session) -> None:
    out = run("quiz", "mixed", input=typed("1", "", "q")).output
    assert stored(session) == [(None, False)]
    assert "Question 2 of 4" in out


@pytest.mark.parametrize("line", ["7", "50", "very", "-1", "1000"])
def test_unreadable_step_is_asked_again(run: Run, session: Session, line: str) -> None:
    out = run("quiz", "mixed", input=typed("1", line, "70", "q")).output
    assert "or one of the per cents 40, 55, 70, 85, 99; Enter leaves it out." in " ".join(out.split())
    assert stored(session)[-1] == (70, False)


def test_command_is_obeyed_there_too(run: Run, session: Session) -> None:
    out = run("quiz", "mixed", input=typed("1", "q")).output
    assert "Kept." in out
    assert stored(session) == [(None, False)]


def test_step_given_before_is_kept_by_enter(run: Run, session: Session) -> None:
    out = run("quiz", "mixed", input=typed("1", "70", "p", "2", "", "r", "q")).output
    assert "Your answer so far: 1 (70 %) (Enter keeps it)" in out
    assert "Enter keeps 70 %." in " ".join(out.split())
    assert "2 (70 %)" in out
    assert stored(session)[-1] == (70, False)


def test_kinds_that_do_not_ask_and_quizzes_that_do_not_are_silent(run: Run) -> None:
    assert "How sure" not in run("quiz", "mixed", input=typed("g 2", "1", "q")).output
    assert "How sure" not in run("quiz", "unmarked", input=typed("1", "q")).output


@pytest.mark.parametrize("line", ["d", ":d", "I don't know"])
def test_i_dont_know_is_stored_and_goes_on(run: Run, session: Session, line: str) -> None:
    out = run("quiz", "mixed", input=typed(line, "r", "q")).output
    assert stored(session) == [(None, True)]
    assert "Question 2 of 4" in out
    assert " 1  don't know" in out


def test_answer_takes_i_dont_know_back(run: Run, session: Session) -> None:
    out = run("quiz", "mixed", input=typed("d", "p", "1", "", "r", "q")).output
    assert "Your answer so far: don't know (Enter keeps it)" in out
    assert stored(session)[-1] == (None, False)


def test_result_says_how_often_one_is_right_then(run: Run, lines: Callable[..., list[str]]) -> None:
    run("quiz", "mixed", input="q\n")
    first, second, third, fourth = (line.strip() for line in lines("mixed"))
    out = run("quiz", "mixed", input=typed(first, "85", second, third, fourth, "1", "h", "n")).output
    said = " ".join(out.split())
    assert "You were 85 % sure, and you were right. When you say 85 %, you are right 1 of 1 time." in said
    assert "You said you were just guessing, and it was right. Guesses so far: 1 of 1 time right." in said
