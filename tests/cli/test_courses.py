"""Courses of one's own on the command line: --course before and after a command, several, a private bank."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.paths import PACKAGE
from tests.support.course import GRADED, edit
from tests.support.databases import COURSE

Start = Callable[..., Any]


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """A course of one's own."""
    folder = tmp_path / "notices"
    shutil.copytree(PACKAGE / "cli" / "starter" / "course", folder)
    return folder


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A private bank for the small course."""
    folder = tmp_path / "bank"
    (folder / "questions").mkdir(parents=True)
    (folder / "questions" / "graded.yaml").write_text(GRADED, encoding="utf-8")
    return folder


def check(*arguments: object, **env: str) -> Result:
    """`offramp check`, which needs no database."""
    return CliRunner().invoke(main, ["check", *map(str, arguments)], env={"OFFRAMP_COURSE": str(COURSE), **env})


def test_one_course_stands_in_place_of_the_setting(offramp: Start, notices: Path) -> None:
    for line in (["--course", str(notices), "lessons"], ["lessons", "--course", str(notices)]):
        said = offramp(*line).stdout
        assert "Who wrote it, and when" in said
        assert "A costly word" not in said


def test_two_courses_stand_side_by_side_and_equal_numbers_are_told_apart(offramp: Start, notices: Path) -> None:
    both = os.pathsep.join((str(COURSE), str(notices)))
    said = offramp("lessons", OFFRAMP_COURSE=both).stdout
    assert said.index("A costly word") < said.index("Who wrote it, and when")
    assert "Next: offramp read 01-a-costly-word" in said
    refused = offramp("read", "1", OFFRAMP_COURSE=both)
    assert refused.returncode == 1
    assert "'1' fits more than one lesson." in refused.stderr
    assert "01-a-costly-word (A costly word), 01-who-wrote-it (Who wrote it, and when)" in refused.stderr


def test_a_question_of_the_second_course_is_asked(offramp: Start, notices: Path) -> None:
    said = offramp("--plain", "quiz", "check-01-who-wrote-it", "--course", str(COURSE), "--course", str(notices))
    assert "Question 1 of 3" in said.stdout


def test_a_course_that_is_not_there_is_refused(offramp: Start, tmp_path: Path) -> None:
    refused = offramp("lessons", "--course", str(tmp_path / "wether"))
    assert refused.returncode == 2
    assert f"There is no folder {tmp_path / 'wether'}." in refused.stderr


def test_what_is_left_out_of_the_second_course_is_named_with_its_folder(
    terminal: Start, free_port: int, notices: Path
) -> None:
    line = edit(notices, "questions/01-who-wrote-it.yaml", "id: rider,", "id: rider, colour: red,")
    screen = terminal("serve", "--port", str(free_port), "--course", str(COURSE), "--course", str(notices))
    assert "Left out of the course" in screen.says(f"notices/questions/01-who-wrote-it.yaml:{line}:")


def test_all_courses_that_are_served_are_checked(notices: Path) -> None:
    line = edit(notices, "questions/01-who-wrote-it.yaml", "id: rider,", "id: rider, colour: red,")
    result = check("--course", COURSE, "--course", notices)
    assert result.exit_code == 1
    assert f"notices/questions/01-who-wrote-it.yaml:{line}: error FMT-02" in result.output


def test_a_private_bank_is_checked_beside_its_course_and_only_its_problems_are_told(bank: Path) -> None:
    line = edit(bank, "questions/graded.yaml", "objective: src.date", "objective: src.none")
    result = check(bank)
    assert result.exit_code == 1
    assert f"bank/questions/graded.yaml:{line - 3}: error Q-01: graded-one: There is no objective" in result.output
    assert not [said for said in result.output.splitlines() if said.startswith(("questions/", "lessons/"))]


def test_a_sound_private_bank_has_no_error(bank: Path) -> None:
    result = check(bank)
    assert result.exit_code == 0
    assert "1 question, checked beside The test course. 0 errors" in result.output


def test_a_private_bank_that_is_served_anyway_is_checked_once(bank: Path) -> None:
    both = os.pathsep.join((str(COURSE), str(bank)))
    assert check(bank, OFFRAMP_COURSE=both).output == check(bank).output


def test_a_question_that_the_course_has_already_is_named_with_both_files(bank: Path) -> None:
    edit(bank, "questions/graded.yaml", "id: graded-one", "id: two-counts")
    said = check(bank).output
    assert "bank/questions/graded.yaml:4: error FMT-05: The question id “two-counts” is taken by questions/02-" in said


def test_the_share_of_the_article_is_told_of_a_course_with_an_article_only(notices: Path) -> None:
    assert "of the article quoted" in check(COURSE).output
    assert "article" not in check(notices).output


def test_an_article_of_unknown_length_is_asked_for_its_words(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(COURSE, folder)
    edit(folder, "lessons/course.yaml", "words_in_article: 437\n", "")
    assert "lessons/course.yaml:1: error QUO-02: Say how many words the article has" in check(folder).output
