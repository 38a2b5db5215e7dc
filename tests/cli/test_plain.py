"""Plain mode, NO_COLOR, pipes and narrow terminals, over every command that a learner uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

Start = Callable[..., Any]
DRAWN = re.compile("[\u2500-\u257f\u2580-\u259f✓✗·│…]")
ESCAPE = "\x1b"
COMMANDS = [
    (("lessons",), ""),
    (("progress",), ""),
    (("article",), ""),
    (("article", "C01", "--as-of", "later"), ""),
    (("timeline",), ""),
    (("glossary",), ""),
    (("glossary", "as of"), ""),
    (("read", "2"), ""),
    (("read", "2", "--ask"), "\n" * 30),
    (("quiz", "mixed"), "1\n1,2\nf\n1 2 3 4\nwords\n?\nr\nh\ny\nn\n"),
    (("results", "mixed"), ""),
    (("user", "list"), ""),
]


@pytest.mark.parametrize(("command", "input"), COMMANDS, ids=lambda value: " ".join(value) if value else "-")
def test_plain_mode_draws_nothing(run: Callable[..., Any], command: tuple[str, ...], input: str) -> None:
    result = run("--plain", *command, input=input)
    assert result.exit_code == 0
    assert not DRAWN.findall(result.output)
    assert ESCAPE not in result.output


@pytest.mark.parametrize(("command", "input"), COMMANDS, ids=lambda value: " ".join(value) if value else "-")
def test_pipe_gets_no_escape_codes_and_80_columns(
    run: Callable[..., Any], command: tuple[str, ...], input: str
) -> None:
    result = run(*command, input=input, COLUMNS="")
    assert ESCAPE not in result.output
    assert max(len(line) for line in result.output.splitlines()) <= 80


def test_plain_quiz_says_in_words_what_signs_say(run: Callable[..., Any]) -> None:
    out = run("--plain", "quiz", "mixed", input="1\nr\nh\ny\nn\n").output
    assert "Option 1: " in out
    assert "Question 2: blank." in out
    assert re.search(r"Question 1\. (Right|Wrong)", out)


def test_plain_may_stand_after_the_command(run: Callable[..., Any]) -> None:
    assert run("lessons", "--plain").output == run("--plain", "lessons").output


def test_terminal_is_coloured(terminal: Start) -> None:
    screen = terminal("lessons", COLORTERM="truecolor")
    assert screen.ends() == 0
    assert "48;2;0;83;155" in screen.seen


@pytest.mark.parametrize("command", [("lessons",), ("read", "2", "--no-ask")])
def test_no_color_is_respected_at_a_terminal(terminal: Start, command: tuple[str, ...]) -> None:
    screen = terminal(*command, NO_COLOR="1")
    assert screen.ends() == 0
    assert "Source evaluation" in screen.seen
    assert ESCAPE not in screen.seen


def test_plain_mode_at_a_terminal_has_no_pager_and_no_codes(terminal: Start) -> None:
    screen = terminal("--plain", "read", "2", PAGER="sed s/^/PAGED/")
    assert screen.ends() == 0
    assert "PAGED" not in screen.seen
    assert ESCAPE not in screen.seen
    assert "Who Coast guard. What: boats." in screen.seen


def test_narrow_terminal_is_not_overrun(terminal: Start) -> None:
    screen = terminal("lessons", COLUMNS="40", NO_COLOR="1")
    assert screen.ends() == 0
    assert max(len(line) for line in screen.seen.splitlines()) <= 40
