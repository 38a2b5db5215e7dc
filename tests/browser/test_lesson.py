"""Reading: self-checks in their place, drafts that outlive a reload, and where the reading stopped."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.server import LiveServer

LESSON = "/lessons/01-a-costly-word"
LONG = "/lessons/02-two-counts"
SignIn = Callable[[Page, str], None]


def become_guest(page: Page) -> None:
    """Answer something, which makes a guest."""
    page.goto(LESSON)
    page.wait_for_load_state()
    page.locator("#check-cost-guess input[type=radio]").first.check()
    page.get_by_role("button", name="Keep my guess").click()
    expect(page.get_by_text("Your guess is kept")).to_be_visible()


def test_a_check_is_explained_where_it_stands(page: Page) -> None:
    become_guest(page)
    page.evaluate("window.isSamePage = true")
    check = page.locator("#check-cost-check")
    check.get_by_label("The fares of the day").check()
    check.get_by_role("button", name="Check answer").click()
    expect(check).to_contain_text("Right. You chose this.")
    expect(check.get_by_role("heading")).to_be_focused()
    assert page.evaluate("window.isSamePage")


def test_the_first_check_makes_a_guest_and_shows_it(page: Page) -> None:
    become_guest(page)
    expect(page.get_by_text("Guest on this device")).to_be_visible()
    expect(page).to_have_url(re.compile("#check-cost-guess$"))


def test_a_check_without_an_answer_asks_for_one_at_its_place(page: Page) -> None:
    become_guest(page)
    check = page.locator("#check-cost-check")
    check.get_by_role("button", name="Check answer").click()
    expect(check.locator(".error")).to_have_text("Give an answer first; a guess will do.")
    check.get_by_label("The fares of the day").check()
    check.get_by_role("button", name="Check answer").click()
    expect(check).to_contain_text("Right. You chose this.")


def test_a_first_check_without_an_answer_can_be_answered_then(page: Page) -> None:
    page.goto(LESSON)
    page.wait_for_load_state()
    check = page.locator("#check-cost-check")
    check.get_by_role("button", name="Check answer").click()
    expect(check.locator(".error")).to_have_text("Give an answer first; a guess will do.")
    check.get_by_label("The fares of the day").check()
    check.get_by_role("button", name="Check answer").click()
    expect(check).to_contain_text("Right. You chose this.")


def test_a_check_without_a_server_keeps_what_was_given(page: Page, server: LiveServer) -> None:
    become_guest(page)
    server.stop()
    check = page.locator("#check-cost-check")
    check.get_by_label("Nothing at all").check()
    check.get_by_role("button", name="Check answer").click()
    expect(check.get_by_role("alert")).to_contain_text("Not sent: the server does not answer.")
    expect(check.get_by_label("Nothing at all")).to_be_checked()
    server.start()
    check.get_by_role("button", name="Check answer").click()
    expect(check).to_contain_text("Wrong. You chose this.")


def test_what_was_given_and_not_sent_outlives_a_reload(page: Page) -> None:
    page.goto(LESSON)
    page.wait_for_load_state()
    page.locator("#check-cost-check").get_by_label("Nothing at all").check()
    page.get_by_label("Your three lines").fill("Words are free.")
    page.reload()
    expect(page.locator("#check-cost-check").get_by_label("Nothing at all")).to_be_checked()
    expect(page.get_by_label("Your three lines")).to_have_value("Words are free.")


def test_a_draft_is_not_shown_to_the_next_learner(page: Page, account: Callable[[], str], sign_in: SignIn) -> None:
    sign_in(page, account())
    page.goto(LESSON)
    page.wait_for_load_state()
    page.get_by_label("Your three lines").fill("Words are free.")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, account())
    page.goto(LESSON)
    page.wait_for_load_state()
    expect(page.get_by_label("Your three lines")).to_have_value("")


def test_the_summary_is_compared_where_it_stands(page: Page) -> None:
    become_guest(page)
    page.get_by_label("Your three lines").fill("Words are free.")
    page.get_by_role("button", name="Compare with ours").click()
    expect(page.locator("#summary")).to_contain_text("Fares are not.")
    expect(page.locator("#summary").get_by_text("Words are free.").first).to_be_visible()


def test_a_second_window_that_knew_nobody_can_still_answer(page: Page) -> None:
    other = page.context.new_page()
    other.goto(LESSON)
    become_guest(page)
    check = other.locator("#check-cost-check")
    check.get_by_label("The fares of the day").check()
    check.get_by_role("button", name="Check answer").click()
    expect(check).to_contain_text("Right. You chose this.")


def read_to(page: Page, heading: str) -> None:
    """Scroll with the wheel until a heading stands high in the window."""
    page.mouse.move(600, 400)
    target = page.get_by_role("heading", name=heading)
    box = target.bounding_box()
    assert box
    page.mouse.wheel(0, box["y"] - 100)


def test_reading_goes_on_where_it_stopped(page: Page) -> None:
    become_guest(page)
    with page.expect_request("**/position") as sent:
        read_to(page, "A warning that costs something")
    assert sent.value.method == "POST"
    response = sent.value.response()
    assert response
    assert response.status == 204
    page.goto("/")
    link = page.get_by_role("link", name="Continue reading")
    expect(link).to_have_attribute("href", f"{LESSON}#a-warning-that-costs-something")


def test_a_page_that_opens_at_an_anchor_says_nothing_of_reading(page: Page) -> None:
    become_guest(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto(f"{LONG}#who-counted-what")
    page.wait_for_load_state("networkidle")
    page.goto("/")
    assert not [url for url in sent if url.endswith("/position")]


def test_reading_alone_makes_no_guest_and_still_goes_on(page: Page) -> None:
    page.goto(LESSON)
    page.wait_for_load_state()
    read_to(page, "A warning that costs something")
    page.wait_for_function("() => localStorage.getItem('offramp:place')")
    page.goto("/")
    expect(page.get_by_text("Guest on this device")).to_be_hidden()
    page.get_by_role("link", name="Continue reading").click()
    expect(page).to_have_url(re.compile("#a-warning-that-costs-something$"))
