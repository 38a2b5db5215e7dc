"""When the database cannot be written or read: a clear message, and nothing half-written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.models import User
from app.config import Settings
from app.learning.models import LessonProgress, SelfCheck
from app.quiz.models import Answer, Attempt, Slot
from tests.factories import PASSWORD
from tests.web.test_errors import is_clean
from tests.web.trouble import locked, make_impatient, make_read_only, rename_table, take_away
from tests.web.visiting import Browser, Page, answer_fields

Count = Callable[..., int]
POSTS = (
    ("/attempts/{}/questions/4", answer_fields({"text": ["correction"]})),
    ("/attempts/{}/hand-in", {}),
    ("/lessons/01-a-costly-word/checks/cost-check", {"choice": "1"}),
    ("/lessons/01-a-costly-word/summary", {"summary": "Mine"}),
    ("/lessons/01-a-costly-word/finish", {}),
)


def check_refused(browser: Browser, path: str, fields: dict[str, object]) -> str:
    """A page to a person and JSON to a script, both 503 and both with a sentence; the sentence."""
    page = Page(browser.post(path, fields))  # type: ignore[arg-type]
    assert page.status == 503, path
    assert page.heading == "The server cannot store anything just now"
    assert "Nothing was stored" in page.words
    assert is_clean(page.body)
    response = browser.send(path, fields)  # type: ignore[arg-type]
    assert response.status_code == 503
    told = response.get_json()
    assert told["reason"] == "StorageTrouble"
    assert told["message"] in page.words
    return str(told["message"])


@pytest.fixture
def impatient(make_app: Callable[..., Flask], settings: Settings) -> Browser:
    """A browser at an application that gives up on a lock at once."""
    app = make_app(settings)
    make_impatient(app)
    return Browser(app)


def test_a_locked_database_refuses_every_write_with_a_sentence(
    impatient: Browser, settings: Settings, count: Count
) -> None:
    attempt = impatient.start()
    with locked(settings):
        for path, fields in POSTS:
            assert "try again in a moment" in check_refused(impatient, path.format(attempt), fields)
    assert count(Answer) == count(SelfCheck) == count(LessonProgress) == 0
    assert count(Slot, Slot.answer_id.is_not(None)) == 0
    assert count(Attempt, Attempt.finished_at.is_not(None)) == 0


def test_the_same_answer_is_taken_when_the_lock_is_gone(impatient: Browser, settings: Settings, count: Count) -> None:
    attempt = impatient.start()
    path, fields = f"/attempts/{attempt}/questions/4", answer_fields({"text": ["correction"]})
    with locked(settings):
        assert impatient.send(path, fields).status_code == 503
    assert impatient.send(path, fields).get_json()["outcome"] == "saved"
    assert count(Answer) == 1


def test_somebody_new_at_a_locked_database_stays_nobody(impatient: Browser, settings: Settings, count: Count) -> None:
    with locked(settings):
        page = Page(impatient.post("/quizzes/mixed/attempts"))
        assert page.status == 503
        assert not page.tree.all("aside", class_="guest-strip")
    assert count(User) == 0
    impatient.open("/quizzes/mixed")
    assert impatient.press("Start the quiz").path.endswith("/questions/1")


def test_pages_that_need_no_lock_can_be_read_meanwhile(impatient: Browser, settings: Settings) -> None:
    with locked(settings):
        assert impatient.open("/").status == 200
        assert impatient.open("/lessons/01-a-costly-word").status == 200


@pytest.fixture
def read_only(make_app: Callable[..., Flask], settings: Settings) -> Browser:
    """A browser at an application whose database can only be read."""
    app = make_app(settings)
    make_read_only(app)
    return Browser(app)


def test_a_read_only_database_refuses_every_write_with_a_sentence(
    browser: Browser, read_only: Browser, count: Count
) -> None:
    attempt = browser.start()
    cookie = browser.client.get_cookie("offramp")
    assert cookie is not None
    read_only.client.set_cookie("offramp", cookie.value)
    for path, fields in POSTS:
        said = check_refused(read_only, path.format(attempt), fields)
        assert said == "The database can only be read. Nothing was stored; tell whoever runs this server."
    assert count(Answer) == count(SelfCheck) == count(LessonProgress) == 0
    assert count(Attempt, Attempt.finished_at.is_not(None)) == 0


def test_keeping_progress_that_cannot_be_stored_leaves_the_guest_signed_in(
    browser: Browser, read_only: Browser, count: Count
) -> None:
    browser.start()
    cookie = browser.client.get_cookie("offramp")
    assert cookie is not None
    read_only.client.set_cookie("offramp", cookie.value)
    assert read_only.post("/register", {"name": "Mina", "password": "four words are fine"}).status_code == 503
    assert read_only.open("/").tree.one("aside", class_="guest-strip")
    assert "Go on with the quiz" in read_only.page.words
    assert count(User, User.name.is_not(None)) == 0


def test_a_password_that_cannot_be_stored_leaves_its_owner_signed_in(
    browser: Browser, read_only: Browser, lee: User
) -> None:
    cookie = browser.sign_in("Lee").client.get_cookie("offramp")
    assert cookie is not None
    read_only.client.set_cookie("offramp", cookie.value)
    fields = {"old": PASSWORD, "password": "four words are fine"}
    assert read_only.post("/account/password", fields).status_code == 503
    assert read_only.open("/account").heading == "Your account"


def test_a_guest_who_cannot_be_stored_is_not_remembered(read_only: Browser) -> None:
    page = Page(read_only.post("/quizzes/mixed/attempts"))
    assert page.status == 503
    assert not page.tree.all("aside", class_="guest-strip")
    assert not read_only.open("/").tree.all("aside", class_="guest-strip")


@pytest.fixture
def alone(make_app: Callable[..., Flask], empty_settings: Settings) -> Browser:
    """A guest's browser at an application with a database of its own."""
    browser = Browser(make_app(empty_settings))
    browser.start()
    return browser


def test_a_database_that_is_gone_is_told_to_guests_and_strangers(alone: Browser, empty_settings: Settings) -> None:
    app = alone.client.application
    take_away(app, empty_settings)
    for browser in (alone, Browser(app)):
        assert browser.client.get("/readyz").status_code == 503
        assert browser.client.get("/healthz").status_code == 200
        assert browser.client.get("/about").status_code in {200, 503}
    for path in ("/", "/progress", "/lessons/01-a-costly-word", "/quizzes/mixed"):
        page = alone.open(path)
        assert page.status == 503, path
        assert page.heading == "The server cannot store anything just now"
        assert is_clean(page.body)
        assert alone.client.get(path, headers={"Accept": "application/json"}).status_code == 503


@pytest.mark.parametrize("table", ["user", "alembic_version"])
def test_other_tables_are_told_by_readyz_and_leak_nothing(alone: Browser, empty_settings: Settings, table: str) -> None:
    rename_table(empty_settings, table)
    page = alone.open("/progress")
    assert page.status in ({200} if table == "alembic_version" else {500, 503})
    assert is_clean(page.body)
    if table == "alembic_version":
        assert alone.client.get("/readyz").status_code == 503
