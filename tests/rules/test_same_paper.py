"""One attempt is the same paper in the browser and in the terminal: questions, options and their order."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.service import local_learner, make_link
from app.clock import utc_now
from app.db import transaction
from app.library.model import Library
from app.markdown import plain
from tests.web.visiting import Browser


def same(text: str) -> str:
    """A text without line breaks and the page's typographic quotes."""
    return " ".join(text.translate(str.maketrans("’‘“”", "''\"\"")).split())


@pytest.mark.parametrize("quiz", ["mixed", "every-kind", "check-02"])
def test_both_doors_show_an_attempt_in_the_same_order(
    app: Flask, session: Session, library: Library, run: Callable[..., Any], quiz: str
) -> None:
    terminal = same(run("quiz", quiz, "--print").output)
    with transaction() as session:
        token = make_link(session, local_learner(session, now=utc_now()), now=utc_now())
    browser = Browser(app)
    browser.open(f"/sign-in/link/{token}")
    browser.press("Continue")
    attempt = browser.start(quiz)
    sheets = browser.open(f"/attempts/{attempt}/paper").tree.all("section", class_="paper-question")
    at = 0
    for sheet in sheets:
        for shown in (*sheet.all("h2", class_="stem"), *sheet.all("li")):
            # A letter or a number that is the option itself stands apart in the terminal.
            words = re.sub(r"^[A-F1-6]: ", "", same(plain(shown.text)))
            if not words:
                continue
            found = terminal.find(words, at)
            assert found >= 0, f"{words!r} does not stand in the terminal's paper after {terminal[at : at + 60]!r}"
            at = found
