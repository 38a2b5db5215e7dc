"""One question checked while it is written: the same rules, each finding beside its field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.library.check import check_course
from app.library.check.rule import Subject
from app.library.check.rules import RULES
from app.library.check.single import FIELD_OF, FieldFinding, findings_for
from app.library.load import load_course, read_course
from app.library.model import Library
from app.questions.bank import read_bank
from tests.library.check.course import base_files, question, write
from tests.library.check.test_rules import CASES, files_of

pytestmark = pytest.mark.pure


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The base course."""
    return load_course(write(tmp_path_factory.mktemp("course"), base_files()))[0]


def found(library: Library, kind: str = "single_choice", **changes: Any) -> list[FieldFinding]:
    """The findings on a question that is in no bank."""
    changed = question(kind, **({"id": "new", "stem": "To what does a day below a name belong?"} | changes))
    text = yaml.safe_dump({"lesson": "01-first", "questions": [changed]}, allow_unicode=True)
    questions, problems = read_bank(text, "new.yaml")
    assert problems == []
    return findings_for(library, questions[0])


def places(findings: list[FieldFinding]) -> set[tuple[str, str]]:
    return {(finding.rule, finding.field) for finding in findings}


def first_case(rule: str) -> dict[str, Any]:
    return next(case for case in CASES if case["rule"] == rule and case["fires"])


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_speaks_of_questions_names_a_field(rule: str, tmp_path: Path) -> None:
    speaks = False
    for case in [case for case in CASES if case["rule"] == rule and case["fires"]][:3]:
        library, _, places = read_course(write(tmp_path, files_of(case)))
        speaks |= any(finding.question for finding in RULES[rule].find(Subject(library, places)))
    assert not speaks or rule in FIELD_OF


def test_every_field_belongs_to_a_rule() -> None:
    assert FIELD_OF.keys() <= RULES.keys()


def test_a_good_question_has_no_findings(library: Library) -> None:
    assert found(library) == []


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"stem": ""}, ("Q-06", "stem")),
        ({"explanation": "Too short."}, ("Q-03", "explanation")),
        ({"source": None}, ("Q-02", "source")),
        ({"source": {"ref": "S9", "at": "page 1"}}, ("SRC-01", "source")),
        ({"level": "ponder"}, ("Q-01", "level")),
        ({"objective": "str.nine"}, ("Q-01", "objective")),
        ({"enemies": ["nobody"]}, ("FMT-06", "enemies")),
        (
            {"explanation": "Iran must leave. " + "The clerk signs each page on the day of the count. " * 2},
            ("SRC-04", "explanation"),
        ),
        ({"hints": ["![A plan](plan.png)"]}, ("IMG-01", "hints")),
    ],
)
def test_a_finding_stands_beside_its_field(changes: dict[str, Any], place: tuple[str, str], library: Library) -> None:
    assert place in places(found(library, **changes))


def test_a_finding_about_an_option_names_it(library: Library) -> None:
    options = question()["options"]
    options = [options[0], {**options[1], "feedback": ""}, {**options[2], "misconception": None}]
    assert {("Q-04", "ship"), ("MC-13", "print")} <= places(found(library, options=options))


def test_a_unit_is_asked_for_beside_its_field(library: Library) -> None:
    assert ("TY-NU", "unit") in places(found(library, "numeric", unit=None))


def test_a_question_is_compared_with_those_of_the_library(library: Library) -> None:
    twin = library.questions["base-single-choice"].head.stem
    assert ("Q-15", "stem") in places(found(library, stem=twin))
    assert ("Q-15", "stem") not in places(found(library, id="base-single-choice", stem=twin))


def test_the_gravest_comes_first_and_answered_warnings_are_left_out(library: Library) -> None:
    ok = [{"rule": "MC-13", "reason": "Nobody falls for it.", "by": "Kim"}]
    options = [{**option, "misconception": None} for option in question()["options"]]
    findings = found(library, options=options, explanation="Short.", tags=[], lint_ok=ok, stem="Which one?")
    assert [finding.severity for finding in findings] == sorted(finding.severity for finding in findings)
    assert findings[0].severity == "error"
    assert "MC-13" not in {finding.rule for finding in findings}


def test_it_says_what_the_check_of_the_whole_says(tmp_path: Path) -> None:
    case = first_case("Q-04")
    folder = write(tmp_path, files_of(case))
    library, _ = load_course(folder)
    whole = {(p.rule, p.severity, p.message) for p in check_course(folder).problems}
    mine = {
        (f.rule, f.severity, f"{q.id}: {f.message}")
        for q in library.questions.values()
        for f in findings_for(library, q)
    }
    assert mine == whole
    assert mine
