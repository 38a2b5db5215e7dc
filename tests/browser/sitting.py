"""What tests do on pages, in the words of a learner."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

QUIZ = "mixed"


def start_quiz(page: Page, quiz: str = QUIZ) -> None:
    """Start an attempt and see its first question."""
    page.goto(f"/quizzes/{quiz}")
    page.get_by_role("button", name=re.compile("Start|Go on")).click()
    expect(stem(page).first).to_be_visible()
    page.wait_for_load_state()  # scripts have run


def go_to(page: Page, position: int) -> None:
    """Go to a question by its link."""
    page.get_by_role("link", name=re.compile(rf"^Question {position}\b")).click()
    expect(page.locator(f'form[data-position="{position}"]')).to_be_visible()


def stem(page: Page) -> Locator:
    """The question that is open."""
    return page.locator(".stem")


def option(page: Page, number: int) -> Locator:
    """The radio button or box of an option, from 1."""
    return page.locator("[data-options] input").nth(number - 1)


def saved(page: Page) -> Locator:
    """The line that says whether the answer is saved."""
    return page.locator("[data-saved-text]")


def form_at(page: Page, position: int) -> Locator:
    """The form of a question."""
    return page.locator(f'form[data-position="{position}"]')


def saved_at(page: Page, position: int) -> Locator:
    """The line of a question, where all stand on one page."""
    return page.locator(f"#q{position} [data-saved-text]")


def unsent(page: Page) -> Locator:
    """The strip that says what is kept on this device."""
    return page.locator("#unsent")


SAVED = re.compile(r"^Saved \d\d:\d\d$")
KEPT = "Not sent yet, kept on this device"


def attempt_path(page: Page) -> str:
    """/attempts/<id> of the page that is open."""
    found = re.search(r"/attempts/[0-9a-f-]+", page.url)
    assert found
    return found[0]


def wait_for_pages_ahead(page: Page) -> None:
    """Wait until the attempt's other questions are kept in the page, so that it can do without a server."""
    page.wait_for_function(
        """() => {
          const seen = performance.getEntriesByType("resource").map((it) => new URL(it.name).pathname);
          return [...document.querySelectorAll("[data-step]")].every((link) => seen.includes(link.pathname));
        }"""
    )


def kept_answers(page: Page) -> int:
    """How many answers lie on the device."""
    found = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('offramp:answer:')).length")
    return int(found)


def wait_until_all_sent(page: Page) -> None:
    """Wait until no answer lies on the device."""
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('offramp:answer:'))")
