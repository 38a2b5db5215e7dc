"""A question as learners will meet it, tried out without a trace."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.authoring.draft import as_content
from app.db import db, transaction
from app.library.model import Library
from app.questions.types import TYPES
from tests.authoring.making import SLUG, changed, make_own, with_option
from tests.web.visiting import Browser

PAGE = f"/teach/questions/{SLUG}/preview"
WAYS = ("page", "phone", "print", "terminal", "bare")


@pytest.fixture
def draft(tess: User) -> None:
    """A draft of Tess's."""
    with transaction() as session:
        make_own(session, tess)


def one_of(library: Library, kind: str) -> dict[str, Any]:
    """The working copy of a question of the small course of this kind."""
    return as_content(next(it for it in library.questions.values() if it.kind == kind and it.head.use != "lesson"))


def rows(session: Session) -> dict[str, int]:
    """Table → number of rows."""
    session.rollback()
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in db.metadata.sorted_tables
    }


def test_an_answer_is_graded_explained_and_not_stored(tess_at: Browser, session: Session, draft: None) -> None:
    before = rows(session)
    page = tess_at.open(PAGE)
    assert "This was right." not in page.words
    right = next(it for it in page.tree.all("label", class_="option") if "One coin" in it.text)
    page = tess_at.press("Check answer", choice=right.one("input").attrs["value"])
    assert "Right. You chose this." in page.words
    assert "The board at the quay says one coin." in page.words
    assert rows(session) == before
    assert PAGE in "".join(page.links())


def test_what_cannot_be_read_is_said_and_stays(tess_at: Browser, tess: User, session: Session) -> None:
    numeric = {
        "kind": "numeric",
        "use": "practice",
        "stem": "How many boats?",
        "key": 3,
        "unit": "boats",
        "tolerance": {"absolute": 0},
    }
    with transaction() as writing:
        make_own(writing, tess, numeric)
    tess_at.open(PAGE)
    page = tess_at.press("Check answer", text="a few")
    assert page.status == 422
    assert page.tree.one("input", name="text").attrs["value"] == "a few"
    assert page.tree.all("p", class_="error")


def test_no_answer_at_all_is_asked_for_again(tess_at: Browser, draft: None) -> None:
    tess_at.open(PAGE)
    page = tess_at.press("Check answer")
    assert page.status == 422
    assert "Give an answer first" in page.words


def test_not_to_know_is_an_answer(tess_at: Browser, draft: None) -> None:
    tess_at.open(PAGE)
    page = tess_at.press("I don't know")
    assert "You said: I don't know" in page.words
    assert "This was right." in page.words


@pytest.mark.parametrize("kind", TYPES)
def test_every_kind_is_shown_in_every_way_and_can_be_tried(
    tess_at: Browser, tess: User, session: Session, library: Library, kind: str
) -> None:
    with transaction() as writing:
        own = make_own(writing, tess, one_of(library, kind))
        stem = one_of(library, kind)["stem"].split()[0]
        slug = own.slug
    for way in WAYS:
        page = tess_at.open(f"/teach/questions/{slug}/preview?as={way}")
        assert page.status == 200, way
        assert stem in page.words, way
    page = tess_at.press("I don't know")
    assert "You said: I don't know" in page.words


def test_the_terminal_says_what_a_quiz_there_would(tess_at: Browser, draft: None) -> None:
    asked, explained = tess_at.open(f"{PAGE}?as=terminal").tree.all("pre")
    assert "Choose one. Type its number." in asked.text
    assert "This was right" not in asked.text
    assert "This was right. So says the board." in explained.text


def test_paper_has_no_key(tess_at: Browser, draft: None) -> None:
    page = tess_at.open(f"{PAGE}?as=print")
    assert "One coin" in page.words
    assert "So says the board." not in page.words
    assert not page.tree.one("main").all("input")


def test_a_draft_that_is_no_question_yet_says_what_is_missing(tess_at: Browser, tess: User, session: Session) -> None:
    with transaction() as writing:
        make_own(writing, tess, with_option(2, text="") | {"stem": ""})
    for way in WAYS:
        page = tess_at.open(f"{PAGE}?as={way}")
        assert "Option 3, text: this is empty." in page.words
        assert "Write what is asked" in page.words
    assert tess_at.post(PAGE, {"choice": "1"}).status_code == 422


def test_a_passage_that_is_not_there_is_said_and_breaks_nothing(tess_at: Browser, tess: User, session: Session) -> None:
    with transaction() as writing:
        make_own(writing, tess, changed(passage={"quote": "no-such-quote"}))
    assert "There is no quotation" in tess_at.open(PAGE).words


def test_only_the_page_for_the_frame_may_be_framed_and_only_by_us(tess_at: Browser, draft: None) -> None:
    def headers(way: str) -> tuple[str, str, str]:
        found = tess_at.open(f"{PAGE}?as={way}").response.headers
        policy = dict(part.split(" ", 1) for part in found["Content-Security-Policy"].split("; "))
        return found["X-Frame-Options"], policy["frame-ancestors"], policy.get("frame-src", "'none'")

    assert headers("bare") == ("SAMEORIGIN", "'self'", "'none'")
    assert headers("phone") == ("DENY", "'none'", "'self'")
    assert headers("page") == ("DENY", "'none'", "'none'")


def test_an_unknown_way_is_the_page_and_an_odd_seed_the_first(tess_at: Browser, draft: None) -> None:
    plain = tess_at.open(f"{PAGE}?seed=1").tree.one("fieldset").text
    assert tess_at.open(f"{PAGE}?as=hologram&seed=-5").tree.one("fieldset").text == plain


def test_questions_from_files_are_shown_too(app: Flask, tess_at: Browser) -> None:
    assert "What does the company lose" in tess_at.open("/teach/questions/cost-check/preview").words
