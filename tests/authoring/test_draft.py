"""A working copy is a question, or says field by field why it is none yet."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from app.authoring.draft import FieldProblem, as_content, read_draft, renamed
from app.authoring.words import problem_words
from app.questions.model import Question
from app.questions.types import TYPES
from tests.authoring.making import changed, with_option
from tests.support.questions import questions

pytestmark = pytest.mark.pure


def read(content: dict[str, Any]) -> tuple[Question | None, list[FieldProblem]]:
    return read_draft(content, slug="own-a", revision=3, lesson="01-a-costly-word")


def test_a_whole_draft_is_a_question_with_the_id_and_revision_of_its_row() -> None:
    question, wrong = read(changed(id="another", revision=9))
    assert wrong == []
    assert question is not None
    assert (question.id, question.head.revision, question.lesson) == ("own-a", 3, "01-a-costly-word")


@given(questions())
def test_any_question_comes_back_from_its_working_copy(question: Question) -> None:
    found, wrong = read_draft(as_content(question), slug="own-a", revision=1, lesson=question.lesson)
    assert (found, wrong) == (renamed(question, "own-a"), [])


@pytest.mark.parametrize(
    ("content", "at", "said"),
    [
        ({}, ("kind",), "Choose a kind of question."),
        ({"kind": "riddle"}, ("kind",), "Choose a kind of question."),
        (changed(stem=""), ("stem",), "Write what is asked: the question has no words yet."),
        (changed(stem="  "), ("stem",), "Write what is asked: the question has no words yet."),
        (changed(stem=["x"]), ("stem",), "Question: this cannot be read: input should be a valid string."),
        (with_option(1, text=""), ("options", 1, "text"), "Option 2, text: this is empty."),
        (
            with_option(0, text="x" * 1001),
            ("options", 0, "text"),
            "Option 1, text: this is longer than 1000 characters.",
        ),
        (
            {"kind": "numeric", "stem": "How many?", "use": "practice", "tolerance": 0},
            ("key",),
            "Right answer: this is missing.",
        ),
        (
            {"kind": "matching", "stem": "Match.", "use": "practice", "options": []},
            ("prompts",),
            "Prompts: this is missing.",
        ),
        (changed(colour="red"), ("colour",), "There is no field “colour”; see docs/authors.md for the names."),
    ],
)
def test_what_is_wrong_is_said_of_its_field(content: dict[str, Any], at: tuple[str | int, ...], said: str) -> None:
    question, wrong = read(content)
    assert question is None
    assert (at, said) in [(one.at, problem_words(one)) for one in wrong]


def test_every_problem_of_head_and_body_is_said_at_once() -> None:
    _, wrong = read(changed(stem="", options=[]))
    assert {one.at[0] for one in wrong} == {"stem", "options"}


@pytest.mark.parametrize("kind", TYPES)
def test_a_draft_that_is_only_begun_breaks_nothing(kind: str) -> None:
    question, wrong = read({"kind": kind})
    assert question is None
    assert all(problem_words(one) for one in wrong)
