"""docs/authors.md says everything that an author can write, and its example works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from app.lessons.dossier import (
    WORDS,
    Claim,
    Clock,
    CommonDate,
    Count,
    CountGroup,
    Dossier,
    Event,
    Evidence,
    Name,
    Omission,
    Paragraph,
    Place,
    Verdict,
)
from app.lessons.figures import _TAGS
from app.lessons.model import (
    Blueprint,
    Course,
    FrontMatter,
    Objective,
    Quote,
    Reading,
    Source,
    Strand,
    Term,
)
from app.lessons.parse import BLOCKS, ONE_LINERS
from app.lessons.teaching import ContentNote, Discussion, Handout, Plan, Step, Teaching
from app.library.check import check_course
from app.library.check.rules import OTHER_RULES, RULES
from app.questions.draw import Draw, Quiz
from app.questions.model import Head, LintOk, Passage, SourceAt
from app.questions.rubric import Anchor, Criterion
from app.questions.types import TYPES
from app.questions.types.assign import Entry
from app.questions.types.base import Option
from app.questions.types.categorise import Member
from app.questions.types.cloze import Blank
from app.questions.types.highlight import SecondReader, Sentence
from app.questions.types.matching import Prompt
from app.questions.types.numeric import Tolerance, WrongNumber
from app.questions.types.ordering import Element
from app.questions.types.probability import Resolution
from app.questions.types.source_rating import RatedCell
from app.questions.types.true_false import Reason
from app.questions.types.typed_answer import Accepted, Wrong
from tests.library.check.course import BANK_FILE, HEAD, LESSON, base_files, write

pytestmark = pytest.mark.pure
GUIDE = (Path(__file__).parents[3] / "docs" / "authors.md").read_text(encoding="utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", GUIDE))
MODELS: list[type[BaseModel]] = [
    *(FrontMatter, Course, Blueprint, Strand, Objective, Source, Term, Quote, Reading, Quiz, Draw),
    *(Teaching, ContentNote, Plan, Step, Discussion, Handout),
    *(Dossier, CommonDate, Clock, Paragraph, Claim, Evidence, Verdict, Omission, Event, Count, CountGroup, Name, Place),
    *(
        Head,
        SourceAt,
        Passage,
        LintOk,
        Option,
        Element,
        Accepted,
        Wrong,
        *(Entry, Member, Prompt, RatedCell, Reason),
        *(Tolerance, WrongNumber, Blank, Sentence, SecondReader, Resolution, Criterion, Anchor),
        *(kind.Body for kind in TYPES.values()),
    ),
]


def is_said(field: str) -> bool:
    """Whether the guide has `field` as code, alone or with a value."""
    return any(code == field or code.startswith(f"{field}: ") or code == f"{field}:" for code in CODE)


@pytest.mark.parametrize(
    ("model", "field"), [(model.__name__, field) for model in MODELS for field in model.model_fields]
)
def test_every_field_is_explained(model: str, field: str) -> None:
    assert is_said(field)


@pytest.mark.parametrize("kind", TYPES)
def test_every_kind_is_named(kind: str) -> None:
    assert is_said(kind)


EXAMPLES = re.findall(r"^```yaml\n(kind: .*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.splitlines()[0].removeprefix("kind: "))
def test_the_example_of_a_kind_pleases_every_rule(example: str, tmp_path: Path) -> None:
    bank = {"lesson": LESSON, "questions": [{**HEAD, **yaml.safe_load(example)}]}
    report = check_course(write(tmp_path, base_files() | {BANK_FILE: bank}))
    assert report.problems == ()


@pytest.mark.parametrize("verdict", WORDS)
def test_every_word_of_a_verdict_is_explained(verdict: str) -> None:
    assert is_said(verdict)


@pytest.mark.parametrize("directive", [*ONE_LINERS, *BLOCKS])
def test_every_directive_is_explained(directive: str) -> None:
    assert any(code.startswith(f"::: {directive}") for code in CODE)


def test_every_element_of_figures_is_listed() -> None:
    listed = next(code for code in CODE if code.startswith("g title"))
    assert {*listed.split(), "svg"} == _TAGS


def test_the_table_of_rules_is_that_of_the_program() -> None:
    rows = dict(re.findall(r"^\| ([A-Z]+-[A-Z0-9]+) (\|.*\|)$", GUIDE, flags=re.MULTILINE))
    program = {rule: f"| {entry.severity} | {entry.wants} |" for rule, entry in RULES.items()}
    program |= {rule: f"| {severity} | {wants} |" for rule, (severity, wants) in OTHER_RULES.items()}
    assert rows == program


def test_every_rule_that_the_program_can_report_is_in_the_table() -> None:
    app = Path(__file__).parents[3] / "app"
    reported = {
        rule
        for file in app.rglob("*.py")
        for rule in re.findall(r'"([A-Z]{1,3}-[A-Z0-9]{2})"', file.read_text(encoding="utf-8"))
    }
    # An encoding looks like a rule.
    assert reported - {*RULES, *OTHER_RULES} == {"UTF-16"} & reported


def first_course() -> dict[str, str]:
    return dict(re.findall(r"^\*\*`([\w/.-]+)`\*\*[^\n]*\n\n```\w+\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL))


def test_the_example_of_a_teachers_page_belongs_to_the_first_course(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(id: 01-two-dates\n.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
    files = first_course() | {"lessons/teaching/01-two-dates.yaml": example}
    report = check_course(write(tmp_path, files))
    assert [str(problem) for problem in report.problems if problem.severity == "error"] == []
    assert list(report.library.teaching) == ["01-two-dates"]


def test_the_course_of_the_first_steps_has_no_errors(tmp_path: Path) -> None:
    files = first_course()
    report = check_course(write(tmp_path, files))
    assert [str(problem) for problem in report.problems if problem.severity == "error"] == []
    assert list(report.library.lessons) == ["01-two-dates"]
    assert len(report.library.questions) == 2
    assert list(report.library.quizzes) == ["check-01"]
