"""A teacher writes a question: it saves itself, on and off the line, and everything works by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from app.accounts.permissions import Role
from app.db import transaction
from tests.browser.server import LiveServer
from tests.browser.test_access import check
from tests.factories import make_user

SAVED = re.compile(r"^Saved \d\d:\d\d$")
STEM = "Which line of the page is the newest?"
_numbers = count(1)


@pytest.fixture
def teacher(server: LiveServer, sign_in: Callable[[Page, str], None]) -> Callable[[Page], str]:
    """A function that signs a new teacher in; it returns the name."""

    def go(page: Page) -> str:
        name = f"tess{next(_numbers)}"
        with server.app.app_context(), transaction() as session:
            make_user(session, name, role=Role.TEACHER)
        sign_in(page, name)
        return name

    return go


@pytest.fixture
def editor(page: Page, teacher: Callable[[Page], str]) -> Callable[..., Page]:
    """A function that begins a question of a kind, and opens it in the editor."""

    def go(kind: str = "Single choice") -> Page:
        teacher(page)
        page.goto("/teach/questions/new")
        page.get_by_role("button", name=kind).click()
        page.wait_for_url("**/edit")
        page.wait_for_load_state("networkidle")
        return page

    return go


def saved(page: Page) -> Locator:
    return page.locator("[data-saved-text]")


def question(page: Page) -> Locator:
    return page.get_by_label("Question", exact=True)


def texts(page: Page, rows: str = "options") -> list[str]:
    found: list[str] = page.locator(f"[name^=f-{rows}-][name$=-text]").evaluate_all("all => all.map((it) => it.value)")
    return found


def write_three(page: Page) -> None:
    for number, words in enumerate(("One", "Two", "Three")):
        page.locator(f"#f-options-{number}-text").fill(words)
    question(page).fill(STEM)
    question(page).blur()
    expect(saved(page)).to_have_text(SAVED)


def test_what_is_typed_saves_itself_and_what_is_to_be_said_follows(editor: Callable[..., Page]) -> None:
    page = editor()
    question(page).press_sequentially("Which?")
    expect(saved(page)).to_have_text("Saving…")
    expect(saved(page)).to_have_text(SAVED)
    expect(page.locator("#f-stem-notes")).not_to_contain_text("Still blank")
    page.get_by_label("Holds as of").evaluate("it => { it.closest('details').open = true }")
    page.get_by_label("Holds as of").fill("last week")
    page.keyboard.press("Tab")
    expect(page.locator("#f-as_of-notes")).to_have_text("Write a date such as 2020-03-02.")
    expect(page.get_by_label("Holds as of")).to_have_attribute("aria-invalid", "true")
    page.reload()
    expect(question(page)).to_have_value("Which?")


def test_off_the_line_nothing_is_lost_and_it_is_sent_when_the_server_is_back(
    editor: Callable[..., Page], server: LiveServer
) -> None:
    page = editor()
    server.stop()
    question(page).fill(STEM)
    question(page).blur()
    expect(saved(page)).to_have_text("Not sent yet, kept on this device")
    expect(page.locator("#unsent")).to_contain_text("1 question is kept on this device")
    server.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(saved(page)).to_have_text(SAVED)
    page.reload()
    expect(question(page)).to_have_value(STEM)


def test_what_was_not_sent_when_the_page_went_is_there_when_it_is_opened_again(
    editor: Callable[..., Page], server: LiveServer
) -> None:
    page = editor()
    address = page.url
    server.stop()
    page.get_by_role("button", name="Add an option").click()
    page.keyboard.type("The fourth")
    question(page).fill(STEM)
    question(page).blur()
    expect(saved(page)).to_have_text("Not sent yet, kept on this device")
    page.goto("about:blank")
    server.start()
    page.goto(address)
    expect(question(page)).to_have_value(STEM)
    assert texts(page) == ["", "", "", "The fourth"]
    expect(saved(page)).to_have_text(SAVED)


def test_rows_are_moved_removed_brought_back_and_added_by_keyboard_alone(editor: Callable[..., Page]) -> None:
    page = editor()
    write_three(page)
    page.get_by_role("button", name="Move option 3 up").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Move option 2 up")).to_be_focused()
    page.keyboard.press("Enter")
    assert texts(page) == ["Three", "One", "Two"]
    page.get_by_role("button", name="Remove option 2").focus()
    page.keyboard.press("Enter")
    assert texts(page) == ["Three", "Two"]
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    assert texts(page) == ["Three", "One", "Two"]
    page.get_by_role("button", name="Add an option").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Four")
    page.keyboard.press("Tab")
    expect(saved(page)).to_have_text(SAVED)
    page.wait_for_load_state("networkidle")
    page.reload()
    assert texts(page) == ["Three", "One", "Two", "Four"]


def test_a_list_that_chooses_among_rows_follows_their_words_and_places(editor: Callable[..., Page]) -> None:
    page = editor("Matching")
    page.locator("#f-options-0-text").fill("Wind")
    first = page.locator("#f-prompts-0-match")
    expect(first.locator("option:checked")).to_have_text("1. Wind")
    page.get_by_role("button", name="Move option 1 down").click()
    expect(first.locator("option:checked")).to_have_text("2. Wind")
    expect(saved(page)).to_have_text(SAVED)
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(first.locator("option:checked")).to_have_text("2. Wind")


def test_selected_words_become_a_blank(editor: Callable[..., Page]) -> None:
    page = editor("Cloze")
    text = page.get_by_label("Text with blanks")
    text.fill("The tower writes at noon.")
    text.evaluate("it => it.setSelectionRange(4, 9)")
    page.get_by_role("button", name="Make a blank").click()
    expect(page.locator("#f-blanks-0-accept-0-text")).to_have_value("tower")
    expect(text).to_have_value("The {tower} writes at noon.")
    expect(saved(page)).to_have_text(SAVED)


def test_a_blank_that_is_taken_out_leaves_its_word_and_comes_back(editor: Callable[..., Page]) -> None:
    page = editor("Cloze")
    text = page.get_by_label("Text with blanks")
    text.fill("The {tower} writes at noon.")
    text.blur()
    page.get_by_role("button", name="Remove blank 1").click()
    expect(text).to_have_value("The tower writes at noon.")
    page.get_by_role("button", name="Undo").click()
    expect(text).to_have_value("The {tower} writes at noon.")
    expect(page.locator("#f-blanks-0-accept-0-text")).to_have_value("tower")


def test_a_question_is_written_without_javascript(
    device: Callable[..., BrowserContext], teacher: Callable[[Page], str]
) -> None:
    page = device(java_script_enabled=False).new_page()
    teacher(page)
    page.goto("/teach/questions/new")
    page.get_by_role("button", name="Single choice").click()
    question(page).fill(STEM)
    page.get_by_role("button", name="Add an option").click()
    page.locator("#f-options-3-text").fill("The fourth")
    page.get_by_role("button", name="Move option 4 up").click()
    expect(page.locator("#f-options-2-text")).to_have_value("The fourth")
    page.get_by_role("button", name="Remove option 1").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#f-options-2-text")).to_have_value("The fourth")
    expect(question(page)).to_have_value(STEM)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(saved(page)).to_have_text(SAVED)


def test_two_windows_at_one_question_are_told_and_both_texts_are_shown(
    editor: Callable[..., Page], device: Callable[..., BrowserContext]
) -> None:
    here = editor()
    there = here.context.new_page()
    there.goto(here.url)
    there.wait_for_load_state("networkidle")
    question(here).fill("Written here")
    question(here).blur()
    expect(saved(here)).to_have_text(SAVED)
    question(there).fill("Written there")
    question(there).blur()
    expect(there.get_by_role("alert")).to_contain_text("What you typed is kept on this device.")
    there.get_by_role("button", name="Compare both texts").click()
    expect(there.locator("h1")).to_have_text("It was changed meanwhile")
    expect(there.get_by_text("Written here")).to_be_visible()
    expect(there.get_by_text("Written there")).to_be_visible()
    check(there)
    there.get_by_label(re.compile("Keep mine")).first.check()
    there.get_by_role("button", name="Save what I chose").click()
    expect(question(there)).to_have_value("Written there")
    expect(there.locator("#unsent")).to_be_hidden()
    question(there).fill("And on")
    question(there).blur()
    expect(saved(there)).to_have_text(SAVED)


def test_an_image_is_put_where_one_writes(editor: Callable[..., Page]) -> None:
    import io

    from PIL import Image

    page = editor()
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "teal").save(out, "PNG")
    question(page).fill("What does it show?")
    page.get_by_role("button", name="Add an image").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Put it in").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Say what the image shows")
    dialog.get_by_label("Image").set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": out.getvalue()})
    dialog.get_by_label("What it shows").fill("A gauge")
    dialog.get_by_role("button", name="Put it in").click()
    expect(question(page)).to_have_value(re.compile(r"^What does it show\? !\[A gauge\]\([0-9a-f]{16}\.png\)$"))
    expect(saved(page)).to_have_text(SAVED)


def test_a_save_that_the_server_cannot_take_any_more_stays_until_its_owner_signs_in(
    editor: Callable[..., Page],
) -> None:
    page = editor()
    page.context.clear_cookies()
    question(page).fill(STEM)
    question(page).blur()
    expect(saved(page)).to_have_text("Not sent yet, kept on this device")
    expect(page.locator("#unsent")).to_contain_text(re.compile(r"Sign in as tess\d+ to send 1 question"))


@pytest.mark.parametrize("kind", ["True or false", "Free response", "Numeric", "Cloze", "Ordering"])
def test_the_editor_is_within_reach_of_everybody(editor: Callable[..., Page], kind: str) -> None:
    page = editor(kind)
    for details in page.locator("details").all():
        details.evaluate("it => { it.open = true }")
    question(page).fill("Which?")
    question(page).blur()
    expect(saved(page)).to_have_text(SAVED)
    check(page)


def test_the_kinds_to_choose_from_and_the_page_for_images_are_too(page: Page, teacher: Callable[[Page], str]) -> None:
    teacher(page)
    for path in ("/teach/questions/new", "/teach/images"):
        page.goto(path)
        check(page)
