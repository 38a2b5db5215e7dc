"""The answer protocol (architecture.md rule 8): nothing is doubled, nothing is lost, and one answer counts."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.db import transaction
from app.errors import NotFound, Unreadable
from app.library.model import Library
from app.quiz.models import Answer, Attempt, Slot
from app.quiz.queries import answer_of, responses_of
from app.quiz.service import finish_attempt, new_id, save_answer
from tests.factories import NOON, OTHER_TAB, TAB, later, save, start

ID = uuid.UUID("00000000-0000-7000-8000-000000000001")


def choose(number: int | None) -> dict[str, list[str]]:
    """The fields of a form with option `number` chosen; None clears it."""
    return {"choice": [] if number is None else [str(number)]}


def rows(session: Session, attempt: Attempt, position: int = 1) -> list[Answer]:
    query = select(Answer).where(Answer.attempt_id == attempt.id, Answer.position == position)
    return list(session.scalars(query.order_by(Answer.received_at, Answer.id)))


def counted(session: Session, attempt: Attempt, position: int = 1) -> Answer | None:
    session.flush()
    return answer_of(session, attempt.slots[position - 1])


@pytest.fixture
def attempt(session: Session, library: Library, lee: User) -> Attempt:
    """Lee's open attempt; its first question is a single choice of four."""
    with transaction():
        return start(session, lee, library)


# ---------------------------------------------------------------- one answer after the other


def test_an_answer_is_saved_and_counts(session: Session, attempt: Attempt) -> None:
    saved = save(session, attempt, 1, choose(2), answer_id=ID, now=later(1))
    assert (saved.outcome, saved.at, saved.answer_id) == ("saved", later(1), ID)
    (row,) = rows(session, attempt)
    assert (row.id, row.counted, row.received_at, row.confidence) == (ID, True, later(1), None)
    assert counted(session, attempt) is row


def test_the_same_id_with_the_same_content_changes_nothing(session: Session, attempt: Attempt) -> None:
    first = save(session, attempt, 1, choose(2), answer_id=ID, counter=1, now=later(1))
    again = save(session, attempt, 1, choose(2), answer_id=ID, counter=1, now=later(2))
    assert (again.outcome, again.at) == (first.outcome, first.at) == ("saved", later(1))
    assert len(rows(session, attempt)) == 1


def test_the_same_id_with_other_content_becomes_a_new_row(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, choose(2), answer_id=ID, counter=1, now=later(1))
    second = save(session, attempt, 1, choose(3), answer_id=ID, counter=2, now=later(2))
    old, new = rows(session, attempt)
    assert (old.id, second.outcome) == (ID, "saved")
    assert new.id not in {ID, None}
    assert counted(session, attempt) is new


def test_an_id_that_somebody_else_used_becomes_a_new_row(
    session: Session, library: Library, attempt: Attempt, sam: User
) -> None:
    other = start(session, sam, library)
    save(session, other, 1, choose(2), answer_id=ID)
    saved = save(session, attempt, 1, choose(2), answer_id=ID)
    assert saved.outcome == "saved"
    assert [row.id for row in rows(session, other)] == [ID]
    assert len(rows(session, attempt)) == 1
    assert counted(session, attempt) is rows(session, attempt)[0]


def test_an_id_used_for_another_question_becomes_a_new_row(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 4, {"text": ["correction"]}, answer_id=ID)
    save(session, attempt, 1, choose(2), answer_id=ID)
    assert len(rows(session, attempt, 4)) == len(rows(session, attempt, 1)) == 1


def test_within_a_tab_the_highest_counter_counts(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, choose(2), counter=5, now=later(1))
    late = save(session, attempt, 1, choose(3), counter=4, now=later(2))
    assert late.outcome == "superseded"
    best = counted(session, attempt)
    assert len(rows(session, attempt)) == 2
    assert best is not None
    assert best.counter == 5


def test_between_tabs_the_last_to_arrive_counts(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, choose(2), tab=TAB, counter=9, now=later(1))
    saved = save(session, attempt, 1, choose(3), tab=OTHER_TAB, counter=1, now=later(2))
    best = counted(session, attempt)
    assert saved.outcome == "saved"
    assert saved.replaced_at == later(1)
    assert best is not None
    assert best.tab == OTHER_TAB


def test_replacing_ones_own_answer_is_not_news(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, choose(2), now=later(1))
    assert save(session, attempt, 1, choose(3), now=later(2)).replaced_at is None


def test_a_slow_answer_of_a_tab_does_not_undo_what_another_tab_said_since(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, choose(2), tab=TAB, counter=5, now=later(1))
    save(session, attempt, 1, choose(3), tab=OTHER_TAB, counter=1, now=later(2))
    slow = save(session, attempt, 1, choose(4), tab=TAB, counter=4, now=later(3))
    best = counted(session, attempt)
    assert slow.outcome == "superseded"
    assert best is not None
    assert best.tab == OTHER_TAB


def test_a_retry_of_an_answer_that_was_replaced_does_not_bring_it_back(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, choose(2), answer_id=ID, counter=1, now=later(1))
    save(session, attempt, 1, choose(3), counter=2, now=later(2))
    retry = save(session, attempt, 1, choose(2), answer_id=ID, counter=1, now=later(3))
    assert retry.outcome == "superseded"
    assert len(rows(session, attempt)) == 2


def test_clearing_an_answer_is_a_row_that_counts(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, choose(2), now=later(1))
    cleared = save(session, attempt, 1, choose(None), now=later(2))
    assert cleared.outcome == "saved"
    assert len(rows(session, attempt)) == 2
    assert counted(session, attempt) is None
    assert 1 not in responses_of(session, attempt)


def test_a_cleared_answer_does_not_come_back_with_an_older_one_of_its_tab(session: Session, attempt: Attempt) -> None:
    tab = new_id()
    save(session, attempt, 1, choose(None), tab=tab, counter=3, now=later(1))
    late = save(session, attempt, 1, choose(2), tab=tab, counter=2, now=later(2))
    assert late.outcome == "superseded"
    assert counted(session, attempt) is None


def test_a_cleared_answer_scores_nothing(session: Session, library: Library, attempt: Attempt) -> None:
    save(session, attempt, 4, {"text": ["correction"]})
    save(session, attempt, 4, {"text": [" "]})
    session.flush()
    finish_attempt(session, attempt, now=NOON)
    assert attempt.slots[3].score == 0.0


def test_leaving_a_question_blank_stores_nothing(session: Session, attempt: Attempt) -> None:
    assert save(session, attempt, 1, choose(None), counter=1).outcome == "blank"
    assert rows(session, attempt) == []


@pytest.mark.parametrize("raw", [{"choice": ["99"]}, {"choice": ["1", "2"]}, {"choice": ["x"]}])
def test_what_cannot_be_read_stores_nothing(session: Session, attempt: Attempt, raw: dict[str, list[str]]) -> None:
    save(session, attempt, 1, choose(2), now=later(1))
    with pytest.raises(Unreadable):
        save(session, attempt, 1, raw, now=later(2))
    best = counted(session, attempt)
    assert len(rows(session, attempt)) == 1
    assert best is not None
    assert best.received_at == later(1)


# ---------------------------------------------------------------- after hand-in


def test_an_answer_after_hand_in_is_kept_and_does_not_count(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, choose(2), now=later(1))
    session.flush()
    finish_attempt(session, attempt, now=later(2))
    score = attempt.score
    saved = save(session, attempt, 1, choose(3), answer_id=ID, now=later(3))
    assert saved.outcome == "late"
    old, new = rows(session, attempt)
    assert (old.counted, new.counted, new.id) == (True, False, ID)
    assert counted(session, attempt) is old
    assert attempt.score == score


def test_a_late_answer_sent_again_is_kept_once(session: Session, attempt: Attempt) -> None:
    finish_attempt(session, attempt, now=later(1))
    for minute in (2, 3):
        saved = save(session, attempt, 1, choose(3), answer_id=ID, counter=1, now=later(minute))
        assert (saved.outcome, saved.at) == ("late", later(2))
    assert len(rows(session, attempt)) == 1


def test_a_retry_after_hand_in_of_an_answer_that_was_saved_before_is_told_saved(
    session: Session, attempt: Attempt
) -> None:
    save(session, attempt, 1, choose(2), answer_id=ID, counter=1, now=later(1))
    session.flush()
    finish_attempt(session, attempt, now=later(2))
    retry = save(session, attempt, 1, choose(2), answer_id=ID, counter=1, now=later(3))
    assert (retry.outcome, retry.at) == ("saved", later(1))


def test_clearing_after_hand_in_changes_nothing_that_counts(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, choose(2), now=later(1))
    session.flush()
    finish_attempt(session, attempt, now=later(2))
    assert save(session, attempt, 1, choose(None), now=later(3)).outcome == "late"
    assert set(responses_of(session, attempt)) == {1}


# ---------------------------------------------------------------- whose


@pytest.mark.parametrize("position", [0, 5, -1])
def test_a_question_that_is_not_asked_cannot_be_answered(session: Session, attempt: Attempt, position: int) -> None:
    with pytest.raises(NotFound):
        save(session, attempt, position, choose(1))


def test_nobody_answers_for_somebody_else(session: Session, attempt: Attempt, sam: User) -> None:
    with pytest.raises(NotFound):
        save_answer(session, attempt.id, 1, choose(1), user_id=sam.id, answer_id=ID, tab=TAB, counter=1, now=NOON)
    assert rows(session, attempt) == []


# ---------------------------------------------------------------- where and when


def test_an_answer_is_given_to_the_slot_and_to_no_other(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 2, {"choice": ["1", "2"]})
    session.flush()
    slots = session.scalars(select(Slot).where(Slot.attempt_id == attempt.id).order_by(Slot.position)).all()
    assert [slot.answer_id is not None for slot in slots] == [False, True, False, False]


def test_times_are_kept_to_the_moment(session: Session, attempt: Attempt) -> None:
    at = NOON + timedelta(microseconds=123456)
    save(session, attempt, 1, choose(1), now=at)
    session.flush()
    session.expire_all()
    assert rows(session, attempt)[0].received_at == at
