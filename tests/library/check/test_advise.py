"""`rules: advise`: errors of quality become warnings for the questions of a bank, and nothing else does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.library.check import check_course
from app.library.check.run import NEEDED, Report
from tests.library.check.course import BANK_FILE, LESSON, base_files, question, write

pytestmark = pytest.mark.pure


def report_on(folder: Path, *questions: dict[str, Any], rules: str = "advise", lesson: str = LESSON) -> Report:
    """The report on the base course with these questions in its bank."""
    bank = {"lesson": lesson, "rules": rules, "questions": list(questions)}
    return check_course(write(folder, base_files() | {BANK_FILE: bank}))


def severities(report: Report) -> dict[str, str]:
    return {problem.rule: problem.severity for problem in report.problems}


def test_what_lacks_in_quality_is_advice(tmp_path: Path) -> None:
    bare = question(source=None, explanation=None, level=None)
    assert severities(report_on(tmp_path / "a", bare)) == dict.fromkeys(("Q-01", "Q-02", "Q-03"), "warning")
    assert severities(report_on(tmp_path / "s", bare, rules="strict")) == dict.fromkeys(
        ("Q-01", "Q-02", "Q-03"), "error"
    )


def test_a_question_without_objective_and_lesson_is_served(tmp_path: Path) -> None:
    report = report_on(tmp_path, question(objective=None), lesson="")
    assert severities(report) == {"Q-01": "warning"}
    assert "base" in report.library.questions


def test_an_objective_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    report = report_on(tmp_path, question(objective="str.nine"))
    assert severities(report) == {"Q-01": "error"}
    assert "base" not in report.library.questions


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("FMT-06", {"enemies": ["nobody"]}),
        ("SRC-01", {"source": {"ref": "S9", "at": "page 1"}}),
        ("IMG-01", {"stem": "What is it that the plan shows? ![A plan](plan.png)"}),
        ("Q-05", {"evidence": ["words that nobody said"]}),
        ("Q-06", {"stem": ""}),
        ("MC-05", {"options": [{"id": i, "text": "Tea", "key": i == "a"} for i in "abc"]}),
        ("MC-12", {"options": [{"id": i, "text": i} for i in "abc"]}),
        ("FMT-02", {"colour": "red"}),
    ],
)
def test_what_is_missing_or_cannot_be_answered_stays_an_error(
    rule: str, changes: dict[str, Any], tmp_path: Path
) -> None:
    assert severities(report_on(tmp_path, question(**changes)))[rule] == "error"
    assert rule in NEEDED or rule == "FMT-02"


def test_a_weighed_warning_is_answered_though_it_was_an_error(tmp_path: Path) -> None:
    ok = {"rule": "Q-03", "reason": "It says all in its feedback.", "by": "Kim"}
    report = report_on(tmp_path, question(explanation=None, lint_ok=[ok]))
    assert report.problems == ()
    assert [answer.ok.rule for answer in report.answered] == ["Q-03"]


def test_a_bank_that_is_advised_on_makes_no_error_of_the_whole(tmp_path: Path) -> None:
    options = [{"id": "a", "key": True, "text": "A far longer text than that of the others"}, {"id": "b", "text": "No"}]
    many = [question(id=f"q{n}", options=options) for n in range(30)]
    assert severities(report_on(tmp_path / "a", *many))["BNK-02"] == "warning"
    assert severities(report_on(tmp_path / "s", *many, rules="strict"))["BNK-02"] == "error"
