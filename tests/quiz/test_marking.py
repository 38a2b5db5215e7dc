"""Marks by people, and a learner's own."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.service import delete_user
from app.db import transaction
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.learning.queries import progress_of
from app.learning.service import hand_in, mark_answer
from app.library.model import Library
from app.quiz.models import Attempt, ManualMark, Slot
from app.quiz.queries import marked_slots, unmarked_by_oneself, waiting_answers
from tests.factories import later, raw_answer, save, start

BEST = {"owner": 2, "day": 2, "settled": 2}
WORDS = "Eleven by the guard, nine by the company."


@pytest.fixture
def attempt(session: Session, library: Library, lee: User) -> Attempt:
    """Lee's attempt of every kind, handed in with the number right and a text that waits."""
    with transaction():
        made = start(session, lee, library, "every-kind")
        save(session, made, place(made, "kinds-number"), raw_answer(library, made, place(made, "kinds-number")))
        save(session, made, place(made, "kinds-words"), {"text": [WORDS]}, now=later(1))
        hand_in(session, made, now=later(2))
    return made


def place(attempt: Attempt, question: str) -> int:
    return next(slot.position for slot in attempt.slots if slot.question == question)


def text_slot(attempt: Attempt) -> Slot:
    return attempt.slots[place(attempt, "kinds-words") - 1]


def mark(
    session: Session, attempt: Attempt, levels: dict[str, int], by: User | str, *, own: bool = False, minute: float = 5
) -> ManualMark:
    position = place(attempt, "kinds-words")
    return mark_answer(
        session, attempt.id, position, levels, by=by, is_self=own, comment=" Well \n said ", now=later(minute)
    )


def test_a_text_waits_and_the_score_goes_on_without_it(session: Session, attempt: Attempt) -> None:
    assert (text_slot(attempt).status, text_slot(attempt).score) == ("pending", None)
    # Neither the text nor the forecast counts yet: one right answer of seven.
    assert attempt.score == pytest.approx(1 / 7)
    found = marked_slots(session, attempt)[text_slot(attempt).position - 1]
    assert (found.verdict, found.sign, found.is_answered) == ("Waits for a mark", "none", True)


def test_what_waits_is_listed_with_its_words(session: Session, attempt: Attempt) -> None:
    (waiting,) = waiting_answers(session)
    assert (waiting.learner, waiting.quiz, waiting.question.id, waiting.text, waiting.at) == (
        "Lee",
        "every-kind",
        "kinds-words",
        WORDS,
        later(1),
    )
    assert len(waiting_answers(session, quiz="every-kind")) == 1
    assert waiting_answers(session, quiz="mixed") == []


def test_a_teachers_mark_scores_everything(session: Session, attempt: Attempt, tess: User) -> None:
    row = mark(session, attempt, {"owner": 1, "day": 2, "settled": 0}, tess)
    # (2·½ + 1·1 + 1·0) / 4
    assert (row.score, row.marker_id, row.marker_name, row.comment) == (0.5, tess.id, "Tess", "Well\n said")
    assert json.loads(row.levels) == {"owner": 1, "day": 2, "settled": 0}
    slot = text_slot(attempt)
    assert (slot.status, slot.score, slot.first_score) == ("answered", 0.5, 0.5)
    assert attempt.score == pytest.approx(1.5 / 8)
    assert progress_of(session, attempt.user_id).quizzes["every-kind"].best_points == 1.5
    assert waiting_answers(session) == []


def test_the_newest_mark_counts_and_older_ones_stay(session: Session, attempt: Attempt, tess: User) -> None:
    mark(session, attempt, BEST, tess, minute=5)
    mark(session, attempt, {"owner": 0, "day": 0, "settled": 0}, "Operator", minute=6)
    assert text_slot(attempt).score == 0.0
    rows = session.scalars(select(ManualMark).order_by(ManualMark.at)).all()
    assert [(row.score, row.marker_name) for row in rows] == [(1.0, "Tess"), (0.0, "Operator")]
    found = marked_slots(session, attempt)[text_slot(attempt).position - 1]
    assert found.mark is not None
    assert (found.mark.score, found.mark.by, found.mark.comment) == (0.0, "Operator", "Well\n said")


def test_a_self_mark_stands_apart(session: Session, attempt: Attempt, lee: User) -> None:
    score = attempt.score
    mark(session, attempt, BEST, lee, own=True)
    assert (text_slot(attempt).status, text_slot(attempt).score, attempt.score) == ("pending", None, score)
    found = marked_slots(session, attempt)[text_slot(attempt).position - 1]
    assert found.mark is None
    assert found.self_mark is not None
    assert found.self_mark.score == 1.0
    assert len(waiting_answers(session)) == 1


def test_ones_own_texts_are_listed_until_they_are_marked(
    session: Session, attempt: Attempt, lee: User, sam: User, tess: User
) -> None:
    assert [one.question.id for one in unmarked_by_oneself(session, lee.id)] == ["kinds-words"]
    mark(session, attempt, BEST, tess)
    assert len(unmarked_by_oneself(session, lee.id)) == 1
    mark(session, attempt, BEST, lee, own=True)
    assert unmarked_by_oneself(session, lee.id) == []
    assert unmarked_by_oneself(session, sam.id) == []


def test_a_self_mark_is_for_ones_own_text(session: Session, attempt: Attempt, sam: User) -> None:
    for by in (sam, "Operator"):
        with pytest.raises(NotAllowed):
            mark(session, attempt, BEST, by, own=True)


@pytest.mark.parametrize(
    ("levels", "where"),
    [
        ({"owner": 2, "day": 2}, "settled"),
        ({**BEST, "day": 3}, "day"),
        ({**BEST, "day": -1}, "day"),
        ({**BEST, "style": 1}, "style"),
        ({}, "owner"),
    ],
)
def test_every_criterion_gets_one_of_its_levels(
    session: Session, attempt: Attempt, tess: User, levels: dict[str, int], where: str
) -> None:
    with pytest.raises(Invalid) as caught:
        mark(session, attempt, levels, tess)
    assert caught.value.where == where
    assert session.scalars(select(ManualMark)).all() == []


def test_what_the_program_marks_is_not_marked_by_hand(session: Session, attempt: Attempt, tess: User) -> None:
    with pytest.raises(Conflict, match="by the program"):
        mark_answer(session, attempt.id, place(attempt, "kinds-number"), BEST, by=tess, is_self=False, now=later(5))


def test_what_was_left_blank_or_is_not_there_cannot_be_marked(
    session: Session, library: Library, sam: User, tess: User, attempt: Attempt
) -> None:
    blank = start(session, sam, library, "every-kind")
    hand_in(session, blank, now=later(1))
    for position in (place(blank, "kinds-words"), 99):
        with pytest.raises(NotFound):
            mark_answer(session, blank.id, position, BEST, by=tess, is_self=False, now=later(5))


def test_what_is_not_handed_in_is_not_marked(session: Session, library: Library, sam: User, tess: User) -> None:
    still_open = start(session, sam, library, "every-kind")
    position = place(still_open, "kinds-words")
    save(session, still_open, position, {"text": [WORDS]})
    with pytest.raises(Conflict, match="not been handed in"):
        mark_answer(session, still_open.id, position, BEST, by=tess, is_self=False, now=later(5))


def test_a_mark_stays_when_the_teacher_is_gone(session: Session, attempt: Attempt, tess: User) -> None:
    mark(session, attempt, BEST, tess)
    delete_user(session, tess)
    session.flush()
    session.expire_all()
    row = session.scalars(select(ManualMark)).one()
    assert (row.marker_id, row.marker_name) == (None, "Tess")
    assert text_slot(attempt).score == 1.0


def test_marks_go_with_the_learner(session: Session, attempt: Attempt, lee: User, tess: User) -> None:
    mark(session, attempt, BEST, tess)
    delete_user(session, lee)
    session.flush()
    assert session.scalars(select(ManualMark)).all() == []


def test_a_comment_has_an_end(session: Session, attempt: Attempt, tess: User) -> None:
    with pytest.raises(Invalid) as caught:
        mark_answer(
            session,
            attempt.id,
            place(attempt, "kinds-words"),
            BEST,
            by=tess,
            is_self=False,
            comment="x" * 2001,
            now=later(5),
        )
    assert caught.value.where == "comment"
