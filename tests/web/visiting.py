"""A person at a browser without scripts: opens pages, fills in forms, presses buttons.

And a script on a page, which sends what `fetch` would send. Both go through HTTP and nothing else.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.models import User
from tests.factories import PASSWORD
from tests.web.markup import Element, read_html

Fields = Mapping[str, str | Sequence[str]]
JSON = {"Accept": "application/json"}


class Page:
    """A response as a person sees it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.body: str = response.get_data(as_text=True)
        self.path = response.request.full_path.rstrip("?")

    @cached_property
    def tree(self) -> Element:
        """The markup."""
        return read_html(self.body)

    @property
    def words(self) -> str:
        """What stands on the page below the bar."""
        return self.tree.one("main").text

    @property
    def heading(self) -> str:
        """The page's one h1."""
        return self.tree.one("h1").text

    def button(self, label: str) -> Element:
        """The submit button whose words begin with `label`."""
        found = [it for it in self.tree.all("button", type="submit") if it.text.startswith(label)]
        assert found, f"no button {label!r} among {[it.text for it in self.tree.all('button')]}"
        return found[0]

    def buttons(self) -> list[str]:
        """The words of all submit buttons inside the page."""
        return [it.text for it in self.tree.one("main").all("button", type="submit")]

    def links(self) -> list[str]:
        """Where all links lead."""
        return [it.attrs["href"] for it in self.tree.all("a", href="*")]


class Browser:
    """A browser with its own cookies."""

    def __init__(self, app: Flask, **options: Any) -> None:
        self.client = app.test_client()
        self.options = options
        self.page: Page

    def _show(self, response: TestResponse) -> Page:
        self.page = Page(response)
        return self.page

    def open(self, path: str, **options: Any) -> Page:
        """Go to an address, following redirects."""
        return self._show(self.client.get(path, follow_redirects=True, **self.options, **options))

    def press(self, label: str, **fields: str | Sequence[str]) -> Page:
        """Press a button of the page, with these fields filled in over what the form holds."""
        button = self.page.button(label)
        form = button.inside("form")
        assert form is not None
        data: dict[str, Any] = filled(form) | fields
        if "name" in button.attrs:
            data[button.attrs["name"]] = button.attrs.get("value", "")
        action = button.attrs.get("formaction") or form.attrs.get("action") or self.page.path
        return self._show(self.client.post(action, data=data, follow_redirects=True, **self.options))

    def token(self) -> str:
        """A fresh token, as a script asks for one."""
        return str(self.client.get("/form-token", **self.options).get_json()["token"])

    def post(self, path: str, fields: Fields | None = None, **options: Any) -> TestResponse:
        """Send a form with a good token; redirects are not followed."""
        data = {"csrf_token": self.token(), **(fields or {})}
        return self.client.post(path, data=data, **self.options, **options)

    def send(self, path: str, fields: Fields | None = None) -> TestResponse:
        """Send a form as a script does, which asks for JSON."""
        return self.post(path, fields, headers=JSON)

    def sign_in(self, user: User | str, password: str = PASSWORD) -> Browser:
        """Sign in by the form."""
        name = user if isinstance(user, str) else user.name
        assert self.post("/sign-in", {"name": name or "", "password": password}).status_code == 303
        return self

    def start(self, quiz: str = "mixed") -> uuid.UUID:
        """Start a quiz, or go on with it; the attempt's id."""
        response = self.post(f"/quizzes/{quiz}/attempts")
        assert response.status_code == 303, response.get_data(as_text=True)
        return uuid.UUID(urlsplit(response.location).path.split("/")[2])


def filled(form: Element) -> dict[str, Any]:
    """The fields that a browser would send with a form as it stands."""
    data: dict[str, Any] = {}
    for it in form.all("input", "select", "textarea"):
        name = it.attrs.get("name")
        if not name:
            continue
        if it.attrs.get("type") in {"radio", "checkbox"}:
            if "checked" in it.attrs:
                data.setdefault(name, []).append(it.attrs.get("value", "on"))
        elif it.tag == "select":
            data[name] = next((o.attrs.get("value", "") for o in it.all("option") if "selected" in o.attrs), "")
        else:
            # A browser drops the line break with which a textarea begins.
            typed = "".join(map(str, it.pieces)).removeprefix("\n")
            value = it.attrs.get("value", "") if it.tag == "input" else typed
            # Fields of one name are all sent; one alone stays a text, as most forms have it.
            had = data.get(name)
            data[name] = value if had is None else [*(had if isinstance(had, list) else [had]), value]
    return data


def answer_fields(raw: Mapping[str, Sequence[str]], **changes: Any) -> dict[str, Any]:
    """The fields of a question's form with an answer: a new id, one tab, counter 1, unless changed."""
    stamp = {"answer_id": str(uuid.uuid4()), "tab": "00000000-0000-7000-8000-00000000000a", "counter": "1"}
    return {**raw, **stamp, **{name: str(value) for name, value in changes.items()}}
