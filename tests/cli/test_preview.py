"""`offramp preview`: questions of a bank as learners see them, tried and explained; nothing is stored."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.paths import PACKAGE
from app.questions.types import TYPES
from tests.support.course import edit, line_of
from tests.support.databases import COURSE

BANK = "questions/01-who-wrote-it.yaml"
Start = Callable[..., Any]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with a bank of four kinds."""
    folder = tmp_path / "notices"
    shutil.copytree(PACKAGE / "cli" / "starter" / "course", folder)
    return folder


def preview(*arguments: object) -> Result:
    """What the command writes where nobody can answer."""
    return CliRunner().invoke(main, ["preview", *map(str, arguments)])


def test_all_questions_are_shown_without_their_keys(course: Path) -> None:
    said = preview(course / BANK).output
    assert "Question 6 of 6" in said
    assert "She may not decide it" in said
    assert "A name helps only if" not in said


def test_the_key_and_every_option_explained_are_shown_when_wanted(course: Path) -> None:
    said = preview(course / BANK, "notice-signed", "--key").output
    assert "A name helps only if it is that of somebody" in said
    assert "A stamp can be added by anybody" in said
    assert "Source: Town library, page 1." in said


def test_only_the_questions_named_are_shown_in_the_order_named(course: Path) -> None:
    said = preview(course / BANK, "notice-gap", "notice-signed").output
    assert said.index("notice-gap, line") < said.index("notice-signed, line")
    assert "notice-foot-date" not in said


def test_an_unknown_id_is_answered_with_those_that_there_are(course: Path) -> None:
    result = preview(course / BANK, "notice-gaps")
    assert result.exit_code == 1
    assert "There is no question 'notice-gaps'" in result.stderr
    assert "notice-signed, notice-two-dates" in result.stderr


def test_problems_come_first_with_their_lines_and_the_rest_is_shown(course: Path) -> None:
    edit(course, BANK, "id: rider,", "id: rider, colour: red,")
    edit(course, BANK, "objective: notice.open\n    level: understand", "objective: notice.shut\n    level: understand")
    said = preview(course / BANK).output
    wrong, missing = (line_of(course, BANK, words) for words in ("colour: red", "id: notice-in-order"))
    assert said.startswith(f"{course / BANK}:{wrong}: error FMT-02: ")
    assert f"{course / BANK}:{missing}: error Q-01: " in said
    assert "Question 5 of 5" in said


def test_a_file_without_a_question_is_told(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text("lesson: x\nquestions: []\n")
    result = preview(tmp_path / "bank.yaml")
    assert result.exit_code == 1
    assert "There is no question in" in result.stderr


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_bytes("lesson: Übung".encode("latin-1"))
    assert "is not UTF-8" in preview(tmp_path / "bank.yaml").stderr


@pytest.mark.parametrize("flags", [(), ("--plain",)])
def test_every_kind_is_shown_in_80_columns(flags: tuple[str, ...]) -> None:
    said = preview(COURSE / "questions" / "03-every-kind.yaml", "--key", *flags).output
    assert max(map(len, said.splitlines())) <= 80
    assert said.count("\nKey\n") == said.count("Question ") >= len(TYPES)


def test_an_answer_is_marked_and_can_be_tried_again(terminal: Start, course: Path, tmp_path: Path) -> None:
    screen = terminal("preview", str(course / BANK), "notice-foot-date")
    screen.says("Enter shows the key")
    screen.type("event")
    said = screen.says("Enter goes on")
    assert "Wrong" in said
    assert "The day of the event tells when to come" in said
    screen.type("a")
    screen.says("Enter shows the key")
    screen.type("writing")
    assert "Right" in screen.says("Enter goes on")
    screen.type("")
    assert screen.ends() == 0
    assert not (tmp_path / "data").exists()


def test_enter_alone_shows_the_key_and_a_colon_q_stops(terminal: Start, course: Path) -> None:
    screen = terminal("--plain", "preview", str(course / BANK))
    screen.says("Enter shows the key")
    screen.type("")
    said = screen.says("Enter goes on")
    assert "Key" in said
    assert "Left blank" not in said
    screen.type("")
    screen.says("Question 2 of 6")
    screen.says("Enter shows the key")
    screen.type("99")
    screen.says("Enter shows the key")
    screen.type(":q")
    assert screen.ends() == 0
