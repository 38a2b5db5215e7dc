"""Putting in order, number keys, looking at a password."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sitting import SAVED, go_to, option, saved, start_quiz


def rows(page: Page) -> list[str]:
    """The texts of the rows from top to bottom."""
    return page.locator(".order-text").all_inner_texts()


def places(page: Page) -> list[str]:
    """The places given to the rows from top to bottom."""
    return [select.input_value() for select in page.locator("[data-order] select").all()]


@pytest.fixture
def ordering(page: Page) -> Page:
    """A question that asks for an order."""
    start_quiz(page)
    go_to(page, 3)
    return page


def test_a_move_numbers_all_rows_and_keeps_the_focus(ordering: Page) -> None:
    before = rows(ordering)
    button = ordering.get_by_role("button", name="Move down").first
    button.focus()
    ordering.keyboard.press("Enter")
    assert rows(ordering) == [before[1], before[0], *before[2:]]
    assert places(ordering) == ["1", "2", "3", "4", "5"]
    moved = ordering.locator(".order-row").nth(1).get_by_role("button", name="Move down")
    expect(moved).to_be_focused()
    expect(ordering.get_by_text(f"{before[0]}: now place 2 of 5")).to_be_attached()
    expect(saved(ordering)).to_have_text(SAVED)


def test_a_move_at_the_end_changes_nothing_and_says_so(ordering: Page) -> None:
    before = rows(ordering)
    first = ordering.get_by_role("button", name="Move up").first
    expect(first).to_have_attribute("aria-disabled", "true")
    first.click(force=True)
    assert rows(ordering) == before
    assert places(ordering) == [""] * 5
    expect(ordering.get_by_text(f"{before[0]} is first already")).to_be_attached()


def test_a_place_that_is_taken_is_swapped(ordering: Page) -> None:
    selects = ordering.locator("[data-order] select")
    selects.nth(0).select_option("1")
    selects.nth(1).select_option("2")
    selects.nth(1).select_option("1")
    assert places(ordering) == ["2", "1", "", "", ""]
    selects.nth(2).select_option("2")
    assert places(ordering) == ["", "1", "2", "", ""]


def test_a_move_leaves_the_places_that_were_chosen(ordering: Page) -> None:
    before = rows(ordering)
    ordering.locator("[data-order] select").nth(4).select_option("1")
    ordering.locator(".order-row").nth(0).get_by_role("button", name="Move down").click()
    assert rows(ordering) == [before[4], before[1], before[0], before[2], before[3]]


def test_a_saved_order_is_shown_in_its_order(ordering: Page) -> None:
    ordering.get_by_role("button", name="Move down").first.click()
    order = rows(ordering)
    expect(saved(ordering)).to_have_text(SAVED)
    ordering.reload()
    expect(ordering.get_by_role("button", name="Move down").first).to_be_visible()
    assert rows(ordering) == order


def test_number_keys_choose_while_an_option_has_the_focus(page: Page) -> None:
    start_quiz(page)
    expect(page.get_by_text("Number keys choose while an option has the focus.")).to_be_visible()
    option(page, 1).focus()
    page.keyboard.press("3")
    expect(option(page, 3)).to_be_checked()
    expect(option(page, 3)).to_be_focused()


def test_number_keys_turn_boxes(page: Page) -> None:
    start_quiz(page)
    go_to(page, 2)
    option(page, 1).focus()
    for key in "242":
        page.keyboard.press(key)
    expect(option(page, 4)).to_be_checked()
    expect(option(page, 2)).not_to_be_checked()


def test_number_keys_do_nothing_elsewhere(page: Page) -> None:
    start_quiz(page)
    page.get_by_role("button", name="Save and continue").focus()
    page.keyboard.press("3")
    expect(option(page, 3)).not_to_be_checked()


def test_number_keys_can_be_switched_off(page: Page) -> None:
    page.goto("/device")
    page.get_by_label("number keys").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved for this device.")).to_be_visible()
    start_quiz(page)
    option(page, 1).focus()
    page.keyboard.press("3")
    expect(option(page, 3)).not_to_be_checked()
    expect(page.get_by_text("Number keys choose")).to_be_hidden()


def test_a_password_can_be_looked_at(page: Page) -> None:
    page.goto("/register")
    field = page.get_by_label("Password", exact=True)
    field.fill("three plain words")
    button = page.get_by_role("button", name="Show")
    button.click()
    expect(field).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(field).to_have_attribute("type", "password")
