"""What one journey is made of: SQL statements of each page, requests for an answer, bytes of the pages."""

from __future__ import annotations

import gzip
import posixpath
import random
import re
from collections.abc import Mapping
from typing import Any

from journey import QUESTIONS, Browser, Transport, filled, form_token, save, sign_in, start
from stores import QUIZ, Store, statements

_LINKED = re.compile(r"""(?:href|src)="(/static/[^"#]+)""")
# Letters that few names need are in fonts of their own, fetched only when one stands on the page.
_SELDOM = "-ext."
_REFERRED = re.compile(r"""["'(](\.{1,2}/[\w./-]+\.(?:js|css|svg|woff2))""")
_WRITES = ("INSERT", "UPDATE", "DELETE")


def inside(app: Any) -> Transport:
    """Straight into the application, without a network."""
    client = app.test_client(use_cookies=False)

    def send(
        method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], str]:
        with client.open(path, method=method, data=body, headers=dict(headers)) as response:
            found = {"location": response.headers.get("Location", "")}
            found["set-cookie"] = "\n".join(response.headers.getlist("Set-Cookie"))
            return response.status_code, found, response.get_data(as_text=True)

    return send


def anatomy(store: Store) -> dict[str, Any]:
    """Statements, writes, requests and bytes, from one journey inside this process."""
    from app import create_app
    from app.config import read_settings
    from app.db import db

    settings = {k: v for k, v in store.environment.items() if k.startswith("OFFRAMP_")}
    app = create_app(settings=read_settings(settings))
    with app.app_context():
        engine = db.engine
    found = _count(Browser(inside(app)), engine)
    with app.app_context():
        engine.dispose()
    return found | _weigh(app, found.pop("question_page"))


def _count(browser: Browser, engine: Any) -> dict[str, Any]:
    chance = random.Random(1)
    sign_in(browser, "learner0")
    attempt, page = start(browser, QUIZ)
    # The second save is the ordinary one: by then nothing is looked up for the first time.
    for position in (1, 2):
        before = browser.requests
        with statements(engine) as saving:
            _, target = save(browser, f"{attempt}/questions/{position}", page, chance)
        page = browser.get(target)
    without_script = browser.requests - before
    with statements(engine) as script:
        before = browser.requests
        fields = filled(page, chance) | {"go": "stay"}
        browser.ask("POST", f"{attempt}/questions/3", fields, accept="application/json")
        with_script = browser.requests - before
    result: dict[str, Any] = {
        "statements in a save, by button": len(saving),
        "statements in a save, by script": len(script),
        "of them writes": sum(one.startswith(_WRITES) for one in script),
        "requests for an answer, by script": with_script,
        "requests for an answer, by button": without_script,
    }
    for name, path in _paths(attempt):
        with statements(engine) as reading:
            browser.get(path)
        result[f"statements of {name}"] = len(reading)
    pages = [browser.get(f"{attempt}/questions/{position}") for position in range(1, QUESTIONS + 1)]
    result["question_page"] = max(pages, key=len)
    page = browser.get(f"{attempt}/review")
    browser.post(f"{attempt}/hand-in", form_token(page))
    for name, path in (("the result", attempt), ("home after it", "/")):
        with statements(engine) as reading:
            browser.get(path)
        result[f"statements of {name}"] = len(reading)
    return result


def _paths(attempt: str) -> list[tuple[str, str]]:
    return [
        ("a question page", f"{attempt}/questions/{QUESTIONS}"),
        ("the review", f"{attempt}/review"),
        ("home", "/"),
        ("progress", "/progress"),
    ]


def _weigh(app: Any, page: str) -> dict[str, int]:
    """Bytes of a question page, and of all that it can lead a browser to fetch, compressed where it is."""
    client = app.test_client()
    seen: dict[str, int] = {}
    waiting = set(_LINKED.findall(page))
    while waiting:
        path = waiting.pop()
        with client.get(path, headers={"Accept-Encoding": "gzip"}) as response:
            body = response.get_data()
            seen[path] = len(body)
            if response.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
        if path.endswith((".css", ".js")):
            folder = posixpath.dirname(path)
            found = {posixpath.normpath(posixpath.join(folder, one)) for one in _REFERRED.findall(body.decode())}
            waiting |= {one for one in found - seen.keys() if _SELDOM not in one}
    own = len(page.encode())
    return {"bytes of the largest question page": own, "bytes with everything, cold": own + sum(seen.values())}
