"""`offramp check --watch`: what is noticed, and what is told of it. No test waits: changes are handed in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli import main
from app.cli.check import watch
from app.cli.screen import Screen
from app.cli.watching import changes, difference
from app.library.check import check_course
from app.paths import PACKAGE
from app.questions.problems import Problem
from tests.support.course import edit

BANK = "questions/01-who-wrote-it.yaml"
GOOD = "explanation: Those who decide"
BAD = "explanation: Short.\n    author: Those who decide"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course without problems."""
    folder = tmp_path / "notices"
    shutil.copytree(PACKAGE / "cli" / "starter" / "course", folder)
    return folder


def steps(*do: Callable[[], object]) -> Iterator[object]:
    """Do one thing after the other, as somebody at an editor, and press Ctrl+C at the end."""
    for one in do:
        yield one()
    raise KeyboardInterrupt


def watched(course: Path, capsys: Any, *do: Callable[[], object]) -> list[str]:
    """What is written, check by check."""
    watch(Screen(plain=True), lambda: check_course(course), steps(*do))
    said: str = capsys.readouterr().out
    return said.split("warnings.")


def test_what_is_new_and_what_was_mended_is_told(course: Path, capsys: Any) -> None:
    first, second, third, end = watched(
        course, capsys, lambda: edit(course, BANK, GOOD, BAD), lambda: edit(course, BANK, BAD, GOOD)
    )
    assert "error" not in first.replace("0 errors", "")
    assert "New:" in second
    assert "error Q-03: notice-can-answer" in second
    assert "Mended:" in third
    assert "Q-03: notice-can-answer" in third
    assert "New:" not in third
    assert "Stopped." in end


def test_a_problem_that_stays_is_not_told_again(course: Path, capsys: Any) -> None:
    edit(course, BANK, GOOD, BAD)
    first, second, _ = watched(course, capsys, lambda: edit(course, BANK, "# A bank:", "# One line more.\n# A bank:"))
    assert "Q-03" in first
    assert "Q-03" not in second
    assert "no problem came or went" in second


def test_the_same_problem_twice_is_two_problems() -> None:
    one, moved = Problem("a", 1, "Q-03", "error", "x"), Problem("a", 9, "Q-03", "error", "x")
    assert difference([one], [one, moved]) == ([moved], [])
    assert difference([one], [moved]) == ([], [])
    assert difference([one, moved], []) == ([], [one, moved])


def test_files_that_were_saved_added_or_taken_away_are_noticed(course: Path) -> None:
    bank, new = course / BANK, course / "questions" / "new.yaml"
    todo: list[Callable[[], object]] = [
        lambda: os.utime(bank, ns=(1, 1)),
        lambda: new.write_text("lesson: x\n"),
        lambda: (course / "questions" / "notes.txt").write_text("no file of the course"),
        new.unlink,
    ]
    waits: list[int] = []

    def wait() -> None:
        waits.append(len(todo))
        todo.pop(0)()

    noticed = changes([course], wait)
    seen = []
    for _ in range(3):
        next(noticed)
        seen.append(waits[-1])
    assert seen == [4, 3, 1]


def test_what_is_saved_while_the_first_check_runs_is_noticed(course: Path) -> None:
    waits = []
    noticed = changes([course], lambda: waits.append(1))
    os.utime(course / BANK, ns=(1, 1))
    next(noticed)
    assert waits == [1]


def test_watching_at_a_terminal_ends_at_control_c(terminal: Callable[..., Any], course: Path) -> None:
    screen = terminal("check", str(course), "--watch")
    screen.says("Ctrl+C ends.")
    edit(course, BANK, GOOD, BAD)
    screen.says("error Q-03")
    screen.interrupt()
    screen.says("Stopped.")
    assert screen.ends() == 0


@pytest.mark.parametrize("option", ["--json", "--report", "--write-schema"])
def test_watching_is_for_problems_only(course: Path, option: str) -> None:
    result = CliRunner().invoke(main, ["check", str(course), "--watch", option])
    assert result.exit_code == 2
    assert "--watch shows problems" in result.stderr
