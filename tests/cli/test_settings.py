"""The settings of quizzes in the terminal: explained at once, practice, later, without a mark, against the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.clock import utc_now
from app.db import transaction
from app.library.model import Library
from app.quiz.models import Attempt

Run = Callable[..., Any]
Lines = Callable[..., list[str]]


def typed(*lines: str) -> str:
    """Lines as they are typed."""
    return "".join(f"{line}\n" for line in lines)


def words(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def test_answer_is_explained_at_once_and_closed(run: Run, library: Library, lines: Lines) -> None:
    run("quiz", "at-once", input="q\n")
    first = lines("at-once")[0]
    out = run("quiz", "at-once", input=typed(first, "", ":p", "", ":q")).output
    explanation = library.questions["word-or-deed"].head.explanation
    assert words(out).count(explanation) == 2
    assert out.index("Right") < out.index("Question 2 of 3")
    again = out[out.rindex("Question 1 of 3") : out.rindex("Question 2 of 3")]
    assert "Answer:" not in again


def test_i_dont_know_is_explained_at_once(run: Run, library: Library) -> None:
    out = run("quiz", "at-once", input=typed("d", "", "q")).output
    assert "You said: I don't know" in out
    assert library.questions["word-or-deed"].head.explanation in words(out)


def test_practice_offers_another_try_that_is_worth_less(run: Run, lines: Lines, library: Library) -> None:
    run("quiz", "practice", input="q\n")
    right, wrong = lines("practice")[0], lines("practice", right=False)[0]
    out = words(run("quiz", "practice", input=typed(wrong, right, "", "q")).output)
    assert "Not right. You have 2 tries left; a further try is worth a third less." in out
    assert "Partly right after 2 tries, 0.7 of 1" in out
    assert library.questions["word-or-deed"].head.explanation not in out.split("You have 2 tries left")[0]


def test_practice_gives_hints_and_shows_the_answer(run: Run, library: Library) -> None:
    hints = library.questions["word-or-deed"].head.hints
    out = words(run("quiz", "practice", input=typed("t", "t", "t", "s", "", "q")).output)
    assert [hint in out for hint in hints] == [True] * len(hints)
    assert "no more hints" in out or "no hints" in out
    assert library.questions["word-or-deed"].head.explanation in out


def test_hints_are_for_practice_only(run: Run) -> None:
    out = words(run("quiz", "mixed", input=typed("t", "s", "q")).output)
    assert out.count("Hints and answers before the hand-in are for practice only.") == 2


def test_result_waits_for_its_date(run: Run, library: Library, lines: Lines) -> None:
    run("quiz", "later", input="q\n")
    out = words(run("quiz", "later", input=typed(*lines("later"), "h")).output)
    assert "Handed in. The result and the explanations are shown from 1 January 2099 on." in out
    assert library.questions["word-or-deed"].head.explanation not in out


def test_attempts_that_are_used_up_are_told(run: Run, lines: Lines) -> None:
    run("quiz", "later", input=typed("h", "h", "y", "n"))
    again = run("quiz", "later")
    assert again.exit_code == 1
    assert "You have used the one attempt that this quiz allows." in again.stderr


def test_quiz_without_a_mark_says_no_result(run: Run, lines: Lines) -> None:
    run("quiz", "unmarked", input="q\n")
    out = run("quiz", "unmarked", input=typed(lines("unmarked")[0].strip(), "h", "n")).output
    assert "These questions are not marked." in out
    assert "Result:" not in out


@pytest.mark.parametrize(("right", "said"), [(True, "Passed."), (False, "Not passed.")])
def test_pass_mark_is_told(run: Run, lines: Lines, right: bool, said: str) -> None:
    run("quiz", "one-page", input="q\n")
    out = run("quiz", "one-page", input=typed(*lines("one-page", right=right), "h", "n")).output
    assert f"{said} The pass mark is 60 %." in out


def test_clock_is_told_and_ends_the_attempt(run: Run, session: Session) -> None:
    out = run("quiz", "timed", input=typed("1", "", "q")).output
    assert "You have 10 minutes." in words(out)
    assert "Time left: 9 min (until " in out
    with transaction() as writing:
        attempt = writing.query(Attempt).one()
        attempt.deadline = utc_now() - timedelta(minutes=1)
        attempt.started_at = attempt.deadline - timedelta(minutes=10)
    after = run("quiz", "timed", input="q\n").output
    assert "10 minutes" in words(after)
    session.rollback()
    assert sorted(attempt.timed_out for attempt in session.query(Attempt)) == [False, True]


def test_drill_says_how_well_reports_are_told_apart(run: Run, lines: Lines) -> None:
    run("quiz", "reports", input="q\n")
    out = words(run("quiz", "reports", input=typed(*lines("reports"), "h", "n")).output)
    assert "You tell good reports from bad ones, without leaning to doubt or to trust." in out
