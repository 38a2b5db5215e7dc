"""Checking a question by itself: at once, and in practice with hints and further tries."""

from __future__ import annotations

import threading
import uuid

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.db import transaction
from app.errors import Conflict, Invalid, NotFound, Unreadable
from app.library.model import Library
from app.questions.draw import Quiz
from app.quiz.models import Answer, Attempt, Slot
from app.quiz.queries import marked_at, own_attempt, shown_at
from app.quiz.scoring import MAX_TRIES
from app.quiz.service import Checked, check_slot, finish_attempt, new_id, next_hint, show_answer
from tests.factories import NOON, TAB, later, save
from tests.quiz.sittings import begin, check, quiz_with, right, wrong
from tests.quiz.test_concurrency import THREADS, at_once

DONT_KNOW = {"dont_know": ["1"]}


@pytest.fixture
def practice(library: Library) -> Quiz:
    return quiz_with(library, practice=True)


@pytest.fixture
def at_once_quiz(library: Library) -> Quiz:
    return quiz_with(library, feedback="at_once")


@pytest.fixture
def attempt(session: Session, library: Library, lee: User, practice: Quiz) -> Attempt:
    """Lee's open attempt, for practice or with feedback at once."""
    with transaction():
        return begin(session, lee, library, practice)


def choices(library: Library, attempt: Attempt) -> list[dict[str, list[str]]]:
    """Three different wrong answers to the first question, a choice of four."""
    key = right(library, attempt, 1)["choice"][0]
    return [{"choice": [token]} for token in "1234" if token != key]


def tries(session: Session, attempt: Attempt, position: int = 1) -> list[Answer]:
    session.flush()
    asked = select(Answer).where(Answer.attempt_id == attempt.id, Answer.position == position)
    return list(session.scalars(asked.where(Answer.try_number.is_not(None)).order_by(Answer.try_number)))


def first(attempt: Attempt) -> Slot:
    return attempt.slots[0]


# ---------------------------------------------------------------- at once


@pytest.mark.parametrize("score", [1.0, 0.0])
def test_feedback_at_once_locks_with_the_first_try(
    session: Session, library: Library, attempt: Attempt, at_once_quiz: Quiz, score: float
) -> None:
    raw = (right if score else wrong)(library, attempt, 1)
    checked = check(session, attempt, 1, raw, at_once_quiz, now=later(1))
    assert (checked.is_locked, checked.score, checked.tries_left) == (True, score, 0)
    slot = first(attempt)
    assert (slot.status, slot.score, slot.first_score, slot.locked_at) == ("answered", score, score, later(1))
    assert marked_at(session, attempt, 1).score == score


def test_a_locked_question_takes_no_more_answers(
    session: Session, library: Library, attempt: Attempt, at_once_quiz: Quiz
) -> None:
    check(session, attempt, 1, wrong(library, attempt, 1), at_once_quiz)
    saved = save(session, attempt, 1, right(library, attempt, 1))
    checked = check(session, attempt, 1, right(library, attempt, 1), at_once_quiz)
    assert (saved.outcome, saved.because, checked.saved.outcome) == ("late", "checked", "late")
    assert "has been checked" in saved.words
    session.flush()
    assert [row.counted for row in session.scalars(select(Answer).order_by(Answer.counter))] == [True, False, False]
    assert (first(attempt).score, first(attempt).tries) == (0.0, 1)


def test_not_knowing_is_checked_too(session: Session, attempt: Attempt, at_once_quiz: Quiz) -> None:
    assert check(session, attempt, 1, DONT_KNOW, at_once_quiz).is_locked
    assert (first(attempt).status, first(attempt).score) == ("dont_know", 0.0)
    assert marked_at(session, attempt, 1).verdict == "You said: I don't know"


def test_an_open_question_is_not_explained(session: Session, attempt: Attempt) -> None:
    with pytest.raises(NotFound):
        marked_at(session, attempt, 1)


def test_a_quiz_that_explains_at_the_end_checks_nothing(session: Session, library: Library, attempt: Attempt) -> None:
    with pytest.raises(Conflict, match="after it is handed in"):
        check(session, attempt, 1, right(library, attempt, 1), quiz_with(library))
    assert tries(session, attempt) == []


@pytest.mark.parametrize("raw", [{}, {"confidence": ["70"]}, {"choice": [""]}])
def test_a_blank_answer_is_asked_again(
    session: Session, attempt: Attempt, practice: Quiz, raw: dict[str, list[str]]
) -> None:
    with pytest.raises(Invalid, match="Give an answer first"):
        check(session, attempt, 1, raw, practice)
    assert (first(attempt).tries, tries(session, attempt)) == (0, [])


def test_what_cannot_be_read_costs_no_try(session: Session, attempt: Attempt, practice: Quiz) -> None:
    with pytest.raises(Unreadable):
        check(session, attempt, 1, {"choice": ["99"]}, practice)
    assert first(attempt).tries == 0


def test_what_was_saved_but_not_checked_counts_at_hand_in(session: Session, library: Library, attempt: Attempt) -> None:
    save(session, attempt, 1, right(library, attempt, 1))
    finish_attempt(session, attempt, now=later(1))
    assert (first(attempt).status, first(attempt).score, first(attempt).tries) == ("answered", 1.0, 0)


def test_handing_in_keeps_what_was_checked(
    session: Session, library: Library, attempt: Attempt, at_once_quiz: Quiz
) -> None:
    check(session, attempt, 1, right(library, attempt, 1), at_once_quiz)
    check(session, attempt, 2, wrong(library, attempt, 2), at_once_quiz)
    finish_attempt(session, attempt, now=later(1))
    assert [slot.score for slot in attempt.slots] == [1.0, 0.0, 0.0, 0.0]
    assert [slot.status for slot in attempt.slots] == ["answered", "answered", "blank", "blank"]


@pytest.mark.parametrize("question", ["kinds-forecast", "kinds-words"])
def test_what_has_no_score_is_locked_by_its_first_try(
    session: Session, library: Library, lee: User, question: str
) -> None:
    quiz = quiz_with(library, "every-kind", practice=True)
    attempt = begin(session, lee, library, quiz)
    position = next(slot.position for slot in attempt.slots if slot.question == question)
    raw = {"chance": ["70"]} if question == "kinds-forecast" else {"text": ["Each count with its owner."]}
    checked = check(session, attempt, position, raw, quiz)
    assert (checked.is_locked, checked.score) == (True, None)
    assert attempt.slots[position - 1].status == ("answered" if question == "kinds-forecast" else "pending")


# ---------------------------------------------------------------- practice


@pytest.mark.parametrize(("misses", "score"), [(0, 1.0), (1, 2 / 3), (2, 1 / 3)])
def test_each_further_try_takes_a_third_off(
    session: Session, library: Library, attempt: Attempt, practice: Quiz, misses: int, score: float
) -> None:
    for number, raw in enumerate(choices(library, attempt)[:misses], 1):
        checked = check(session, attempt, 1, raw, practice)
        assert (checked.is_locked, checked.tries, checked.tries_left) == (False, number, MAX_TRIES - number)
    checked = check(session, attempt, 1, right(library, attempt, 1), practice)
    assert (checked.is_locked, checked.score) == (True, pytest.approx(score))
    assert first(attempt).first_score == (0.0 if misses else 1.0)
    assert [row.try_number for row in tries(session, attempt)] == list(range(1, misses + 2))


def test_after_three_tries_the_question_is_closed(
    session: Session, library: Library, attempt: Attempt, practice: Quiz
) -> None:
    locked = [check(session, attempt, 1, raw, practice).is_locked for raw in choices(library, attempt)]
    assert locked == [False, False, True]
    assert check(session, attempt, 1, right(library, attempt, 1), practice).saved.outcome == "late"
    assert (first(attempt).status, first(attempt).score) == ("answered", 0.0)


def test_between_two_tries_the_last_one_is_told_and_no_key(
    session: Session, library: Library, attempt: Attempt, practice: Quiz
) -> None:
    check(session, attempt, 1, choices(library, attempt)[0], practice)
    shown = shown_at(session, attempt, 1, practice)
    assert shown.last is not None
    assert (shown.last.score, shown.tries, shown.tries_left, shown.is_locked) == (0.0, 1, 2, False)
    assert shown.fields == choices(library, attempt)[0]


def test_the_same_answer_again_is_no_further_try(
    session: Session, library: Library, attempt: Attempt, practice: Quiz
) -> None:
    raw, key = choices(library, attempt)[0], new_id()
    for _ in range(2):
        check(session, attempt, 1, raw, practice, answer_id=key)
    check(session, attempt, 1, raw, practice)
    assert (first(attempt).tries, len(tries(session, attempt))) == (1, 1)


def test_an_answer_that_was_saved_and_then_checked_is_one_try(
    session: Session, library: Library, attempt: Attempt, practice: Quiz
) -> None:
    key, raw = new_id(), wrong(library, attempt, 1)
    save(session, attempt, 1, raw, answer_id=key)
    check(session, attempt, 1, raw, practice, answer_id=key)
    session.flush()
    (row,) = session.scalars(select(Answer)).all()
    assert (row.id, row.try_number) == (key, 1)


def test_a_saved_answer_after_a_try_is_the_next_try_at_hand_in(
    session: Session, library: Library, attempt: Attempt, practice: Quiz
) -> None:
    check(session, attempt, 1, wrong(library, attempt, 1), practice)
    save(session, attempt, 1, right(library, attempt, 1))
    assert first(attempt).status is None
    finish_attempt(session, attempt, now=later(1))
    assert (first(attempt).score, first(attempt).first_score) == (pytest.approx(2 / 3), 0.0)


def test_what_was_checked_counts_though_something_else_was_saved_meanwhile(
    session: Session, library: Library, attempt: Attempt, at_once_quiz: Quiz
) -> None:
    save(session, attempt, 1, right(library, attempt, 1), counter=10**6)
    checked = check(session, attempt, 1, wrong(library, attempt, 1), at_once_quiz)
    assert (checked.is_locked, checked.score) == (True, 0.0)
    finish_attempt(session, attempt, now=later(1))
    found = marked_at(session, attempt, 1)
    assert (found.score, found.sign) == (0.0, "wrong")
    assert not any(row.chosen and row.is_key for row in found.reveal.rows)


def test_partial_credit_of_an_early_try_is_kept(
    session: Session, library: Library, attempt: Attempt, practice: Quiz
) -> None:
    check(session, attempt, 4, {"text": ["note"]}, practice)
    checked = check(session, attempt, 4, {"text": ["corrosion"]}, practice)
    assert checked.score == 0.5
    finish_attempt(session, attempt, now=later(1))
    found = marked_at(session, attempt, 4)
    assert found.verdict == "Partly right after 2 tries, 0.5 of 1"


def test_an_attempt_that_is_over_checks_nothing(
    session: Session, library: Library, lee: User, at_once_quiz: Quiz
) -> None:
    quiz = quiz_with(library, "across", feedback="at_once", minutes=5)
    attempt = begin(session, lee, library, quiz)
    checked = check(session, attempt, 1, right(library, attempt, 1), quiz, now=later(6))
    assert (checked.saved.because, checked.grade, checked.tries) == ("time_up", None, 0)


def test_nobody_checks_for_somebody_else(
    session: Session, library: Library, attempt: Attempt, sam: User, practice: Quiz
) -> None:
    asked = {"user_id": sam.id, "quiz": practice, "now": NOON}
    with pytest.raises(NotFound):
        check_slot(session, attempt.id, 1, right(library, attempt, 1), answer_id=new_id(), tab=TAB, counter=1, **asked)
    with pytest.raises(NotFound):
        show_answer(session, attempt.id, 1, **asked)
    with pytest.raises(NotFound):
        next_hint(session, attempt.id, 1, **asked)


def test_a_check_sent_by_eight_tabs_at_once_is_one_try(
    bare: Flask, session: Session, library: Library, attempt: Attempt, practice: Quiz
) -> None:
    owner, key, raw = attempt.user_id, attempt.id, wrong(library, attempt, 1)
    answer = new_id()
    session.rollback()

    def same(number: int) -> Checked:
        with transaction() as own:
            return check_slot(
                own, key, 1, raw, user_id=owner, answer_id=answer, tab=TAB, counter=1, quiz=practice, now=NOON
            )

    found = at_once(bare, same)
    assert [one.tries for one in found] == [1] * THREADS, found
    assert len(session.scalars(select(Answer)).all()) == 1


def test_a_check_that_waits_for_a_hand_in_is_told_late(
    bare: Flask, session: Session, library: Library, attempt: Attempt, practice: Quiz
) -> None:
    owner, key, raw = attempt.user_id, attempt.id, wrong(library, attempt, 1)
    session.rollback()
    found: list[str] = []

    def try_it() -> None:
        with bare.app_context(), transaction() as own:
            sent = {"user_id": owner, "answer_id": uuid.uuid4(), "tab": TAB, "counter": 1}
            found.append(check_slot(own, key, 1, raw, quiz=practice, now=NOON, **sent).saved.outcome)

    thread = threading.Thread(target=try_it)
    with transaction() as own:
        finish_attempt(own, own_attempt(own, key, user_id=owner), now=NOON)
        thread.start()
    thread.join()
    assert found == ["late"]


# ---------------------------------------------------------------- showing the answer


def show(session: Session, attempt: Attempt, quiz: Quiz, position: int = 1) -> None:
    show_answer(session, attempt.id, position, user_id=attempt.user_id, quiz=quiz, now=later(5))


def test_a_shown_answer_closes_the_question_with_what_was_earned(
    session: Session, library: Library, attempt: Attempt, practice: Quiz
) -> None:
    check(session, attempt, 4, {"text": ["note"]}, practice)
    for _ in range(2):
        show(session, attempt, practice, 4)
    slot = attempt.slots[3]
    assert (slot.shown, slot.status, slot.score, slot.locked_at) == (True, "answered", 0.5, later(5))
    assert save(session, attempt, 4, right(library, attempt, 4)).because == "checked"
    assert marked_at(session, attempt, 4).reveal.answer


def test_a_shown_answer_without_a_try_is_a_blank(
    session: Session, library: Library, attempt: Attempt, practice: Quiz
) -> None:
    save(session, attempt, 1, right(library, attempt, 1))
    show(session, attempt, practice)
    assert (first(attempt).status, first(attempt).score) == ("blank", 0.0)
    finish_attempt(session, attempt, now=later(6))
    assert (first(attempt).status, first(attempt).score) == ("blank", 0.0)
    assert len(session.scalars(select(Answer)).all()) == 1


def test_answers_and_hints_are_for_practice_only(
    session: Session, library: Library, attempt: Attempt, at_once_quiz: Quiz
) -> None:
    for quiz in (at_once_quiz, quiz_with(library)):
        with pytest.raises(Conflict, match="for practice only"):
            show(session, attempt, quiz)
        with pytest.raises(Conflict, match="for practice only"):
            hint(session, attempt, quiz)
    assert (first(attempt).shown, first(attempt).hints) == (False, 0)


def test_after_hand_in_nothing_is_shown_on_request(session: Session, attempt: Attempt, practice: Quiz) -> None:
    finish_attempt(session, attempt, now=later(1))
    with pytest.raises(Conflict, match="handed in"):
        show(session, attempt, practice)


# ---------------------------------------------------------------- hints


def hint(session: Session, attempt: Attempt, quiz: Quiz, position: int = 1, *, after: int | None = None) -> str:
    return next_hint(session, attempt.id, position, user_id=attempt.user_id, quiz=quiz, now=NOON, after=after)


def test_hints_come_one_after_the_other(session: Session, library: Library, attempt: Attempt, practice: Quiz) -> None:
    hints = library.questions["word-or-deed"].head.hints
    assert shown_at(session, attempt, 1, practice).hints_left == 2
    assert [hint(session, attempt, practice) for _ in hints] == list(hints)
    shown = shown_at(session, attempt, 1, practice)
    assert (shown.hints, shown.hints_left) == (hints, 0)
    with pytest.raises(Conflict, match="no more hints"):
        hint(session, attempt, practice)
    with pytest.raises(Conflict, match="has no hints"):
        hint(session, attempt, practice, 2)


def test_a_click_sent_twice_shows_one_hint(session: Session, attempt: Attempt, practice: Quiz) -> None:
    assert hint(session, attempt, practice, after=0) == hint(session, attempt, practice, after=0)
    assert first(attempt).hints == 1


def test_an_answer_knows_how_many_hints_came_before_it(
    session: Session, library: Library, attempt: Attempt, practice: Quiz
) -> None:
    check(session, attempt, 1, choices(library, attempt)[0], practice)
    hint(session, attempt, practice)
    check(session, attempt, 1, choices(library, attempt)[1], practice)
    assert [row.hints for row in tries(session, attempt)] == [0, 1]


def test_hints_are_shown_in_practice_only(session: Session, library: Library, attempt: Attempt) -> None:
    shown = shown_at(session, attempt, 1, quiz_with(library))
    assert (shown.hints, shown.hints_left, shown.tries_left) == ((), 0, 0)
