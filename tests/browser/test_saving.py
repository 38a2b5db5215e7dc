"""An answer saves itself, and the page says the truth about it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser.server import LiveServer
from tests.browser.sitting import (
    QUIZ,
    SAVED,
    attempt_path,
    go_to,
    option,
    saved,
    start_quiz,
    stem,
    unsent,
    wait_for_pages_ahead,
    wait_until_all_sent,
)


def requests_of(page: Page) -> list[Request]:
    """Every request that the page makes from now on."""
    seen: list[Request] = []
    page.on("request", lambda request: seen.append(request))
    return seen


def test_a_choice_is_saved_by_itself(page: Page) -> None:
    start_quiz(page)
    option(page, 1).check()
    expect(saved(page)).to_have_text(SAVED)
    page.reload()
    expect(option(page, 1)).to_be_checked()


def test_a_saved_answer_takes_one_request(page: Page) -> None:
    start_quiz(page)
    wait_for_pages_ahead(page)
    seen = requests_of(page)
    option(page, 1).check()
    expect(saved(page)).to_have_text(SAVED)
    assert [request.method for request in seen] == ["POST"]


def test_an_answer_given_before_the_script_has_come_is_saved(page: Page) -> None:
    held: list[Route] = []
    page.route("**/quiz.*.js", lambda route: held.append(route))
    page.goto(f"/quizzes/{QUIZ}")
    page.get_by_role("button", name="Start").click()
    option(page, 2).check()
    while not held:
        page.wait_for_event("request")
    held[0].continue_()
    expect(saved(page)).to_have_text(SAVED)


def test_words_are_saved_after_a_rest_and_not_at_each_key(page: Page) -> None:
    start_quiz(page)
    go_to(page, 4)
    seen = requests_of(page)
    page.get_by_role("textbox").press_sequentially("a note")
    expect(saved(page)).to_have_text("Saving…")
    expect(saved(page)).to_have_text(SAVED)
    assert [request.method for request in seen if request.method == "POST"] == ["POST"]


def test_words_are_saved_when_the_field_is_left(page: Page) -> None:
    start_quiz(page)
    go_to(page, 4)
    page.get_by_role("textbox").fill("a note")
    page.keyboard.press("Tab")
    expect(saved(page)).to_have_text(SAVED, timeout=1500)


def test_words_typed_just_before_leaving_the_page_are_saved(page: Page) -> None:
    start_quiz(page)
    go_to(page, 4)
    address = page.url
    page.get_by_role("textbox").press_sequentially("a note")
    page.get_by_role("link", name="Progress", exact=True).click()
    page.goto(address)
    expect(page.get_by_role("textbox")).to_have_value("a note")
    expect(saved(page)).to_have_text(SAVED)


def test_words_typed_just_before_the_window_is_closed_are_sent(
    device: Callable[..., BrowserContext], account: Callable[[], str], sign_in: Callable[[Page, str], None]
) -> None:
    name = account()
    here, there = device().new_page(), device().new_page()
    for page in (here, there):
        sign_in(page, name)
    start_quiz(here)
    go_to(here, 4)
    address = here.url
    here.get_by_role("textbox").press_sequentially("a note")
    here.goto("about:blank")
    there.goto(address)
    for _ in range(20):  # it may still be on its way
        if there.get_by_role("textbox").input_value() == "a note":
            break
        there.reload()
    expect(there.get_by_role("textbox")).to_have_value("a note")


def test_what_is_changed_and_changed_back_is_saved_as_before(page: Page) -> None:
    start_quiz(page)
    go_to(page, 2)
    option(page, 1).check()
    expect(saved(page)).to_have_text(SAVED)
    option(page, 2).check()
    option(page, 2).uncheck()
    expect(saved(page)).to_have_text(SAVED)


def test_an_answer_can_be_taken_out_again(page: Page) -> None:
    start_quiz(page)
    go_to(page, 2)
    option(page, 1).check()
    expect(saved(page)).to_have_text(SAVED)
    option(page, 1).uncheck()
    expect(saved(page)).to_have_text(re.compile(r"^Answer taken out \d\d:\d\d$"))
    expect(page.locator('[data-step="2"]')).not_to_have_class(re.compile("is-answered"))


def test_save_and_continue_leads_to_the_next_question(page: Page) -> None:
    start_quiz(page)
    option(page, 1).check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/questions/2$"))
    expect(page).to_have_title(re.compile("Question 2 of 4"))
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator('[data-step="1"]')).to_have_class(re.compile("is-answered"))


def test_a_double_click_saves_once_and_skips_nothing(page: Page) -> None:
    start_quiz(page)
    option(page, 1).check()
    seen = requests_of(page)
    page.get_by_role("button", name="Save and continue").dblclick()
    expect(page).to_have_url(re.compile("/questions/2$"))
    page.go_back()
    expect(option(page, 1)).to_be_checked()
    assert len([request for request in seen if request.method == "POST"]) == 1


def test_a_second_click_on_the_next_questions_button_is_not_taken_for_its_answer(page: Page) -> None:
    page.clock.install()
    start_quiz(page)
    page.clock.pause_at(page.evaluate("() => Date.now() / 1000 + 1"))
    button = page.get_by_role("button", name="Save and continue")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(*middle)
    expect(page.locator('form[data-position="2"]')).to_be_visible()
    # Wherever the next button stands, here it comes to stand where the pointer is.
    page.get_by_role("button", name="Save and continue").evaluate(
        "(it, [x, y]) => { it.style.position = 'fixed'; it.style.left = `${x - 9}px`; it.style.top = `${y - 9}px` }",
        list(middle),
    )
    seen = requests_of(page)
    page.mouse.click(*middle)
    page.get_by_role("button", name="Flag for later").click()
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not [request.url for request in seen if request.url.endswith("/questions/3")]
    expect(page).to_have_url(re.compile("/questions/2$"))


def test_back_and_forward_move_between_questions(page: Page) -> None:
    start_quiz(page)
    first = stem(page).inner_text()
    go_to(page, 2)
    page.go_back()
    expect(stem(page)).to_have_text(first)
    page.go_forward()
    expect(page.locator('form[data-position="2"]')).to_be_visible()


def test_a_flag_is_set_and_taken_off(page: Page) -> None:
    start_quiz(page)
    page.get_by_role("button", name="Flag for later").click()
    expect(page.get_by_role("button", name="Flagged")).to_have_attribute("aria-pressed", "true")
    expect(page.locator('[data-step="1"] [data-step-state]')).to_have_text(", not answered yet, flagged")
    page.wait_for_load_state("networkidle")
    page.reload()
    page.get_by_role("button", name="Flagged").click()
    expect(page.locator('[data-step="1"] [data-step-state]')).to_have_text(", not answered yet")
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.get_by_role("button", name="Flag for later")).to_be_visible()


def test_between_devices_the_last_answer_counts_and_the_page_says_so(
    device: Callable[..., BrowserContext], account: Callable[[], str], sign_in: Callable[[Page, str], None]
) -> None:
    name = account()
    here, there = device().new_page(), device().new_page()
    for page in (here, there):
        sign_in(page, name)
        start_quiz(page)
    option(here, 1).check()
    expect(saved(here)).to_have_text(SAVED)
    option(there, 2).check()
    expect(saved(there)).to_contain_text("It replaces an answer given at")
    here.reload()
    expect(option(here, 2)).to_be_checked()


def test_an_answer_after_handing_in_elsewhere_says_that_it_is_too_late(
    device: Callable[..., BrowserContext], account: Callable[[], str], sign_in: Callable[[Page, str], None]
) -> None:
    name = account()
    here, there = device().new_page(), device().new_page()
    for page in (here, there):
        sign_in(page, name)
        start_quiz(page)
    there.goto(f"{attempt_path(there)}/review")
    there.get_by_role("button", name="Hand in").click()
    expect(there).to_have_title(re.compile("Your result"))
    option(here, 1).check()
    expect(saved(here)).to_contain_text("Too late")
    unsent(here).get_by_role("link", name="See the result").click()
    expect(here).to_have_title(re.compile("Your result"))
    here.goto("/")
    expect(unsent(here)).to_be_hidden()


def test_a_copy_of_a_tab_counts_for_itself(page: Page) -> None:
    start_quiz(page)
    option(page, 1).check()
    expect(saved(page)).to_have_text(SAVED)
    with page.context.expect_page() as opened:
        page.evaluate("window.open(location.href)")  # begins with a copy of this tab's sessionStorage
    copy = opened.value
    for number in (2, 3, 2):
        option(page, number).check()
        expect(saved(page)).to_have_text(SAVED)
        wait_until_all_sent(page)
    option(copy, 4).check()
    expect(saved(copy)).to_contain_text("It replaces an answer")
    page.reload()
    expect(option(page, 4)).to_be_checked()


def test_times_are_told_in_the_zone_of_the_reader(device: Callable[..., BrowserContext], server: LiveServer) -> None:
    page = device(timezone_id="Asia/Kathmandu").new_page()
    start_quiz(page)
    option(page, 1).check()
    expect(saved(page)).to_have_text(SAVED)
    page.reload()
    shown = page.locator("[data-saved-text] time")
    there = shown.evaluate("it => new Date(it.dateTime).toLocaleTimeString('en-GB').slice(0, 5)")
    expect(shown).to_have_text(there)
    utc = shown.evaluate("it => it.dateTime.slice(11, 16)")
    assert there != utc


def test_nothing_is_fetched_from_another_host(page: Page, server: LiveServer) -> None:
    seen = requests_of(page)
    start_quiz(page, QUIZ)
    go_to(page, 2)
    page.wait_for_load_state("networkidle")
    assert {request.url.split("/")[2] for request in seen} == {server.url.split("/")[2]}
