"""For machines: health, readiness, the form token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flask import Flask

from app import __version__
from app.accounts.models import User
from app.config import Settings
from tests.web.visiting import Browser

Count = Callable[..., int]


def test_health_is_told_without_asking_the_database(browser: Browser) -> None:
    response = browser.client.get("/healthz")
    assert response.status_code == 200
    assert response.get_json() == {"status": "ok", "version": __version__}


def test_ready_with_tables_and_a_course(browser: Browser) -> None:
    response = browser.client.get("/readyz")
    assert response.status_code == 200
    assert response.get_json() == {"status": "ready"}


def test_not_ready_without_a_lesson(make_app: Callable[..., Flask], empty_settings: Settings, tmp_path: Path) -> None:
    response = Browser(make_app(replace(empty_settings, course=(tmp_path,)))).client.get("/readyz")
    assert response.status_code == 503
    assert response.get_json() == {"status": "not ready"}


def test_machines_leave_no_cookie(browser: Browser, count: Count) -> None:
    for path in ("/healthz", "/readyz", "/favicon.ico"):
        assert "Set-Cookie" not in browser.client.get(path).headers
    assert count(User) == 0


def test_a_fresh_token_is_taken(browser: Browser) -> None:
    token = browser.client.get("/form-token").get_json()["token"]
    assert browser.client.post("/quizzes/mixed/attempts", data={"csrf_token": token}).status_code == 303


def test_a_fresh_token_is_taken_in_a_header_too(browser: Browser) -> None:
    token = browser.client.get("/form-token").get_json()["token"]
    response = browser.client.post("/quizzes/mixed/attempts", headers={"X-CSRFToken": token})
    assert response.status_code == 303
