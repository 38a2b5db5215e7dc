"""`offramp read LESSON --teaching`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.library.load import load_course
from app.paths import content_folder


def test_all_of_the_page_is_printed(run: Callable[..., Any]) -> None:
    out = run("read", "1", "--teaching").output
    for words in (
        "What may hurt. Somebody may know a sailor who did not come home.[1]",
        "Another task. Think of a promise between friends.",
        "Bring: One ticket for each.",
        "0:10-0:30  Read",
        "Lesson, part 2: A warning that costs something",
        "You: Read the statement of the company aloud.[2]",
        "Quiz: offramp quiz every-kind",
        "1. What does a warning cost?",
        "What would change the assessment: A ship that never sails in fog",
        "The handout: What would it cost?",
        "“nobody was hurt” (the article, paragraph 2)",
        "_" * 80,
        "[2] Ferry company, “Statement”",
    ):
        assert words in out, words


def test_nothing_is_asked_and_the_lesson_itself_is_left_out(run: Callable[..., Any]) -> None:
    result = run("read", "1", "--teaching", "--ask")
    assert result.exit_code == 0
    assert "Anyone can say that the ferry will not sail" not in result.output


def test_plain_words_say_where_there_is_room(run: Callable[..., Any]) -> None:
    out = run("--plain", "read", "1", "--teaching").output
    assert "(Room for 3 lines.)" in out
    assert "___" not in out


def test_a_lesson_without_a_page_says_so(run: Callable[..., Any]) -> None:
    result = run("read", "2", "--teaching")
    assert result.exit_code == 1
    assert "There is nothing for teachers on lesson 2." in result.output


@pytest.mark.parametrize("number", range(1, 13))
def test_the_shipped_pages_fit_80_columns(run: Callable[..., Any], number: int, tmp_path: Path) -> None:
    out = run("read", str(number), "--teaching", OFFRAMP_COURSE=str(content_folder())).output
    assert "Three discussions" in out
    # An address stays whole, so that it can be copied.
    assert [line for line in out.splitlines() if len(line) > 80 and "http" not in line] == []


def test_every_shipped_lesson_is_among_these() -> None:
    assert [lesson.head.number for lesson in load_course(content_folder())[0].lessons.values()] == list(range(1, 13))
