"""Each rule on small texts that break it and small texts that do not, through the same door as an author's."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.library.check import check_course
from app.library.check.rules import RULES
from app.questions.problems import Problem
from tests.library.check.course import BANK_FILE, LESSON_FILE, base_files, lesson, question, write

pytestmark = pytest.mark.pure
TODAY = date(2026, 1, 1)
CASES: list[dict[str, Any]] = [
    case
    for file in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
]


def files_of(case: dict[str, Any]) -> dict[str, Any]:
    """The base course with what a case changes in it."""
    files = base_files()
    if "question" in case:
        files[BANK_FILE] = {"lesson": case.get("bank", "01-first"), "questions": [question(**case["question"])]}
    if "questions" in case:
        questions = [question(**{"id": f"q{n}", **changes}) for n, changes in enumerate(case["questions"])]
        files[BANK_FILE] = {"lesson": "01-first", "questions": questions}
    if "many" in case:
        each = [changes for changes in case["many"] for _ in range(changes.get("count", 1))]
        bare = [{name: value for name, value in changes.items() if name != "count"} for changes in each]
        questions = [question(**{"id": f"q{n}", **changes}) for n, changes in enumerate(bare)]
        files[BANK_FILE] = {"lesson": "01-first", "questions": questions}
    if "lesson" in case:
        changes = dict(case["lesson"])
        body = str(changes.pop("body", "")) * int(changes.pop("times", 1))
        files[LESSON_FILE] = lesson(body, **changes)
    for part, file in (("source", "sources"), ("term", "glossary"), ("quotes", "article/quotes")):
        if part in case:
            files[f"lessons/{file}.yaml"] += case[part] if isinstance(case[part], list) else [case[part]]
    for field, value in case.get("objective", {}).items():
        files["lessons/course.yaml"]["objectives"][0][field] = value
    files["lessons/course.yaml"] |= case.get("course", {})
    return files | case.get("files", {})


def check(folder: Path, files: dict[str, Any]) -> tuple[Problem, ...]:
    """The problems of a course with these files."""
    return check_course(write(folder, files), today=TODAY).problems


def test_the_base_course_pleases_every_rule(tmp_path: Path) -> None:
    assert check(tmp_path, base_files()) == ()


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case['rule']}-{case['fires']}" for n, case in enumerate(CASES)])
def test_rule_on_case(case: dict[str, Any], tmp_path: Path) -> None:
    problems = check(tmp_path, files_of(case))
    mine = [problem for problem in problems if problem.rule == case["rule"]]
    if not case["fires"]:
        assert mine == []
        assert [problem for problem in problems if problem.rule.startswith("FMT")] == [], "the case is malformed"
        return
    assert case["fires"] in {problem.severity for problem in mine}, problems
    if "says" in case:
        assert any(case["says"] in problem.message for problem in mine), mine
    if "line" in case:
        assert case["line"] in {problem.line for problem in mine}, mine


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_two_cases_that_fire_and_two_that_do_not(rule: str) -> None:
    counts = Counter(bool(case["fires"]) for case in CASES if case["rule"] == rule)
    assert counts[True] >= 2
    assert counts[False] >= 2


@pytest.mark.parametrize("rule", RULES)
def test_every_severity_that_a_rule_names_has_a_case(rule: str) -> None:
    named = {severity for severity in ("error", "warning", "info") if severity in RULES[rule].severity}
    assert named == {case["fires"] for case in CASES if case["rule"] == rule and case["fires"]}
