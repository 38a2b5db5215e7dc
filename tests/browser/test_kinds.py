"""Every kind of question by keyboard, without a script, on a phone, and after a reload."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.questions.types import TYPES
from tests.browser.answering import QUIZ, checks, give, half, held, library_of, of_check, of_slot
from tests.browser.scenes_kinds import SCENES, attempt_id, give_slot, open_lesson, part
from tests.browser.server import LiveServer
from tests.browser.sitting import SAVED, attempt_path, go_to, saved, start_quiz
from tests.browser.test_access import wider_than_the_window

COUNT = 9


def test_lesson_and_quizzes_have_every_kind(server: LiveServer) -> None:
    library = library_of(server)
    asked = [*library.quizzes["mixed"].questions, *library.quizzes[QUIZ].questions]
    assert {library.questions[slug].kind for slug in asked} == set(TYPES)
    assert len(library.quizzes[QUIZ].questions) == len(checks(server)) == COUNT


def test_a_reload_keeps_a_half_made_answer_in_a_lesson(page: Page, server: LiveServer) -> None:
    SCENES["kinds_half_made"](page, server)
    forms = [part(page, question.id).locator("form") for question in checks(server)]
    before = [held(form) for form in forms]
    assert before == [half(of_check(server, question)) for question in checks(server)]
    page.reload()
    page.wait_for_load_state()
    assert [held(form) for form in forms] == before


def test_a_reload_keeps_a_half_made_answer_in_a_quiz(page: Page, server: LiveServer) -> None:
    start_quiz(page, QUIZ)
    form = page.locator("form[data-answer]")
    for position in range(1, COUNT + 1):
        go_to(page, position)
        given = half(of_slot(server, attempt_id(page), position))
        give(form, given)
        page.reload()  # at once: nothing has been saved yet
        expect(saved(page)).to_have_text(SAVED)
        assert held(form) == given


def test_every_kind_is_answered_with_the_keyboard_alone(page: Page, server: LiveServer) -> None:
    start_quiz(page, QUIZ)  # the first answer of nobody makes a guest and loads the page again
    open_lesson(page)
    for _ in range(200):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
              const it = document.activeElement;
              const form = it.closest("form[data-check]");
              const isOpen = it.type === "radio" && !form.querySelector(`[name="${it.name}"]:checked`);
              const number = form && [...form.querySelectorAll("select")].indexOf(it) + 1;
              return form && { type: it.type, isOpen, number, numeric: it.inputMode === "decimal" };
            }"""
        )
        if not at:
            continue
        if at["isOpen"] or at["type"] == "checkbox":
            page.keyboard.press("Space")
        elif at["type"] == "select-one":
            for _ in range(at["number"]):  # to each prompt of a matching another option
                page.keyboard.press("ArrowDown")
        elif at["type"] in ("text", "textarea"):
            page.keyboard.type("7" if at["numeric"] else "guard")
        elif at["type"] == "submit":
            page.keyboard.press("Enter")
            expect(page.locator("main h2:focus, main h3:focus, main .error:focus")).to_have_count(1)
            if not page.locator("form[data-check]:not([action$=summary])").count():
                break
    open_ = page.locator("form[data-check]:not([action$=summary])").evaluate_all("all => all.map((it) => it.action)")
    assert open_ == []


def test_every_kind_is_answered_without_a_script(device: Callable[..., BrowserContext], server: LiveServer) -> None:
    page = device(java_script_enabled=False).new_page()
    page.goto(f"/quizzes/{QUIZ}")
    page.get_by_role("button", name="Start").click()
    for position in range(1, COUNT + 1):
        expect(page).to_have_title(re.compile(f"Question {position} of {COUNT}"))
        form = page.locator("form[data-answer]")
        give(form, of_slot(server, attempt_id(page), position))
        page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text(f"{COUNT} of {COUNT} questions are answered")).to_be_visible()
    page.get_by_role("button", name="Hand in").click()
    # A forecast has no mark, and a text waits for one.
    for position, word in enumerate(["Right"] * 7, 1):
        expect(page.locator(f"#q{position} .tag").first).to_have_text(re.compile(word))


@pytest.mark.parametrize("width", [390, 320])
def test_controls_are_large_and_nothing_is_wider_than_a_phone(
    device: Callable[..., BrowserContext], server: LiveServer, width: int
) -> None:
    page = device(viewport={"width": width, "height": 800}).new_page()
    open_lesson(page)
    small = page.locator("form[data-check] :is(.option, .cell, .sentence, select, .input, button)").evaluate_all(
        """all => all.filter((it) => it.getBoundingClientRect().height < 43.5)
          .map((it) => it.outerHTML.slice(0, 120))"""
    )
    assert small == []
    assert wider_than_the_window(page) == []
    start_quiz(page, QUIZ)
    steps = page.locator(".confidence label").evaluate_all("all => all.map((it) => it.getBoundingClientRect().height)")
    assert len(steps) == 7
    assert min(steps) >= 43.5
    assert wider_than_the_window(page) == []


def test_what_is_marked_in_a_passage_is_underlined_and_not_only_coloured(page: Page, server: LiveServer) -> None:
    open_lesson(page)
    sentence = part(page, "kinds-sentences-check").locator(".sentence").first
    line = "it => getComputedStyle(it).textDecorationLine"
    assert sentence.locator("span").evaluate(line) == "none"
    sentence.click()
    page.mouse.move(0, 0)
    assert sentence.locator("span").evaluate(line) == "underline"


def test_words_are_counted_while_a_text_is_written(page: Page, server: LiveServer) -> None:
    open_lesson(page)
    form = part(page, "kinds-words-check").locator("form")
    text, line = form.get_by_role("textbox"), form.locator("[data-words]")
    expect(line).to_have_text("0 of 60 words")
    text.press_sequentially("Eleven boats – or 9?")
    expect(line).to_have_text("4 of 60 words")
    text.fill("word " * 61)
    expect(line).to_have_text("61 of 60 words: take out 1")
    expect(form.get_by_role("status")).to_have_text("Too many words: at most 60")
    text.fill("word " * 60)
    expect(form.get_by_role("status")).to_have_text("Short enough now")


def test_number_keys_choose_nothing_where_there_are_several_lists(page: Page) -> None:
    start_quiz(page, QUIZ)
    expect(page.get_by_text("Number keys choose")).to_be_hidden()
    page.get_by_label("True", exact=True).focus()
    page.keyboard.press("2")
    expect(page.locator(".question :checked")).to_have_count(0)


def test_how_sure_one_is_can_be_taken_back(page: Page, server: LiveServer) -> None:
    start_quiz(page, QUIZ)
    give_slot(page, of_slot(server, attempt_id(page), 1))
    sure = page.get_by_role("group", name="How sure are you?")
    expect(sure.get_by_label("Leave this open")).to_be_checked()
    sure.get_by_label("85 %").check()
    expect(saved(page)).to_have_text(SAVED)
    page.reload()
    expect(sure.get_by_label("85 %")).to_be_checked()
    sure.get_by_label("Leave this open").check()
    expect(saved(page)).to_have_text(SAVED)
    page.reload()
    expect(sure.get_by_label("Leave this open")).to_be_checked()
    assert attempt_path(page)


def test_who_does_not_know_says_so_and_can_take_it_back(page: Page, server: LiveServer) -> None:
    start_quiz(page, QUIZ)
    give_slot(page, of_slot(server, attempt_id(page), 1))
    page.get_by_role("button", name="I don't know").click()
    expect(page).to_have_title(re.compile(f"Question 2 of {COUNT}"))
    go_to(page, 1)
    expect(page.get_by_label("You said that you don't know.")).to_be_checked()
    expect(page.locator(".question :checked")).to_have_count(0)
    give_slot(page, of_slot(server, attempt_id(page), 1))
    expect(page.get_by_text("You said that you don't know.")).to_be_hidden()
    expect(saved(page)).to_have_text(SAVED)
    page.reload()
    assert held(page.locator("form[data-answer]")) == of_slot(server, attempt_id(page), 1)
