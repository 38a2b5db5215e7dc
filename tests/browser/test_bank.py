"""The table of questions at a browser: by keyboard, with the script, in every width; axe sees nothing wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from app.accounts.permissions import Role
from app.db import transaction
from tests.authoring.making import changed, make_own, make_published, save
from tests.browser.server import LiveServer
from tests.browser.test_access import check
from tests.factories import make_user

TABLE = "/teach/questions"
_numbers = count(1)


@pytest.fixture
def bank(page: Page, server: LiveServer, sign_in: Callable[[Page, str], None]) -> Page:
    """The table before a new teacher with three questions of their own."""
    name = f"tamsin{next(_numbers)}"
    with server.app.app_context(), transaction() as session:
        user = make_user(session, name, role=Role.TEACHER)
        make_own(session, user, changed(stem=f"Draft of {name}?"), slug=f"own-draft-{name}")
        make_published(session, user, changed(stem=f"Public of {name}?", tags=["ferry"]), slug=f"own-public-{name}")
        edited = make_published(session, user, changed(stem=f"Old of {name}?"), slug=f"own-edited-{name}")
        save(session, edited, user, changed(stem=f"New of {name}?", category="Unit 1/Signals"))
    sign_in(page, name)
    page.goto(f"{TABLE}?owner={name}")
    return page


def ticks(page: Page) -> Locator:
    return page.locator('input[name="slug"]')


def test_the_table_is_within_reach_of_everybody(bank: Page) -> None:
    bank.goto(TABLE)
    bank.get_by_text("Filters and order").click()
    ticks(bank).first.check()
    check(bank)


def test_the_page_before_a_change_is_too_and_so_is_the_undo(bank: Page) -> None:
    bank.get_by_label("All on this page").check()
    bank.get_by_label("With those selected").select_option("move")
    bank.get_by_role("button", name="Go on").click()
    expect(bank.get_by_role("heading", name="Move")).to_be_visible()
    check(bank)
    bank.get_by_label("Level").select_option("remember")
    bank.get_by_role("button", name="Move").click()
    expect(bank.get_by_text("Moved: 3 questions.", exact=True)).to_be_visible()
    check(bank)


def test_all_on_the_page_are_ticked_at_once_and_counted(bank: Page) -> None:
    everything = bank.get_by_label("All on this page")
    everything.check()
    expect(ticks(bank).and_(bank.locator(":checked"))).to_have_count(3)
    expect(bank.get_by_text("3 selected")).to_be_visible()
    ticks(bank).first.uncheck()
    expect(bank.get_by_text("2 selected")).to_be_visible()
    assert everything.evaluate("it => it.indeterminate")


def test_a_tag_is_given_and_taken_back_by_keyboard_alone(bank: Page) -> None:
    ticks(bank).first.focus()
    bank.keyboard.press("Space")
    bank.get_by_role("button", name="Go on").focus()
    bank.keyboard.press("Enter")
    bank.get_by_label("Tag").focus()
    bank.keyboard.type("week-3")
    bank.keyboard.press("Enter")
    undo = bank.get_by_role("button", name=re.compile("^Undo"))
    expect(undo).to_be_visible()
    expect(bank.locator(".bank-tags").get_by_text("week-3")).to_be_visible()
    undo.focus()
    bank.keyboard.press("Enter")
    expect(bank.get_by_text("Undone for 1 question.")).to_be_visible()


def test_on_a_phone_every_row_can_be_read_without_scrolling_sideways(bank: Page) -> None:
    bank.set_viewport_size({"width": 390, "height": 800})
    row = bank.get_by_role("row").filter(has_text="Public of")
    for words in ("Single choice", "Tell which warning costs more", "Apply", "Practice", "Published", "not asked yet"):
        box = row.get_by_text(words, exact=True).bounding_box()
        assert box is not None, words
        assert box["x"] >= 0, words
        assert box["x"] + box["width"] <= 390, words
    assert bank.locator(".table-scroll").evaluate("it => it.scrollWidth <= it.clientWidth")
