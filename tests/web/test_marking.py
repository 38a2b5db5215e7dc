"""Texts that a person marks: the learner against the examples, the teacher with the rubric."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.db import transaction
from app.quiz.models import Attempt
from tests.factories import make_user
from tests.web.visiting import Browser, Page, answer_fields

TEXT = "The guard counted boats on 3 March."


@pytest.fixture
def teacher(session: Session) -> str:
    """A teacher's name."""
    with transaction() as session:
        make_user(session, "Tove", role=Role.TEACHER)
    return "Tove"


@pytest.fixture
def written(browser: Browser, lee: User) -> uuid.UUID:
    """An attempt in which Lee has written a text, handed in."""
    attempt = browser.sign_in("Lee").start("at-once")
    browser.post(f"/attempts/{attempt}/questions/2", answer_fields({"text": [TEXT]}))
    browser.post(f"/attempts/{attempt}/hand-in")
    return attempt


def slot(session: Session, attempt: uuid.UUID) -> tuple[str | None, float | None]:
    """Status and score of the text."""
    session.rollback()
    found = session.get_one(Attempt, attempt).slots[1]
    return found.status, found.score


def result(browser: Browser, attempt: uuid.UUID) -> Page:
    """The result's page."""
    return browser.open(f"/attempts/{attempt}")


def test_a_text_waits_and_the_score_is_provisional(browser: Browser, session: Session, written: uuid.UUID) -> None:
    page = result(browser, written)
    assert "Waits for a mark" in page.words
    assert "this score is provisional" in page.words
    assert "0 of 2" in page.words
    assert slot(session, written) == ("pending", None)


def test_ones_own_mark_stands_apart_from_the_score(browser: Browser, session: Session, written: uuid.UUID) -> None:
    result(browser, written)
    page = browser.press("Keep my mark", **{"level-owner": "2", "level-day": "2", "level-settled": "1"})
    assert "Your own mark, beside the score" in page.words
    assert "88 %" in page.words
    assert "0 of 2" in page.words
    assert slot(session, written) == ("pending", None)


def test_a_teacher_finds_the_text_and_marks_it(
    browser: Browser, other: Browser, session: Session, written: uuid.UUID, teacher: str
) -> None:
    page = other.sign_in(teacher).open("/marking")
    assert "1 text waits for a mark" in page.words
    page = other.open(f"/marking/{written}/2")
    assert TEXT in page.words
    assert "Example 1" in page.words
    page = other.press(
        "Keep this mark",
        comment="Say what was counted.",
        **{"level-owner": "1", "level-day": "2", "level-settled": "0"},
    )
    assert "Nothing waits for a mark." in page.words
    assert slot(session, written) == ("answered", 0.5)
    page = result(browser, written)
    assert "Marked by Tove" in page.words
    assert "Say what was counted." in page.words
    assert "0.5 of 3" in page.words


def test_a_mark_needs_a_level_for_each_criterion(other: Browser, written: uuid.UUID, teacher: str) -> None:
    other.sign_in(teacher).open(f"/marking/{written}/2")
    page = other.press("Keep this mark", comment="Good.", **{"level-owner": "1"})
    assert page.status == 422
    assert page.tree.all("p", class_="error")
    assert page.tree.one("textarea", name="comment").text == "Good."
    assert "checked" in page.tree.all("input", name="level-owner")[1].attrs


@pytest.mark.parametrize("level", ["7", "x", "-1", ""])
def test_a_level_that_is_not_there_is_refused(
    other: Browser, session: Session, written: uuid.UUID, teacher: str, level: str
) -> None:
    fields = {"level-owner": level, "level-day": "0", "level-settled": "0"}
    assert other.sign_in(teacher).post(f"/marking/{written}/2", fields).status_code == 422
    assert slot(session, written) == ("pending", None)


@pytest.mark.parametrize("path", ["/marking", "/marking/{}/2"])
def test_learners_do_not_see_what_others_wrote(browser: Browser, written: uuid.UUID, path: str) -> None:
    assert browser.open(path.format(written)).status == 403


def test_what_is_marked_or_never_was_does_not_wait(other: Browser, written: uuid.UUID, teacher: str) -> None:
    assert other.sign_in(teacher).open(f"/marking/{written}/1").status == 404


def test_nobody_marks_the_text_of_somebody_else_as_their_own(other: Browser, written: uuid.UUID, teacher: str) -> None:
    fields = {"level-owner": "2", "level-day": "2", "level-settled": "2"}
    response = other.sign_in(teacher).post(f"/attempts/{written}/questions/2/self-mark", fields)
    assert response.status_code == 404
