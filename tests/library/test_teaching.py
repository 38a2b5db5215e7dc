"""The teacher's pages on disk: what is broken is left out, and named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.library.load import load_course
from app.paths import content_folder
from tests.support.course import copy_course, edit

pytestmark = pytest.mark.pure
FILE = "lessons/teaching/01-a-costly-word.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_course(tmp_path)


def test_a_page_is_found_by_its_lesson(folder: Path) -> None:
    library, problems = load_course(folder)
    assert problems == []
    assert list(library.teaching) == ["01-a-costly-word"]


@pytest.mark.parametrize(
    ("old", "new", "rule", "said"),
    [
        ("parts: [1, 2]", "parts: [1, 9]", "FMT-06", "The lesson has 2 headings; there is no part 9."),
        ("quiz: every-kind", "quiz: unmixed", "FMT-06", "There is no sound quiz “unmixed” in questions/quizzes.yaml."),
        ("minutes: 20", "minutes: 21", "FMT-03", "The steps take 46 minutes; together they take 45."),
        ("hurts: Somebody", "harms: Somebody", "FMT-02", "There is no field “content_note.harms”"),
        ("title: Guess", "title: Guess\n      mood: calm", "FMT-02", "There is no field “plan.steps.0.mood”"),
    ],
)
def test_a_mistake_is_named_at_its_line(folder: Path, old: str, new: str, rule: str, said: str) -> None:
    line = edit(folder, FILE, old, new)
    library, problems = load_course(folder)
    (found,) = [problem for problem in problems if problem.rule == rule]
    assert (found.file, found.severity) == (FILE, "error")
    assert said in found.message
    at_plan = line_of_plan(folder) if rule == "FMT-03" else line
    assert found.line == at_plan + new.count("\n")
    assert list(library.teaching) == []


def line_of_plan(folder: Path) -> int:
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    return lines.index("plan:") + 1


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("::: quote nobody-hurt", "::: quote everybody-well", "Q-05"),
        ("company aloud.[^S02]", "company aloud.[^S99]", "SRC-01"),
    ],
)
def test_a_quotation_or_source_that_is_not_there_is_named(folder: Path, old: str, new: str, rule: str) -> None:
    edit(folder, FILE, old, new)
    library, problems = load_course(folder)
    assert [(problem.file, problem.rule) for problem in problems] == [(FILE, rule)]
    assert list(library.teaching) == []


def test_a_page_without_its_lesson_is_named(folder: Path) -> None:
    other = "lessons/teaching/09-nowhere.yaml"
    (folder / FILE).rename(folder / other)
    edit(folder, other, "id: 01-a-costly-word", "id: 09-nowhere")
    library, problems = load_course(folder)
    assert [(p.file, p.line, p.rule, p.message) for p in problems] == [
        (other, 1, "FMT-06", "There is no sound lesson “09-nowhere”.")
    ]
    assert list(library.teaching) == []


def test_a_page_under_another_name_is_told_where_it_belongs(folder: Path) -> None:
    (folder / FILE).rename(folder / "lessons/teaching/costly.yaml")
    library, problems = load_course(folder)
    (found,) = problems
    assert (found.file, found.rule) == ("lessons/teaching/costly.yaml", "FMT-06")
    assert found.message.endswith("this one is lessons/teaching/01-a-costly-word.yaml.")
    assert list(library.teaching) == []


def test_a_lesson_stays_when_its_page_is_broken(folder: Path) -> None:
    (folder / FILE).write_text("id: [", encoding="utf-8")
    library, problems = load_course(folder)
    assert [(problem.file, problem.rule) for problem in problems] == [(FILE, "FMT-01")]
    assert "01-a-costly-word" in library.lessons


def test_every_shipped_lesson_has_its_page() -> None:
    library, _ = load_course(content_folder())
    assert list(library.teaching) == list(library.lessons)
