"""What a question costs a slow line: bytes of the first page on a cold visit, and of each page after it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.server import LiveServer
from tests.browser.sitting import start_quiz, wait_for_pages_ahead

COLD = 150 * 1024
NEXT = 10 * 1024

# Sizes as they go over the line; what came from the cache costs nothing.
_BYTES = """() => performance.getEntries()
  .filter((it) => it.entryType === "resource" || it.entryType === "navigation")
  .filter((it) => it.transferSize > 0)
  .map((it) => [it.name, it.encodedBodySize])"""


def weights(page: Page) -> dict[str, int]:
    """Address → bytes, of all that this page has fetched."""
    return dict(page.evaluate(_BYTES))


def test_a_question_is_light_and_the_next_ones_are_lighter(
    device: Callable[..., BrowserContext], real: LiveServer
) -> None:
    before = device(base_url=real.url)
    page = before.new_page()
    start_quiz(page, "check-11")
    address = page.url
    page = device(base_url=real.url, storage_state=before.storage_state()).new_page()
    page.goto(address)
    wait_for_pages_ahead(page)  # and the second face, which some question will need
    page.wait_for_load_state("networkidle")
    ahead = {url: size for url, size in weights(page).items() if "/questions/" in url and url != address}
    first = {url: size for url, size in weights(page).items() if url not in ahead}
    assert [url for url in first if url.endswith(".woff2")]
    assert sum(first.values()) <= COLD, first
    assert ahead
    assert max(ahead.values()) <= NEXT, ahead
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator('form[data-position="2"]')).to_be_visible()
    later = weights(page).keys() - first.keys() - ahead.keys()
    assert not [url for url in later if "/static/" in url]
