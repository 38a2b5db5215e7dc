"""Schema changes, by Alembic, from the first table on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from app.db import db
from app.errors import StorageTrouble

# The newest revision, kept here so that a start need not import Alembic; a test compares it with the files.
HEAD = "0003"

# Any number will do, as long as every Offramp uses the same.
_ADVISORY_LOCK = 5_266_727


def upgrade(current: str | None) -> None:
    """Bring the tables to HEAD. `current` is the revision they have, None when there are none.

    A SQLite file with data in it is copied first (offramp.db.before-<HEAD>). PostgreSQL is upgraded under an
    advisory lock, so that several hosts can start together. Raises StorageTrouble for a database that is
    newer than this program.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise StorageTrouble(
            f"This database was written by a newer Offramp (its tables are at {current}, this program knows "
            f"{HEAD}). Nothing was changed. Install the newer version, or use another data folder."
        )
    # Both locks are for programs that start together: Alembic then sees what the first of them has done.
    with (
        db.engine.connect().execution_options(sqlite_begin="BEGIN IMMEDIATE") as connection,
        connection.begin(),
    ):
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        _copy_first(current)
        _run(config, connection, command.upgrade)


def _run(config: object, connection: Connection, step: object) -> None:
    config.attributes["connection"] = connection  # type: ignore[attr-defined]
    step(config, "head")  # type: ignore[operator]


def _copy_first(current: str | None) -> None:
    file = db.engine.url.database
    if current is None or db.engine.dialect.name != "sqlite" or not file or not Path(file).is_file():
        return
    # Not a copy of the file: what was written last may still stand in the write-ahead log beside it.
    with db.engine.connect() as connection, closing(sqlite3.connect(f"{file}.before-{HEAD}")) as copy:
        source: Any = connection.connection.driver_connection
        source.backup(copy)
