"""The pages of a quiz in their states; see scenes.py, which makes the others."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.scenes import SCENES, answer, hand_in, lose_posts, new_account, scene
from tests.browser.server import LiveServer
from tests.browser.sitting import KEPT, go_to, option, saved, start_quiz, unsent

__all__ = ["SCENES"]  # now with those of this file


@scene
def quiz_start_in_the_middle(page: Page, server: LiveServer) -> None:
    answer(page, fill=False)
    page.goto("/quizzes/mixed")


@scene
def quiz_start_with_attempts(page: Page, server: LiveServer) -> None:
    hand_in(page, fill=False)
    page.goto("/quizzes/mixed")


@scene
def question_empty(page: Page, server: LiveServer) -> None:
    start_quiz(page)


@scene
def question_saved(page: Page, server: LiveServer) -> None:
    answer(page, fill=False)


@scene
def question_kept_on_the_device(page: Page, server: LiveServer) -> None:
    start_quiz(page)
    page.route("**/questions/*", lose_posts)
    option(page, 2).check()
    expect(saved(page)).to_have_text(KEPT)
    expect(unsent(page)).to_be_visible()


@scene
def question_when_all_is_sent(page: Page, server: LiveServer) -> None:
    question_kept_on_the_device(page, server)
    page.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(unsent(page)).to_have_text("All answers are sent.")


@scene
def question_of_somebody_who_must_sign_in(page: Page, server: LiveServer) -> None:
    new_account(page)
    start_quiz(page)
    page.context.clear_cookies()
    option(page, 2).check()
    expect(unsent(page)).to_contain_text("Sign in as")


@scene
def question_with_an_error(page: Page, server: LiveServer) -> None:
    start_quiz(page)
    go_to(page, 4)
    field = page.get_by_role("textbox")
    field.evaluate("it => it.removeAttribute('maxlength')")
    field.fill("word " * 60)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".error")).to_be_visible()


@scene
def question_with_boxes(page: Page, server: LiveServer) -> None:
    start_quiz(page)
    go_to(page, 2)
    option(page, 2).check()


@scene
def question_of_order(page: Page, server: LiveServer) -> None:
    start_quiz(page)
    go_to(page, 3)
    page.get_by_role("button", name="Move down").first.click()


@scene
def question_flagged_with_words(page: Page, server: LiveServer) -> None:
    answer(page)


@scene
def question_with_a_dialog(page: Page, server: LiveServer) -> None:
    new_account(page)
    question_kept_on_the_device(page, server)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("dialog")).to_be_visible()


@scene
def review_with_blanks(page: Page, server: LiveServer) -> None:
    page.goto(f"{answer(page, fill=False)}/review")


@scene
def review_of_all(page: Page, server: LiveServer) -> None:
    page.goto(f"{answer(page)}/review")


@scene
def review_not_handed_in(page: Page, server: LiveServer) -> None:
    question_kept_on_the_device(page, server)
    page.get_by_role("button", name="Review and hand in").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("alert")).to_be_visible()


@scene
def result(page: Page, server: LiveServer) -> None:
    hand_in(page, fill=True)


@scene
def result_with_blanks(page: Page, server: LiveServer) -> None:
    hand_in(page, fill=False)
