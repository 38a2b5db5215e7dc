"""Whole courses: everything at once, waived warnings, and files that are broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.library.check import check_course
from app.library.check.sources import quoted_share
from app.library.load import load_course
from tests.library.check.course import BANK_FILE, CHECKS, LESSON_FILE, base_files, lesson, question, write

pytestmark = pytest.mark.pure
WAIVER = {"rule": "Q-06", "reason": "The passage asks.", "by": "Tess"}


def bank(*questions: dict[str, Any]) -> dict[str, Any]:
    """A bank of these questions."""
    return {"lesson": "01-first", "questions": list(questions)}


def rules(folder: Path, changes: dict[str, Any]) -> list[tuple[str, int, str]]:
    """(file, line, rule) of every problem of the base course with some files changed."""
    report = check_course(write(folder, base_files() | changes))
    return [(problem.file, problem.line, problem.rule) for problem in report.problems]


def test_problems_of_all_files_are_found_at_once(tmp_path: Path) -> None:
    found = rules(
        tmp_path,
        {
            "lessons/sources.yaml": "- {id: S1, titel: T}\n- {id: article}\n",
            LESSON_FILE: lesson("Iran should yield.[^S7]\n\n::: quote gone\n"),
            BANK_FILE: bank(question(level=None, explanation=None, source={"ref": "S1", "at": "p. 1"})),
        },
    )
    assert {rule for _, _, rule in found} >= {"FMT-02", "SRC-01", "SRC-04", "Q-05", "Q-01", "Q-03"}
    assert {file for file, _, _ in found} >= {"lessons/sources.yaml", LESSON_FILE, BANK_FILE}
    assert found == sorted(found)


def test_what_refers_to_nothing_is_checked_like_the_rest(tmp_path: Path) -> None:
    found = rules(tmp_path, {BANK_FILE: bank(question(objective="str.nine", explanation=None))})
    assert {rule for _, _, rule in found} == {"Q-01", "Q-03"}


def test_report_counts_what_would_be_served(tmp_path: Path) -> None:
    files = base_files() | {BANK_FILE: bank(question(), question(id="lost", objective="str.nine"))}
    report = check_course(write(tmp_path, files))
    assert list(report.library.questions) == ["base", *CHECKS]
    assert report.library.questions == load_course(tmp_path)[0].questions


def test_unknown_field_is_named_with_its_line(tmp_path: Path) -> None:
    text = "lesson: 01-first\nquestions:\n- id: a\n  kind: short_answer\n  stemm: x\n"
    report = check_course(write(tmp_path, base_files() | {BANK_FILE: text}))
    unknown = [problem for problem in report.problems if problem.rule == "FMT-02"]
    assert [(problem.line, "stemm" in problem.message) for problem in unknown] == [(5, True)]


def test_duplicate_id_names_the_first_place(tmp_path: Path) -> None:
    twins = bank(question(), question(kind="ordering", id="base"))
    report = check_course(write(tmp_path, base_files() | {BANK_FILE: twins}))
    [problem] = [problem for problem in report.problems if problem.rule == "FMT-05"]
    assert f"{BANK_FILE}:3" in problem.message
    assert problem.line > 3


@pytest.mark.parametrize(
    ("file", "content", "rule"),
    [
        (BANK_FILE, b"\xff\xfe\x00", "FMT-01"),
        (LESSON_FILE, b"---\nid: \xe9\n---\n", "FMT-01"),
        ("lessons/course.yaml", b"\xff", "FMT-01"),
        ("lessons/figures/dots.svg", b"\xff", "FMT-01"),
        (BANK_FILE, "lesson: [\n", "FMT-01"),
        (BANK_FILE, "? [a, b]\n: 1\n", "FMT-03"),
        (BANK_FILE, "lesson: x\nquestions: &a [*a]\n", "FMT-03"),
        (BANK_FILE, "lesson: !!bool perhaps\nquestions: []\n", "FMT-03"),
        (BANK_FILE, "lesson: !!timestamp soon\nquestions: []\n", "FMT-03"),
        (BANK_FILE, f"lesson: 0x{'f' * 6000}\nquestions: []\n", "FMT-03"),
        (BANK_FILE, f"lesson: {'[' * 3000}{']' * 3000}\n", "FMT-01"),
        ("lessons/course.yaml", "strands: [{id: a}]\nstrands: []\n", "FMT-05"),
        ("lessons/glossary.yaml", "a: b\n", "FMT-03"),
        (LESSON_FILE, lesson("::: figure -dots\n:::\n"), "FMT-06"),
        (LESSON_FILE, "No front matter.\n", "FMT-01"),
        ("questions/quizzes.yaml", "- {id: a, title: A}\n", "FMT-06"),
    ],
)
def test_broken_file_is_a_problem_and_no_crash(file: str, content: str | bytes, rule: str, tmp_path: Path) -> None:
    changes: dict[str, Any] = {file: content}
    if file.endswith(".svg"):
        changes[LESSON_FILE] = lesson("::: figure dots\nalt: A row of three dots.\n:::\n")
    assert (file, rule) in {(name, found) for name, _, found in rules(tmp_path, changes)}


def test_figure_that_is_nested_without_end_is_a_problem(tmp_path: Path) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{"<g>" * 3000}{"</g>" * 3000}</svg>'
    body = "::: figure dots\nalt: A row of three dots.\n:::\n"
    found = rules(tmp_path, {LESSON_FILE: lesson(body), "lessons/figures/dots.svg": svg})
    assert ("lessons/figures/dots.svg", 1, "LES-07") in found


def test_empty_folder_is_one_problem(tmp_path: Path) -> None:
    report = check_course(tmp_path)
    assert [(problem.file, problem.rule) for problem in report.problems] == [("lessons/course.yaml", "FMT-01")]
    assert report.quoted_share == 0


def test_waived_warning_is_silent(tmp_path: Path) -> None:
    assert rules(tmp_path, {BANK_FILE: bank(question(stem="Which day is it?", lint_ok=[WAIVER]))}) == []


@pytest.mark.parametrize(
    ("changes", "says", "kept"),
    [
        ({"stem": "Which day is it?", "lint_ok": [WAIVER | {"by": " "}]}, "needs a “reason”", "Q-06"),
        ({"explanation": None, "lint_ok": [WAIVER | {"rule": "Q-03"}]}, "cannot answer", "Q-03"),
        ({"stem": "", "lint_ok": [WAIVER]}, "cannot answer", "Q-06"),
        ({"lint_ok": [WAIVER]}, "answers nothing", None),
        ({"lint_ok": [WAIVER | {"rule": "Q-99"}]}, "not a rule", None),
    ],
)
def test_waiver_that_answers_no_warning_is_reported(
    changes: dict[str, Any], says: str, kept: str | None, tmp_path: Path
) -> None:
    report = check_course(write(tmp_path, base_files() | {BANK_FILE: bank(question(**changes))}))
    [answer] = [problem for problem in report.problems if problem.rule == "OK-01"]
    assert (answer.severity, says in answer.message) == ("warning", True)
    assert [problem.rule for problem in report.problems if problem.rule != "OK-01"] == ([kept] if kept else [])


def test_quoted_share_counts_a_word_in_two_fragments_once(tmp_path: Path) -> None:
    quotes = [
        {"id": "a", "at": "P1", "text": "one two three four five"},
        {"id": "b", "at": "P1", "text": "Two three"},
        {"id": "c", "at": "P1", "text": "three four five six"},
        {"id": "d", "at": "P2", "text": "two three"},
    ]
    library, _ = load_course(write(tmp_path, base_files() | {"lessons/article/quotes.yaml": quotes}))
    assert quoted_share(library) == pytest.approx((6 + 2) / 400)
