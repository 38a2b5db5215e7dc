"""A quiz as a printer gets it: Chromium makes a PDF of the page, and its text is read."""

from __future__ import annotations

import io
from itertools import count

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from app.accounts.permissions import Role
from app.boot import course
from app.db import transaction
from app.markdown import plain
from tests.authoring.making import make_quiz
from tests.browser.server import LiveServer
from tests.browser.test_access import check
from tests.factories import PASSWORD, make_user

_numbers = count(1)
# One question of each kind.
ASKED = (
    "word-or-deed",
    "which-signals-cost",
    "put-reports-in-order",
    "name-the-note",
    "kinds-verdict",
    "kinds-pairs",
    "kinds-groups",
    "kinds-grade",
    "kinds-number",
    "kinds-blanks",
    "kinds-sentences",
    "kinds-forecast",
    "kinds-words",
)


@pytest.fixture
def address(page: Page, server: LiveServer) -> str:
    """The address of a quiz with a question of each kind, to be printed by the teacher who is signed in."""
    number = next(_numbers)
    slug, name = f"own-printed-{number}", f"printer{number}"
    with server.app.test_request_context(), transaction() as session:
        make_quiz(session, make_user(session, name, role=Role.TEACHER), *ASKED, slug=slug)
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    return f"/teach/quizzes/{slug}/print"


def printed(page: Page) -> list[str]:
    """The text of each sheet of paper, without line breaks and typographic quotes."""
    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return [same(sheet.extract_text()) for sheet in pdf.pages]


def same(text: str) -> str:
    """A text as both the page and the bank have it."""
    # What a printer parts at the end of a line, a reader takes together.
    return "".join(plain(text).translate(str.maketrans("’‘“”", "''\"\"")).split())


def first_with(sheets: list[str], words: str) -> int:
    """The number of the first sheet that begins with these words."""
    return next(number for number, sheet in enumerate(sheets) if sheet.startswith(same(words)))


@pytest.mark.parametrize("version", [1, 2])
def test_every_stem_the_sheet_and_the_key_are_printed_on_pages_of_their_own(
    page: Page, server: LiveServer, address: str, version: int
) -> None:
    page.goto(f"{address}?version={version}")
    sheets = printed(page)
    sheet, key = first_with(sheets, "Answer sheet: Signals on Friday"), first_with(sheets, "Key: Signals on Friday")
    assert 0 < sheet < key
    questions = "".join(sheets[:sheet])
    with server.app.app_context():
        asked = [course().questions[slug] for slug in ASKED]
    for question in asked:
        assert same(question.head.stem) in questions
        assert same(question.head.explanation) not in "".join(sheets[:key])
        assert same(question.head.explanation) in "".join(sheets[key:])
    for first in (sheets[0], sheets[sheet], sheets[key]):
        assert same(f"Version {'AB'[version - 1]}") in first


def test_nothing_of_the_navigation_is_printed(page: Page, address: str) -> None:
    page.goto(address)
    text = "".join(printed(page))
    for words in ("Offramp", "Sign out", "Overview", "Another version", "leave out", "Glossary", "What is kept"):
        assert same(words) not in text
    assert text.startswith(same("Signals on Friday Version A"))


def test_no_question_is_split_between_two_sheets_of_paper(page: Page, server: LiveServer, address: str) -> None:
    page.goto(f"{address}?with=questions")
    sheets = printed(page)
    assert len(sheets) > 1
    with server.app.app_context():
        choices = [course().questions[slug] for slug in ("word-or-deed", "which-signals-cost")]
    for question in choices:
        whole = [question.head.stem, *(option.text for option in question.body.options)]
        assert [all(same(words) in sheet for words in whole) for sheet in sheets].count(True) == 1


def test_in_the_dark_too_it_is_printed_black_on_white(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    page.emulate_media(color_scheme="dark", media="print")
    colours = page.locator(".print-part *").evaluate_all(
        "all => [...new Set(all.map(it => getComputedStyle(it).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]
    grounds = page.locator("html, body, main, .print-part").evaluate_all(
        "all => [...new Set(all.map(it => getComputedStyle(it).backgroundColor))]"
    )
    assert set(grounds) <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}


def test_the_page_is_within_reach_of_everybody(page: Page, address: str) -> None:
    page.goto(address)
    check(page)
