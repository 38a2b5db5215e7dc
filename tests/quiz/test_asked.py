"""How often questions were asked and how often right, for whoever writes them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.library.model import Library
from app.quiz.models import Slot
from app.quiz.queries import Asked, asked_and_right, how_many_wait
from tests.factories import finished, make_user, start


@pytest.fixture
def lee_and_sam(session: Session) -> tuple[User, User]:
    """Two learners."""
    return make_user(session, "Lee"), make_user(session, "Sam")


def test_what_was_never_asked_is_not_there(session: Session) -> None:
    assert asked_and_right(session) == {}
    assert asked_and_right(session, ["word-or-deed"]) == {}
    assert asked_and_right(session, []) == {}


def test_answers_of_everybody_are_counted_once_they_are_in(
    session: Session, library: Library, lee_and_sam: tuple[User, User]
) -> None:
    lee, sam = lee_and_sam
    first = finished(session, lee, library).slots[0].question
    assert finished(session, sam, library, right=0, seed=7).slots[0].question == first
    start(session, lee, library, "mixed", seed=7)
    assert asked_and_right(session, [first]) == {(first, 1): Asked(2, 2, 1)}
    assert asked_and_right(session)[first, 1].percent == 50


def test_a_raised_revision_starts_from_nothing(
    session: Session, library: Library, lee_and_sam: tuple[User, User]
) -> None:
    slug = finished(session, lee_and_sam[0], library).slots[0].question
    assert (slug, 2) not in asked_and_right(session, [slug])


@pytest.mark.parametrize(
    ("status", "counted"),
    [("answered", 1), ("dont_know", 1), ("blank", 1), ("pending", 1), ("void", 0), ("not_reached", 0)],
)
def test_what_nobody_saw_and_what_was_taken_out_is_not_counted(
    session: Session, library: Library, lee_and_sam: tuple[User, User], status: str, counted: int
) -> None:
    slot: Slot = finished(session, lee_and_sam[0], library).slots[0]
    slot.status = status
    session.flush()
    found = asked_and_right(session, [slot.question]).get((slot.question, 1))
    assert (found.times if found else 0) == counted
    assert how_many_wait(session) == (1 if status == "pending" else 0)


def test_what_has_no_score_is_asked_and_neither_right_nor_wrong(
    session: Session, library: Library, lee_and_sam: tuple[User, User]
) -> None:
    slot: Slot = finished(session, lee_and_sam[0], library).slots[0]
    slot.first_score = None
    session.flush()
    assert asked_and_right(session, [slot.question]) == {(slot.question, 1): Asked(1, 0, 0)}
    assert Asked(1, 0, 0).percent == 0
