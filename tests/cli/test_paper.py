"""A quiz as a text paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from app.accounts.models import User
from app.cli.paper import paper_lines
from app.cli.screen import Screen
from app.db import transaction
from app.library.model import Library
from app.quiz.queries import own_attempt, shown_slots
from tests.factories import start


@pytest.fixture
def paper(library: Library, lee: User) -> Iterator[list[str]]:
    """The paper of an attempt with every kind."""
    with transaction() as session:
        found = start(session, session.get_one(User, lee.id), library, "every-kind")
        attempt_id = found.id
    quiz = library.quizzes["every-kind"]
    with transaction() as session:
        attempt = own_attempt(session, attempt_id, user_id=lee.id)
        yield paper_lines(Screen(), library, quiz, shown_slots(session, attempt, quiz))


def test_paper_fits_80_columns_and_has_no_escape_codes(paper: list[str]) -> None:
    assert max(len(line) for line in paper) <= 80
    assert "\x1b" not in "".join(paper)


def test_paper_asks_every_question_with_room_for_the_answer(paper: list[str], library: Library) -> None:
    text = " ".join(" ".join(paper).split())
    assert [f"Question {n}" in text for n in range(1, 10)] == [True] * 9
    assert "Write a letter before each number." in text
    assert "( ) a True" in text
    assert "( ) B usually reliable" in text
    assert "[ ] 1" in text
    assert re.search(r"_{16}\(1\)", text)
    assert "____ % How sure are you?" in text
    assert "Type" not in text
    assert "________ %" in text
    assert sum(bool(re.fullmatch(r"  _{70,}", line)) for line in paper) >= 4


def test_paper_has_a_title_a_name_and_how_sure_one_is(paper: list[str]) -> None:
    assert paper[0] == "Check: Every kind of question"
    assert any(line.startswith("Name ____") for line in paper)
    assert any("  ( ) just guessing   ( ) 40 %" in line for line in paper)


def test_paper_tells_no_key(paper: list[str], library: Library) -> None:
    text = " ".join(" ".join(paper).split())
    for slug in library.quizzes["every-kind"].questions:
        assert library.questions[slug].head.explanation not in text


def test_passage_of_a_case_is_printed_once(library: Library, lee: User) -> None:
    with transaction() as session:
        attempt = start(session, session.get_one(User, lee.id), library, "mixed")
        slots = shown_slots(session, attempt)
        first = next(slot for slot in slots if slot.question.head.passage)
        lines = paper_lines(Screen(), library, library.quizzes["mixed"], [first, first])
    assert sum("│" in line and "The article" in line for line in lines) == 1
    assert any("(on the same passage)" in line for line in lines)
