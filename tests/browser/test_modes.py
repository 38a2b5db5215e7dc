"""Practice, questions explained at once, “I don't know” and how sure one is, with scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Response, expect

from app.questions.model import Question
from tests.browser.answering import give, held, library_of, of_slot
from tests.browser.scenes_kinds import attempt_id
from tests.browser.scenes_modes import is_same, press, stay
from tests.browser.server import LiveServer
from tests.browser.sitting import (
    KEPT,
    SAVED,
    form_at,
    saved,
    saved_at,
    start_quiz,
    unsent,
    wait_for_pages_ahead,
)

SURE_ALONE = "Not answered yet; how sure you are is saved"
DONT_KNOW = "You said that you don't know."


def bodies_of(page: Page) -> list[Response]:
    """Every response that the page gets from now on, scripts and pictures aside."""
    seen: list[Response] = []
    page.on("response", lambda it: seen.append(it) if "/static/" not in it.url else None)
    return seen


def read(responses: list[Response]) -> str:
    """What they say; a redirect says nothing."""
    return "\n".join(it.text() for it in responses if it.status not in (301, 302, 303))


def question(server: LiveServer, slug: str) -> Question:
    """A question of the course."""
    return library_of(server).questions[slug]


def secrets(server: LiveServer, slug: str) -> list[str]:
    """What nobody may read of a question before it is explained: ids, reasons, the explanation, accepted answers."""
    found = question(server, slug)
    options = getattr(found.body, "options", ())
    accepted = [it.text for it in getattr(found.body, "accept", ())]
    told = [found.head.explanation, *accepted, *(it.feedback for it in options), *(it.misconception for it in options)]
    return [text for text in told if text]


def tab_to(page: Page, name: str) -> None:
    """Tab to a button from where the focus is, and press it."""
    button = page.get_by_role("button", name=name)
    for _ in range(30):
        page.keyboard.press("Tab")
        if button.evaluate("it => it === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")


# ---------------------------------------------------------------- practice


def test_practice_goes_from_hint_to_explanation_by_keyboard_on_one_page(page: Page, server: LiveServer) -> None:
    start_quiz(page, "practice")
    stay(page)
    wrong = of_slot(server, attempt_id(page), 1, "wrong")["choice"][0]
    right = of_slot(server, attempt_id(page), 1)["choice"][0]
    responses = bodies_of(page)

    form_at(page, 1).get_by_role("radio").first.focus()
    page.keyboard.press(wrong)  # the number key of the option
    tab_to(page, "Give me a hint")
    expect(page.locator(".hints li")).to_be_focused()
    expect(page.locator(".hints li")).to_contain_text("Ask of each step")
    expect(page.locator(f'[name="choice"][value="{wrong}"]')).to_be_checked()

    tab_to(page, "Check answer")
    tried = page.get_by_text("Not right yet.")
    expect(tried).to_be_visible()
    expect(page.locator(".tried")).to_be_focused()
    expect(page.locator(".tried")).to_contain_text("2 tries left; the next one is worth two thirds.")
    tab_to(page, "Another hint")
    expect(page.locator(".hints li").last).to_be_focused()
    between = read(responses)
    assert "Not right yet." in between
    assert [text for text in secrets(server, "word-or-deed") if text in between] == []

    page.locator(f'[name="choice"][value="{wrong}"]').focus()
    page.keyboard.press(right)
    page.locator(f'[name="choice"][value="{right}"]').focus()
    tab_to(page, "Check answer")
    expect(page.locator(".result-head")).to_be_focused()
    expect(page.locator(".result-head")).to_contain_text("Partly right after 2 tries")
    expect(page.locator("main")).to_contain_text(question(server, "word-or-deed").head.explanation)
    expect(page.locator(".result-head")).to_be_in_viewport()
    assert is_same(page)
    expect(page).to_have_url(re.compile("/questions/1$"))


def test_practice_shows_the_answer_on_request_and_goes_on_without_another_page(page: Page, server: LiveServer) -> None:
    start_quiz(page, "practice")
    wait_for_pages_ahead(page)
    stay(page)
    responses = bodies_of(page)
    press(page, "Check answer")
    expect(page.locator(".error")).to_contain_text("Give an answer first")
    expect(form_at(page, 1).get_by_role("radio").first).to_be_focused()
    give(form_at(page, 1), of_slot(server, attempt_id(page), 1, "wrong"))
    press(page, "Check answer")
    expect(page.get_by_text("Not right yet.")).to_be_visible()
    press(page, "Show the answer")
    expect(page.locator("[data-checked]")).to_contain_text("Missed. This was right.")
    page.context.set_offline(True)
    page.get_by_role("link", name="Next question").click()
    expect(form_at(page, 2)).to_be_visible()
    go_to_checked(page, 1)
    page.context.set_offline(False)
    assert is_same(page)
    assert [text for text in secrets(server, "name-the-note") if text in read(responses)] == []


def go_to_checked(page: Page, position: int) -> None:
    """Go to a question that has been explained."""
    page.get_by_role("link", name=re.compile(rf"^Question {position}\b")).click()
    expect(page.locator("[data-checked]")).to_be_visible()


def test_without_a_server_nothing_is_checked_and_the_answer_is_kept(page: Page, server: LiveServer) -> None:
    start_quiz(page, "practice")
    given = of_slot(server, attempt_id(page), 1, "wrong")
    page.context.set_offline(True)
    give(form_at(page, 1), given)
    press(page, "Check answer")
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer. What you gave is kept")
    expect(saved(page)).to_have_text(KEPT)
    page.context.set_offline(False)
    expect(saved(page)).to_have_text(SAVED)
    press(page, "Check answer")
    expect(page.get_by_text("Not right yet.")).to_be_visible()
    assert held(form_at(page, 1)) == given


# ---------------------------------------------------------------- explained at once


def test_a_checked_question_is_explained_in_its_place_and_the_others_keep_their_keys(
    page: Page, server: LiveServer
) -> None:
    start_quiz(page, "at-once")
    responses = bodies_of(page)  # of pages that come ahead, this one among them, and of all that comes later
    wait_for_pages_ahead(page)
    stay(page)
    assert [text for text in secrets(server, "word-or-deed") if text in read(responses)] == []
    give(form_at(page, 1), of_slot(server, attempt_id(page), 1, "wrong"))
    form_at(page, 1).get_by_label("85 %").check()
    press(page, "Check answer")
    checked = page.locator("[data-checked]")
    expect(checked).to_contain_text("Wrong. You chose this.")
    expect(checked).to_contain_text("You were 85 % sure, and it was not right.")
    expect(page.locator(".result-head")).to_be_focused()
    expect(page.locator("form[data-answer]")).to_have_count(0)
    page.get_by_role("link", name="Next question").click()
    expect(form_at(page, 2)).to_be_visible()
    press(page, "Skip", 2)
    expect(form_at(page, 3)).to_be_visible()
    go_to_checked(page, 1)
    page.go_back()
    expect(form_at(page, 3)).to_be_visible()
    press(page, "Go to the end", 3)
    expect(page.locator('[data-row="1"]')).to_contain_text("Checked")
    assert is_same(page)
    told = read(responses)
    assert [text for slug in ("kinds-words", "name-the-note") for text in secrets(server, slug) if text in told] == []
    assert question(server, "word-or-deed").head.explanation in told


# ---------------------------------------------------------------- I don't know, and how sure


def test_how_sure_one_is_is_kept_and_is_no_answer(page: Page, server: LiveServer) -> None:
    start_quiz(page)
    step = page.locator('[data-step="1"] [data-step-state]')
    sure = page.get_by_role("group", name="How sure are you?")
    sure.get_by_label("55 %").check()
    expect(saved(page)).to_have_text(SURE_ALONE)
    expect(step).to_have_text(", not answered yet")
    page.reload()
    expect(sure.get_by_label("55 %")).to_be_checked()
    expect(saved(page)).to_have_text("Not answered yet")

    server.stop()
    sure.get_by_label("85 %").check()
    expect(saved(page)).to_have_text(KEPT)
    expect(step).to_have_text(", not answered yet, not sent yet")
    server.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(unsent(page)).to_have_text("All answers are sent.")
    expect(saved(page)).to_have_text(SURE_ALONE)
    expect(step).to_have_text(", not answered yet")
    page.get_by_role("button", name="Review and hand in").click()
    expect(page.get_by_text("0 of 4 questions are answered.")).to_be_visible()
    page.get_by_role("link", name="Answer question 1", exact=True).first.click()
    expect(sure.get_by_label("85 %")).to_be_checked()


def test_i_dont_know_empties_the_question_until_it_is_answered_again(page: Page, server: LiveServer) -> None:
    start_quiz(page, "one-page")
    given = of_slot(server, attempt_id(page), 1)
    form = form_at(page, 1)
    give(form, given)
    form.get_by_label("70 %").check()
    expect(saved_at(page, 1)).to_have_text(SAVED)
    press(page, "I don't know")
    said = form.get_by_label(DONT_KNOW)
    expect(said).to_be_checked()
    expect(saved_at(page, 1)).to_have_text(SAVED)
    assert held(form) == {"dont_know": ["1"]}
    page.reload()
    expect(said).to_be_checked()
    assert held(form) == {"dont_know": ["1"]}
    expect(page.locator('[data-step="1"]')).to_have_class(re.compile("is-answered"))
    give(form, given)
    expect(said).to_be_hidden()
    expect(saved_at(page, 1)).to_have_text(SAVED)
    page.reload()
    expect(said).to_be_hidden()
    assert held(form) == given
