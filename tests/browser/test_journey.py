"""A learner's whole way: lesson, checks, quiz, result, another attempt, progress, and keeping it all."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.chromium import SCHOOL
from tests.browser.server import LiveServer

Device = Callable[..., BrowserContext]
Press = Callable[[Page, Locator], None]
_numbers = count(1)


def by_pointer(page: Page, target: Locator) -> None:
    """Click."""
    target.click()


def by_keyboard(page: Page, target: Locator) -> None:
    """Tab to it, from wherever the focus is, and press the key that works it."""
    target.wait_for()
    page.wait_for_load_state()
    for _ in range(120):
        if target.evaluate("it => it === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
    is_seen = "it => it.closest('label')?.matches(':has(:focus-visible)') || it.matches(':focus-visible')"
    assert target.evaluate(is_seen), "the focus cannot be seen"
    page.keyboard.press("Space" if target.evaluate("it => it.matches('input, button')") else "Enter")


def by_any_radio(group: Locator) -> Locator:
    """Where Tab enters a group of radio buttons."""
    checked = group.locator("input[type=radio]:checked")
    return checked if checked.count() else group.locator("input[type=radio]").first


def button(page: Page, name: str) -> Locator:
    """A button or a link that looks like one, in the content."""
    main = page.get_by_role("main")
    return main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name, exact=True)).first


def learn(page: Page, press: Press) -> None:
    """From the first page to a finished lesson."""
    page.goto("/")
    press(page, button(page, "Start reading"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A costly word")
    press(page, by_any_radio(page.locator("#check-cost-guess")))
    press(page, page.get_by_role("button", name="Keep my guess"))
    expect(page.get_by_text("Your guess is kept")).to_be_visible()
    press(page, by_any_radio(page.locator("#check-cost-check")))
    press(page, page.get_by_role("button", name="Check answer"))
    expect(page.locator("#check-cost-check")).to_contain_text("You chose this.")
    press(page, page.get_by_role("button", name="Finish lesson"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Check: A costly word")


def answer_all(page: Page, press: Press) -> None:
    """Answer the four questions of the quiz, one of each kind."""
    press(page, button(page, "Start the quiz"))
    expect(page.locator('form[data-position="1"]')).to_be_visible()
    press(page, by_any_radio(page.locator("[data-options]")))
    press(page, button(page, "Save and continue"))
    expect(page.locator('form[data-position="2"]')).to_be_visible()
    press(page, page.locator("[data-options] input").nth(1))
    press(page, button(page, "Save and continue"))
    expect(page.locator('form[data-position="3"]')).to_be_visible()
    for place, select in enumerate(page.locator("[data-order] select").all(), 1):
        select.focus()
        select.press(str(place)) if press is by_keyboard else select.select_option(str(place))
    press(page, button(page, "Save and continue"))
    expect(page.locator('form[data-position="4"]')).to_be_visible()
    field = page.get_by_role("textbox")
    field.focus()
    page.keyboard.type("correction note")
    press(page, button(page, "Save and continue"))
    expect(page.get_by_text("4 of 4 questions are answered.")).to_be_visible()


def hand_in(page: Page, press: Press) -> None:
    """Hand in and see the result, then begin again."""
    press(page, button(page, "Hand in"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your result")
    expect(page.locator(".result-item")).to_have_count(4)
    expect(page.locator("#q4")).to_contain_text("correction note")
    press(page, button(page, "Another attempt"))
    expect(page.locator('form[data-position="1"]')).to_be_visible()


def keep(page: Page, press: Press) -> None:
    """See the progress and keep it under a name."""
    press(page, page.get_by_role("link", name="Progress", exact=True))
    expect(page.get_by_role("main")).to_contain_text("of 4")
    press(page, page.get_by_role("link", name="Keep my progress"))
    name = f"nomad{next(_numbers)}"
    page.get_by_label("Name").focus()
    page.keyboard.type(name)
    page.get_by_label("Password", exact=True).focus()
    page.keyboard.type("three plain words")
    press(page, button(page, "Keep my progress"))
    expect(page.get_by_text("Your progress is kept under this name.")).to_be_visible()
    page.goto("/progress")
    expect(page.get_by_role("main")).to_contain_text("of 4")


def whole_journey(page: Page, press: Press) -> None:
    """All of it."""
    learn(page, press)
    answer_all(page, press)
    hand_in(page, press)
    keep(page, press)


def test_at_a_desk(page: Page) -> None:
    whole_journey(page, by_pointer)


def test_by_keyboard_alone(page: Page) -> None:
    whole_journey(page, by_keyboard)


def test_without_a_script(device: Device) -> None:
    whole_journey(device(java_script_enabled=False).new_page(), by_pointer)


def test_on_a_phone(device: Device) -> None:
    whole_journey(device(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page(), by_pointer)


def test_over_plain_http_on_a_name_of_the_school(device: Device, server: LiveServer) -> None:
    page = device(base_url=server.url_on(SCHOOL)).new_page()
    page.goto("/")
    assert page.evaluate("() => [isSecureContext, typeof crypto.randomUUID]") == [False, "undefined"]
    whole_journey(page, by_pointer)


@pytest.mark.parametrize("is_scripted", [True, False])
def test_the_skip_link_leads_to_the_content(device: Device, is_scripted: bool) -> None:
    page = device(java_script_enabled=is_scripted).new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_going_on_from_another_device(
    device: Device, account: Callable[[], str], sign_in: Callable[[Page, str], None]
) -> None:
    name = account()
    here, there = device().new_page(), device(viewport={"width": 390, "height": 844}).new_page()
    sign_in(here, name)
    here.goto("/quizzes/mixed")
    here.get_by_role("button", name="Start the quiz").click()
    here.locator("[data-options] input").first.check()
    here.get_by_role("button", name="Save and continue").click()
    expect(here).to_have_url(re.compile("/questions/2$"))
    sign_in(there, name)
    there.get_by_role("link", name="Go on with the quiz").click()
    expect(there).to_have_url(here.url)
    there.get_by_role("link", name=re.compile("^Question 1")).click()
    expect(there.locator("[data-options] input").first).to_be_checked()
