"""What the tests of the editor share: a question begun, its working copy, and what was typed into its form."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.authoring.models import OwnQuestion, QuestionEdit
from tests.web.visiting import Browser, Page

Fields = dict[str, Any]


def begin(browser: Browser, kind: str = "single_choice") -> str:
    """A new question of this kind, open in the editor; its slug."""
    response = browser.post("/teach/questions/new", {"to_kind": kind})
    browser.open(response.location)
    return str(response.location.split("/")[3])


def own(session: Session, slug: str) -> OwnQuestion:
    """The question's row, as others see it now."""
    session.rollback()
    return session.get_one(OwnQuestion, slug)


def content_of(session: Session, slug: str) -> dict[str, Any]:
    """The working copy, as others see it now."""
    found: dict[str, Any] = json.loads(own(session, slug).content)
    return found


def steps(session: Session, slug: str) -> list[QuestionEdit]:
    """The steps of its history, oldest first."""
    session.rollback()
    found = select(QuestionEdit).where(QuestionEdit.question == slug).order_by(QuestionEdit.number)
    return list(session.scalars(found))


def named(fields: Fields) -> Fields:
    """Fields by the names that the form has for them."""
    return {f"f-{name}": value for name, value in fields.items()}


def save(browser: Browser, **fields: Any) -> Page:
    """Type into the open form (`options_0_text`) and press Save."""
    return browser.press("Save", **named({name.replace("__", "-"): value for name, value in fields.items()}))
