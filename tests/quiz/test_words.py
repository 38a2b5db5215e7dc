"""What is said of a quiz before it is begun."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.questions.draw import Quiz
from app.quiz.words import settings_sentences

pytestmark = pytest.mark.pure


def quiz(**settings: Any) -> Quiz:
    return Quiz.model_validate_json(json.dumps({"id": "z", "title": "Z", "questions": ["a"], **settings}))


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "until you hand in; then every option is explained"),
        ({"practice": True}, "There are hints, and up to three tries"),
        ({"feedback": "at_once"}, "cannot be changed after that"),
        ({"feedback": "after_date", "feedback_from": "2026-12-01"}, "from 1 December 2026 on"),
        ({"minutes": 20}, "You have 20 minutes. The clock runs"),
        ({"minutes": 1}, "You have 1 minute."),
        ({"attempts": 2}, "You have 2 attempts."),
        ({"pass_mark": 80}, "You pass with 80 %."),
        ({"graded": False}, "There is no mark."),
        ({"confidence": True}, "it does not change the mark"),
    ],
)
def test_each_setting_is_said(settings: dict[str, Any], says: str) -> None:
    assert says in " ".join(settings_sentences(quiz(**settings)))


def test_nothing_is_said_of_what_is_not_set() -> None:
    assert len(settings_sentences(quiz(confidence=False))) == 1


def test_extra_time_is_counted_in() -> None:
    assert (
        "You have 22.5 minutes, your 50 % extra time included."
        in settings_sentences(quiz(minutes=15), extra_time=50)[1]
    )


@pytest.mark.parametrize(("left", "says"), [(1, "1 of 2 attempts left"), (0, "used all your attempts")])
def test_attempts_left_are_counted(left: int, says: str) -> None:
    assert says in settings_sentences(quiz(attempts=2), attempts_left=left)[1]
