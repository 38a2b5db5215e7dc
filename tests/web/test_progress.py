"""The progress page: lessons, quizzes and objectives as counts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.accounts.models import User
from app.db import transaction
from app.library.model import Library
from tests.factories import NOON, finished, later
from tests.web.markup import Element
from tests.web.visiting import Browser


def row(page: Element, label: str) -> str:
    """The words of the table's row with the heading."""
    return next(it.text for it in page.all("tr") if it.all("th")[0].text == label)


def test_nothing_done_yet_points_at_the_first_lesson(browser: Browser) -> None:
    page = browser.open("/progress")
    assert "Nothing to show yet" in page.words
    assert "/lessons/01-a-costly-word" in page.links()
    assert not page.tree.all("table")


def test_counts_of_lessons_quizzes_and_questions(
    browser: Browser, session: Session, library: Library, lee: User
) -> None:
    with transaction() as session:
        finished(session, session.merge(lee), library, right=2, now=NOON)
        finished(session, session.merge(lee), library, right=3, now=later(9))
    browser.sign_in("Lee").post("/lessons/02-two-counts/finish")
    stats = [it.text for it in browser.open("/progress").tree.all("div", class_="stat")]
    assert stats == ["lessons finished 1 of 3", "quizzes handed in 2", "questions fully right 5 of 8"]


def test_a_row_for_each_lesson_with_attempts_best_and_last_day(
    browser: Browser, session: Session, library: Library, lee: User
) -> None:
    with transaction() as session:
        finished(session, session.merge(lee), library, right=3, now=NOON)
    page = browser.sign_in("Lee").open("/progress").tree
    assert row(page, "1. A costly word") == "1. A costly word – 1 3 of 4 2 Mar 2026"
    assert row(page, "2. Two counts") == "2. Two counts – 0 – –"


def test_an_open_attempt_is_linked(browser: Browser) -> None:
    attempt = browser.start("check-02")
    page = browser.open("/progress")
    assert f"/attempts/{attempt}" in page.links()
    assert "and one open" in row(page.tree, "2. Two counts")


def test_every_objective_has_its_count_and_a_bar_that_repeats_it(
    browser: Browser, session: Session, library: Library, lee: User
) -> None:
    with transaction() as session:
        finished(session, session.merge(lee), library, right=1)
    page = browser.sign_in("Lee").open("/progress").tree
    assert row(page, "Tell which warning costs more").endswith("1 of 2")
    assert row(page, "Date a report").endswith("0 of 2")
    assert row(page, "Tell who counted what").endswith("none yet")
    assert [it.attrs["width"] for it in page.all("rect", class_="meter-fill")] == ["50.0", "0.0"]


def test_progress_is_only_ones_own(
    browser: Browser, other: Browser, session: Session, library: Library, lee: User, sam: User
) -> None:
    with transaction() as session:
        finished(session, session.merge(lee), library)
    assert "Nothing to show yet" in other.sign_in("Sam").open("/progress").words
    assert "Nothing to show yet" not in browser.sign_in("Lee").open("/progress").words
