"""Schema changes: the tables are those of the models, and no database is harmed on the way."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text

import app.migrations
from app.boot import bare_app, open_course, schema_revision
from app.config import Settings
from app.db import Base, db, transaction
from app.errors import BadSetting, StorageTrouble
from app.migrations import HEAD, upgrade
from tests.factories import make_user
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


def test_checks_and_names_are_those_of_the_models(alone: Flask) -> None:
    upgrade(None)
    found = inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        checks = {c["name"] for c in found.get_check_constraints(table.name)}
        keys = {k["name"] for k in found.get_foreign_keys(table.name)}
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
