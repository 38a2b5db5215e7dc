"""The results of a quiz in a browser: within reach of everybody, and the learner in sight beside the last question."""

from __future__ import annotations

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from app.accounts.permissions import Role
from app.boot import course
from app.db import transaction
from tests.authoring.making import make_quiz
from tests.browser.server import LiveServer
from tests.browser.test_access import check
from tests.factories import PASSWORD, make_user
from tests.web.teach.taking import begun, taken

_numbers = count(1)
ASKED = ("word-or-deed", "which-signals-cost", "put-reports-in-order", "name-the-note", "kinds-words", "first-report")


@pytest.fixture
def address(page: Page, server: LiveServer) -> str:
    """The address of results with every sort of cell, for the teacher who is signed in at the page."""
    number = next(_numbers)
    slug, name = f"own-results-{number}", f"marker{number}"
    with server.app.test_request_context(), transaction() as session:
        make_quiz(session, make_user(session, name, role=Role.TEACHER), *ASKED, slug=slug, pass_mark=60)
        for learner in range(6):
            answers = ["wrong", "right", "dont_know", "right", "right", "blank"]
            user = make_user(session, f"learner{number}{learner}")
            taken(session, user, course(), answers[: 3 + learner % 4], slug=slug)
        begun(session, make_user(session, f"late{number}"), course(), ["right"], slug=slug)
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    return f"/teach/quizzes/{slug}/results"


def test_the_table_and_an_attempt_are_within_reach_of_everybody(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_text("The questions in words").click()
    check(page)
    page.locator("a.cell.is-pending").first.click()
    expect(page.get_by_role("link", name="Mark this text")).to_be_visible()
    check(page)


def test_on_a_phone_the_learner_stays_beside_the_last_question(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address)
    page.locator(".results tbody tr").first.locator("td").last.scroll_into_view_if_needed()
    assert page.locator(".table-scroll").evaluate("it => it.scrollLeft") > 0
    expect(page.locator(".results tbody tr").first.locator("th a")).to_be_in_viewport(ratio=1)
