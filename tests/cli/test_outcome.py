"""What a quiz came to in the terminal: drills, certainty marks; and the questions on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.cli.conftest import Process
from tests.support.course import copy_course, edit

Run = Callable[..., Any]
Lines = Callable[..., list[str]]


def words(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def test_a_drill_says_what_was_caught_and_what_was_thrown_away(run: Run, lines: Lines) -> None:
    run("quiz", "reports", input=":q\n")
    typed = lines("reports")
    out = words(run("quiz", "reports", input="\n".join([*typed, "h", "n", ""])).output)
    assert "You tell good reports from bad ones, without leaning to doubt or to trust." in out
    assert "Bad reports you caught: 10 of 10. Good ones you threw away: 0 of 10." in out
    assert "Telling apart (d′): 3.4. Leaning (c): 0.0" in out


@pytest.mark.parametrize(("setting", "is_shown"), [("true", True), ("false", False)])
def test_certainty_marks_are_shown_only_where_the_course_turns_them_on(
    offramp: Process, tmp_path: Path, setting: str, is_shown: bool
) -> None:
    folder = copy_course(tmp_path)
    edit(folder, "lessons/course.yaml", "words_in_article:", f"certainty_marks: {setting}\nwords_in_article:")
    # The four options come in some order; whichever stands first, 99 % sure earns 3 or costs 6.
    done = offramp("quiz", "unmarked-sure", input="1\n99\nh\nn\n", OFFRAMP_COURSE=str(with_sure_quiz(folder)))
    assert done.returncode == 0, done.stderr
    assert ("Certainty mark:" in done.stdout) is is_shown
    assert ("Certainty marks, beside the score:" in words(done.stdout)) is is_shown
    if is_shown:
        assert ("+3" in done.stdout) != ("−6" in done.stdout)


def with_sure_quiz(folder: Path) -> Path:
    """The course with a quiz of one question that asks how sure one is."""
    quizzes = folder / "questions" / "quizzes.yaml"
    added = "- {id: unmarked-sure, title: One question, questions: [word-or-deed]}\n"
    quizzes.write_text(quizzes.read_text(encoding="utf-8") + added, encoding="utf-8")
    return folder


def test_a_quiz_is_printed_as_the_screen_would_ask_it(run: Run, session: Session) -> None:
    paper = run("quiz", "mixed", "--print").output
    screen = run("quiz", "mixed", input="q\n").output
    options = [line.split("  ")[-1] for line in paper.splitlines() if line.startswith("  ( )") and "%" not in line]
    assert len(options) == 4
    places = [screen.index(option) for option in options]
    assert places == sorted(places)
    assert run("quiz", "mixed", "--print").output == paper
    assert "Right," not in paper


def test_printing_does_not_start_a_clock(run: Run) -> None:
    done = run("quiz", "timed", "--print")
    assert done.exit_code == 1
    assert "offramp quiz timed" in words(done.output)
