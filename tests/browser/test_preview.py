"""A question tried out before learners meet it: as wide as a phone, by keyboard, in reach of everybody."""

from __future__ import annotations

import json
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from app.accounts.permissions import Role
from app.authoring.draft import as_content
from app.boot import course
from app.db import transaction
from tests.authoring.making import changed, make_published, save
from tests.browser.server import LiveServer
from tests.browser.test_access import check
from tests.factories import PASSWORD, make_user

_numbers = count(1)


@pytest.fixture
def slug(page: Page, server: LiveServer) -> str:
    """A question of the teacher who is signed in at the page: published, and edited since."""
    number = next(_numbers)
    slug, name = f"own-ferry-{number}", f"previewer{number}"
    with server.app.test_request_context(), transaction() as session:
        tess = make_user(session, name, role=Role.TEACHER)
        own = make_published(session, tess, slug=slug)
        save(session, own, tess, changed(stem="What does the new ferry cost?"))
        ordering = next(it for it in course().questions.values() if it.kind == "ordering" and it.head.use != "lesson")
        make_published(session, tess, json.loads(json.dumps(as_content(ordering))), slug=f"{slug}-order")
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    return slug


def test_on_the_phone_a_question_is_as_wide_as_one_and_can_be_answered(page: Page, slug: str) -> None:
    page.goto(f"/teach/questions/{slug}/preview?as=phone")
    frame = page.frame_locator("iframe")
    assert frame.locator("html").evaluate("() => innerWidth") == 390
    assert frame.locator("html").evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
    frame.get_by_label("Two coins").check()
    frame.get_by_role("button", name="Check answer").click()
    expect(frame.get_by_text("Wrong. You chose this.")).to_be_visible()
    frame.get_by_role("link", name="Try again", exact=True).click()
    expect(frame.get_by_role("button", name="Check answer")).to_be_visible()
    # Whatever leads elsewhere leads out of the frame, which nothing else may be shown in.
    frame.get_by_role("link", name="Switch off").click()
    page.wait_for_url("**/device")


def test_the_controls_of_a_learner_are_there_and_keys_are_enough(page: Page, slug: str) -> None:
    page.goto(f"/teach/questions/{slug}-order/preview")
    page.get_by_role("button", name="Move down").first.press("Enter")
    page.get_by_role("button", name="Check answer").press("Enter")
    expect(page.locator(".result-head .tag")).to_be_focused()


def test_the_pages_around_a_question_are_within_reach_of_everybody(page: Page, slug: str) -> None:
    for path in ("", "/publish", "/history", "/preview?as=terminal"):
        page.goto(f"/teach/questions/{slug}{path}")
        for folded in page.locator("main details").all():
            folded.locator("summary").click()
        check(page)
