"""Storing what was planned: as one, all or nothing, and taken back as one."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.authoring import queries, service
from app.authoring.incoming import Incoming, plan
from app.authoring.models import Batch, OwnQuestion, QuestionEdit, Upload
from app.authoring.queries.arriving import here_for
from app.authoring.service import Author
from app.authoring.service.batches import undo_batch
from app.authoring.service.importing import Imported, Target, find_upload, import_planned, keep_upload
from app.errors import Conflict, Invalid, NotFound
from app.formats import FORMATS
from app.formats.base import Limits
from app.library.model import Library
from tests.authoring.making import save
from tests.factories import NOON, later

GIFT = """::Capital:: What is the capital of France? {=Paris ~Lyon#No. ~Nice}

::Sum:: What is 2 + 2? {#4:0}

::Note:: Just a text without an answer.

::Broken:: Which one is never closed? {=A ~B
"""
NOW, PUBLISHED = later(5), Target(publish=True)


def planned(session: Session, library: Library, user: User, text: str = GIFT) -> tuple[Incoming, ...]:
    """What becomes of a GIFT file of this text."""
    entries = FORMATS["gift"].read(text.encode(), limits=Limits()).entries
    here = here_for(session, library, entries, author_id=user.id, format_name="gift")
    new_slug = lambda words: f"own-{words.split()[0].lower()}-{secrets.token_hex(4)}"  # noqa: E731
    return plan(entries, here, format=FORMATS["gift"], new_slug=new_slug)


def brought(session: Session, library: Library, user: User, text: str = GIFT, target: Target = PUBLISHED) -> Imported:
    """The file, imported as the door does: all that is not left out at first."""
    taken = [one for one in planned(session, library, user, text) if one.can_choose and not one.is_left_at_first]
    by = Author.of(user)
    return import_planned(session, by, taken, target, file_name="unit.gift", format_name="gift", now=NOW)


def own(session: Session, word: str) -> OwnQuestion:
    """The question whose id has this word."""
    return session.scalars(select(OwnQuestion).where(OwnQuestion.slug.like(f"own-{word}-%"))).one()


def undone(session: Session, done: Imported, user: User, *asked: str) -> dict[str, int]:
    """How many an undo restored, removed and left."""
    found = undo_batch(session, done.batch.id, Author.of(user), asked=set(asked), now=later(9))
    return {"restored": len(found.restored), "removed": len(found.removed), "left": len(found.left)}


def count(session: Session, model: Any) -> int:
    """How many rows a table has."""
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_one_batch_has_one_step_for_each_question(session: Session, library: Library, tess: User) -> None:
    done = brought(session, library, tess)
    assert (len(done.made), len(done.kept), len(done.updated), len(done.published)) == (2, 1, 0, 2)
    steps = session.scalars(select(QuestionEdit)).all()
    assert {(step.event, step.number, step.batch_id) for step in steps} == {("imported", 1, done.batch.id)}
    assert len(steps) == 3
    assert done.batch.summary == "unit.gift: 2 new, 1 kept as source text"


def test_what_is_ready_is_served_and_says_so_to_every_process(session: Session, library: Library, tess: User) -> None:
    before = queries.shelf_stamp(session)
    done = brought(session, library, tess)
    assert queries.shelf_stamp(session) not in (None, before)
    served = queries.with_own(session, library)
    assert {slug for slug in served.questions if slug.startswith("own-")} == set(done.published)


def test_drafts_change_nothing_of_what_is_served(session: Session, library: Library, tess: User) -> None:
    before = queries.shelf_stamp(session)
    done = brought(session, library, tess, target=Target())
    assert done.published == ()
    assert queries.shelf_stamp(session) == before
    assert {row.status for row in session.scalars(select(OwnQuestion))} == {"draft"}


def test_one_that_is_too_long_stops_all(session: Session, library: Library, tess: User) -> None:
    session.commit()
    long = f"::Long:: {'Very long. ' * 400} {{=A ~B}}"
    taken = [one for one in planned(session, library, tess, GIFT + "\n\n" + long) if one.can_choose]
    assert len(taken) == 5
    # What a reader would never let through: more than a working copy may hold.
    content = taken[0].entry.question
    assert content is not None
    head = content.head.model_copy(update={"explanation": "x" * 250_000})
    taken.append(replace(taken[0], slug="own-x", entry=replace(taken[0].entry, question=replace(content, head=head))))
    with pytest.raises(Invalid, match="longer than 200,000 characters"):
        import_planned(session, Author.of(tess), taken, PUBLISHED, file_name="x.gift", format_name="gift", now=NOW)
    session.rollback()
    assert (count(session, OwnQuestion), count(session, QuestionEdit), count(session, Batch)) == (0, 0, 0)


def test_undo_takes_away_what_was_made(session: Session, library: Library, tess: User) -> None:
    done = brought(session, library, tess)
    before = queries.shelf_stamp(session)
    assert undone(session, done, tess) == {"restored": 0, "removed": 3, "left": 0}
    assert (count(session, OwnQuestion), count(session, QuestionEdit)) == (0, 0)
    assert queries.shelf_stamp(session) != before
    with pytest.raises(Conflict):
        undone(session, done, tess)


def test_undo_retires_what_learners_were_asked(session: Session, library: Library, tess: User) -> None:
    done = brought(session, library, tess)
    slug = own(session, "capital").slug
    assert undone(session, done, tess, slug) == {"restored": 0, "removed": 3, "left": 0}
    left = session.scalars(select(OwnQuestion)).one()
    assert (left.slug, left.status, left.is_served) == (slug, "retired", False)


def test_undo_leaves_what_was_changed_since(session: Session, library: Library, tess: User) -> None:
    done = brought(session, library, tess)
    changed = own(session, "sum")
    save(session, changed, tess, {**queries.content_of(changed), "explanation": "Two and two."}, now=later(6))
    assert undone(session, done, tess) == {"restored": 0, "removed": 2, "left": 1}
    assert "Two and two." in own(session, "sum").content


def test_undo_of_an_update_brings_back_what_was_there(session: Session, library: Library, tess: User) -> None:
    brought(session, library, tess)
    before = own(session, "capital").content
    done = brought(session, library, tess, GIFT.replace("~Nice", "~Marseille"))
    changed = own(session, "capital")
    assert done.updated == (changed.slug,)
    assert "Marseille" in changed.content
    assert (changed.status, changed.is_served) == ("draft", True)
    assert undone(session, done, tess) == {"restored": 1, "removed": 0, "left": 0}
    back = own(session, "capital")
    assert (back.content, back.status, back.is_served) == (before, "published", True)
    assert count(session, OwnQuestion) == 3


def test_undo_of_a_first_import_leaves_what_a_second_one_updated(
    session: Session, library: Library, tess: User
) -> None:
    first = brought(session, library, tess)
    brought(session, library, tess, GIFT.replace("~Nice", "~Marseille"))
    assert undone(session, first, tess) == {"restored": 0, "removed": 2, "left": 1}


def test_nobody_undoes_for_somebody_else(session: Session, library: Library, tess: User, sam: User) -> None:
    done = brought(session, library, tess)
    with pytest.raises(NotFound):
        undone(session, done, sam)


def test_the_same_file_of_two_teachers_is_two_sets_of_questions(
    session: Session, library: Library, tess: User, sam: User
) -> None:
    brought(session, library, tess)
    assert len(brought(session, library, sam).made) == 2
    assert {one.action for one in planned(session, library, sam)} == {"same", "refuse"}


def test_a_draft_of_somebody_else_is_not_known_by_its_id(
    session: Session, library: Library, tess: User, sam: User
) -> None:
    brought(session, library, sam, target=Target())
    slug = own(session, "capital").slug
    text = f"// [id:offramp:{slug}]\nWhat is the capital of France? {{=Paris ~Lyon}}"
    (one,) = planned(session, library, tess, text)
    assert (one.action, one.notes) == ("new", ())
    service.publish(session, own(session, "capital"), Author.of(sam), meaning_changed=False, now=NOW)
    (one,) = planned(session, library, tess, text)
    assert one.notes == ("The question it was is Sam’s: this becomes a copy of your own.",)


def test_a_question_changed_here_keeps_the_change_when_its_file_comes_again(
    session: Session, library: Library, tess: User
) -> None:
    brought(session, library, tess)
    changed = own(session, "capital")
    save(session, changed, tess, {**queries.content_of(changed), "explanation": "For long."}, now=later(6))
    assert {one.action for one in planned(session, library, tess)} == {"same", "refuse"}
    brought(session, library, tess, GIFT.replace("~Nice", "~Marseille"))
    content = queries.content_of(own(session, "capital"))
    assert (content["explanation"], content["options"][2]["text"]) == ("For long.", "Marseille")


def test_five_hundred_questions_take_less_than_five_seconds(session: Session, library: Library, tess: User) -> None:
    text = "\n\n".join(
        f"::Q{n}:: Which season is number {n}? {{=Winter {n}#Yes. ~Spring {n}#No. ~Summer {n}}}" for n in range(500)
    )
    begun = time.process_time()
    assert len(brought(session, library, tess, text).published) == 500
    assert time.process_time() - begun < 5


def test_a_file_is_kept_for_a_day_and_for_its_teacher_alone(session: Session, tess: User, sam: User) -> None:
    kept = keep_upload(session, Author.of(tess), file_name="a.gift", format_name="gift", data=b"x", now=NOON)
    assert find_upload(session, kept.id, Author.of(tess)) is kept
    with pytest.raises(NotFound):
        find_upload(session, kept.id, Author.of(sam))
    keep_upload(session, Author.of(sam), file_name="b.gift", format_name="gift", data=b"x", now=later(24 * 60 + 1))
    assert [row.file_name for row in session.scalars(select(Upload))] == ["b.gift"]
