"""Headers and cookies of every response, errors included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.config import Settings
from tests.factories import PASSWORD
from tests.web.visiting import JSON, Browser

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def responses(browser: Browser) -> Iterator[tuple[str, TestResponse]]:
    """One response of each sort that a browser can meet."""
    icon = browser.open("/").tree.one("link", rel="icon").attrs["href"]
    for path in ("/", "/lessons/02-two-counts", "/healthz", "/readyz", "/form-token", "/favicon.ico", icon):
        yield path, browser.client.get(path)
    yield "redirect", browser.client.get("/account")
    yield "404", browser.client.get("/none")
    yield "404 static", browser.client.get("/static/none.css")
    yield "404 as JSON", browser.client.get("/none", headers=JSON)
    yield "405", browser.client.get("/sign-out")
    yield "400 without token", browser.client.post("/quizzes/mixed/attempts")
    yield "413", browser.client.post("/device", data={"theme": "x" * 300_000})
    yield "303", browser.post("/quizzes/mixed/attempts")
    yield "422", browser.post("/register")
    yield "204", browser.post("/lessons/02-two-counts/position", {"anchor": "who-counted-what"})
    yield "HEAD", browser.client.head("/")
    yield "OPTIONS", browser.client.options("/")


def test_every_response_has_the_headers(browser: Browser) -> None:
    seen = set()
    for name, response in responses(browser):
        headers = response.headers
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert policy == POLICY, name
        assert "unsafe" not in headers["Content-Security-Policy"], name
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["X-Frame-Options"] == "DENY", name
        assert headers["Referrer-Policy"] == "same-origin", name
        assert "camera=()" in headers["Permissions-Policy"], name
        assert "Access-Control-Allow-Origin" not in headers, name
        seen.add(response.status_code)
    assert seen >= {200, 204, 302, 303, 400, 404, 405, 413, 422}


def test_pages_are_never_kept_and_static_files_for_a_year(browser: Browser) -> None:
    for name, response in responses(browser):
        is_static = response.mimetype in {"image/svg+xml", "text/css", "text/javascript", "font/woff2"}
        wanted = "public, max-age=31536000, immutable" if is_static else "no-store"
        assert response.headers["Cache-Control"] == wanted, name


def test_over_tls_browsers_are_told_to_stay_there(browser: Browser) -> None:
    plain = browser.client.get("/").headers
    assert "Strict-Transport-Security" not in plain
    assert "Cross-Origin-Opener-Policy" not in plain  # browsers complain of it over plain http
    response = browser.client.get("/", base_url="https://localhost")
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def cookies_of(app: Flask, **options: str) -> list[str]:
    """The Set-Cookie headers of: a first page, a guest's first answer, a sign-in, the look of the device."""
    browser = Browser(app, **options)
    found = browser.client.get("/device", **browser.options).headers.getlist("Set-Cookie")
    headers = {"Referer": "https://localhost/"}
    for path, fields in (
        ("/quizzes/mixed/attempts", {}),
        ("/sign-in", {"name": "Lee", "password": PASSWORD}),
        ("/device", {"theme": "dark"}),
    ):
        response = browser.post(path, fields, headers=headers)
        assert response.status_code in {302, 303}
        found += response.headers.getlist("Set-Cookie")
    return found


def test_cookies_are_hidden_from_scripts_and_other_sites(app: Flask, session: Session, lee: User) -> None:
    cookies = cookies_of(app)
    assert len(cookies) >= 4
    for cookie in cookies:
        assert "; HttpOnly" in cookie
        assert "; SameSite=Lax" in cookie
        assert "; Secure" not in cookie
        assert "Domain=" not in cookie


def test_cookies_go_over_tls_only_when_the_setting_says_so(
    make_app: Callable[..., Flask], settings: Settings, session: Session, lee: User
) -> None:
    cookies = cookies_of(make_app(replace(settings, secure_cookies=True)), base_url="https://localhost")
    assert len(cookies) >= 4
    for cookie in cookies:
        assert "; Secure" in cookie
        assert "; HttpOnly" in cookie


def test_over_tls_a_form_from_another_site_is_refused(app: Flask, session: Session, lee: User) -> None:
    browser = Browser(app, base_url="https://localhost")
    fields = {"name": "Lee", "password": PASSWORD}
    evil = browser.post("/sign-in", fields, headers={"Referer": "https://evil.example/"})
    assert evil.status_code == 400
    assert browser.post("/sign-in", fields, headers={"Referer": "https://localhost/sign-in"}).status_code == 303


@pytest.mark.parametrize("path", ["/lessons/02-two-counts", "/healthz"])
def test_the_server_names_neither_itself_nor_its_versions(browser: Browser, path: str) -> None:
    headers = browser.client.get(path).headers
    assert not {"Server", "X-Powered-By"} & set(headers.keys())
