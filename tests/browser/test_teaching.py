"""The teacher's pages on paper: a handout is one sheet, and good answers are printed."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from app.library.load import load_course
from app.paths import content_folder
from tests.browser.server import LiveServer

# The tallest a sheet may be, in CSS pixels: A4 without margins of 15 mm.
PAPER = {"width": 680, "height": 1009}
LESSONS = list(load_course(content_folder())[0].teaching)


def n_pages(pdf: bytes) -> int:
    """How many pages a PDF of Chromium's has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def printed(page: Page) -> bytes:
    """The page as it would be printed, on the paper that it asks for."""
    page.wait_for_load_state("networkidle")
    return page.pdf(prefer_css_page_size=True)


def test_every_shipped_handout_prints_on_one_sheet(device: Callable[..., BrowserContext], real: LiveServer) -> None:
    page = device(base_url=real.url).new_page()
    pages = {}
    for lesson in LESSONS:
        page.goto(f"/lessons/{lesson}/handout")
        pages[lesson] = n_pages(printed(page))
    assert pages == dict.fromkeys(LESSONS, 1)
    assert len(pages) == 12


def test_a_longer_sheet_is_seen_to_take_two(page: Page) -> None:
    page.goto("/lessons/01-a-costly-word/handout")
    page.locator(".sheet-lines").evaluate("it => it.insertAdjacentHTML('beforeend', '<div></div>'.repeat(40))")
    assert n_pages(printed(page)) == 2


def test_a_printed_handout_has_nothing_but_the_sheet(page: Page) -> None:
    page.goto("/lessons/01-a-costly-word/handout")
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)  # type: ignore[arg-type]
    assert page.locator("body").inner_text().startswith("Offramp · Lesson 1: A costly word")
    assert not page.get_by_role("link", name="Back to the plan").is_visible()


def test_good_answers_are_printed_though_they_are_folded(page: Page) -> None:
    page.goto("/lessons/01-a-costly-word/teaching")
    answer = page.get_by_text("The fares of the day, if the ship stays.")
    assert not answer.is_visible()
    page.emulate_media(media="print")
    assert answer.is_visible()
