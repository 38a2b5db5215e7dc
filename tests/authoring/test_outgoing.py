"""What an export takes along, and the bank files of what was written in the browser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.authoring.outgoing import Selection, bank_files, pictures_of, selected
from app.errors import NotFound
from app.library.model import Library
from app.questions.bank import read_bank
from app.questions.draw import Quiz
from tests.authoring.test_merging import asked


@pytest.fixture
def with_own(library: Library) -> Library:
    """The small course with a question and a quiz of the browser."""
    own = asked(tags=["sea"], stem="What does the board ask? ![A board](0123456789abcdef.png)")
    quiz = Quiz(id="own-quiz", title="Mine", questions=("own-ferry-abcd", "word-or-deed"))
    return replace(
        library,
        questions={**library.questions, own.id: replace(own, place=replace(own.place, file=""))},
        quizzes={**library.quizzes, quiz.id: quiz},
    )


SELECTIONS: list[tuple[dict[str, Any], list[str]]] = [
    ({"own": True}, ["own-ferry-abcd"]),
    ({"tag": "sea"}, ["own-ferry-abcd"]),
    ({"quiz": "own-quiz"}, ["word-or-deed", "own-ferry-abcd"]),
    ({"quiz": "own-quiz", "own": True}, ["own-ferry-abcd"]),
    ({"ids": ("own-ferry-abcd", "word-or-deed")}, ["word-or-deed", "own-ferry-abcd"]),
    ({"ids": ("word-or-deed",), "kind": "ordering"}, []),
    ({"kind": "single_choice", "use": "practice", "objective": "sig.cost", "own": True}, ["own-ferry-abcd"]),
    ({"lesson": "no-such-lesson"}, []),
]


@pytest.mark.parametrize(("fields", "slugs"), SELECTIONS)
def test_a_selection_takes_what_fits_every_field(with_own: Library, fields: dict[str, Any], slugs: list[str]) -> None:
    assert [question.id for question in selected(with_own, Selection(**fields))] == slugs


def test_without_a_choice_all_are_taken(with_own: Library) -> None:
    assert len(selected(with_own, Selection())) == len(with_own.questions)


@pytest.mark.parametrize("fields", [{"ids": ("nowhere",)}, {"quiz": "nowhere"}])
def test_what_there_is_not_is_named(with_own: Library, fields: dict[str, Any]) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        selected(with_own, Selection(**fields))


def test_a_quiz_takes_along_what_it_can_draw(library: Library) -> None:
    quiz = next(quiz for quiz in library.quizzes.values() if quiz.draw)
    found = selected(library, Selection(quiz=quiz.id))
    assert len(found) > 1
    assert {question.head.use for question in found} == {quiz.use}


def test_pictures_are_named_once_wherever_they_are_shown() -> None:
    shown = "![A](a.png) and ![B](b.jpg)"
    assert pictures_of([asked(stem=shown), asked(explanation=shown)]) == ["a.png", "b.jpg"]


def test_each_lesson_has_a_bank_and_the_banks_say_that_craft_is_advice() -> None:
    one, other = asked(), replace(asked(id="own-b-abcd"), lesson="02-two-counts")
    files = bank_files([one, other], {"a.png": b"x"})
    assert list(files) == ["own-questions.yaml", "own-02-two-counts.yaml", "images/a.png"]
    for name, question in (("own-questions.yaml", one), ("own-02-two-counts.yaml", other)):
        questions, problems = read_bank(files[name].decode(), name)
        assert problems == []
        assert [(it.head, it.body, it.lesson, it.rules) for it in questions] == [
            (question.head, question.body, question.lesson, "advise")
        ]


@pytest.mark.parametrize("lesson", ["../../etc", "a/b", "C:\\x"])
def test_the_name_of_a_bank_is_no_path(lesson: str) -> None:
    (name,) = bank_files([replace(asked(), lesson=lesson)], {})
    assert "/" not in name
    assert "\\" not in name
    assert ".." not in name
