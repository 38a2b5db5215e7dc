"""Saving a working copy: nothing is written over unawares, nothing is kept twice, nothing is lost."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.authoring import queries, service
from app.authoring.models import QuestionEdit
from app.authoring.service import Author
from app.authoring.service.writing import MAX_CONTENT
from app.errors import Conflict, Invalid, NotFound
from tests.authoring.making import CONTENT, SLUG, changed, make_own, make_published, save
from tests.factories import NOON, OTHER_TAB, TAB, later, make_user


@pytest.fixture
def author(session: Session) -> User:
    """A teacher."""
    return make_user(session, "Tess", role=Role.TEACHER)


@pytest.fixture
def other(session: Session) -> User:
    """Another teacher."""
    return make_user(session, "Tove", role=Role.ADMIN)


def stems(session: Session) -> list[tuple[int, str, str]]:
    """Number, event and stem of every step, the first one first."""
    return [
        (edit.number, edit.event, queries.content_of(edit)["stem"]) for edit in reversed(queries.history(session, SLUG))
    ]


def test_a_new_question_is_a_draft_with_one_step(session: Session, author: User) -> None:
    own = make_own(session, author)
    assert (own.status, own.owner_name, own.is_served, own.edit_number) == ("draft", "Tess", False, 1)
    assert queries.content_of(own) == CONTENT
    assert [step[:2] for step in stems(session)] == [(1, "created")]


def test_an_id_is_given_once(session: Session, author: User) -> None:
    make_own(session, author)
    with pytest.raises(Conflict, match="own-ferry-abcd"):
        make_own(session, author)


def test_a_copy_says_where_it_is_from(session: Session, author: User) -> None:
    service.copy_question(
        session, Author.of(author), CONTENT, slug=SLUG, lesson="", note="Copy of cost-check", now=NOON
    )
    assert [edit.note for edit in queries.history(session, SLUG)] == ["Copy of cost-check"]


def test_every_save_is_a_step(session: Session, author: User) -> None:
    own = make_own(session, author)
    save(session, own, author, changed(stem="First"), now=later(1))
    save(session, own, author, changed(stem="Second"), now=later(2))
    assert [step[2] for step in stems(session)] == [CONTENT["stem"], "First", "Second"]
    assert own.changed_at == later(2)


def test_the_same_save_twice_is_kept_once(session: Session, author: User) -> None:
    own, one = make_own(session, author), uuid.uuid4()
    first = save(session, own, author, changed(stem="First"), save_id=one, base=1)
    again = save(session, own, author, changed(stem="First"), save_id=one, base=1)
    assert first is again
    assert len(stems(session)) == 2


def test_nobody_writes_over_somebody_else_unawares(session: Session, author: User, other: User) -> None:
    own = make_own(session, author)
    save(session, own, other, changed(stem="Hers"))
    with pytest.raises(
        Conflict, match=r"Tove has changed this question since you opened it\. Nothing was written over"
    ):
        save(session, own, author, changed(stem="Mine"), base=1)
    assert queries.content_of(own)["stem"] == "Hers"


def test_saves_of_one_tab_follow_each_other_whatever_they_began_from(session: Session, author: User) -> None:
    own = make_own(session, author)
    for counter, stem in ((1, "First"), (2, "Second")):
        save(session, own, author, changed(stem=stem), base=1, tab=TAB, counter=counter)
    assert queries.content_of(own)["stem"] == "Second"


def test_two_tabs_of_one_person_are_told_apart(session: Session, author: User) -> None:
    own = make_own(session, author)
    save(session, own, author, changed(stem="Here"), base=1, tab=TAB, counter=1)
    with pytest.raises(Conflict):
        save(session, own, author, changed(stem="There"), base=1, tab=OTHER_TAB, counter=1)


def test_an_older_save_that_arrives_late_is_kept_and_does_not_count(session: Session, author: User) -> None:
    own = make_own(session, author)
    save(session, own, author, changed(stem="Newer"), base=1, tab=TAB, counter=2, now=later(1))
    late = save(session, own, author, changed(stem="Older"), base=1, tab=TAB, counter=1, now=later(2))
    assert (late.number, late.event) == (0, "late")
    assert (queries.content_of(own)["stem"], own.edit_number) == ("Newer", 2)
    assert (0, "late", "Older") in stems(session)


@pytest.mark.parametrize("status", ["published", "in_review"])
def test_to_edit_is_to_make_it_a_draft_again(session: Session, author: User, status: str) -> None:
    own = make_published(session, author) if status == "published" else make_own(session, author)
    if status == "in_review":
        service.send_to_review(session, own, Author.of(author), note="", now=NOON)
    save(session, own, author, changed(stem="New"))
    assert own.status == "draft"


def test_taking_back_keeps_what_stood_there(session: Session, author: User) -> None:
    own = make_own(session, author)
    save(session, own, author, changed(stem="Worse"), now=later(1))
    service.restore_edit(session, own, Author.of(author), 1, now=later(2))
    assert queries.content_of(own) == CONTENT
    assert [step[2] for step in stems(session)] == [CONTENT["stem"], "Worse", CONTENT["stem"]]
    with pytest.raises(NotFound):
        service.restore_edit(session, own, Author.of(author), 9, now=later(3))


def test_a_text_beyond_all_measure_is_refused(session: Session, author: User) -> None:
    own = make_own(session, author)
    with pytest.raises(Invalid, match="200,000 characters"):
        save(session, own, author, changed(stem="x" * MAX_CONTENT))
    assert session.query(QuestionEdit).count() == 1


def test_a_history_outlives_its_author(session: Session, author: User) -> None:
    own = make_own(session, author)
    session.delete(author)
    session.flush()
    session.expire_all()
    assert (own.owner_id, own.owner_name) == (None, "Tess")
    assert [(edit.by_id, edit.by_name) for edit in queries.history(session, SLUG)] == [(None, "Tess")]
