"""Banks: YAML ⇄ questions, with every problem at its file and line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.questions.bank import (
    bank_schema,
    dump_question,
    load_question,
    read_bank,
    signature,
    version_id,
    write_bank,
)
from app.questions.model import Question
from app.questions.types import TYPES
from tests.support.questions import questions

pytestmark = pytest.mark.pure

SOUND = """\
lesson: some-lesson
questions:
  - id: first
    revision: 1
    kind: single_choice
    objective: src.date
    use: practice
    stem: Which?
    options:
      - {id: a, key: true, text: This}
      - {id: b, text: That}
      - {id: c, text: Neither}
"""


def problems_of(text: str) -> list[tuple[int, str, str]]:
    """Line, rule and message of every problem; the file is always named."""
    found = read_bank(dedent(text), "questions/b.yaml")[1]
    assert {problem.file for problem in found} <= {"questions/b.yaml"}
    assert {problem.severity for problem in found} <= {"error"}
    return [(problem.line, problem.rule, problem.message) for problem in found]


def test_a_sound_bank_has_no_problems() -> None:
    found, problems = read_bank(SOUND, "questions/b.yaml")
    assert problems == []
    assert [(q.id, q.kind, q.lesson, q.place.line) for q in found] == [("first", "single_choice", "some-lesson", 3)]


@pytest.mark.parametrize(
    ("old", "new", "line", "rule", "says"),
    [
        ("lesson: some-lesson\n", "", 1, "FMT-04", "“lesson” is missing"),
        ("    stem: Which?\n", "", 3, "FMT-04", "“stem” is missing"),
        ("    revision: 1\n", "", 3, "FMT-04", "“revision” is missing"),
        ("stem: Which?", "stem: Which?\n    stam: Typo", 9, "FMT-02", "no field “stam”"),
        ("lesson: some-lesson", "lesson: some-lesson\ntitle: x", 2, "FMT-02", "no field “title”"),
        ("text: That}", "text: That, txt: x}", 11, "FMT-02", "txt"),
        ("revision: 1", "revision: one", 4, "FMT-03", "“revision”"),
        ("revision: 1", 'revision: "1"', 4, "FMT-03", "“revision”"),
        ("revision: 1", "revision: 0", 4, "FMT-03", "“revision”"),
        ("id: first", "id: First One", 3, "FMT-03", "“id”"),
        ("use: practice", "use: exam", 7, "FMT-03", "“use”"),
        ("objective: src.date", "objective: date", 6, "FMT-03", "“objective”"),
        ("stem: Which?", "stem: 12", 8, "FMT-03", "“stem”"),
        ("stem: Which?", "stem: Which?\n    as_of: 2020-13-45", 9, "FMT-03", "cannot be read"),
        ("stem: Which?", "stem: Which?\n    as_of: yesterday", 9, "FMT-03", "“as_of”"),
        ("stem: Which?", "stem: Which?\n    stem: Again?", 9, "FMT-05", "“stem” is given twice"),
        ("stem: Which?", "stem: [Which?", 9, "FMT-01", "not YAML"),
        ("kind: single_choice", "kind: essay", 5, "Q-01", "no kind “essay”"),
        ("    kind: single_choice\n", "", 3, "Q-01", "“kind” is missing"),
        ("{id: b, text: That}", "{id: a, text: That}", 3, "", "“a” is used twice"),
        ("key: true, ", "", 3, "", "exactly one option"),
        ("stem: Which?", "stem: Which?\n    passage: {text: x}", 9, "FMT-03", "“status”"),
        ("stem: Which?", "stem: Which?\n    passage: {mark: [x]}", 9, "FMT-03", "“quote”"),
        ("stem: Which?", "stem: &a Which?\n    ? [x, y]\n    : z", 9, "FMT-03", "list"),
        ("stem: Which?", "stem: Which?\n    tags: !own x", 9, "FMT-01", "YAML"),
    ],
)
def test_a_problem_names_its_line(old: str, new: str, line: int, rule: str, says: str) -> None:
    assert SOUND.count(old) == 1
    found = problems_of(SOUND.replace(old, new))
    assert [entry[0] for entry in found] == [line], found
    assert found[0][1] == rule or not rule
    assert says in found[0][2]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "FMT-03"),
        ("just words", "FMT-03"),
        ("- a\n- b", "FMT-03"),
        ("lesson: x\nquestions: none", "FMT-03"),
        ("lesson: x\nquestions: [word]", "FMT-03"),
        ("lesson: x\nquestions: [1, [2]]", "FMT-03"),
        ("\x00", "FMT-01"),
        ("%", "FMT-01"),
        ("---\na: 1\n---\nb: 2", "FMT-01"),
        ("lesson: x\nquestions: &a [*a]", "FMT-03"),
    ],
)
def test_what_is_no_bank_gives_problems_and_no_questions(text: str, rule: str) -> None:
    found, problems = read_bank(text, "questions/b.yaml")
    assert found == []
    assert rule in {problem.rule for problem in problems}


def test_a_text_nested_without_end_is_a_problem_and_no_crash() -> None:
    found, problems = read_bank("[" * 900, "questions/b.yaml")
    assert found == []
    assert problems


def test_all_problems_come_at_once_and_sound_questions_are_kept() -> None:
    text = SOUND + (
        "  - {id: second, kind: single_choice, colour: red, use: practice, stem: Which, options: []}\n"
        "  - {id: third, revision: 1, kind: short_answer, use: practice, stem: What, accept: [this]}\n"
    )
    found, problems = read_bank(text, "questions/b.yaml")
    assert {question.id for question in found} == {"first", "third"}
    assert {problem.rule for problem in problems} == {"FMT-02", "FMT-03", "FMT-04"}


@given(st.text(max_size=200))
def test_any_text_at_all_gives_problems_and_never_an_exception(text: str) -> None:
    found, problems = read_bank(text, "questions/b.yaml")
    assert found == []
    assert problems


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
        lambda c: st.lists(c, max_size=3) | st.dictionaries(st.text(max_size=5), c, max_size=3),
    )
)
def test_any_yaml_in_place_of_a_field_gives_problems_and_never_an_exception(value: Any) -> None:
    data = yaml.safe_load(SOUND)
    for field in ("options", "stem", "passage", "source"):
        broken = {**data, "questions": [{**data["questions"][0], field: value}]}
        found, problems = read_bank(yaml.safe_dump(broken, allow_unicode=True), "questions/b.yaml")
        assert bool(found) != bool(problems)


@given(st.lists(questions(), max_size=3, unique_by=lambda question: question.id))
def test_what_is_written_to_a_bank_is_read_back_the_same(written: list[Question]) -> None:
    text = write_bank("some-lesson", written)
    found, problems = read_bank(text, "questions/some-lesson.yaml")
    assert problems == []
    assert found == written
    assert [version_id(q) for q in found] == [version_id(q) for q in written]


@given(questions())
def test_a_question_survives_being_stored(question: Question) -> None:
    stored = json.loads(json.dumps(dump_question(question)))
    assert load_question(stored, lesson=question.lesson, place=question.place) == question


def _change(question: Question, **changes: Any) -> Question:
    return load_question({**dump_question(question), **changes}, lesson=question.lesson, place=question.place)


@given(questions())
def test_who_checked_a_question_makes_no_new_version(question: Question) -> None:
    lint_ok = [{"rule": "MC-01", "reason": "weighed", "by": "Tess"}]
    changed = _change(question, lint_ok=lint_ok, author="Tess", tags=["new-tag"], review_by="2030-01-01")
    moved = replace(changed, place=replace(changed.place, line=99))
    assert changed != question
    assert version_id(moved) == version_id(question)


@given(questions())
def test_a_typo_makes_a_new_version_with_the_same_meaning(question: Question) -> None:
    changed = _change(question, stem=question.head.stem + " x")
    assert version_id(changed) != version_id(question)
    assert signature(changed) == signature(question)


def test_a_question_that_moves_to_another_lesson_is_another_version() -> None:
    question = read_bank(SOUND, "questions/b.yaml")[0][0]
    assert version_id(replace(question, lesson="other")) != version_id(question)


def _bank(kind: str, fields: str) -> Question:
    text = f"lesson: l\nquestions:\n  - {{id: q, revision: 1, kind: {kind}, use: practice, stem: S, {fields}}}"
    found, problems = read_bank(text, "questions/b.yaml")
    assert problems == []
    return found[0]


OPTIONS = "options: [{id: a, key: true, text: A}, {id: b, text: B}, {id: c, text: C}]"
ELEMENTS = "elements: [{id: a, text: A}, {id: b, text: B}, {id: c, text: C}]"
ACCEPT = "accept: [{text: one}, {text: two, credit: 0.5}]"


TURNED = "options: [{id: c, text: X}, {id: b, text: Y}, {id: a, key: true, text: Z}]"
OTHER_KEY = "options: [{id: a, text: A}, {id: b, key: true, text: B}, {id: c, text: C}]"
FEWER = "options: [{id: a, key: true, text: A}, {id: b, text: B}]"
OTHER_ORDER = "elements: [{id: b, text: B}, {id: a, text: A}, {id: c, text: C}]"


@pytest.mark.parametrize(
    ("kind", "before", "after", "same"),
    [
        ("single_choice", OPTIONS, TURNED, True),
        ("single_choice", OPTIONS, OPTIONS + ", shuffle: false", True),
        ("single_choice", OPTIONS, OPTIONS.replace("id: b", "id: bb"), False),
        ("single_choice", OPTIONS, OTHER_KEY, False),
        ("single_choice", OPTIONS, FEWER, False),
        ("multiple_response", OPTIONS, OPTIONS.replace("text: B", "text: B, feedback: F"), True),
        ("multiple_response", OPTIONS, OPTIONS.replace("text: B", "text: B, key: true"), False),
        ("ordering", ELEMENTS, ELEMENTS.replace("text: A", "text: Z"), True),
        ("ordering", ELEMENTS, OTHER_ORDER, False),
        ("short_answer", ACCEPT, "accept: [{text: two, credit: 0.5}, {text: ONE}]", True),
        ("short_answer", ACCEPT, ACCEPT + ", wrong: [three]", True),
        ("short_answer", ACCEPT, ACCEPT.replace("0.5", "0.25"), False),
        ("short_answer", ACCEPT, "accept: [one]", False),
    ],
)
def test_the_signature_changes_with_ids_and_key_only(kind: str, before: str, after: str, same: bool) -> None:
    assert (signature(_bank(kind, before)) == signature(_bank(kind, after))) is same


def test_the_kind_is_part_of_the_signature() -> None:
    assert signature(_bank("single_choice", OPTIONS)) != signature(_bank("multiple_response", OPTIONS))


def test_the_schema_knows_every_kind_and_every_field() -> None:
    kinds = bank_schema()["properties"]["questions"]["items"]["oneOf"]
    assert [kind["properties"]["kind"]["const"] for kind in kinds] == list(TYPES)
    for schema, kind in zip(kinds, TYPES.values(), strict=True):
        assert set(kind.Body.model_fields) < set(schema["properties"])
        assert {"id", "revision", "kind", "use", "stem"} <= set(schema["required"])


def test_the_schema_on_disk_is_the_one_of_the_models() -> None:
    file = Path(__file__).resolve().parents[2] / "questions" / "schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == bank_schema()


# ---------------------------------------------------------------- cases

CASE_BANK = """\
lesson: some-lesson
cases:
  - id: two-reports
    passage: {text: One says ten. The other says twelve., status: invented}
questions:
  - {id: first, revision: 1, kind: short_answer, use: practice, case: two-reports, stem: Who says ten?,
     accept: [{text: one}]}
  - {id: second, revision: 1, kind: short_answer, use: practice, case: two-reports, stem: Who says twelve?,
     accept: [{text: other}]}
"""


def test_every_question_of_a_case_has_its_passage() -> None:
    found, problems = read_bank(CASE_BANK, "questions/b.yaml")
    assert problems == []
    assert {q.head.passage.text for q in found} == {"One says ten. The other says twelve."}


def test_a_bank_with_cases_comes_back_from_what_is_written() -> None:
    found, _ = read_bank(CASE_BANK, "questions/b.yaml")
    written = write_bank("some-lesson", found)
    assert written.count("One says ten") == 1
    assert read_bank(written, "questions/b.yaml") == (found, [])


@pytest.mark.parametrize(
    ("old", "new", "rule", "says"),
    [
        ("case: two-reports, stem: Who says ten", "case: none, stem: Who says ten", "FMT-06", "no case “none”"),
        ("stem: Who says ten", "passage: {quote: x}, stem: Who says ten", "FMT-06", "that of its case"),
        ("questions:\n", "  - {id: two-reports, passage: {quote: x}}\nquestions:\n", "FMT-05", "used twice"),
        ("status: invented}", "}", "FMT-03", "status"),
    ],
)
def test_a_case_that_cannot_be_read_is_named(old: str, new: str, rule: str, says: str) -> None:
    _, problems = read_bank(CASE_BANK.replace(old, new, 1), "questions/b.yaml")
    assert rule in {problem.rule for problem in problems}
    assert any(says in problem.message for problem in problems)


# ---------------------------------------------------------------- what teachers bring


def test_a_bank_says_how_strictly_it_is_checked() -> None:
    written = read_bank(SOUND, "b.yaml")[0]
    text = write_bank("some-lesson", written, rules="advise")
    assert {question.rules for question in written} == {"strict"}
    again, problems = read_bank(text, "b.yaml")
    assert ({question.rules for question in again}, problems) == ({"advise"}, [])


def test_other_rules_than_the_two_are_named() -> None:
    _, problems = read_bank("lesson: a\nrules: lax\nquestions: []\n", "b.yaml")
    assert [(problem.line, problem.rule) for problem in problems] == [(2, "FMT-03")]


def test_a_category_makes_no_new_version() -> None:
    question = read_bank(SOUND, "b.yaml")[0][0]
    moved = replace(question, head=question.head.model_copy(update={"category": "Unit 1/Signals"}))
    assert version_id(moved) == version_id(question)
