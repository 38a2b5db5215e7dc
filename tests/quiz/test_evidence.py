"""First answers: what calibration and item statistics are made from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.db import db
from app.learning.service import hand_in, void_question
from app.library.model import Library
from app.quiz.queries import FirstAnswer, first_answers, forecasts
from tests.factories import finished, later, raw_answer, save, start
from tests.quiz.sittings import begin, check, quiz_with, right, wrong


def of(session: Session, user: User, question: str) -> FirstAnswer | None:
    session.flush()
    found = [one for one in first_answers(session, user.id) if one.question.id == question]
    assert len(found) <= 1
    return found[0] if found else None


@contextmanager
def statements() -> Iterator[list[str]]:
    found: list[str] = []

    def note(*arguments: object) -> None:
        found.append(str(arguments[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def test_the_first_answer_ever_counts_and_no_later_one(session: Session, library: Library, lee: User) -> None:
    for minute, sure, is_right in ((1, "40", False), (2, "99", True)):
        attempt = start(session, lee, library, now=later(minute))
        raw = {**raw_answer(library, attempt, 1, right=is_right), "confidence": [sure]}
        save(session, attempt, 1, raw, now=later(minute))
        hand_in(session, attempt, now=later(minute))
    found = of(session, lee, "word-or-deed")
    assert found is not None
    assert (found.confidence, found.score, found.is_right, found.at) == (40, 0.0, False, later(1))
    assert (found.chance, found.stated) == (0.25, 0.4)


def test_just_guessing_is_told_apart(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library)
    save(session, attempt, 1, {**raw_answer(library, attempt, 1), "confidence": ["0"]})
    hand_in(session, attempt, now=later(1))
    found = of(session, lee, "word-or-deed")
    assert found is not None
    assert (found.is_guess, found.stated, found.is_right) == (True, 0.25, True)


def test_left_blank_and_not_known_are_first_answers_without_a_forecast(
    session: Session, library: Library, lee: User
) -> None:
    attempt = start(session, lee, library)
    save(session, attempt, 1, {"dont_know": ["1"], "confidence": ["99"]}, now=later(1))
    hand_in(session, attempt, now=later(2))
    unknown, blank = of(session, lee, "word-or-deed"), of(session, lee, "name-the-note")
    assert unknown is not None
    assert blank is not None
    assert (unknown.status, unknown.dont_know, unknown.score, unknown.stated) == ("dont_know", True, 0.0, None)
    assert (blank.status, blank.response, blank.score, blank.stated, blank.at) == ("blank", None, 0.0, None, later(2))


def test_what_was_not_reached_was_not_answered(session: Session, library: Library, lee: User) -> None:
    attempt = begin(session, lee, library, quiz_with(library, minutes=5))
    hand_in(session, attempt, now=later(9))
    assert first_answers(session, lee.id) == []
    finished(session, lee, library, now=later(20))
    found = of(session, lee, "word-or-deed")
    assert found is not None
    assert found.at == later(20)


def test_void_questions_are_in_no_statistics(session: Session, library: Library, lee: User) -> None:
    finished(session, lee, library)
    void_question(session, "word-or-deed", 1, reason="Two keys", by="Operator", now=later(1))
    assert of(session, lee, "word-or-deed") is None
    assert len(first_answers(session, lee.id)) == 3


def test_the_first_of_several_tries_counts_before_penalties(session: Session, library: Library, lee: User) -> None:
    practice = quiz_with(library, practice=True)
    attempt = begin(session, lee, library, practice)
    check(session, attempt, 4, {"text": ["note"], "confidence": ["70"]}, practice, now=later(1))
    check(session, attempt, 4, {**right(library, attempt, 4), "confidence": ["99"]}, practice, now=later(2))
    found = of(session, lee, "name-the-note")
    assert found is not None
    assert (found.score, found.confidence, found.at) == (0.5, 70, later(1))


def test_a_question_counts_once_it_is_locked_and_not_before(session: Session, library: Library, lee: User) -> None:
    practice = quiz_with(library, practice=True)
    attempt = begin(session, lee, library, practice)
    check(session, attempt, 1, wrong(library, attempt, 1), practice)
    save(session, attempt, 2, wrong(library, attempt, 2))
    assert first_answers(session, lee.id) == []
    check(session, attempt, 1, right(library, attempt, 1), practice)
    assert [one.question.id for one in first_answers(session, lee.id)] == ["word-or-deed"]


def test_everybodys_first_answers_are_told_apart(session: Session, library: Library, lee: User, sam: User) -> None:
    finished(session, lee, library, right=4, now=later(1))
    finished(session, sam, library, right=0, now=later(2))
    finished(session, sam, library, right=4, now=later(3))
    session.flush()
    found = first_answers(session)
    assert sorted((one.user_id == sam.id, one.score) for one in found) == [(False, 1.0)] * 4 + [(True, 0.0)] * 4
    assert {one.user_id for one in first_answers(session, lee.id)} == {lee.id}


@pytest.mark.parametrize("sittings", [1, 6])
def test_a_long_history_takes_no_more_statements(session: Session, library: Library, lee: User, sittings: int) -> None:
    for minute in range(sittings):
        finished(session, lee, library, right=minute % 5, now=later(minute))
    session.flush()
    with statements() as asked:
        first_answers(session, lee.id)
    assert len(asked) == 1


def test_forecasts_are_chances_with_what_came_true(session: Session, library: Library, lee: User) -> None:
    for minute, percent in ((1, "70"), (2, "99")):
        attempt = start(session, lee, library, "every-kind", now=later(minute))
        position = next(slot.position for slot in attempt.slots if slot.question == "kinds-forecast")
        save(session, attempt, position, {"chance": [percent]}, now=later(minute))
        hand_in(session, attempt, now=later(minute))
    (found,) = forecasts(session, lee.id)
    assert (found.p, found.outcome, found.question.id, found.at) == (0.7, True, "kinds-forecast", later(1))


def test_a_forecast_left_blank_is_none(session: Session, library: Library, lee: User) -> None:
    hand_in(session, start(session, lee, library, "every-kind"), now=later(1))
    assert forecasts(session, lee.id) == []
