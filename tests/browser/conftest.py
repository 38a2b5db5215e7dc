"""A real Chromium against a real server that listens on a port of its own and can be stopped and started again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from app.config import Settings
from app.db import transaction
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.complaints import Complaints
from tests.browser.server import LiveServer
from tests.factories import PASSWORD, make_user
from tests.support.databases import COURSE, KEY

PATIENCE = 10_000
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
    server = LiveServer(Settings(data=tmp_path_factory.mktemp("live"), course=COURSE, secret_key=KEY))
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
        settings: dict[str, Any] = {"base_url": server.url, "viewport": {"width": 1280, "height": 900}}
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
