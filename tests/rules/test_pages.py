"""What holds for every page in each of its states: markup, links, and how often the database is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urldefrag

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app import paths
from app.accounts.models import User
from app.boot import bare_app, open_course
from app.config import Settings
from app.db import db, transaction
from app.library.model import Library
from tests.factories import finished, later, start
from tests.test_db import on_sqlite
from tests.web.markup import Element
from tests.web.tour import library_of, raw_of, whole_tour
from tests.web.visiting import Browser, Page, answer_fields

Pages = list[tuple[str, Page]]
_toured: dict[str, Pages] = {}


@pytest.fixture
def shipped(empty_settings: Settings) -> Iterator[Flask]:
    """An application that serves the real course."""
    from app.web.factory import create_app

    settings = replace(empty_settings, course=(paths.content_folder(),))
    bare = bare_app(settings)
    open_course(bare)
    with bare.app_context():
        db.engine.dispose()
    app = create_app(settings=settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(params=["small", "shipped"])
def pages(request: pytest.FixtureRequest, backend: str, session: Session) -> Pages:
    """Every state of every page, of the small course and of the real one; toured once.

    The small course is toured on each database. What the real one says does not depend on it.
    """
    course = "small" if backend == "postgresql" else request.param
    key = f"{course} {backend}"
    if key not in _toured:
        app = request.getfixturevalue("app" if course == "small" else "shipped")
        _toured[key] = list(whole_tour(app))
    return _toured[key]


def wrong(pages: Pages, find: Callable[[Element], list[str]]) -> list[str]:
    """What `find` complains of on any page, with the page's name."""
    return [f"{name}: {complaint}" for name, page in pages for complaint in find(page.tree)]


def test_the_tour_meets_every_state(pages: Pages) -> None:
    assert {page.status for _, page in pages} >= {200, 400, 401, 403, 404, 405, 409, 422} - {401}
    assert not [name for name, page in pages if page.status >= 500]
    assert len(pages) > 60


def test_tags_nest_and_no_attribute_stands_twice(pages: Pages) -> None:
    for name, page in pages:
        assert page.body.startswith("<!doctype html>"), name
        assert page.tree.one("html").attrs["lang"] == "en", name


def test_one_main_heading_and_no_level_left_out(pages: Pages) -> None:
    def complaints(tree: Element) -> list[str]:
        levels = [int(it.tag[1]) for it in tree.all("h1", "h2", "h3", "h4", "h5", "h6")]
        jumps = [f"h{a} then h{b}" for a, b in pairwise(levels) if b > a + 1]
        empty = [it.tag for it in tree.all("h1", "h2", "h3", "h4") if not it.text]
        return jumps + empty + ([] if levels.count(1) == 1 else [f"{levels.count(1)} h1"])

    assert wrong(pages, complaints) == []


def test_titles_differ_from_page_to_page(pages: Pages) -> None:
    titles = {page.path.split("?")[0]: page.tree.all("title")[0].text for _, page in pages if page.status == 200}
    assert all(title.endswith(" · Offramp") and len(title) > 12 for title in titles.values())
    assert titles["/"] != titles["/progress"] != titles["/article"]


def test_ids_are_unique_and_what_refers_to_one_finds_it(pages: Pages) -> None:
    def complaints(tree: Element) -> list[str]:
        ids = Counter(it.attrs["id"] for it in tree.all(id="*"))
        found = [f"id {name} {number} times" for name, number in ids.items() if number > 1]
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for it in tree.walk():
                found += [f"{name} {one}" for one in it.attrs.get(name, "").split() if one not in ids]
        return found

    assert wrong(pages, complaints) == []


def test_every_field_has_a_label_and_every_button_and_link_a_name(pages: Pages) -> None:
    def complaints(tree: Element) -> list[str]:
        labels = {it.attrs["for"] for it in tree.all("label", for_="*") if it.text}
        fields = [it for it in tree.all("input", "select", "textarea") if it.attrs.get("type") != "hidden"]
        bare = [
            f"{it.tag} {it.attrs}"
            for it in fields
            if it.attrs.get("id") not in labels
            and "aria-label" not in it.attrs
            and not ((around := it.inside("label")) and around.text)
        ]
        nameless = [it for it in tree.all("button", "a") if not (it.text or it.attrs.get("aria-label"))]
        return bare + [f"{it.tag} {it.attrs}" for it in nameless]

    assert wrong(pages, complaints) == []


def test_no_style_and_no_script_stands_in_a_page(pages: Pages) -> None:
    def complaints(tree: Element) -> list[str]:
        found = [f"<{it.tag}>" for it in tree.all("style", "iframe", "object", "embed", "base")]
        found += ["script with text" for it in tree.all("script") if it.text or "src" not in it.attrs]
        for it in tree.walk():
            found += [f"{it.tag} {name}" for name in it.attrs if name == "style" or name.startswith("on")]
            found += [f"{it.tag} {value}" for value in it.attrs.values() if re.match(r"\s*(javascript|data):", value)]
        return found

    assert wrong(pages, complaints) == []


def test_nothing_is_fetched_from_another_host(pages: Pages) -> None:
    def complaints(tree: Element) -> list[str]:
        found = []
        for it in tree.walk():
            for name in ("src", "srcset", "href", "xlink:href", "action", "formaction", "poster", "data", "ping"):
                value = it.attrs.get(name, "")
                if re.match(r"([a-z]+:|//)", value) and (it.tag != "a" or "noopener" not in it.attrs.get("rel", "")):
                    found.append(f"{it.tag} {name}={value}")
        return found

    assert wrong(pages, complaints) == []


def test_every_form_that_changes_something_has_its_token_and_an_address_that_takes_it(pages: Pages, app: Flask) -> None:
    routes = app.url_map.bind("")

    def complaints(tree: Element) -> list[str]:
        found = []
        for form in tree.all("form"):
            found += [] if form.attrs.get("method") == "post" else ["a form that is no POST"]
            found += [] if len(form.all("input", name="csrf_token")) == 1 else ["a form without its one token"]
            if form.attrs.get("action"):
                routes.match(form.attrs["action"], method="POST")
        return found

    assert wrong(pages, complaints) == []


def crawl(browser: Browser, seen: dict[str, Page]) -> list[str]:
    """Follow every link of this site from the first page on; those that lead nowhere."""
    waiting, dead = [("/", "start")], []
    dates: Counter[str] = Counter()
    while waiting:
        link, origin = waiting.pop()
        path, anchor = urldefrag(link)
        # A claim as of one date is the page that it is as of another: some will do.
        place, _, query = path.partition("?")
        if query and path not in seen:
            dates[place] += 1
            if dates[place] > 2:
                continue
        if path not in seen:
            seen[path] = browser.open(path)
            if seen[path].response.mimetype == "text/html":
                links = [it for it in seen[path].links() if not re.match(r"[a-z]+:", it)]
                waiting += [(it if it.startswith("/") else path + it, path) for it in links]
        if seen[path].status != 200:
            dead.append(f"{origin} → {link}: {seen[path].status}")
        elif anchor and not seen[path].tree.all(id=anchor):
            dead.append(f"{origin} → {link}: no such place")
    return dead


def test_every_link_leads_somewhere(app: Flask, session: Session) -> None:
    walk_everywhere(app)


@on_sqlite
def test_every_link_of_the_shipped_course_leads_somewhere(shipped: Flask, session: Session) -> None:
    walk_everywhere(shipped)


def walk_everywhere(app: Flask) -> None:
    """Follow all links as a stranger, then as somebody who has done everything."""
    stranger: dict[str, Page] = {}
    assert crawl(Browser(app), stranger) == []
    assert {f"/lessons/{lesson}" for lesson in library_of(app).lessons} <= stranger.keys()

    browser = Browser(app)
    for quiz in library_of(app).quizzes:
        attempt = browser.start(quiz)
        browser.post(f"/attempts/{attempt}/hand-in")
    attempt = browser.start(quiz)
    for lesson in library_of(app).lessons:
        browser.post(f"/lessons/{lesson}/finish")
    known: dict[str, Page] = {}
    assert crawl(browser, known) == []
    assert f"/attempts/{attempt}" in known


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements that the application sends meanwhile, without those that begin and end transactions."""
    sent: list[str] = []
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "before_cursor_execute")
    def note(*arguments: object) -> None:
        statement = str(arguments[2])
        if not re.match(r"(BEGIN|COMMIT|ROLLBACK|PRAGMA|SAVEPOINT|RELEASE)\b", statement):
            sent.append(statement)

    yield sent
    event.remove(engine, "before_cursor_execute", note)


def writes(sent: list[str]) -> list[str]:
    """Those that write."""
    return [statement for statement in sent if re.match(r"(INSERT|UPDATE|DELETE)\b", statement)]


@pytest.mark.parametrize("by_script", [True, False], ids=["script", "button"])
@pytest.mark.parametrize("position", [1, 2, 3, 4])
def test_a_save_takes_six_statements_of_which_two_write(
    app: Flask, session: Session, position: int, by_script: bool
) -> None:
    browser = Browser(app)
    attempt = browser.start()
    path = f"/attempts/{attempt}/questions/{position}"
    browser.open(path)
    token = browser.token()
    for right, counter in ((False, 1), (True, 2)):
        raw = raw_of(app, attempt, position, right=right)
        with statements(app) as sent:
            data = answer_fields(raw, counter=counter) | {"csrf_token": token}
            headers = {"Accept": "application/json"} if by_script else {}
            assert browser.client.post(path, data=data, headers=headers).status_code in {200, 303}
        assert len(sent) <= 6, sent
        assert len(writes(sent)) == 2, sent


@pytest.mark.parametrize("position", [1, 2, 3, 4])
def test_a_question_page_takes_six_statements(app: Flask, session: Session, position: int) -> None:
    browser = Browser(app)
    attempt = browser.start()
    path = f"/attempts/{attempt}/questions/{position}"
    browser.post(path, answer_fields(raw_of(app, attempt, position, right=True)))
    with statements(app) as sent:
        browser.open(path)
    assert 0 < len(sent) <= 6, sent
    assert writes(sent) == []


def asked(app: Flask, browser: Browser, paths_: list[str]) -> dict[str, int]:
    """Path → number of statements that its page takes."""
    counts = {}
    for path in paths_:
        browser.open(path)
        with statements(app) as sent:
            assert browser.open(path).status == 200
        assert writes(sent) == []
        counts[path] = len(sent)
    return counts


def test_pages_take_ten_statements_however_long_the_history(
    app: Flask, session: Session, library: Library, lee: User
) -> None:
    browser = Browser(app).sign_in("Lee")
    with transaction() as writing:
        me = writing.merge(lee)
        first = finished(writing, me, library).id
        for number in range(2):
            finished(writing, me, library, right=number, now=later(number + 1))
        start(writing, me, library, "check-02")
    addresses = ["/", "/progress", f"/attempts/{first}", "/quizzes/mixed", "/lessons/02-two-counts"]
    few = asked(app, browser, addresses)
    assert max(few.values()) <= 10, few
    with transaction() as writing:
        for number in range(27):
            finished(writing, writing.merge(lee), library, right=number % 5, now=later(number + 10))
    assert asked(app, browser, addresses) == few


def test_static_files_and_health_ask_the_database_nothing(app: Flask, session: Session) -> None:
    browser = Browser(app)
    browser.start()
    icon = browser.open("/").tree.one("link", rel="icon").attrs["href"]
    with statements(app) as sent:
        for path in ("/healthz", "/favicon.ico", icon):
            response = browser.client.get(path)
            assert response.status_code == 200
            assert "Cookie" not in response.headers.get("Vary", "")
    assert sent == []
