"""The pages for teachers in their states, for the tests of what holds for every page."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from app.accounts.permissions import Role
from app.db import transaction
from app.questions.types import TYPES
from tests.factories import make_user
from tests.web.teach.writing import begin, save
from tests.web.visiting import Browser, Page


def through_the_editor(app: Flask) -> Iterator[tuple[str, Page]]:
    """A question of each kind begun, rows removed, findings, images, and two texts to choose from."""
    with app.app_context(), transaction() as session:
        make_user(session, "Writer", role=Role.TEACHER)
    browser = Browser(app).sign_in("Writer")
    yield "kinds of question", browser.open("/teach/questions/new")
    for kind in TYPES:
        begin(browser, kind)
        yield f"{kind} begun", browser.page
    yield "source rating with a reason", save_cell(browser)
    slug = begin(browser)
    first = browser.page
    fields = {"options__0__text": "One", "options__0__key": "yes", "options__1__text": "Two", "options__2__text": "3"}
    yield "question with findings", save(browser, stem="Which?", as_of="soon", **fields)
    yield "row removed", browser.press("Remove option 2")
    browser.page = first
    yield "two texts", save(browser, stem="What?")
    yield "editor again", browser.open(f"/teach/questions/{slug}/edit")
    yield "images", browser.open("/teach/images")
    yield "image missing", browser.press("Store the image", alt="A gauge")


def save_cell(browser: Browser) -> Page:
    """A cell that earns something, in the source rating that is open."""
    return save(browser, **{"cells__B2__credit": "1"})
