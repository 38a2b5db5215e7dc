"""Many at once: no answer is lost, nobody sees an error, and the database waits for the disk."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.service import register
from app.db import db, transaction
from app.errors import Conflict, Invalid
from app.learning.service import hand_in
from app.library.model import Library
from app.quiz.models import Answer, Attempt
from app.quiz.queries import open_attempt, own_attempt
from app.quiz.service import Saved, finish_attempt, new_id, save_answer, start_attempt
from tests.factories import NOON, PASSWORD, TAB, later, make_user, save, start

THREADS = 8


def at_once(app: Flask, work: Callable[[int], Any]) -> list[Any]:
    """What `work(number)` returns or raises in each of eight threads that set off together."""
    barrier = threading.Barrier(THREADS, timeout=30)
    found: list[Any] = [None] * THREADS

    def one(number: int) -> None:
        with app.app_context():
            barrier.wait()
            try:
                found[number] = work(number)
            except Exception as problem:
                found[number] = problem

    threads = [threading.Thread(target=one, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def send(owner: uuid.UUID, attempt: uuid.UUID, number: int, *, tab: uuid.UUID) -> Saved:
    """Save one answer as a door does, in a transaction of its own."""
    with transaction() as session:
        return save_answer(
            session,
            attempt,
            1,
            {"choice": [str(number % 4 + 1)]},
            user_id=owner,
            answer_id=new_id(),
            tab=tab,
            counter=number,
            now=later(number),
        )


def test_eight_learners_saving_at_once_lose_nothing(bare: Flask, session: Session, library: Library) -> None:
    saves = 60
    with transaction():
        people = [make_user(session, f"Learner {number}") for number in range(THREADS)]
        attempts = [start(session, user, library) for user in people]
    work = [(attempt.user_id, attempt.id) for attempt in attempts]
    session.rollback()

    def sit(number: int) -> set[str]:
        owner, attempt = work[number]
        return {send(owner, attempt, counter, tab=TAB).outcome for counter in range(saves)}

    assert at_once(bare, sit) == [{"saved"}] * THREADS
    for _, attempt in work:
        rows = session.scalars(select(Answer).where(Answer.attempt_id == attempt)).all()
        assert sorted(row.counter for row in rows) == list(range(saves))
        assert all(row.counted for row in rows)
    last = session.scalars(select(Answer.counter).join(Attempt, Attempt.id == Answer.attempt_id)).all()
    assert len(last) == THREADS * saves


def test_eight_tabs_of_one_learner_lose_nothing(bare: Flask, session: Session, library: Library, lee: User) -> None:
    saves = 15
    with transaction():
        attempt = start(session, lee, library)
    owner, key = attempt.user_id, attempt.id
    session.rollback()
    tabs = [new_id() for _ in range(THREADS)]
    outcomes = at_once(bare, lambda number: [send(owner, key, n, tab=tabs[number]).outcome for n in range(saves)])
    assert [type(entry) for entry in outcomes] == [list] * THREADS, outcomes
    assert session.scalar(select(func.count()).select_from(Answer)) == THREADS * saves
    slot = own_attempt(session, key, user_id=owner).slots[0]
    best = session.get(Answer, slot.answer_id)
    assert best is not None
    assert best.counter == saves - 1


def test_the_same_answer_sent_by_eight_tabs_at_once_is_one_row(
    bare: Flask, session: Session, library: Library, lee: User
) -> None:
    with transaction():
        attempt = start(session, lee, library)
    owner, key, answer = attempt.user_id, attempt.id, new_id()
    session.rollback()

    def same(number: int) -> str:
        with transaction() as own:
            return save_answer(
                own,
                key,
                1,
                {"choice": ["2"]},
                user_id=owner,
                answer_id=answer,
                tab=TAB,
                counter=1,
                now=NOON,
            ).outcome

    assert at_once(bare, same) == ["saved"] * THREADS
    assert session.scalars(select(Answer.id)).all() == [answer]


def test_answers_that_meet_the_hand_in_count_or_are_told_late(
    bare: Flask, session: Session, library: Library, lee: User
) -> None:
    with transaction():
        attempt = start(session, lee, library)
    owner, key = attempt.user_id, attempt.id
    session.rollback()

    def sit(number: int) -> str:
        if number:
            return send(owner, key, number, tab=TAB).outcome
        with transaction() as own:
            hand_in(own, own_attempt(own, key, user_id=owner), now=later(99))
        return "handed in"

    outcomes = at_once(bare, sit)
    assert set(outcomes) <= {"handed in", "saved", "superseded", "late"}, outcomes
    rows = session.scalars(select(Answer)).all()
    assert len(rows) == THREADS - 1
    assert sum(not row.counted for row in rows) == outcomes.count("late")
    slot = own_attempt(session, key, user_id=owner).slots[0]
    counted = [row for row in rows if row.counted]
    assert slot.answer_id == (max(counted, key=lambda row: row.counter).id if counted else None)


def test_eight_starts_at_once_make_one_attempt(bare: Flask, session: Session, library: Library, lee: User) -> None:
    key = lee.id
    session.rollback()

    def begin(number: int) -> uuid.UUID:
        with transaction() as own:
            user = own.get(User, key)
            assert user is not None
            return start_attempt(own, user, library.quizzes["mixed"], library, seed=number, now=NOON).id

    found = at_once(bare, begin)
    made = open_attempt(session, key, "mixed")
    assert made is not None
    assert all(entry == made.id or isinstance(entry, Conflict) for entry in found), found
    assert made.id in found


def test_eight_people_choosing_one_name_at_once_get_it_once(bare: Flask, session: Session) -> None:
    def choose(number: int) -> str:
        with transaction() as own:
            register(own, "Mina", PASSWORD, now=NOON)
        return "made"

    found = at_once(bare, choose)
    assert found.count("made") == 1
    assert all(entry == "made" or (isinstance(entry, Invalid) and "taken" in str(entry)) for entry in found), found
    assert session.scalars(select(User.name)).all() == ["Mina"]


def test_handing_in_at_once_from_eight_places_counts_once(
    bare: Flask, session: Session, library: Library, lee: User
) -> None:
    with transaction():
        attempt = start(session, lee, library)
    owner, key = attempt.user_id, attempt.id
    session.rollback()

    def finish(number: int) -> bool:
        with transaction() as own:
            return finish_attempt(own, own_attempt(own, key, user_id=owner), now=later(number))

    found = at_once(bare, finish)
    assert sorted(found) == [False] * (THREADS - 1) + [True], found


def test_an_attempt_that_was_read_before_it_was_handed_in_elsewhere_takes_no_more_answers(
    bare: Flask, session: Session, library: Library, lee: User, backend: str
) -> None:
    """On SQLite the hand-in cannot come in between, for it waits for the lock; on PostgreSQL it can."""
    with transaction():
        attempt = start(session, lee, library)
        save(session, attempt, 1, {"choice": ["1"]})
    owner, key = attempt.user_id, attempt.id
    session.rollback()
    if backend == "postgresql":
        with transaction() as own:
            seen = own_attempt(own, key, user_id=owner)
            assert seen.is_open
            _elsewhere(bare, owner, key)
            assert save(own, seen, 1, {"choice": ["2"]}).outcome == "late"
    else:
        seen = own_attempt(session, key, user_id=owner)
        assert seen.is_open
        _elsewhere(bare, owner, key)
        with transaction() as own:
            assert save(own, seen, 1, {"choice": ["2"]}).outcome == "late"


def test_an_answer_waits_for_the_one_that_is_being_saved_and_counts_them_together(
    bare: Flask, session: Session, library: Library, lee: User, backend: str
) -> None:
    with transaction():
        attempt = start(session, lee, library)
    owner, key = attempt.user_id, attempt.id
    session.rollback()
    outcomes: list[str] = []

    def save_older() -> None:
        with bare.app_context():
            outcomes.append(send(owner, key, 1, tab=TAB).outcome)

    thread = threading.Thread(target=save_older)
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with transaction() as own:
        newer = save(own, own_attempt(own, key, user_id=owner), 1, {"choice": ["3"]}, counter=2)
        own.flush()
        thread.start()
        # On SQLite there is one writer at a time; on PostgreSQL look until the other waits for our row.
        while backend == "postgresql" and thread.is_alive() and not own.scalar(waiting):
            pass
    thread.join()
    assert outcomes == ["superseded"]
    assert own_attempt(session, key, user_id=owner).slots[0].answer_id == newer.answer_id


def _elsewhere(app: Flask, owner: uuid.UUID, key: uuid.UUID) -> None:
    def finish() -> None:
        with app.app_context(), transaction() as own:
            finish_attempt(own, own_attempt(own, key, user_id=owner), now=NOON)

    thread = threading.Thread(target=finish)
    thread.start()
    thread.join()


def test_an_answer_that_is_told_saved_survives_a_power_cut(session: Session, backend: str) -> None:
    def ask(query: str) -> str:
        return str(db.session.connection().execute(text(query)).scalar())

    if backend == "sqlite":
        assert (ask("PRAGMA synchronous"), ask("PRAGMA journal_mode"), ask("PRAGMA foreign_keys")) == (
            "2",
            "wal",
            "1",
        )
    else:
        assert ask("SHOW synchronous_commit") == "on"
