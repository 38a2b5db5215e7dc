"""Time limits: the server's deadline, what arrives after it, and how many attempts there are."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.service import set_extra_time
from app.db import transaction
from app.errors import Conflict, Invalid
from app.learning.queries import progress_of
from app.learning.service import begin_attempt, close_expired, hand_in
from app.library.model import Library
from app.quiz.models import Answer, Attempt
from app.quiz.queries import own_attempt
from app.quiz.service import finish_attempt, start_attempt
from tests.factories import NOON, finished, later, raw_answer, save
from tests.quiz.sittings import begin, quiz_with
from tests.quiz.test_concurrency import THREADS, at_once, send


@pytest.fixture
def attempt(session: Session, library: Library, lee: User) -> Attempt:
    """Lee's open attempt with ten minutes to go."""
    with transaction():
        return begin(session, lee, library, quiz_with(library, minutes=10))


@pytest.mark.parametrize(("minutes", "extra", "until"), [(10, 0, 10), (20, 25, 25), (10, 300, 40), (None, 50, None)])
def test_the_deadline_has_the_learners_extra_time(
    session: Session, library: Library, lee: User, minutes: int | None, extra: int, until: float | None
) -> None:
    lee.extra_time = extra
    attempt = begin(session, lee, library, quiz_with(library, minutes=minutes))
    assert attempt.deadline == (later(until) if until else None)


@pytest.mark.parametrize("percent", [-1, 301])
def test_extra_time_has_bounds(lee: User, percent: int) -> None:
    with pytest.raises(Invalid):
        set_extra_time(lee, percent)
    assert lee.extra_time == 0


def test_going_on_does_not_move_the_deadline(session: Session, library: Library, lee: User, attempt: Attempt) -> None:
    again = begin(session, lee, library, quiz_with(library, minutes=10), now=later(5))
    assert (again.id, again.deadline) == (attempt.id, later(10))


@pytest.mark.parametrize(("seconds", "outcome"), [(-1, "saved"), (0, "saved"), (1, "late")])
def test_an_answer_counts_until_the_deadline(
    session: Session, library: Library, attempt: Attempt, seconds: int, outcome: str
) -> None:
    at = later(10) + timedelta(seconds=seconds)
    saved = save(session, attempt, 1, raw_answer(library, attempt, 1), now=at)
    session.flush()
    assert saved.outcome == outcome
    assert session.scalars(select(Answer)).one().counted is (outcome == "saved")
    assert (attempt.slots[0].answer_id is not None) is (outcome == "saved")


def test_a_late_answer_is_told_that_the_time_was_up(session: Session, library: Library, attempt: Attempt) -> None:
    saved = save(session, attempt, 1, raw_answer(library, attempt, 1), now=later(11))
    assert "the time was up" in saved.words
    finish_attempt(session, attempt, now=later(12))
    after = save(session, attempt, 2, raw_answer(library, attempt, 2), now=later(13))
    assert (after.because, "the time was up" in after.words) == ("time_up", True)


def test_after_a_hand_in_in_time_it_is_told_as_handed_in(session: Session, library: Library, attempt: Attempt) -> None:
    finish_attempt(session, attempt, now=later(5))
    saved = save(session, attempt, 1, raw_answer(library, attempt, 1), now=later(11))
    assert "has been handed in" in saved.words


def test_even_a_blank_form_is_late_after_the_deadline(session: Session, attempt: Attempt) -> None:
    assert save(session, attempt, 1, {}, counter=1, now=later(11)).outcome == "late"


def test_a_retry_after_the_deadline_of_what_was_saved_in_time_is_told_saved(
    session: Session, library: Library, attempt: Attempt
) -> None:
    raw = raw_answer(library, attempt, 1)
    first = save(session, attempt, 1, raw, counter=1, now=later(9))
    assert first.answer_id is not None
    retry = save(session, attempt, 1, raw, answer_id=first.answer_id, counter=1, now=later(11))
    assert (retry.outcome, retry.at) == ("saved", later(9))


# ---------------------------------------------------------------- over


def test_an_attempt_whose_time_is_up_is_over_before_it_is_handed_in(attempt: Attempt) -> None:
    assert not attempt.is_over(later(10))
    assert attempt.is_over(later(11))
    assert attempt.is_open


def test_a_hand_in_after_the_deadline_counts_from_the_deadline(
    session: Session, library: Library, attempt: Attempt
) -> None:
    save(session, attempt, 2, raw_answer(library, attempt, 2), now=later(9))
    finish_attempt(session, attempt, now=later(60))
    assert (attempt.finished_at, attempt.timed_out) == (later(10), True)
    assert [slot.status for slot in attempt.slots] == ["blank", "answered", "not_reached", "not_reached"]
    assert [slot.first_score for slot in attempt.slots] == [0.0, 1.0, None, None]
    assert attempt.score == 0.25


def test_a_hand_in_in_time_leaves_nothing_unreached(session: Session, library: Library, attempt: Attempt) -> None:
    save(session, attempt, 2, raw_answer(library, attempt, 2))
    finish_attempt(session, attempt, now=later(10))
    assert (attempt.finished_at, attempt.timed_out) == (later(10), False)
    assert [slot.status for slot in attempt.slots] == ["blank", "answered", "blank", "blank"]


def test_what_was_not_reached_is_in_no_objective(session: Session, library: Library, attempt: Attempt) -> None:
    save(session, attempt, 2, raw_answer(library, attempt, 2))
    hand_in(session, attempt, now=later(60))
    objectives = progress_of(session, attempt.user_id).objectives
    assert {name: (row.answered, row.right) for name, row in objectives.items()} == {"sig.cost": (2, 1)}


# ---------------------------------------------------------------- closing


def test_expired_attempts_of_one_learner_or_of_all_are_closed(
    session: Session, library: Library, lee: User, sam: User
) -> None:
    limited = quiz_with(library, minutes=10)
    ours, theirs = begin(session, lee, library, limited), begin(session, sam, library, limited)
    free = begin(session, lee, library, quiz_with(library, "across"))
    assert close_expired(session, lee.id, now=later(10)) == 0
    assert close_expired(session, lee.id, now=later(11)) == 1
    assert (ours.is_open, theirs.is_open, free.is_open) == (False, True, True)
    assert close_expired(session, None, now=later(11)) == 1
    assert close_expired(session, None, now=later(12)) == 0
    assert (theirs.timed_out, free.is_open) == (True, True)


def test_closing_counts_once_in_progress(session: Session, library: Library, attempt: Attempt) -> None:
    close_expired(session, attempt.user_id, now=later(11))
    hand_in(session, attempt, now=later(12))
    row = progress_of(session, attempt.user_id).quizzes["mixed"]
    assert (row.attempts, row.last_at) == (1, later(10))


def test_a_start_closes_what_ran_out_of_time(session: Session, library: Library, lee: User, attempt: Attempt) -> None:
    quiz = quiz_with(library, minutes=10)
    with pytest.raises(Conflict, match="time of your open attempt is up"):
        start_attempt(session, lee, quiz, library, seed=1, now=later(11))
    again = begin_attempt(session, lee, quiz, library, seed=1, now=later(11))
    assert again.id != attempt.id
    assert (attempt.finished_at, attempt.timed_out) == (later(10), True)


def test_handing_in_one_attempt_closes_the_others_whose_time_is_up(
    session: Session, library: Library, lee: User, attempt: Attempt
) -> None:
    other = begin(session, lee, library, quiz_with(library, "across"), now=later(1))
    hand_in(session, other, now=later(30))
    assert (other.finished_at, attempt.finished_at) == (later(30), later(10))
    assert set(progress_of(session, lee.id).quizzes) == {"mixed", "across"}


def test_answers_that_meet_the_deadline_are_all_kept_and_count_by_their_time(
    bare: Flask, session: Session, library: Library, lee: User
) -> None:
    with transaction():
        attempt = begin(session, lee, library, quiz_with(library, minutes=4))
    owner, key = attempt.user_id, attempt.id
    session.rollback()

    def sit(number: int) -> Any:
        # The number is the minute; one of them hands in for everybody whose time is up.
        if number == 0:
            with transaction() as own:
                return close_expired(own, None, now=later(4.5))
        return send(owner, key, number, tab=new_tab(number)).outcome

    def new_tab(number: int) -> Any:
        from uuid import UUID

        return UUID(int=number)

    outcomes = at_once(bare, sit)
    assert outcomes[0] == 1
    rows = {row.counter: row.counted for row in session.scalars(select(Answer))}
    assert len(rows) == THREADS - 1
    assert not any(rows[number] for number in rows if number > 4)
    assert all(outcomes[number] == "late" for number, counted in rows.items() if not counted)
    slot = own_attempt(session, key, user_id=owner).slots[0]
    assert (slot.status == "answered") is any(rows.values())


def test_a_hand_in_sees_the_answer_that_was_saved_while_it_waited(
    bare: Flask, session: Session, library: Library, lee: User, backend: str
) -> None:
    with transaction():
        attempt = begin(session, lee, library, quiz_with(library))
    owner, key = attempt.user_id, attempt.id
    raw = raw_answer(library, attempt, 1)
    session.rollback()

    def elsewhere() -> None:
        with bare.app_context(), transaction() as own:
            save(own, own_attempt(own, key, user_id=owner), 1, raw)

    thread = threading.Thread(target=elsewhere)
    if backend == "sqlite":
        # There the write lock is had before anything is read.
        thread.start()
        thread.join()
        with transaction() as own:
            finish_attempt(own, own_attempt(own, key, user_id=owner), now=later(1))
    else:
        with transaction() as own:
            seen = own_attempt(own, key, user_id=owner)
            slots = list(seen.slots)
            assert slots[0].answer_id is None
            thread.start()
            thread.join()
            finish_attempt(own, seen, now=later(1))
    assert own_attempt(session, key, user_id=owner).slots[0].score == 1.0


# ---------------------------------------------------------------- how often


def test_attempts_are_used_up(session: Session, library: Library, lee: User, sam: User) -> None:
    quiz = quiz_with(library, attempts=2)
    for minute in (1, 2):
        hand_in(session, begin(session, lee, library, quiz, now=later(minute)), now=later(minute))
    with pytest.raises(Conflict, match="all 2 attempts"):
        begin(session, lee, library, quiz, now=later(3))
    assert begin(session, sam, library, quiz).is_open


def test_the_one_attempt_can_be_gone_on_with(session: Session, library: Library, lee: User) -> None:
    quiz = quiz_with(library, attempts=1)
    first = begin(session, lee, library, quiz)
    assert begin(session, lee, library, quiz, now=later(1)).id == first.id
    hand_in(session, first, now=later(2))
    with pytest.raises(Conflict, match="the one attempt"):
        begin(session, lee, library, quiz, now=later(3))


def test_attempts_of_another_quiz_do_not_count(session: Session, library: Library, lee: User) -> None:
    finished(session, lee, library, "across")
    assert begin(session, lee, library, quiz_with(library, attempts=1), now=NOON).is_open
