"""Comments on questions: added, settled, and never deleted."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.authoring import queries, service
from app.authoring.service import Author
from app.authoring.service.writing import new_id
from app.errors import Invalid, NotFound
from tests.authoring.making import make_own
from tests.factories import NOON, later, make_user


@pytest.fixture
def by(session: Session) -> Author:
    """A teacher."""
    return Author.of(make_user(session, "Tove", role=Role.TEACHER))


def test_comments_stand_in_their_order_without_spaces_around_them(session: Session, by: Author) -> None:
    for minute, text in enumerate(("  First\r\nline ", "Second")):
        service.comment_on(session, "cost-check", by, text, now=later(minute))
    assert [one.text for one in queries.comments(session, "cost-check")] == ["First\nline", "Second"]
    assert queries.comments(session, "count-check") == []


@pytest.mark.parametrize(("text", "said"), [("  ", "Write something"), ("x" * 2001, "at most 2000")])
def test_an_empty_or_endless_comment_is_refused(session: Session, by: Author, text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        service.comment_on(session, "cost-check", by, text, now=NOON)
    assert queries.comments(session, "cost-check") == []


def test_a_comment_is_settled_once_and_can_be_opened_again(session: Session, by: Author) -> None:
    comment = service.comment_on(session, "cost-check", by, "Too easy.", now=NOON)
    service.settle_comment(session, "cost-check", comment.id, by, now=later(1))
    service.settle_comment(session, "cost-check", comment.id, Author(None, "Sam"), now=later(2))
    assert (comment.settled_at, comment.settled_by) == (later(1), "Tove")
    service.unsettle_comment(session, "cost-check", comment.id)
    assert (comment.settled_at, comment.settled_by) == (None, None)


def test_a_comment_is_found_only_at_its_own_question(session: Session, by: Author) -> None:
    comment = service.comment_on(session, "cost-check", by, "Too easy.", now=NOON)
    for slug, key in (("count-check", comment.id), ("cost-check", new_id())):
        with pytest.raises(NotFound):
            service.settle_comment(session, slug, key, by, now=NOON)


def test_an_author_is_told_what_others_said_and_nobody_settled(session: Session, by: Author) -> None:
    tess: User = make_user(session, "Tess", role=Role.TEACHER)
    own = make_own(session, tess)
    said = [service.comment_on(session, own.slug, by, text, now=later(n)) for n, text in enumerate("abc")]
    service.settle_comment(session, own.slug, said[1].id, by, now=NOON)
    service.comment_on(session, own.slug, Author.of(tess), "My own", now=NOON)
    assert [comment.text for _, comment in queries.unsettled_on(session, tess.id)] == ["c", "a"]
