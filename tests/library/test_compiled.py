"""The compiled course is the course."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.library.compiled import dump_library, load_library
from app.library.load import load_course
from app.library.model import EMPTY_COURSE, Library
from tests.support.databases import COURSE

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("folder", [COURSE, ROOT], ids=["small", "real"])
def test_a_course_comes_back_as_it_was(folder: Path) -> None:
    library, _ = load_course(folder)
    assert library.questions
    assert library.lessons
    back = load_library(dump_library(library))
    assert back == library
    assert list(back.lessons) == list(library.lessons)
    assert list(back.questions) == list(library.questions)
    assert back.version_ids == library.version_ids


def test_questions_keep_the_place_where_they_are_written() -> None:
    library, _ = load_course(COURSE)
    back = load_library(dump_library(library))
    assert {q.id: q.place for q in back.questions.values()} == {q.id: q.place for q in library.questions.values()}


def test_an_empty_course_comes_back_empty() -> None:
    assert load_library(dump_library(Library(EMPTY_COURSE))) == Library(EMPTY_COURSE)


def test_the_compiled_form_is_json() -> None:
    assert set(json.loads(dump_library(load_course(COURSE)[0]))) >= {
        "course",
        "lessons",
        "questions",
        "quizzes",
    }
