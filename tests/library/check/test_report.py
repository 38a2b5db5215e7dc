"""`offramp check --report`: what a course is like in numbers."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli import main
from app.library.check import check_course
from app.library.check.report import as_html, as_markdown, course_report
from app.paths import content_folder
from tests.library.check.course import BANK_FILE, base_files, question, write

pytestmark = pytest.mark.pure
KEPT = Path(__file__).parents[3] / "docs" / "course-report.md"


def run(folder: Path, *arguments: str) -> str:
    """What the command prints for the course in `folder`."""
    result = CliRunner().invoke(main, ["check", str(folder), "--report", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def cells(report: str, begins: str) -> list[str]:
    """The cells of the first row whose first cell begins so."""
    row = next(line for line in report.splitlines() if line.startswith(f"| {begins}"))
    return [cell.strip() for cell in row.strip("|").split("|")]


def bank(*questions: dict[str, Any]) -> dict[str, Any]:
    """The base course with these questions in its bank."""
    return base_files() | {BANK_FILE: {"lesson": "01-first", "questions": list(questions)}}


def test_lesson_has_its_words_longest_segment_prompts_and_sources(tmp_path: Path) -> None:
    row = cells(run(write(tmp_path, base_files())), "1. First")
    assert (row[2], row[3], row[5], row[6]) == ("900", "300", "3", "0")


def test_reading_level_is_that_of_the_rule(tmp_path: Path) -> None:
    grade = float(cells(run(write(tmp_path, base_files())), "1. First")[1])
    assert 0 < grade < 11


def test_objective_has_its_questions_by_level_and_use(tmp_path: Path) -> None:
    files = bank(
        question(id="a"),
        question("ordering", id="b", level="evaluate"),
        question("probability", id="c"),
        question(id="d", use="held_out"),
    )
    row = cells(run(write(tmp_path, files)), "str.one")
    assert row == ["str.one (concept)", "0", "0", "1", "1", "2", "2", "1", "1", "1"]


def test_kinds_have_uses_share_and_guess(tmp_path: Path) -> None:
    report = run(write(tmp_path, bank(question(id="a"), question("numeric", id="b"))))
    assert cells(report, "Single choice") == ["Single choice", "3", "1", "0", "0", "4", "80%", "0.33"]
    assert cells(report, "Probability")[-2:] == ["0%", "–"]


def test_balance_counts_true_statements_and_reports_that_deserve_trust(tmp_path: Path) -> None:
    false = {"verdict": False, "true_version": "It does."}
    files = bank(
        question("true_false", id="a"),
        question("true_false", id="b", **false),
        question("true_false", id="c", use="drill", tags=["origin-north"], **false),
        question("source_rating", id="d"),
    )
    report = run(write(tmp_path, files))
    assert cells(report, "True among statements")[1:] == ["1 of 2", "50%"]
    assert cells(report, "Trustworthy among reports")[1:] == ["1 of 2", "50%"]
    assert cells(report, "Trustworthy among “origin-north”")[1:] == ["0 of 1", "0%"]
    assert cells(report, "Of the article quoted")[2] == "2%"


def test_warning_that_is_kept_stands_with_who_and_why(tmp_path: Path) -> None:
    ok = {"rule": "Q-06", "reason": "The passage | asks.", "by": "Tess"}
    report = run(write(tmp_path, bank(question(stem="Which day is it?", lint_ok=[ok]))))
    assert "| Q-06 | 1 | 0 | 100% |" in report
    assert "| Q-06 in base | Tess | The passage \\| asks. |  |" in report


def test_every_table_has_rows_as_wide_as_its_head(tmp_path: Path) -> None:
    made = course_report(check_course(write(tmp_path, base_files())))
    assert [table.title for table in made.tables if any(len(row) != len(table.head) for row in table.rows)] == []


def test_empty_course_has_a_report(tmp_path: Path) -> None:
    assert "0 lessons, 0 objectives, 0 questions." in run(tmp_path)


def test_page_has_every_table_and_needs_nothing_else(tmp_path: Path) -> None:
    files = base_files()
    files["lessons/course.yaml"]["title"] = "Ships & <quays>"
    page = run(write(tmp_path, files), "--html")
    assert page.startswith("<!doctype html>\n")
    assert page.count("<table>") == page.count("<h2>") - page.count("<p>None.</p>")
    assert "Ships &amp; &lt;quays&gt;" in page
    assert re.search(r"<(?:link|script|style|img|a)\b|style=|https?:", page) is None


def test_html_without_a_report_is_a_misuse(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["check", str(tmp_path), "--html"]).exit_code == 2


def test_report_does_not_depend_on_the_day(tmp_path: Path) -> None:
    folder = write(tmp_path, bank(question(review_by=date(2001, 1, 1))))
    reports = [course_report(check_course(folder, today=day)) for day in (None, date(2000, 1, 1), date(2026, 1, 1))]
    assert reports[0] == reports[1] == reports[2]


def test_kept_report_is_fresh() -> None:
    made = course_report(check_course(content_folder()))
    assert as_html(made)
    assert not KEPT.exists() or KEPT.read_text(encoding="utf-8") == as_markdown(made), "run: make course-report"
