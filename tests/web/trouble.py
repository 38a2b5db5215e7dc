"""Databases in trouble: locked by another program, read-only, gone, or with the tables of something else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, event, make_url
from sqlalchemy.pool import NullPool

from app.config import Settings
from app.db import db


def on_connect(app: Flask, *, sqlite: str, postgresql: str) -> None:
    """Have every connection of the application run a statement first."""
    with app.app_context():
        engine = db.engine
    statement = sqlite if engine.dialect.name == "sqlite" else postgresql

    @event.listens_for(engine, "connect")
    def run(connection: Any, record: object) -> None:
        connection.cursor().execute(statement)
        connection.commit()

    engine.dispose()


def make_impatient(app: Flask) -> None:
    """Wait for a lock for a moment only."""
    on_connect(app, sqlite="PRAGMA busy_timeout=30", postgresql="SET lock_timeout = '30ms'")


def make_read_only(app: Flask) -> None:
    """Let nothing be written."""
    on_connect(app, sqlite="PRAGMA query_only=ON", postgresql="SET default_transaction_read_only = on")


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Another program holds the database's lock."""
    engine = create_engine(settings.database_address, poolclass=NullPool)
    with engine.connect() as connection:
        if settings.is_sqlite:
            connection.exec_driver_sql("BEGIN EXCLUSIVE")
        else:
            connection.exec_driver_sql("LOCK TABLE attempt, slot, answer, self_check, lesson_progress")
        yield
        connection.rollback()


def take_away(app: Flask, settings: Settings) -> None:
    """The database can no longer be used: on SQLite its file is something else, PostgreSQL lets nobody in."""
    with app.app_context():
        db.engine.dispose()
    if settings.is_sqlite:
        for file in settings.data.glob("offramp.db*"):
            file.write_bytes(b"This is not a database. " * 100)
        return
    url = make_url(settings.database_address)
    admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f'ALTER DATABASE "{url.database}" WITH ALLOW_CONNECTIONS false')


def rename_table(settings: Settings, name: str) -> None:
    """Give a table another name, as if another program had changed the tables."""
    engine = create_engine(settings.database_address, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(f'ALTER TABLE "{name}" RENAME TO something_else')
