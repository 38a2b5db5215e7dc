"""Against the clock: the server's deadline, counted down on devices whose own clock is wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.scenes_kinds import attempt_id
from tests.browser.scenes_modes import move_deadline
from tests.browser.server import LiveServer
from tests.browser.sitting import KEPT, SAVED, go_to, option, saved, start_quiz

WRONG = datetime(2031, 5, 5, 5, 5, tzinfo=UTC)
LEFT = 90.0
_LISTEN = """() => {
  window.said = [];
  new MutationObserver(() => {
    const text = document.querySelector("[data-left-said]")?.textContent ?? "";
    if (text && said.at(-1) !== text) said.push(text);
  }).observe(document.getElementById("main"), { childList: true, subtree: true, characterData: true });
}"""


def left(page: Page) -> int:
    """Seconds that the page says are left."""
    expect(page.locator("[data-left]")).to_have_text(re.compile(r"^\d+:\d\d left$"))
    minutes, seconds = page.locator("[data-left]").inner_text().removesuffix(" left").split(":")
    return int(minutes) * 60 + int(seconds)


def run_until_left(page: Page, seconds: int) -> None:
    """Let the device's time go on until so much is left."""
    page.clock.run_for((left(page) - seconds) * 1000)
    assert left(page) == seconds


@pytest.fixture
def timed(page: Page, server: LiveServer) -> Page:
    """An attempt that ends in a minute and a half, on a device that is years ahead and whose time stands."""
    page.clock.install(time=WRONG)
    start_quiz(page)
    move_deadline(server, attempt_id(page), LEFT)
    page.reload()
    page.wait_for_load_state()
    page.clock.pause_at(page.evaluate("() => Date.now() / 1000 + 1"))
    return page


def test_the_time_is_counted_by_the_servers_clock_and_the_last_minute_said_once(timed: Page) -> None:
    assert LEFT - 15 < left(timed) <= LEFT
    timed.evaluate(_LISTEN)
    with timed.expect_response("**/questions/2") as ahead:
        timed.clock.run_for(3000)
    ahead.value.finished()
    timed.clock.run_for(10_000)
    timed.context.set_offline(True)
    go_to(timed, 2)  # as it was fetched ten seconds ago
    assert LEFT - 20 < left(timed) <= LEFT - 9
    run_until_left(timed, 55)
    timed.context.set_offline(False)
    go_to(timed, 3)
    run_until_left(timed, 50)
    expect(timed.locator(".time-left")).to_have_class(re.compile("is-short"))
    assert timed.evaluate("said") == ["1 minute left"]


def test_at_the_end_what_was_typed_is_sent_in_time_and_the_page_says_that_it_is_over(
    timed: Page, server: LiveServer
) -> None:
    option(timed, 1).check()
    timed.clock.run_for(500)
    expect(saved(timed)).to_have_text(SAVED)
    go_to(timed, 4)
    run_until_left(timed, 4)
    timed.get_by_role("textbox").focus()
    timed.keyboard.insert_text("correction note")
    expect(saved(timed)).to_have_text("Saving…")
    timed.clock.run_for(1100)  # shorter than words rest before they are sent
    expect(saved(timed)).to_have_text(SAVED)
    move_deadline(server, attempt_id(timed), -1)
    timed.clock.run_for(4000)
    expect(timed.get_by_role("heading", level=1)).to_have_text("Time is up")
    expect(timed.get_by_role("main")).to_contain_text("2 of 4 questions were answered by then")


def test_without_a_server_the_end_is_said_and_the_page_stays_until_it_is_back(timed: Page, server: LiveServer) -> None:
    server.stop()
    option(timed, 1).check()
    timed.clock.run_for(500)
    expect(saved(timed)).to_have_text(KEPT)
    timed.clock.run_for(int(LEFT * 1000))
    expect(timed.get_by_role("alert")).to_contain_text("The time is up, and the server does not answer.")
    expect(option(timed, 1)).to_be_checked()
    server.start()
    move_deadline(server, attempt_id(timed), -1)
    timed.clock.run_for(6000)
    expect(timed.get_by_role("heading", level=1)).to_have_text("Time is up")
    expect(timed.get_by_role("main")).to_contain_text("No question was answered by then.")
