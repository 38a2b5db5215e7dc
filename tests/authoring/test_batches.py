"""What is done to many questions at once, question by question, and taken back at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.authoring import queries, service
from app.authoring.models import Batch, OwnQuestion, QuestionEdit
from app.authoring.queries import with_own
from app.authoring.service import Author
from app.authoring.service.batches import undo_batch
from app.authoring.service.changing import Change, change_many, weigh
from app.errors import Conflict, Invalid, NotFound
from app.library.model import Library
from tests.authoring.making import changed, make_own, make_published, publish, save, with_option
from tests.factories import NOON, later, make_user

TAG = Change("tag", tag="week-3")


@pytest.fixture
def bank(session: Session, tess: User, sam: User) -> dict[str, OwnQuestion]:
    """Tess's questions in every status; and one of Sam's."""
    me = Author.of(tess)
    found = {
        "draft": make_own(session, tess, slug="own-draft"),
        "in_review": make_own(session, tess, slug="own-in-review"),
        "published": make_published(session, tess, slug="own-published"),
        "changed": make_published(session, tess, slug="own-changed"),
        "retired": make_published(session, tess, slug="own-retired"),
        "sams": make_published(session, sam, slug="own-sams"),
    }
    service.send_to_review(session, found["in_review"], me, note="", now=NOON)
    save(session, found["changed"], tess, changed(stem="What does the ferry cost today?"))
    service.retire(session, found["retired"], me, now=NOON)
    return found


def do(session: Session, tess: User, library: Library, change: Change, *slugs: str) -> tuple[Batch, list[str]]:
    """Let Tess do it to these, or to all of the bank; the slugs of those that it was done to."""
    chosen = list(slugs) or list(session.scalars(select(OwnQuestion.slug).order_by(OwnQuestion.slug)))
    batch, weighed = change_many(session, chosen, change, Author.of(tess), library, now=later(5))
    return batch, [own.slug for own in weighed.can]


def undo(session: Session, tess: User, batch: Batch) -> Any:
    """Let Tess take it back."""
    return undo_batch(session, batch.id, Author.of(tess), asked=(), now=later(9))


def stand(own: OwnQuestion) -> tuple[Any, ...]:
    """All of a question but the number of its step."""
    return own.content, own.lesson, own.status, own.kind, own.version_id, own.revision, own.is_served


REACHED = {
    "tag": ["changed", "draft", "in-review", "published"],
    "move": ["changed", "draft", "in-review", "published"],
    "retire": ["changed", "draft", "in-review", "published"],
    "bring_back": ["retired"],
    "review": ["changed", "draft"],
    "publish": ["draft", "in-review"],
}
CHANGES = {"tag": TAG, "move": Change("move", level="remember")}


@pytest.mark.parametrize("what", REACHED)
def test_a_change_reaches_those_that_it_can_be_made_to(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion], what: Any
) -> None:
    _, reached = do(session, tess, library, CHANGES.get(what, Change(what)))
    assert reached == [f"own-{name}" for name in REACHED[what]]


@pytest.mark.parametrize("what", REACHED)
def test_an_undo_leaves_everything_as_it_was(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion], what: Any
) -> None:
    before = {name: stand(own) for name, own in bank.items()}
    batch, _ = do(session, tess, library, CHANGES.get(what, Change(what)))
    assert {name: stand(own) for name, own in bank.items()} != before
    undo(session, tess, batch)
    assert {name: stand(own) for name, own in bank.items()} == before


def test_a_change_is_one_batch_with_one_step_for_each(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion]
) -> None:
    batch, reached = do(session, tess, library, TAG)
    steps = session.scalars(select(QuestionEdit).where(QuestionEdit.batch_id == batch.id)).all()
    assert sorted(step.question for step in steps) == reached
    assert {(step.event, step.note) for step in steps} == {("changed", "Tag “week-3” added")}
    assert batch.summary == "Tag “week-3” added: 4 questions"


def test_it_says_why_a_question_is_left_out(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion]
) -> None:
    slugs = ["own-sams", "cost-check", "own-retired", "own-gone"]
    weighed = weigh(session, slugs, TAG, Author.of(tess), library)
    assert dict(weighed.cannot) == {
        "own-sams": "It is Sam’s. Make a copy, and change that.",
        "cost-check": "It comes from a file and is changed there, or copied.",
        "own-retired": "It is retired. Bring it back first.",
        "own-gone": "It is no longer there.",
    }


def test_a_draft_of_somebody_elses_is_not_told_of(session: Session, tess: User, sam: User, library: Library) -> None:
    make_own(session, sam, slug="own-secret")
    weighed = weigh(session, ["own-secret"], TAG, Author.of(tess), library)
    assert weighed.cannot == (("own-secret", "It is no longer there."),)


def test_an_admin_changes_those_of_others_too(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion]
) -> None:
    weighed = weigh(session, ["own-sams"], TAG, Author.of(tess), library, may_all=True)
    assert [own.slug for own in weighed.can] == ["own-sams"]


def test_a_tag_is_added_once_and_taken_off(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion]
) -> None:
    own = bank["published"]
    version = own.version_id
    do(session, tess, library, TAG, own.slug)
    with pytest.raises(Invalid):
        do(session, tess, library, TAG, own.slug)
    assert (json.loads(own.content)["tags"], own.status, own.version_id) == (["week-3"], "published", version)
    do(session, tess, library, Change("untag", tag="week-3"), own.slug)
    assert "tags" not in json.loads(own.content)


def test_a_published_question_is_asked_in_its_new_place_at_once_under_the_same_revision(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion]
) -> None:
    to = Change("move", objective="src.date", lesson="02-two-counts", level="", category="Unit 2")
    do(session, tess, library, to, "own-published")
    served = with_own(session, library).questions["own-published"]
    assert (served.head.objective, served.lesson, served.head.level) == ("src.date", "02-two-counts", None)
    assert (bank["published"].status, served.head.revision) == ("published", 1)


def test_unpublished_changes_are_moved_and_stay_unpublished(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion]
) -> None:
    do(session, tess, library, Change("move", objective="src.date"), "own-changed")
    assert json.loads(bank["changed"].content)["objective"] == "src.date"
    assert bank["changed"].status == "draft"
    assert with_own(session, library).questions["own-changed"].head.objective == "sig.cost"


def test_a_move_leaves_what_it_does_not_name(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion]
) -> None:
    do(session, tess, library, Change("move", level="remember"), "own-draft")
    assert json.loads(bank["draft"].content) == changed(level="remember")
    assert bank["draft"].lesson == "01-a-costly-word"


def test_a_wording_that_was_published_before_is_replaced_only_when_that_is_said(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion]
) -> None:
    with pytest.raises(Invalid, match="what they ask is the same"):
        do(session, tess, library, Change("publish"), "own-changed")
    do(session, tess, library, Change("publish", also_edits=True), "own-changed")
    assert (bank["changed"].status, bank["changed"].revision) == ("published", 1)
    assert with_own(session, library).questions["own-changed"].head.stem == "What does the ferry cost today?"


def test_what_cannot_be_published_together_says_why(session: Session, tess: User, library: Library) -> None:
    make_own(session, tess, changed(stem=""), slug="own-wordless")
    make_own(session, tess, changed(objective="made.up"), slug="own-lost")
    own = make_published(session, tess, slug="own-other-key")
    save(session, own, tess, with_option(1, id="another"))
    kept = make_own(session, tess, {"stem": "Kept"}, slug="own-source")
    kept.kind = ""
    slugs = ["own-wordless", "own-lost", "own-other-key", "own-source"]
    weighed = weigh(session, slugs, Change("publish", also_edits=True), Author.of(tess), library)
    assert weighed.can == ()
    said = dict(weighed.cannot)
    assert "the question has no words yet" in said["own-wordless"]
    assert "made.up" in said["own-lost"]
    assert said["own-other-key"].startswith("Its kind, its options or its key changed.")
    assert said["own-source"].startswith("It is kept as source text")


def test_an_undo_leaves_what_was_changed_since(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion]
) -> None:
    batch, _ = do(session, tess, library, TAG)
    save(session, bank["draft"], tess, changed(stem="Changed since?"), now=later(6))
    undone = undo(session, tess, batch)
    assert undone.left == ("own-draft",)
    assert json.loads(bank["draft"].content)["stem"] == "Changed since?"


def test_an_undo_does_not_serve_what_was_brought_back_and_not_published(
    session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion]
) -> None:
    service.bring_back(session, bank["retired"], Author.of(tess), now=later(1))
    batch, _ = do(session, tess, library, TAG, "own-retired")
    undo(session, tess, batch)
    assert (bank["retired"].status, bank["retired"].is_served) == ("draft", False)
    publish(session, bank["retired"], tess)
    assert bank["retired"].is_served


def test_a_batch_is_undone_once_and_by_whom_it_was_made(
    session: Session, tess: User, sam: User, library: Library, bank: dict[str, OwnQuestion]
) -> None:
    batch, _ = do(session, tess, library, TAG)
    with pytest.raises(NotFound):
        undo(session, sam, batch)
    undo(session, tess, batch)
    with pytest.raises(Conflict):
        undo(session, tess, batch)


def test_other_processes_are_told(session: Session, tess: User, library: Library, bank: dict[str, OwnQuestion]) -> None:
    before = queries.shelf_stamp(session)
    do(session, tess, library, Change("retire"), "own-published")
    assert queries.shelf_stamp(session) != before


def test_many_questions_are_stored_by_few_statements(session: Session, tess: User, library: Library) -> None:
    user = make_user(session, "Tove")
    slugs = [f"own-{number}" for number in range(40)]
    for slug in slugs:
        make_own(session, user, slug=slug)
    asked: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *it: asked.append(it[2]))
    change_many(session, slugs, TAG, Author.of(user), library, now=NOON)
    assert len(asked) < 20
