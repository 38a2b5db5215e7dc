"""Publishing an edit: what changed, whether the meaning did, and what that does to results."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.authoring.models import OwnQuestion
from app.db import transaction
from tests.authoring.making import SLUG, changed, make_own, make_published, save, with_option
from tests.web.visiting import Browser, Page

PAGE = f"/teach/questions/{SLUG}/publish"


@pytest.fixture
def edited(tess: User) -> None:
    """A question of Tess's that is published and has a new wording."""
    with transaction() as session:
        own = make_published(session, tess)
        save(session, own, session.get_one(User, tess.id), changed(stem="What does the new ferry cost?"))


def to(content: dict[str, Any]) -> None:
    """Tess saves another wording."""
    with transaction() as session:
        own = session.get_one(OwnQuestion, SLUG)
        save(session, own, session.get_one(User, own.owner_id), content)


def row(session: Session) -> tuple[str, int]:
    """Status and revision as they are now."""
    session.rollback()
    own = session.get_one(OwnQuestion, SLUG)
    return own.status, own.revision


def chosen(page: Page) -> list[str]:
    """Which answers about the meaning are chosen."""
    return [it.attrs["value"] for it in page.tree.all("input", name="meaning") if "checked" in it.attrs]


def test_an_edit_is_shown_word_by_word_and_the_question_is_asked(tess_at: Browser, edited: None) -> None:
    page = tess_at.open(PAGE)
    marked = [it.text.strip() for it in page.tree.one("dl", class_="changes").all("del", "ins")]
    assert marked == ["[taken out: old]", "[new: new]"]
    assert "Did the meaning change?" in page.words
    assert "Its statistics start again from nothing." in page.words
    assert chosen(page) == ["same"]


@pytest.mark.parametrize(("meaning", "revision"), [("same", 1), ("changed", 2)])
def test_the_answer_decides_the_revision(
    tess_at: Browser, session: Session, edited: None, meaning: str, revision: int
) -> None:
    tess_at.open(PAGE)
    page = tess_at.press("Publish", meaning=meaning)
    assert "Published in its new wording." in page.words
    assert row(session) == ("published", revision)


def test_another_key_can_only_be_another_meaning(tess_at: Browser, session: Session, edited: None) -> None:
    to(with_option(2, key=True, id="nothing") | {"kind": "multiple_response"})
    page = tess_at.open(PAGE)
    assert chosen(page) == ["changed"]
    assert "answers given before would be judged by another key" in page.words
    page = tess_at.press("Publish", meaning="same")
    assert page.status == 422
    assert row(session) == ("draft", 1)


def test_an_edit_is_not_published_without_an_answer(tess_at: Browser, session: Session, edited: None) -> None:
    tess_at.open(PAGE)
    page = tess_at.press("Publish", meaning="")
    assert page.status == 422
    assert "Say whether the meaning changed." in page.words
    assert row(session) == ("draft", 1)


def test_a_first_publication_asks_nothing(tess_at: Browser, tess: User, session: Session) -> None:
    with transaction() as writing:
        make_own(writing, tess)
    page = tess_at.open(PAGE)
    assert "Did the meaning change?" not in page.words
    tess_at.press("Publish")
    assert row(session) == ("published", 1)


def test_findings_are_said_and_do_not_keep_from_publishing(tess_at: Browser, tess: User, session: Session) -> None:
    with transaction() as writing:
        make_own(writing, tess, changed(explanation="", objective=None))
    page = tess_at.open(PAGE)
    assert "None of this keeps you from publishing." in page.words
    tess_at.press("Publish")
    assert row(session) == ("published", 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_option(0, text=""), "Option 1, text: this is empty."),
        (changed(passage={"quote": "no-such-quote"}), "There is no quotation “no-such-quote”"),
        (changed(objective="sig.nothing"), "There is no objective “sig.nothing”"),
    ],
)
def test_what_cannot_be_asked_is_not_published(
    tess_at: Browser, tess: User, session: Session, content: dict[str, Any], said: str
) -> None:
    with transaction() as writing:
        own = make_own(writing, tess, content)
        base = own.edit_number
    assert said in tess_at.open(PAGE).words
    assert tess_at.post(PAGE, {"base": str(base)}).status_code == 422
    assert row(session)[0] == "draft"


def test_nobody_publishes_what_they_have_not_seen(tess_at: Browser, session: Session, edited: None) -> None:
    tess_at.open(PAGE)
    to(changed(stem="Something else?"))
    page = tess_at.press("Publish", meaning="same")
    assert page.status == 409
    assert "Tess has changed this question since you looked." in page.words
    assert "Something else?" in page.words
    assert row(session) == ("draft", 1)


def test_publishing_twice_is_told(tess_at: Browser, edited: None) -> None:
    tess_at.open(PAGE)
    tess_at.press("Publish", meaning="same")
    assert tess_at.post(PAGE, {"meaning": "same", "base": "4"}).status_code == 409
    assert tess_at.open(PAGE).path == f"/teach/questions/{SLUG}"


def test_learners_are_asked_the_new_wording_at_once(tess_at: Browser, edited: None) -> None:
    tess_at.open(PAGE)
    tess_at.press("Publish", meaning="same")
    assert "What does the new ferry cost?" in tess_at.open(f"/teach/questions/{SLUG}/preview").words
