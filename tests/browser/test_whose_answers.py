"""A kept answer belongs to who gave it: it waits for that learner, and nobody else sends it or loses it unasked."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.server import LiveServer
from tests.browser.sitting import KEPT, SAVED, kept_answers, option, saved, start_quiz, unsent
from tests.factories import PASSWORD

ALL_SENT = "All answers are sent."
SignIn = Callable[[Page, str], None]


def test_an_ended_session_keeps_the_answer_until_the_learner_signs_in_again(
    page: Page, account: Callable[[], str], sign_in: SignIn
) -> None:
    name = account()
    sign_in(page, name)
    start_quiz(page)
    page.context.clear_cookies()
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    link = unsent(page).get_by_role("link", name=f"Sign in as {name} to send 1 answer")
    address = page.url
    link.click()
    expect(page.get_by_label("Name")).to_have_value(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(address)
    expect(unsent(page)).to_have_text(ALL_SENT)
    expect(option(page, 2)).to_be_checked()
    expect(saved(page)).to_have_text(SAVED)


def test_another_learner_does_not_send_it(
    page: Page, account: Callable[[], str], sign_in: SignIn, server: LiveServer
) -> None:
    mina, sam = account(), account()
    sign_in(page, mina)
    start_quiz(page)
    server.stop()
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    page.context.clear_cookies()
    server.start()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/questions/" in request.url else None)
    sign_in(page, sam)
    expect(unsent(page)).to_contain_text(f"Sign in as {mina} to send 1 answer")
    page.goto("/progress")
    expect(unsent(page)).to_contain_text(f"Sign in as {mina} to send 1 answer")
    assert kept_answers(page) == 1
    assert sent == []


def test_signing_out_with_an_unsent_answer_asks_first(page: Page, account: Callable[[], str], sign_in: SignIn) -> None:
    name = account()
    sign_in(page, name)
    start_quiz(page)
    page.route("**/questions/1", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    page.get_by_role("button", name="Sign out").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Not sent yet: 1 answer")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()
    expect(saved(page)).to_have_text(KEPT)
    page.get_by_role("button", name="Sign out").click()
    dialog.get_by_role("button", name="Sign out").click()
    expect(unsent(page)).to_contain_text(f"Sign in as {name} to send 1 answer")


def test_starting_over_with_an_unsent_answer_asks_first_and_forgets_it(page: Page) -> None:
    start_quiz(page)
    page.route("**/questions/1", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    page.goto("/start-over")
    page.get_by_role("button", name="Delete and start over").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Not sent yet: 1 answer")
    dialog.get_by_role("button", name="Delete and start over").click()
    page.wait_for_url("**/")
    expect(unsent(page)).to_be_hidden()
    assert kept_answers(page) == 0
