"""One learner's journey as a browser without scripts makes it: sign in, ten answers, hand in, result.

The same for Offramp and for the bare application, over a network connection or straight into the application.
"""

from __future__ import annotations

import http.client
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

# method, path, body, headers → status, headers in lower case (several of one name joined by a newline), body
Transport = Callable[[str, str, bytes | None, Mapping[str, str]], tuple[int, Mapping[str, str], str]]

PASSWORD = "correct horse battery"
QUESTIONS = 10
_FORM = re.compile(r"<form[^>]*data-answer.*?</form>", re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_CHOICE = re.compile(r'name="choice" value="([^"]+)"')
_PLACE = re.compile(r'name="(place-[^"]+)"')
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Failed(Exception):
    """An answer that a browser could not go on with."""


def over_network(port: int, *, timeout: float = 30) -> Transport:
    """A connection that is kept open, and opened again when the server has closed it."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def send(
        method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], str]:
        try:
            line.request(method, path, body, dict(headers))
            response = line.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            line.close()
            line.request(method, path, body, dict(headers))
            response = line.getresponse()
        text = response.read().decode()
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            found[key] = f"{found[key]}\n{value}" if key in found else value
        return response.status, found, text

    return send


@dataclass
class Browser:
    """Keeps cookies, follows redirects and counts requests."""

    send: Transport
    cookies: dict[str, str] = field(default_factory=dict)
    requests: int = 0

    def ask(
        self, method: str, path: str, fields: Mapping[str, str] | None = None, accept: str = "text/html"
    ) -> tuple[int, str, str]:
        """One request: status, where a redirect leads, body. Raises Failed for an error status."""
        headers = {"Accept": accept, "Accept-Encoding": "identity"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            body = urlencode(fields).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.requests += 1
        status, answer, text = self.send(method, path, body, headers)
        for cookie in answer.get("set-cookie", "").splitlines():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if status >= 400:
            raise Failed(f"{method} {path.split('/')[1]}…: {status}")
        return status, answer.get("location", ""), text

    def get(self, path: str) -> str:
        """A page, after redirects."""
        status, target, text = self.ask("GET", path)
        return self.get(target) if status in (302, 303) else text

    def post(self, path: str, fields: Mapping[str, str]) -> str:
        """The page that a form leads to."""
        _, target, text = self.ask("POST", path, fields)
        return self.get(target) if target else text


def form_token(page: str) -> dict[str, str]:
    """The CSRF token of a page, for its forms; nothing where there is none."""
    found = _TOKEN.search(page)
    return {"csrf_token": found[1]} if found else {}


def filled(page: str, chance: random.Random) -> dict[str, str]:
    """The form of a question page, answered by chance."""
    form = _FORM.search(page)
    if form is None:
        raise Failed("a page without a question")
    fields = dict(_HIDDEN.findall(form[0]))
    choices, places = _CHOICE.findall(form[0]), _PLACE.findall(form[0])
    if choices:
        fields["choice"] = chance.choice(choices)
    elif places:
        chance.shuffle(places)
        fields |= {name: str(place) for place, name in enumerate(places, 1)}
    else:
        fields["text"] = chance.choice(["correction", "a note", "an update", "silence"])
    return fields


def sign_in(browser: Browser, name: str) -> None:
    """From the sign-in page to home."""
    page = browser.get("/sign-in")
    browser.post("/sign-in", {"name": name, "password": PASSWORD, **form_token(page)})


def start(browser: Browser, quiz: str) -> tuple[str, str]:
    """Open the quiz and start: the attempt's path, and the page of its first question."""
    page = browser.get(f"/quizzes/{quiz}")
    _, target, _ = browser.ask("POST", f"/quizzes/{quiz}/attempts", form_token(page))
    return target.rsplit("/questions/", 1)[0], browser.get(target)


def save(browser: Browser, path: str, page: str, chance: random.Random) -> tuple[float, str]:
    """Answer the question on `page`: the seconds that saving took, and where to go next."""
    fields = filled(page, chance) | {"go": "next"}
    began = time.perf_counter()
    _, target, _ = browser.ask("POST", path, fields)
    return time.perf_counter() - began, target


def journey(
    browser: Browser,
    name: str,
    quiz: str,
    chance: random.Random,
    *,
    saved: Callable[[float], None],
    pause: Callable[[], None] = lambda: None,
) -> None:
    """The whole journey; calls `saved` with the seconds of each save, and `pause` before each answer."""
    sign_in(browser, name)
    attempt, page = start(browser, quiz)
    for position in range(1, QUESTIONS + 1):
        pause()
        seconds, target = save(browser, f"{attempt}/questions/{position}", page, chance)
        saved(seconds)
        page = browser.get(target)
    browser.post(f"{attempt}/hand-in", form_token(page))
