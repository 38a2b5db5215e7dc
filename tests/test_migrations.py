"""Schema changes: the tables are those of the models, and no database is harmed on the way."""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Uuid, column, insert, inspect, select, text
from sqlalchemy import table as bare_table

import app.migrations
from app.accounts.models import User
from app.boot import bare_app, open_course, schema_revision
from app.config import Settings
from app.db import Base, UTCDateTime, db, transaction
from app.errors import BadSetting, StorageTrouble
from app.learning.queries import progress_of
from app.learning.service import rebuild_progress
from app.migrations import HEAD, upgrade
from app.quiz.models import Answer, Attempt, Slot
from app.quiz.service import finish_attempt
from tests.factories import later, make_user
from tests.test_db import on_postgresql, on_sqlite


@pytest.fixture
def alone(empty_settings: Settings) -> Iterator[Flask]:
    """An application on a database without tables."""
    made = bare_app(empty_settings)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(app.migrations.__file__).parent))
    return ScriptDirectory.from_config(config)


def contents() -> dict[str, list[Any]]:
    """Every row of every table."""
    with db.engine.connect() as connection:
        return {
            name: sorted(str(row) for row in connection.execute(text(f'SELECT * FROM "{name}"')))
            for name in inspect(connection).get_table_names()
        }


def test_the_newest_revision_is_the_one_that_a_start_looks_for() -> None:
    assert scripts().get_heads() == [HEAD]


def test_every_revision_follows_another() -> None:
    revisions = list(scripts().walk_revisions())
    assert len({r.down_revision for r in revisions}) == len(revisions)
    assert sum(r.down_revision is None for r in revisions) == 1
    assert all(r.doc for r in revisions)


def test_an_empty_database_has_no_revision_and_then_the_newest(alone: Flask) -> None:
    assert schema_revision() is None
    upgrade(None)
    assert schema_revision() == HEAD


def test_the_tables_are_those_of_the_models(alone: Flask) -> None:
    upgrade(None)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def name_in_words(columns: list[str]) -> str | None:
    """The name of a key that was added together with its column: on SQLite it stands in the table's words alone."""
    with db.engine.connect() as connection:
        words = str(connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'slot'")))
    name = "fk_slot_graded_as_question_version"
    assert f"CONSTRAINT {name} REFERENCES question_version (id)" in words
    return name if columns == ["graded_as"] else None


def test_checks_and_names_are_those_of_the_models(alone: Flask) -> None:
    upgrade(None)
    found = inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        checks = {c["name"] for c in found.get_check_constraints(table.name)}
        keys = {k["name"] or name_in_words(k["constrained_columns"]) for k in found.get_foreign_keys(table.name)}
        named = {c.name for c in table.constraints if type(c).__name__ == "CheckConstraint"}
        assert checks == named
        assert keys == {c.name for c in table.foreign_key_constraints}
        assert {f["options"].get("ondelete") for f in found.get_foreign_keys(table.name)} == {
            c.ondelete for c in table.foreign_key_constraints
        }


def test_upgrading_again_changes_nothing(alone: Flask) -> None:
    open_course(alone)
    with transaction() as session:
        make_user(session, "Lee")
    before = contents()
    upgrade(HEAD)
    open_course(alone)
    assert contents() == before


def test_a_newer_database_is_refused_and_left_as_it_is(alone: Flask, empty_settings: Settings) -> None:
    open_course(alone)
    with transaction() as session:
        make_user(session, "Lee")
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = contents()
    with pytest.raises(StorageTrouble, match="written by a newer Offramp") as caught:
        open_course(alone)
    assert "9999" in str(caught.value)
    assert HEAD in str(caught.value)
    assert contents() == before
    assert not list(empty_settings.data.glob("*.before-*"))


def test_programs_that_start_together_make_the_tables_once(alone: Flask) -> None:
    barrier = threading.Barrier(4, timeout=30)
    problems: list[Exception] = []

    def begin() -> None:
        with alone.app_context():
            barrier.wait()
            try:
                upgrade(None)
            except Exception as problem:
                problems.append(problem)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert schema_revision() == HEAD


def test_an_upgrade_that_fails_leaves_nothing_behind(alone: Flask) -> None:
    # A table that stands in the way: made by hand, or by another program.
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE quiz_progress (x INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        upgrade(None)
    assert schema_revision() is None
    assert set(contents()) == {"quiz_progress"}


# ---------------------------------------------------------------- a database of the first version

# Every row of a database that the program of 0001 has written, but for the compiled course.
OLD = Path(__file__).parent / "data" / "tables-0001.json"
Rows = dict[str, list[dict[str, Any]]]


def old_rows() -> Rows:
    found: Rows = json.loads(OLD.read_text(encoding="utf-8"))
    return found


def read(kind: Any, value: Any) -> Any:
    """A value of the file as its column wants it."""
    if value is None:
        return None
    if isinstance(kind, Uuid):
        return uuid.UUID(value)
    return datetime.fromisoformat(value) if isinstance(kind, UTCDateTime) else value


@pytest.fixture
def first(alone: Flask) -> Flask:
    """An application on a database that is at 0001 and in use."""
    config = Config()
    config.set_main_option("script_location", str(Path(app.migrations.__file__).parent))
    with db.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for name, rows in old_rows().items():
            types = {c.name: c.type for c in Base.metadata.tables[name].columns}
            for row in rows:
                values = {key: read(types[key], value) for key, value in row.items()}
                connection.execute(insert(bare_table(name, *(column(key, types[key]) for key in row))).values(values))
    return alone


def test_nothing_of_a_first_database_is_lost(first: Flask) -> None:
    assert schema_revision() == "0001"
    upgrade("0001")
    assert schema_revision() == HEAD
    for name, rows in old_rows().items():
        types = {c.name: c.type for c in Base.metadata.tables[name].columns}
        wanted = [{key: read(types[key], value) for key, value in row.items()} for row in rows]
        with db.engine.connect() as connection:
            asked = select(*(Base.metadata.tables[name].c[key] for key in rows[0]))
            found = [dict(row._mapping) for row in connection.execute(asked)]
        assert sorted(map(str, found)) == sorted(map(str, wanted)), name


def test_slots_that_were_handed_in_get_their_status(first: Flask) -> None:
    upgrade("0001")
    session = db.session()
    handed_in = select(Slot).join(Attempt).where(Attempt.finished_at.is_not(None))
    found = list(session.scalars(handed_in))
    assert {(slot.status, slot.answer_id is None) for slot in found} == {("answered", False), ("blank", True)}
    assert len(found) == 8
    assert all(slot.first_score == slot.score for slot in found)
    still_open = session.scalars(select(Slot).join(Attempt).where(Attempt.finished_at.is_(None)))
    assert {(slot.status, slot.first_score) for slot in still_open} == {(None, None)}


def test_what_is_new_begins_at_its_default(first: Flask) -> None:
    upgrade("0001")
    session = db.session()
    assert {user.extra_time for user in session.scalars(select(User))} == {0}
    attempts = session.scalars(select(Attempt)).all()
    assert {(a.deadline, a.timed_out, a.graded) for a in attempts} == {(None, False, True)}
    slots = session.scalars(select(Slot)).all()
    assert {(s.tries, s.hints, s.locked_at, s.shown, s.graded_as) for s in slots} == {(0, 0, None, False, None)}
    answers = session.scalars(select(Answer)).all()
    assert {(a.dont_know, a.try_number, a.hints) for a in answers} == {(False, None, 0)}


def test_a_first_database_is_gone_on_with(first: Flask) -> None:
    open_course(first)
    with transaction() as session:
        lee = session.scalars(select(User).where(User.name == "Lee")).one()
        before = progress_of(session, lee.id)
        kept = {row.objective: (row.answered, row.right) for row in before.objectives.values()}
        assert before.best("mixed") == "2 of 4"
        rebuild_progress(session, lee.id)
        again = progress_of(session, lee.id)
        assert {row.objective: (row.answered, row.right) for row in again.objectives.values()} == kept
        finish_attempt(session, again.open["across"], now=later(60))
        assert [slot.status for slot in again.open["across"].slots] == ["answered", "blank"]


@on_sqlite
def test_a_first_database_is_copied_before_the_upgrade(first: Flask, empty_settings: Settings) -> None:
    open_course(first, may_upgrade=False)
    with closing(sqlite3.connect(empty_settings.data / f"offramp.db.before-{HEAD}")) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert copy.execute("SELECT count(*) FROM answer").fetchall() == [(9,)]


# ---------------------------------------------------------------- the copy of a SQLite file


@on_sqlite
def test_a_file_with_data_is_copied_before_it_is_changed(alone: Flask, empty_settings: Settings) -> None:
    open_course(alone)
    with transaction() as session:
        make_user(session, "Lee")
    upgrade(HEAD)
    with closing(sqlite3.connect(empty_settings.data / f"offramp.db.before-{HEAD}")) as copy:
        assert copy.execute("SELECT name FROM user").fetchall() == [("Lee",)]
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@on_sqlite
def test_the_copy_has_what_was_written_last_even_while_others_read(alone: Flask, empty_settings: Settings) -> None:
    open_course(alone)
    with closing(sqlite3.connect(empty_settings.data / "offramp.db", isolation_level=None)) as reader:
        # A reader keeps the write-ahead log from being moved into the file.
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM user").fetchall()
        with transaction() as session:
            make_user(session, "Lee")
        upgrade(HEAD)
    with closing(sqlite3.connect(empty_settings.data / f"offramp.db.before-{HEAD}")) as copy:
        assert copy.execute("SELECT name FROM user").fetchall() == [("Lee",)]


@on_sqlite
def test_a_new_file_is_not_copied(alone: Flask, empty_settings: Settings) -> None:
    open_course(alone)
    assert not list(empty_settings.data.glob("*.before-*"))


# ---------------------------------------------------------------- PostgreSQL is upgraded on request only


@on_postgresql
def test_postgresql_is_not_upgraded_by_a_start(alone: Flask) -> None:
    with pytest.raises(BadSetting, match="offramp db upgrade"):
        open_course(alone, may_upgrade=False)
    assert contents() == {}
    open_course(alone, may_upgrade=True)
    assert open_course(alone, may_upgrade=False).lessons


@on_sqlite
def test_sqlite_is_upgraded_by_a_start(alone: Flask) -> None:
    assert open_course(alone, may_upgrade=False).lessons
