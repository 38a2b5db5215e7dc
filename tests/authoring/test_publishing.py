"""Draft → in review → published → retired, and back; what an edit does to the revision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.authoring import queries, service
from app.authoring.models import OwnQuestion
from app.authoring.service import Author
from app.errors import AppError, Conflict, Invalid
from app.library.model import Library
from app.library.models import QuestionVersion
from tests.authoring.making import changed, make_own, make_published, publish, save, with_option
from tests.factories import NOON, later, make_user

Step = Callable[[Session, OwnQuestion, Author], Any]
STEPS: dict[str, Step] = {
    "send": lambda session, own, by: service.send_to_review(session, own, by, note="Look.", now=NOON),
    "return": lambda session, own, by: service.return_to_author(session, own, by, note="Mend.", now=NOON),
    "publish": lambda session, own, by: service.publish(session, own, by, meaning_changed=False, now=NOON),
    "retire": lambda session, own, by: service.retire(session, own, by, note="Old.", now=NOON),
    "bring back": lambda session, own, by: service.bring_back(session, own, by, now=NOON),
}


@pytest.fixture
def author(session: Session) -> User:
    """A teacher."""
    return make_user(session, "Tess", role=Role.TEACHER)


def events(session: Session, own: OwnQuestion) -> list[tuple[str, str]]:
    """Event and status of every step, the first one first."""
    return [(edit.event, edit.status) for edit in reversed(queries.history(session, own.slug))]


@pytest.mark.parametrize(
    ("before", "step", "status", "is_served"),
    [
        ([], "send", "in_review", False),
        (["send"], "return", "draft", False),
        (["send"], "publish", "published", True),
        ([], "publish", "published", True),
        ([], "retire", "retired", False),
        (["publish"], "retire", "retired", False),
        (["publish", "retire"], "bring back", "draft", False),
        (["publish", "retire", "bring back"], "publish", "published", True),
    ],
)
def test_each_step_leads_on_and_is_in_the_history(
    session: Session, author: User, before: list[str], step: str, status: str, is_served: bool
) -> None:
    own = make_own(session, author)
    for name in (*before, step):
        STEPS[name](session, own, Author.of(author))
    assert (own.status, own.is_served) == (status, is_served)
    assert events(session, own)[0] == ("created", "draft")
    assert events(session, own)[-1][1] == status
    assert own.edit_number == len(before) + 2


@pytest.mark.parametrize(
    ("before", "step"),
    [
        (["send"], "send"),
        (["publish"], "send"),
        ([], "return"),
        (["publish"], "return"),
        (["publish"], "publish"),
        (["retire"], "publish"),
        (["retire"], "retire"),
        ([], "bring back"),
        (["publish"], "bring back"),
    ],
)
def test_a_step_that_is_not_the_next_is_refused_and_changes_nothing(
    session: Session, author: User, before: list[str], step: str
) -> None:
    own = make_own(session, author)
    for name in before:
        STEPS[name](session, own, Author.of(author))
    was = own.status, own.is_served, own.edit_number
    with pytest.raises(Conflict):
        STEPS[step](session, own, Author.of(author))
    assert (own.status, own.is_served, own.edit_number) == was


def test_notes_stay_with_their_steps(session: Session, author: User) -> None:
    own = make_own(session, author)
    for name in ("send", "return", "retire"):
        STEPS[name](session, own, Author.of(author))
    assert [edit.note for edit in queries.history(session, own.slug)] == ["Old.", "Mend.", "Look.", ""]


def test_what_is_published_is_served_and_what_is_retired_is_not(
    session: Session, author: User, library: Library
) -> None:
    own = make_published(session, author)
    served = queries.with_own(session, library)
    assert served.questions[own.slug].head.stem == "What does the old ferry cost?"
    assert served.version_ids[own.slug] == own.version_id
    STEPS["retire"](session, own, Author.of(author))
    assert own.slug not in queries.with_own(session, library).questions


@pytest.mark.parametrize("step", ["publish", "retire"])
def test_the_shelf_says_that_something_changed(session: Session, author: User, step: str) -> None:
    own = make_own(session, author)
    before = queries.shelf_stamp(session)
    STEPS[step](session, own, Author.of(author))
    assert queries.shelf_stamp(session) not in (None, before)


def test_an_edit_is_not_served_before_it_is_published(session: Session, author: User, library: Library) -> None:
    own = make_published(session, author)
    save(session, own, author, changed(stem="What is the fare?"))
    assert (own.status, own.is_served) == ("draft", True)
    assert queries.with_own(session, library).questions[own.slug].head.stem == "What does the old ferry cost?"
    publish(session, own, author)
    assert queries.with_own(session, library).questions[own.slug].head.stem == "What is the fare?"


@pytest.mark.parametrize(
    ("content", "meaning_changed", "revision"),
    [
        (changed(stem="What is the fare?"), False, 1),
        (changed(stem="What is the fare?"), True, 2),
        (with_option(1, key=True) | {"kind": "multiple_response"}, True, 2),
    ],
)
def test_the_revision_rises_when_the_meaning_changed(
    session: Session, author: User, content: dict[str, Any], meaning_changed: bool, revision: int
) -> None:
    own = make_published(session, author)
    save(session, own, author, content)
    publish(session, own, author, meaning_changed=meaning_changed, now=later(5))
    version = session.get_one(QuestionVersion, own.version_id)
    assert (own.revision, version.revision) == (revision, revision)


def other_key() -> dict[str, Any]:
    """The question with another right answer."""
    content = with_option(1, key=True)
    content["options"][0]["key"] = False
    return content


@pytest.mark.parametrize(
    "content",
    [other_key(), changed(options=with_option(0)["options"][:2]), with_option(2, id="nothing")],
    ids=["key", "options", "id"],
)
def test_another_key_under_the_same_revision_is_refused(
    session: Session, author: User, content: dict[str, Any]
) -> None:
    own = make_published(session, author)
    served = own.version_id
    save(session, own, author, content)
    with pytest.raises(Invalid, match="the meaning changed"):
        publish(session, own, author)
    assert (own.status, own.version_id, own.revision) == ("draft", served, 1)


def test_the_meaning_of_a_first_publication_cannot_have_changed(session: Session, author: User) -> None:
    own = make_own(session, author)
    publish(session, own, author, meaning_changed=True)
    assert own.revision == 1


@pytest.mark.parametrize("content", [{}, changed(stem=""), with_option(1, text="")])
def test_what_is_no_question_yet_is_not_published(session: Session, author: User, content: dict[str, Any]) -> None:
    own = make_own(session, author, content)
    with pytest.raises(AppError):
        publish(session, own, author)
    assert (own.status, own.version_id) == ("draft", None)
