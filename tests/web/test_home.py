"""The first page, and the pages about the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.config import Settings
from app.db import transaction
from app.learning.service import finish_lesson
from app.library.model import Library
from tests.factories import NOON, finished, later
from tests.web.visiting import Browser


def test_a_newcomer_is_sent_to_the_first_lesson(browser: Browser) -> None:
    page = browser.open("/")
    guide = page.tree.one("section", class_="guide")
    assert guide.one("h2").text == "A costly word"
    assert "About 5 minutes" in guide.text
    assert guide.all("a")[0].attrs["href"] == "/lessons/01-a-costly-word"


def test_three_strands_stand_side_by_side_and_the_empty_one_says_so(browser: Browser) -> None:
    strands = browser.open("/").tree.all("section", class_="strand")
    assert [it.one("h2").text for it in strands] == [
        "A Signalling",
        "B Escalate to de-escalate",
        "C Source evaluation",
    ]
    assert [("No lesson here yet" in it.text) for it in strands] == [False, True, False]


def test_a_course_without_text_says_what_to_run(
    make_app: Callable[..., Flask], empty_settings: Settings, tmp_path: Path
) -> None:
    page = Browser(make_app(replace(empty_settings, course=(tmp_path,)))).open("/")
    assert page.status == 200
    assert "No course is loaded" in page.words
    assert "offramp check" in page.words


def test_a_lesson_begun_is_to_be_continued_where_it_was_left(browser: Browser) -> None:
    anchor = "a-warning-that-costs-something"
    browser.post("/lessons/01-a-costly-word/position", {"anchor": anchor})
    page = browser.open("/")
    assert "You stopped at “A warning that costs something”." in page.words
    assert f"/lessons/01-a-costly-word#{anchor}" in page.links()
    assert "begun" in page.tree.all("section", class_="strand")[0].text


def test_after_the_lesson_comes_its_quiz(browser: Browser) -> None:
    browser.post("/lessons/01-a-costly-word/finish")
    guide = browser.open("/").tree.one("section", class_="guide")
    assert guide.one("h2").text == "Check: A costly word"
    assert guide.all("a")[0].attrs["href"] == "/quizzes/mixed"


def test_an_open_quiz_comes_before_everything_else(browser: Browser) -> None:
    attempt = browser.start("check-02")
    page = browser.open("/")
    assert "0 of 4 questions answered." in page.words
    assert f"/attempts/{attempt}" in page.links()


def test_the_best_attempt_stands_beside_its_lesson(
    browser: Browser, session: Session, library: Library, lee: User
) -> None:
    with transaction() as session:
        finished(session, session.merge(lee), library, right=1, now=NOON)
        finished(session, session.merge(lee), library, right=3, now=later(5))
    strand = browser.sign_in("Lee").open("/").tree.all("section", class_="strand")[0]
    assert "3 of 4" in strand.text


def test_when_all_is_done_another_attempt_is_offered(
    browser: Browser, session: Session, library: Library, lee: User
) -> None:
    with transaction() as session:
        me = session.merge(lee)
        for lesson in library.lessons.values():
            finish_lesson(session, me, lesson, now=NOON)
        for quiz in library.quizzes.values():
            if quiz.lesson:
                finished(session, me, library, quiz.id)
    guide = browser.sign_in("Lee").open("/").tree.one("section", class_="guide")
    assert "Your best is 4 of 4. Another attempt asks other questions." in guide.text
    assert "Try again" in guide.text


@pytest.mark.parametrize(
    ("path", "words"),
    [("/about", "MIT licence"), ("/privacy", "The cookie ends after 30 days")],
)
def test_the_pages_about_the_program(browser: Browser, path: str, words: str) -> None:
    page = browser.open(path)
    assert page.status == 200
    assert words in page.words


def test_the_bar_marks_the_page_that_is_open(browser: Browser) -> None:
    for path, label in (("/", "Course"), ("/article", "The article"), ("/progress", "Progress")):
        bar = browser.open(path).tree.one("nav", class_="bar-nav")
        assert bar.one("a", aria_current="page").text == label
