"""All questions on one page, and on paper."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.answering import give, held, of_slot
from tests.browser.scenes_kinds import attempt_id
from tests.browser.scenes_modes import is_same, press, stay
from tests.browser.server import LiveServer
from tests.browser.sitting import KEPT, SAVED, attempt_path, form_at, saved_at, start_quiz, unsent


def test_on_one_page_each_question_is_saved_by_itself_and_found_by_its_link(page: Page, server: LiveServer) -> None:
    start_quiz(page, "one-page")
    address = page.url
    stay(page)
    answers = {position: of_slot(server, attempt_id(page), position) for position in (1, 2)}
    posts: list[str] = []
    page.on("request", lambda it: posts.append(it.url[-1]) if it.method == "POST" else None)
    give(form_at(page, 2), answers[2])
    press(page, "Save", 2)
    expect(saved_at(page, 2)).to_have_text(SAVED)
    expect(saved_at(page, 1)).to_have_text("Not answered yet")
    give(form_at(page, 1), answers[1])
    expect(saved_at(page, 1)).to_have_text(SAVED)
    assert posts == ["2", "1"]

    form_at(page, 3).get_by_role("textbox").fill("1,000")
    press(page, "Save", 3)
    expect(form_at(page, 3).locator(".error")).to_contain_text("can be read in two ways")
    expect(form_at(page, 3).get_by_role("textbox")).to_be_focused()
    expect(page.locator('[data-step="3"] [data-step-state]')).to_have_text(", not answered yet")
    expect(unsent(page)).to_be_hidden()
    assert page.locator(".error").count() == 1

    page.get_by_role("link", name=re.compile("^Question 3")).click()
    expect(page).to_have_url(re.compile("/questions#q3$"))
    page.get_by_role("link", name="Review and hand in").click()
    expect(page.get_by_text("2 of 3 questions are answered.")).to_be_visible()
    page.locator('[data-row="2"]').get_by_role("link").click()
    expect(page).to_have_url(re.compile("/questions#q2$"))
    expect(page.locator("#q2 h2")).to_be_focused()
    expect(page.locator("#q2")).to_be_in_viewport()
    assert held(form_at(page, 2)) == answers[2]
    page.go_back()
    expect(page.get_by_role("button", name="Hand in")).to_be_visible()
    page.go_back()
    expect(form_at(page, 3)).to_be_visible()
    assert is_same(page)
    page.goto(address)
    assert [held(form_at(page, position)) for position in (1, 2)] == list(answers.values())


def test_on_one_page_a_lost_connection_loses_no_answer(page: Page, server: LiveServer) -> None:
    start_quiz(page, "one-page")
    answers = {position: of_slot(server, attempt_id(page), position) for position in (1, 2, 3)}
    server.stop()
    for position, given in answers.items():
        give(form_at(page, position), given)
    press(page, "Flag for later", 2)
    for position in answers:
        expect(saved_at(page, position)).to_have_text(KEPT)
    page.get_by_role("link", name="Review and hand in").click()
    expect(page.get_by_role("alert")).to_contain_text("3 answers are not sent yet.")
    server.start()
    page.reload()
    for position, given in answers.items():
        expect(saved_at(page, position)).to_have_text(SAVED)
        assert held(form_at(page, position)) == given
    page.get_by_role("link", name="Review and hand in").click()
    expect(page.get_by_text("3 of 3 questions are answered.")).to_be_visible()
    expect(page.locator('[data-row="2"]')).to_contain_text("flagged")


def test_a_printer_gets_the_questions_and_no_navigation(page: Page, server: LiveServer) -> None:
    start_quiz(page, "every-kind")
    page.goto(f"{attempt_path(page)}/paper")
    stems = page.locator(".stem").all_inner_texts()
    assert len(stems) == 9
    page.emulate_media(media="print")
    printed = page.locator("body").inner_text()
    assert [stem for stem in stems if stem not in printed] == []
    for words in ("Course", "Progress", "Back to the quiz", "Open in context", "What is kept about you"):
        expect(page.get_by_text(words, exact=True).first).to_be_hidden()
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF-")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 8
