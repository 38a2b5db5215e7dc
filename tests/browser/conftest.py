"""A real Chromium against a real server that listens on a port of its own and can be stopped and started again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, sync_playwright

from app.config import Settings
from app.db import transaction
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.complaints import Complaints
from tests.browser.server import LiveServer
from tests.factories import PASSWORD, make_user
from tests.support.databases import COURSE, KEY

PATIENCE = 10_000
DESK: ViewportSize = {"width": 1280, "height": 900}
_numbers = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that lies in this folder needs a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium. Fails, and never skips, where there is none."""
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The server of this process, with the small course; see `server`."""
    server = LiveServer(Settings(data=tmp_path_factory.mktemp("live"), course=(COURSE,), secret_key=KEY))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server with the course that is shipped."""
    server = LiveServer(Settings(data=tmp_path_factory.mktemp("real"), secret_key=KEY))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(live: LiveServer) -> Iterator[LiveServer]:
    """The server, running at the start of each test, whatever the one before did to it."""
    live.start()
    yield live
    live.start()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """What pages complained of: a breach of the content policy, an error in a script. None is asserted at the end."""
    found = Complaints()
    yield found
    assert found.list == []


@pytest.fixture
def device(browser: Browser, server: LiveServer, complaints: Complaints) -> Iterator[Callable[..., BrowserContext]]:
    """A function that makes a device: a browser's profile with its own cookies and storage."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        settings: dict[str, Any] = {"base_url": server.url, "viewport": DESK}
        context = browser.new_context(**settings | options)
        context.set_default_timeout(PATIENCE)
        complaints.watch(context)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(device: Callable[..., BrowserContext]) -> Page:
    """A page on a device of its own, at a desk."""
    return device().new_page()


@pytest.fixture(scope="session")
def kept(browser: Browser, live: LiveServer) -> Iterator[tuple[Page, Complaints]]:
    """The page that stays open from test to test, and what it complains of; see `stage`."""
    heard = Complaints()
    context = browser.new_context(base_url=live.url, viewport=DESK)
    context.set_default_timeout(PATIENCE)
    heard.watch(context)
    yield context.new_page(), heard
    context.close()


@pytest.fixture
def stage(kept: tuple[Page, Complaints], server: LiveServer) -> Iterator[Page]:
    """A page at a desk as if on a new device, for tests that only look at what a page shows.

    A browser takes three times as long for a page of a new profile as for one that is open already. What it has
    fetched stays, so what is fetched cannot be tested with it.
    """
    page, heard = kept
    heard.list.clear()
    yield page
    forget(page)
    assert heard.list == []


def forget(page: Page) -> None:
    """Bring a page back to where a new one starts: nobody's, nothing stored, the window of a desk."""
    context = page.context
    for other in context.pages:
        if other is not page:
            other.close()
    page.unroute_all()
    # What a page sends as it is left would come back with the cookie that is about to go.
    context.set_offline(True)
    page.goto("about:blank")
    context.clear_cookies()
    context.set_offline(False)
    page.goto("/healthz")  # a page of this site without scripts
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    page.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference")
    page.set_viewport_size(DESK)


@pytest.fixture
def account(server: LiveServer) -> Callable[[], str]:
    """A function that makes somebody with an account and the password PASSWORD; it returns the name."""

    def make() -> str:
        name = f"mina{next(_numbers)}"
        with server.app.app_context(), transaction() as session:
            make_user(session, name)
        return name

    return make


@pytest.fixture
def sign_in(server: LiveServer) -> Callable[[Page, str], None]:
    """A function that signs somebody in by the page."""

    def go(page: Page, name: str) -> None:
        page.goto("/sign-in")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/")

    return go
