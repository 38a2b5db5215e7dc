"""Where transactions end, and what a person is told when the database cannot be written."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.boot import bare_app, open_course
from app.config import Settings
from app.db import db, transaction
from app.errors import StorageTrouble
from tests.factories import NOON, make_user

on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)


@pytest.fixture
def alone(empty_settings: Settings) -> Iterator[Flask]:
    """An application on a database of its own, for tests that make the database unusable."""
    app = bare_app(empty_settings)
    open_course(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def names(session: Session) -> list[str | None]:
    session.rollback()
    return list(session.scalars(select(User.name).order_by(User.name)))


def mina(session: Session) -> None:
    make_user(session, "Mina")


def does(*steps: Callable[[Session], object]) -> None:
    """A door's transaction with these steps in it."""
    with transaction() as own:
        for step in steps:
            step(own)


# ---------------------------------------------------------------- transaction()


def test_what_is_done_in_a_transaction_is_kept(session: Session) -> None:
    with transaction() as own:
        make_user(own, "Mina")
    assert names(session) == ["Mina"]


class Oops(Exception):
    """Something that went wrong in the middle."""


@pytest.mark.parametrize("problem", [Oops, KeyboardInterrupt, SystemExit])
def test_any_error_undoes_all_of_it(session: Session, problem: type[BaseException]) -> None:
    def goes_wrong(own: Session) -> None:
        raise problem

    with pytest.raises(problem):
        does(mina, goes_wrong)
    assert names(session) == []


def test_after_an_error_the_next_transaction_works(session: Session) -> None:
    with suppress(Oops), transaction():
        raise Oops
    with transaction() as own:
        make_user(own, "Mina")
    assert names(session) == ["Mina"]


def test_a_broken_rule_of_the_data_is_not_told_as_trouble_of_the_storage(session: Session) -> None:
    with pytest.raises(IntegrityError):
        does(mina, mina)
    assert names(session) == []


def test_a_transaction_inside_another_is_refused_and_undoes_the_outer_one(session: Session) -> None:
    with pytest.raises(RuntimeError, match="hand the session on"):
        does(mina, lambda own: does(mina))
    assert names(session) == []


def test_what_was_changed_before_the_transaction_is_not_slipped_in(session: Session) -> None:
    make_user(session, "Stray")
    with transaction() as own:
        make_user(own, "Mina")
    assert names(session) == ["Mina"]


def _elsewhere(app: Flask, name: str) -> None:
    """Another writer, with a connection of its own, comes and goes."""

    def write() -> None:
        with app.app_context(), transaction() as own:
            make_user(own, name)

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()


def test_reading_then_writing_works_after_another_writer_came_between(bare: Flask, session: Session) -> None:
    assert session.scalar(select(func.count()).select_from(User)) == 0
    _elsewhere(bare, "Sam")
    with transaction() as own:
        make_user(own, "Lee")
    assert names(session) == ["Lee", "Sam"]


@on_sqlite
def test_a_transaction_has_the_write_lock_from_its_beginning(alone: Flask, empty_settings: Settings) -> None:
    """Else a program beside this one could write after our first read, and our first write would fail."""
    other = sqlite3.connect(empty_settings.data / "offramp.db", isolation_level=None, timeout=0)
    with closing(other), transaction() as own:
        assert own.scalar(select(func.count()).select_from(User)) == 0
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("DELETE FROM user")
        mina(own)
    assert names(db.session()) == ["Mina"]


def test_objects_that_were_loaded_before_are_loaded_again(bare: Flask, session: Session, lee: User) -> None:
    assert lee.session_version == 1
    key = lee.id

    def change() -> None:
        with bare.app_context(), transaction() as own:
            user = own.get(User, key)
            assert user is not None
            user.session_version = 7

    thread = threading.Thread(target=change)
    thread.start()
    thread.join()
    with transaction():
        assert lee.session_version == 7


def test_a_writer_sees_what_the_one_before_it_wrote(bare: Flask, session: Session) -> None:
    def add(number: int) -> None:
        with bare.app_context():
            for _ in range(5):
                with transaction() as own:
                    count = own.scalar(select(func.count()).select_from(User)) or 0
                    make_user(own, f"User {number} {count}")

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(session)) == 20


# ---------------------------------------------------------------- times


def test_times_come_back_as_aware_utc(session: Session) -> None:
    berlin = datetime(2026, 3, 2, 13, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    user = make_user(session, "Lee", now=berlin)
    session.expire_all()
    assert user.created_at == NOON + timedelta(microseconds=5)
    assert user.created_at.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="must be aware"):
        make_user(session, "Lee", now=datetime(2026, 3, 2, 12))  # noqa: DTZ001


# ---------------------------------------------------------------- trouble


@on_sqlite
def test_a_database_that_is_locked_is_told(alone: Flask, empty_settings: Settings) -> None:
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(empty_settings.data / "offramp.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageTrouble, match=r"busy with another program\. Nothing was stored"):
            does(mina)
    does(mina)
    assert names(db.session()) == ["Mina"]


@on_sqlite
def test_a_database_that_can_only_be_read_is_told(alone: Flask) -> None:
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StorageTrouble, match="can only be read"):
        does(mina)
    assert names(db.session()) == []


@on_postgresql
def test_a_server_that_can_only_be_read_is_told(alone: Flask) -> None:
    with pytest.raises(StorageTrouble, match="can only be read"):
        does(lambda own: own.execute(text("SET TRANSACTION READ ONLY")), mina)
    assert names(db.session()) == []


@on_sqlite
def test_a_full_disk_is_told_and_nothing_is_half_written(alone: Flask) -> None:
    with db.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StorageTrouble, match="disk is full"):
        does(*(lambda own, n=n: make_user(own, f"Learner {n}") for n in range(500)))
    assert names(db.session()) == []


@on_postgresql
def test_a_server_that_goes_away_is_told(alone: Flask) -> None:
    with pytest.raises(StorageTrouble, match="cannot be reached"):
        does(lambda own: own.execute(text("SELECT pg_terminate_backend(pg_backend_pid())")), mina)
    does(mina)
    assert names(db.session()) == ["Mina"]
