"""Error pages: they help, leak nothing, and come as JSON to a script."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.config import Settings
from app.db import db
from app.web.access import needs
from tests.web.visiting import JSON, Browser, Page

SECRET = "s3cret-of-the-program"
TRACES = (
    "Traceback",
    "File &#34;",
    'File "',
    "/app/",
    "sqlalchemy",
    "psycopg",
    "sqlite",
    "SELECT",
    SECRET,
    "werkzeug",
)


def is_clean(body: str) -> bool:
    """Whether a body says nothing of the program's insides."""
    return not [trace for trace in TRACES if trace.casefold() in body.casefold()]


@pytest.fixture
def broken(make_app: Callable[..., Flask], settings: Settings) -> Browser:
    """A browser at an application with views that fail, and which would raise if nothing caught it."""
    app = make_app(settings)

    @app.route("/broken", methods=["GET", "POST"])
    @needs(Permission.READ)
    def broken() -> str:
        raise RuntimeError(SECRET)

    @app.get("/bad-statement")
    @needs(Permission.READ)
    def bad_statement() -> str:
        db.session.execute(text("SELECT 1 FROM nowhere WHERE name = :name"), {"name": SECRET})
        return ""

    return Browser(app)


def check_page(page: Page, status: int, heading: str) -> None:
    """An error page has its status, a heading, a sentence and ways on."""
    assert page.status == status
    assert page.heading == heading
    assert f"Error {status}" in page.words
    assert {"/", "/progress"} <= set(page.links())
    assert "Macro" not in page.body
    assert is_clean(page.body)


def test_an_address_that_does_not_exist(browser: Browser) -> None:
    page = browser.open("/no/such/page")
    check_page(page, 404, "There is no page at this address")
    assert "The link may be old, or a letter may be missing." in page.words


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_a_method_that_the_address_does_not_take(browser: Browser, method: str) -> None:
    response = getattr(browser.client, method)("/sign-out")
    check_page(Page(response), 405, "This address takes a form only")
    assert set(response.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_a_body_that_is_too_large(browser: Browser) -> None:
    response = browser.client.post("/lessons/01-a-costly-word/summary", data={"summary": "x" * 256 * 1024})
    check_page(Page(response), 413, "This is too large")
    files = browser.client.post("/device", data={str(i): "x" for i in range(501)}, content_type="multipart/form-data")
    assert files.status_code == 413


def test_a_form_without_its_token_says_what_to_do(browser: Browser) -> None:
    page = Page(browser.client.post("/quizzes/mixed/attempts"))
    check_page(page, 400, "This request could not be read")
    assert "Load the page again and repeat the step; nothing was changed." in page.words


def test_a_page_for_people_who_are_signed_in(browser: Browser) -> None:
    page = Page(browser.post("/account/delete", {"confirm": "x"}))
    check_page(page, 401, "Sign in first")
    assert "/sign-in" in page.links()


def test_an_unexpected_error_says_that_it_is_not_the_learners_fault(broken: Browser) -> None:
    page = broken.open("/broken")
    check_page(page, 500, "Something went wrong here")
    assert "It is not your fault, and answers that were saved are safe." in page.words
    assert broken.post("/broken").status_code == 500


def test_an_unexpected_error_goes_into_the_log(broken: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "offramp"):
        broken.open("/broken")
    assert "RuntimeError" in caplog.text
    assert SECRET in caplog.text


def test_what_a_statement_carried_goes_neither_onto_the_page_nor_into_the_log(
    broken: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    page = broken.open("/bad-statement")
    assert page.status in {500, 503}
    assert is_clean(page.body)
    assert "nowhere" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(("path", "status"), [("/none", 404), ("/sign-out", 405), ("/broken", 500), ("/account", 401)])
def test_a_script_gets_json(broken: Browser, path: str, status: int) -> None:
    response = broken.client.get(path, headers=JSON)
    assert response.status_code == status
    assert response.mimetype == "application/json"
    assert set(response.get_json()) == {"message", "reason"}
    assert is_clean(response.get_data(as_text=True))


def test_a_browser_that_takes_anything_gets_a_page(browser: Browser) -> None:
    for accept in ("*/*", "text/html,application/xhtml+xml,*/*;q=0.8", ""):
        assert browser.client.get("/none", headers={"Accept": accept}).mimetype == "text/html"


def test_an_error_page_of_somebody_signed_in_still_knows_them(browser: Browser, session: Session) -> None:
    browser.start()
    assert browser.open("/none").tree.one("aside", class_="guest-strip")
