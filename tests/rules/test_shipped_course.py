"""The course that comes with the program is sound."""

from __future__ import annotations

import pytest

from app.library.check import Report, check_course
from app.paths import content_folder

pytestmark = pytest.mark.pure


@pytest.fixture(scope="module")
def report() -> Report:
    """What the linter says of the shipped course."""
    return check_course(content_folder())


def test_shipped_course_has_no_errors(report: Report) -> None:
    assert [str(problem) for problem in report.problems if problem.severity == "error"] == []


def test_shipped_course_has_lessons_and_questions_of_every_kind(report: Report) -> None:
    data = report.as_data()
    assert data["lessons"] >= 1
    assert min(data["questions"]["by_kind"].values()) >= 1
