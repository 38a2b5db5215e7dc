"""`offramp new`: a course to start from, and a question to fill in."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.cli.check import schema_text
from app.cli.starting import appended
from app.library.check import check_course
from app.library.load import load_course
from app.questions.types import TYPES

pytestmark = pytest.mark.pure
LESSON = "01-who-wrote-it"
BANK = f"questions/{LESSON}.yaml"


def offramp(*arguments: object, **env: str) -> Result:
    """Run a command that needs no database."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=env)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course as `offramp new course` makes it."""
    assert offramp("new", "course", tmp_path / "weather").exit_code == 0
    return tmp_path / "weather"


def test_a_new_course_has_no_error_and_no_warning(course: Path) -> None:
    assert offramp("check", course, "--strict").output == (
        "1 lesson, 3 objectives, 6 questions. 0 errors, 0 warnings.\n"
    )


def test_a_new_course_has_a_self_check_a_quiz_and_several_kinds(course: Path) -> None:
    library, _ = load_course(course)
    assert library.lessons[LESSON].checks
    assert library.quiz_of(LESSON) is not None
    assert len({question.kind for question in library.questions.values()}) >= 3


def test_a_new_course_brings_the_schema_for_editors(course: Path) -> None:
    assert (course / "questions" / "schema.json").read_text(encoding="utf-8") == schema_text()
    assert (course / BANK).read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n")


def test_every_file_of_a_new_course_says_in_comments_what_to_change(course: Path) -> None:
    for file in course.rglob("*.*"):
        assert file.suffix == ".json" or "# " in file.read_text(encoding="utf-8"), file


def test_the_next_steps_are_commands_with_this_folder(tmp_path: Path) -> None:
    said = offramp("new", "course", tmp_path / "my course").output
    for step in ("serve --course", "check", "new question 1 single_choice --course"):
        assert f"  offramp {step} '{tmp_path}/my course'" in said


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert offramp("new", "course", tmp_path).exit_code == 0
    assert (tmp_path / BANK).is_file()


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear")
    result = offramp("new", "course", tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path} is not empty." in result.stderr
    assert os.listdir(tmp_path) == ["diary.txt"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "is a file" in offramp("new", "course", tmp_path / "file").stderr
    result = offramp("new", "course", tmp_path / "file" / "weather")
    assert result.exit_code == 1
    assert "Name another folder." in result.stderr


# ---------------------------------------------------------------- one more question


@pytest.mark.parametrize("kind", TYPES)
def test_a_template_pleases_every_rule(course: Path, kind: str) -> None:
    assert offramp("new", "question", "1", kind, "--course", course).exit_code == 0
    assert check_course(course).problems == ()
    added = load_course(course)[0].questions["who-wrote-it-7"]
    assert (added.kind, added.head.use, added.lesson) == (kind, "practice", LESSON)


def test_file_and_line_of_the_new_question_are_told(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course.parent)
    said = offramp("new", "question", LESSON, "cloze", "--course", "weather").output
    line = load_course(course)[0].questions["who-wrote-it-7"].place.line
    assert f"  weather/{BANK}:{line}\n" in said
    assert f"  offramp preview weather/{BANK} who-wrote-it-7\n" in said


def test_what_is_in_the_file_stays_byte_for_byte(course: Path) -> None:
    before = (course / BANK).read_bytes()
    offramp("new", "question", "1", "matching", "--course", course)
    assert (course / BANK).read_bytes().startswith(before)


def test_the_ids_of_several_new_questions_differ(course: Path) -> None:
    for _ in range(2):
        offramp("new", "question", "1", "numeric", "--course", course)
    assert {"who-wrote-it-7", "who-wrote-it-8"} <= load_course(course)[0].questions.keys()


def test_a_bank_that_is_not_there_is_made(course: Path) -> None:
    (course / BANK).unlink()
    offramp("new", "question", "1", "ordering", "--course", course)
    text = (course / BANK).read_text(encoding="utf-8")
    assert text.startswith(f"# yaml-language-server: $schema=schema.json\nlesson: {LESSON}\nquestions:\n  - id: ")
    assert list(load_course(course)[0].questions) == ["who-wrote-it-1"]


def test_the_question_goes_to_the_private_bank_that_is_named(course: Path, tmp_path: Path) -> None:
    (tmp_path / "graded" / "questions").mkdir(parents=True)
    before = (course / BANK).read_bytes()
    result = offramp("new", "question", "1", "numeric", "--course", course, "--course", tmp_path / "graded")
    assert result.exit_code == 0, result.output
    assert "who-wrote-it-7" in (tmp_path / "graded" / BANK).read_text(encoding="utf-8")
    assert (course / BANK).read_bytes() == before


def test_an_unknown_kind_is_answered_with_all_kinds(course: Path) -> None:
    result = offramp("new", "question", "1", "essay", "--course", course)
    assert result.exit_code == 1
    assert f"There is no kind 'essay'. The kinds are {', '.join(TYPES)}." in result.stderr


def test_an_unknown_lesson_is_answered_with_all_lessons(course: Path) -> None:
    result = offramp("new", "question", "9", "cloze", "--course", course)
    assert result.exit_code == 1
    assert "There is no lesson '9'. Lessons: 1 (Who wrote it, and when)." in result.stderr


@pytest.mark.parametrize(
    ("bank", "indent"),
    [
        ("lesson: x\nquestions:\n- id: a\n", ""),
        ("lesson: x\nquestions:\n    # mine\n\n    - id: a", "    "),
        ("lesson: x\nquestions: []  # none yet\n", "  "),
        ("lesson: x\nquestions:\n", "  "),
        ("lesson: x\r\nquestions:\r\n  - id: a\r\n", "  "),
    ],
)
def test_the_form_of_the_file_is_kept(bank: str, indent: str) -> None:
    end = "\r\n" if "\r\n" in bank else "\n"
    assert appended(bank, "- id: b\n  key: 1\n").endswith(f"{indent}- id: b{end}{indent}  key: 1{end}")
    assert appended(bank, "- id: b\n").startswith(bank.replace(" []", "").rstrip())


@pytest.mark.parametrize(
    "text",
    [
        f"lesson: {LESSON}\nquestions: [{{id: a}}]\n",
        f"questions:\n  - id: a\nlesson: {LESSON}\n",
        f"lesson: {LESSON}\nquestions: [\n",
    ],
)
def test_a_file_that_cannot_take_another_question_is_left_as_it_is(course: Path, text: str) -> None:
    (course / BANK).write_text(text, encoding="utf-8")
    result = offramp("new", "question", "1", "numeric", "--course", course)
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert (course / BANK).read_text(encoding="utf-8") == text


def test_the_file_keeps_its_rights_and_leaves_no_draft(course: Path) -> None:
    (course / BANK).chmod(0o640)
    offramp("new", "question", "1", "numeric", "--course", course)
    assert stat.S_IMODE((course / BANK).stat().st_mode) == 0o640
    assert sorted(os.listdir(course / "questions")) == [f"{LESSON}.yaml", "quizzes.yaml", "schema.json"]


def test_a_new_course_can_be_read_at_once(offramp: Callable[..., Any], course: Path) -> None:
    said = offramp("--plain", "lessons", "--course", str(course)).stdout
    assert "Who wrote it, and when" in said
    assert "A costly word" not in said
