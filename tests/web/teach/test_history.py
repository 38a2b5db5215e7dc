"""The history of a question, and taking it back to a step."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.authoring import queries, service
from app.authoring.models import OwnQuestion
from app.authoring.service import Author
from app.db import transaction
from tests.authoring.making import SLUG, changed, make_own, save
from tests.factories import TAB, later
from tests.web.visiting import Browser

PAGE = f"/teach/questions/{SLUG}/history"


@pytest.fixture
def written(tess: User) -> None:
    """A draft that was saved three times, once too late."""
    with transaction() as session:
        own, by = make_own(session, tess), session.get_one(User, tess.id)
        save(session, own, by, changed(stem="One?"), tab=TAB, counter=1, now=later(2))
        save(session, own, by, changed(stem="Two?"), tab=TAB, counter=3, now=later(10))
        save(session, own, by, changed(stem="Late?"), tab=TAB, counter=2, now=later(11))
        service.send_to_review(session, own, Author.of(by), note="Look, please.", now=later(20))


def test_steps_stand_newest_first_and_saves_of_one_sitting_together(tess_at: Browser, written: None) -> None:
    page = tess_at.open(PAGE)
    heads = [it.text for it in page.tree.one("ol", class_="history").all("h2")]
    assert heads == [
        "Sent to review by Tess",
        "Arrived late and did not count by Tess",
        "2 saves by Tess",
        "Begun by Tess",
    ]
    assert "Look, please." in page.words
    assert page.words.count("As it is now") == 1


def test_each_step_says_what_it_changed(tess_at: Browser, written: None) -> None:
    changes = [it.text for it in tess_at.open(PAGE).tree.all("details")]
    assert len(changes) == 2
    assert "What it would have changed: 1 field" in changes[0]
    assert "What changed: 1 field" in changes[1]
    assert "[new: Two]" in changes[1]
    assert "One" not in changes[1]


def test_taking_back_keeps_what_stood_there(tess_at: Browser, session: Session, written: None) -> None:
    tess_at.open(PAGE)
    # The button of the newest step that is not the current one, after the one that arrived late.
    page = tess_at.press("Take it back to this")
    assert page.heading == "Two?"
    assert tess_at.post(PAGE, {"number": "1"}).status_code == 303
    assert tess_at.open(f"/teach/questions/{SLUG}").heading == "What does the old ferry cost?"
    session.rollback()
    own = session.get_one(OwnQuestion, SLUG)
    assert (own.status, own.edit_number) == ("draft", 6)
    stems = [queries.content_of(edit)["stem"] for edit in queries.history(session, SLUG)]
    assert {"Two?", "Late?"} <= set(stems)


@pytest.mark.parametrize("number", ["0", "99", "-1", "x", "", "1" * 40])
def test_a_step_that_is_not_there_is_not_taken_back_to(
    tess_at: Browser, session: Session, written: None, number: str
) -> None:
    assert tess_at.post(PAGE, {"number": number}).status_code == 404
    session.rollback()
    assert session.get_one(OwnQuestion, SLUG).edit_number == 4


def test_a_question_from_a_file_has_no_history_here(tess_at: Browser) -> None:
    assert tess_at.open("/teach/questions/cost-check/history").status == 404


def test_a_long_history_is_shown_whole_with_few_statements(tess_at: Browser, tess: User) -> None:
    with transaction() as session:
        own, by = make_own(session, tess), session.get_one(User, tess.id)
        for number in range(60):
            save(session, own, by, changed(stem=f"Take {number}?"), save_id=uuid.uuid4(), now=later(40 * number))
    page = tess_at.open(PAGE)
    assert len(page.tree.one("ol", class_="history").all("li")) == 61
