"""A lost connection loses no answer: it is kept on the device, said to be kept, and sent when it can be."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.server import LiveServer
from tests.browser.sitting import (
    KEPT,
    SAVED,
    attempt_path,
    go_to,
    kept_answers,
    option,
    saved,
    start_quiz,
    unsent,
    wait_for_pages_ahead,
    wait_until_all_sent,
)

WAITING = "1 answer is kept on this device and will be sent when the server answers."
ALL_SENT = "All answers are sent."
Device = Callable[..., BrowserContext]
SignIn = Callable[[Page, str], None]


def come_back(page: Page) -> None:
    """What a browser does when its network is there again."""
    page.evaluate("dispatchEvent(new Event('online'))")


def test_an_answer_is_kept_and_sent_when_the_server_is_back(page: Page, server: LiveServer) -> None:
    start_quiz(page)
    server.stop()
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    expect(unsent(page)).to_have_text(WAITING)
    expect(page.locator('[data-step="1"] [data-step-state]')).to_have_text(", answered, not sent yet")
    server.start()
    come_back(page)
    expect(saved(page)).to_have_text(SAVED)
    expect(unsent(page)).to_have_text(ALL_SENT)
    expect(page.locator('[data-step="1"] [data-step-state]')).to_have_text(", answered")
    page.reload()
    expect(option(page, 2)).to_be_checked()


def test_it_is_tried_again_without_being_asked(page: Page, server: LiveServer) -> None:
    start_quiz(page)
    server.stop()
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    server.start()
    expect(saved(page)).to_have_text(SAVED, timeout=10_000)


def test_a_whole_quiz_can_be_answered_without_a_connection(page: Page) -> None:
    start_quiz(page)
    wait_for_pages_ahead(page)
    page.context.set_offline(True)
    option(page, 1).check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/questions/2$"))
    option(page, 1).check()
    go_to(page, 3)
    page.get_by_role("button", name="Move down").first.click()
    go_to(page, 4)
    page.get_by_role("textbox").fill("coast guard")
    page.get_by_role("button", name="Flag for later").click()
    page.get_by_role("button", name="Review and hand in").click()
    expect(page.get_by_role("alert")).to_contain_text("You cannot hand in now: the server does not answer.")
    expect(page.get_by_role("alert")).to_contain_text("4 answers are not sent yet.")
    go_to(page, 1)
    expect(option(page, 1)).to_be_checked()
    expect(saved(page)).to_have_text(KEPT)
    page.context.set_offline(False)
    expect(unsent(page)).to_have_text(ALL_SENT)
    page.goto(f"{attempt_path(page)}/review")
    expect(page.get_by_text("4 of 4 questions are answered.")).to_be_visible()
    expect(page.locator('[data-row="4"]')).to_contain_text("flagged")


def test_what_was_sent_is_shown_without_a_connection(page: Page) -> None:
    start_quiz(page)
    wait_for_pages_ahead(page)
    option(page, 3).check()
    expect(saved(page)).to_have_text(SAVED)
    go_to(page, 2)
    page.context.set_offline(True)
    go_to(page, 1)
    expect(option(page, 3)).to_be_checked()
    expect(saved(page)).to_have_text(SAVED)


def test_of_several_kept_answers_the_last_is_shown_and_counts(page: Page) -> None:
    start_quiz(page)
    wait_for_pages_ahead(page)
    page.context.set_offline(True)
    for number in (3, 1, 2):
        option(page, number).check()
        expect(saved(page)).to_have_text("Saving…")
        expect(saved(page)).to_have_text(KEPT)
    go_to(page, 2)
    go_to(page, 1)
    expect(option(page, 2)).to_be_checked()
    page.context.set_offline(False)
    expect(unsent(page)).to_have_text(ALL_SENT)
    page.reload()
    expect(option(page, 2)).to_be_checked()


def test_a_reload_shows_the_kept_answer_and_not_the_older_one(page: Page, server: LiveServer) -> None:
    start_quiz(page)
    option(page, 1).check()
    expect(saved(page)).to_have_text(SAVED)
    server.stop()
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    server.start()
    # The page itself comes; answers are not taken yet.
    page.route("**/questions/1", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    page.reload()
    expect(option(page, 2)).to_be_checked()
    expect(saved(page)).to_have_text(KEPT)
    page.unroute_all()
    come_back(page)
    expect(saved(page)).to_have_text(SAVED)


def test_a_closed_browser_sends_when_it_is_opened_again(device: Device, server: LiveServer) -> None:
    before = device()
    page = before.new_page()
    start_quiz(page)
    address = page.url
    server.stop()
    option(page, 3).check()
    expect(saved(page)).to_have_text(KEPT)
    disk = before.storage_state()
    before.close()
    server.start()
    page = device(storage_state=disk).new_page()
    page.goto("/")
    expect(unsent(page)).to_have_text(ALL_SENT)
    page.goto(address)
    expect(option(page, 3)).to_be_checked()
    expect(saved(page)).to_have_text(SAVED)


def test_nothing_is_handed_in_while_an_answer_is_not_sent(page: Page) -> None:
    start_quiz(page)
    path = attempt_path(page)
    page.route("**/questions/*", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    page.get_by_role("button", name="Review and hand in").click()
    expect(page.locator('[data-row="1"]')).to_contain_text("Answered, not sent yet")
    expect(page.get_by_text("1 answer of 4 is not sent yet.")).to_be_visible()
    expect(page.get_by_role("heading", name="3 questions are blank")).to_be_visible()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("alert")).to_have_text("Not handed in: 1 answer is not sent yet.")
    assert page.url.endswith(f"{path}/review")
    page.unroute_all()
    page.get_by_role("button", name="Hand in").click()
    expect(page).to_have_title(re.compile("Your result"))
    expect(page.locator("#q1")).not_to_contain_text("Left blank")


def test_without_a_server_nothing_is_handed_in_and_the_page_stays(page: Page, server: LiveServer) -> None:
    start_quiz(page)
    page.get_by_role("button", name="Review and hand in").click()
    expect(page.get_by_role("button", name="Hand in")).to_be_visible()
    server.stop()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("alert")).to_contain_text("Not handed in: the server does not answer.")
    server.start()
    page.get_by_role("button", name="Hand in").dblclick()
    expect(page).to_have_title(re.compile("Your result"))


def test_a_server_in_trouble_keeps_the_answer_on_the_device(page: Page) -> None:
    start_quiz(page)
    page.route(
        "**/questions/1",
        lambda route: (
            route.fulfill(status=503, json={"message": "The disk is full."})
            if route.request.method == "POST"
            else route.fallback()
        ),
    )
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    assert kept_answers(page) == 1


def test_a_page_in_between_that_answers_for_the_server_is_not_believed(page: Page) -> None:
    start_quiz(page)
    page.route(
        "**/questions/1",
        lambda route: (
            route.fulfill(status=200, content_type="text/html", body="<p>Welcome to the library's network")
            if route.request.method == "POST"
            else route.fallback()
        ),
    )
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    assert kept_answers(page) == 1


def test_an_answer_that_cannot_be_read_is_asked_again(page: Page) -> None:
    start_quiz(page)
    go_to(page, 4)
    field = page.get_by_role("textbox")
    field.evaluate("it => it.removeAttribute('maxlength')")
    field.fill("word " * 60)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".error")).to_contain_text("Use at most")
    expect(field).to_be_focused()
    told = page.locator(".error").get_attribute("id")
    expect(field).to_have_attribute("aria-describedby", re.compile(rf"\b{told}$"))
    expect(saved(page)).to_have_text("Not saved: see the message at your answer")
    assert kept_answers(page) == 0
    field.fill("coast guard")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="Review before you hand in")).to_be_visible()
    expect(page.locator('[data-row="4"]')).to_contain_text("coast guard")


FORBIDDEN = """Storage.prototype.setItem = () => { throw new DOMException("no", "SecurityError") }"""


def test_where_storage_is_forbidden_answers_are_saved_and_the_truth_is_told(device: Device, server: LiveServer) -> None:
    context = device()
    context.add_init_script(FORBIDDEN)
    page = context.new_page()
    start_quiz(page)
    option(page, 1).check()
    expect(saved(page)).to_have_text(SAVED)
    server.stop()
    option(page, 2).check()
    expect(saved(page)).to_have_text("Not kept: this browser does not allow it. Keep this page open.")
    server.start()
    come_back(page)
    expect(saved(page)).to_have_text(SAVED)
    page.reload()
    expect(option(page, 2)).to_be_checked()


def test_two_windows_send_one_answer_once(page: Page, server: LiveServer) -> None:
    start_quiz(page)
    other = page.context.new_page()
    other.goto(page.url)
    server.stop()
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    server.start()
    come_back(other)
    wait_until_all_sent(page)
    expect(saved(page)).to_have_text(SAVED)
    other.reload()
    expect(option(other, 2)).to_be_checked()
