"""Guests: made when they first answer, kept by a cookie of this device, gone when they start over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from app.accounts.models import User
from app.accounts.permissions import Role
from app.learning.models import LessonProgress
from app.quiz.models import Answer, Attempt
from tests.factories import NOON
from tests.web.visiting import Browser, answer_fields

Count = Callable[..., int]
READABLE = (
    "/", "/about", "/privacy", "/article", "/progress", "/lessons/01-a-costly-word", "/lessons/02-two-counts",
    "/quizzes/mixed", "/sign-in", "/register", "/start-over", "/device", "/form-token", "/account", "/readyz",
)  # fmt: skip


def test_reading_makes_nobody(browser: Browser, count: Count) -> None:
    for path in READABLE:
        browser.open(path)
    assert count(User) == 0


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/quizzes/mixed/attempts", {}),
        ("/lessons/01-a-costly-word/checks/cost-guess", {"choice": "1"}),
        ("/lessons/01-a-costly-word/position", {"anchor": "a-warning-that-costs-nothing"}),
        ("/lessons/01-a-costly-word/summary", {"summary": "Mine"}),
        ("/lessons/01-a-costly-word/finish", {}),
    ],
)
def test_the_first_answer_makes_one_guest(browser: Browser, count: Count, path: str, fields: dict[str, str]) -> None:
    browser.post(path, fields)
    browser.post(path, fields)
    assert count(User) == count(User, User.role == Role.GUEST) == 1


def test_an_answer_that_cannot_be_taken_makes_no_guest(browser: Browser, count: Count) -> None:
    browser.open("/lessons/01-a-costly-word")
    page = browser.press("Keep my guess")
    assert page.status == 422
    assert count(User) == 0
    assert not page.tree.all("aside", class_="guest-strip")
    assert not browser.open("/").tree.all("aside", class_="guest-strip")


def test_after_an_answer_that_could_not_be_taken_the_form_still_works(browser: Browser, count: Count) -> None:
    browser.open("/lessons/01-a-costly-word")
    browser.press("Keep my guess")
    page = browser.press("Keep my guess", choice="2")
    assert "Your guess is kept" in page.words
    assert count(User) == 1


def test_the_strip_stands_on_every_page_of_a_guest_and_of_nobody_else(
    browser: Browser, other: Browser, lee: User
) -> None:
    assert not browser.open("/").tree.all("aside", class_="guest-strip")
    browser.post("/lessons/01-a-costly-word/finish")
    for path in ("/", "/article", "/progress", "/quizzes/mixed", "/sign-in", "/no-such-page"):
        strip = browser.open(path).tree.one("aside", class_="guest-strip")
        assert strip.text == "Guest on this device Start over Keep my progress"
    assert not other.sign_in("Lee").open("/").tree.all("aside", class_="guest-strip")


def test_a_guests_cookie_lasts_thirty_days(browser: Browser) -> None:
    response = browser.post("/quizzes/mixed/attempts")
    cookie = next(it for it in response.headers.getlist("Set-Cookie") if it.startswith("offramp="))
    expires = next(part for part in cookie.split("; ") if part.startswith("Expires="))
    left = parsedate_to_datetime(expires.removeprefix("Expires=")) - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)


def test_the_cookie_of_an_account_ends_with_the_browser(browser: Browser, lee: User) -> None:
    response = browser.post("/sign-in", {"name": "Lee", "password": "correct horse"})
    cookie = next(it for it in response.headers.getlist("Set-Cookie") if it.startswith("offramp="))
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie


def test_starting_over_asks_first(browser: Browser, count: Count) -> None:
    browser.start()
    browser.post("/lessons/01-a-costly-word/finish")
    page = browser.open("/start-over")
    assert "1 lesson begun, 0 quizzes handed in, 1 open" in page.words
    assert count(User) == count(Attempt) == 1


def test_starting_over_deletes_everything_and_signs_out(browser: Browser, count: Count) -> None:
    attempt = browser.start()
    browser.post(f"/attempts/{attempt}/questions/4", answer_fields({"text": ["correction"]}))
    browser.post("/lessons/01-a-costly-word/finish")
    browser.open("/start-over")
    page = browser.press("Delete and start over")
    assert page.path == "/"
    assert not page.tree.all("aside", class_="guest-strip")
    assert count(User) == count(Attempt) == count(Answer) == count(LessonProgress) == 0


def test_starting_over_is_not_for_accounts(browser: Browser, lee: User, count: Count) -> None:
    response = browser.sign_in("Lee").post("/start-over")
    assert response.location == "/"
    assert count(User) == 1


def test_keeping_progress_turns_the_guest_into_an_account(browser: Browser, other: Browser, count: Count) -> None:
    browser.start()
    browser.open("/register")
    assert browser.page.heading == "Keep my progress"
    page = browser.press("Keep my progress", name="Mina", password="four words are fine")
    assert "Your progress is kept under this name." in page.words
    assert page.tree.one("span", class_="bar-user").text.endswith("Mina")
    assert count(User) == count(User, User.role == Role.LEARNER) == 1
    other.sign_in("mina", "four words are fine")
    assert "Go on with the quiz" in other.open("/").words


def test_a_copy_of_the_guests_cookie_is_no_key_to_the_account(browser: Browser, other: Browser) -> None:
    browser.start()
    cookie = browser.client.get_cookie("offramp")
    assert cookie is not None
    browser.post("/register", {"name": "Mina", "password": "four words are fine"})
    other.client.set_cookie("offramp", cookie.value)
    assert "Mina" not in other.open("/").body
    assert other.open("/progress").words.startswith("Your progress Nothing to show yet")


def test_a_name_that_is_taken_leaves_the_guest_as_it_was(browser: Browser, lee: User, count: Count) -> None:
    browser.start()
    browser.open("/register")
    page = browser.press("Keep my progress", name="LEE", password="four words are fine")
    assert page.status == 422
    assert "The name 'LEE' is taken; choose another." in page.words
    assert count(User, User.role == Role.GUEST) == 1
    assert "Go on with the quiz" in browser.open("/").words


def test_a_guest_who_was_purged_is_nobody_and_can_begin_again(browser: Browser, count: Count, session: object) -> None:
    from app.accounts.service import purge_guests
    from app.db import transaction

    browser.start()
    with transaction() as writing:
        assert purge_guests(writing, now=NOON + timedelta(days=3650)) == 1
    assert not browser.open("/").tree.all("aside", class_="guest-strip")
    browser.start()
    assert count(User) == 1


def test_a_form_open_in_another_tab_is_still_taken_after_the_first_answer(browser: Browser, count: Count) -> None:
    first, second = browser.open("/quizzes/mixed"), browser.open("/quizzes/across")
    assert browser.press(second.button("Start").text).status == 200
    browser.page = first
    assert browser.press(first.button("Start").text).status == 200
    assert count(User) == 1
