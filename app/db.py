"""The database: engine options, column types, and the one place where a transaction ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, event
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.orm import DeclarativeBase, Session, registry

from app.errors import StorageTrouble

# Writers of one process queue here and not in SQLite's busy handler, which sleeps and is unfair.
_writer = threading.Lock()


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC, on databases that keep time zones and on those that do not."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """PostgreSQL keeps the zone; SQLite gets naive UTC text."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: it would be stored in an unknown zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must be aware")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every time back as aware UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The base of all models: times are UTC, constraints have names that Alembic can refer to."""

    registry = registry(
        type_annotation_map={datetime: UTCDateTime()},
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def engine_options(*, is_sqlite: bool, pool_size: int) -> dict[str, Any]:
    """Options for the engine of either database."""
    # Names and answers are parameters; what goes into the log must not show them.
    common = {"hide_parameters": True}
    if is_sqlite:
        return common | {"connect_args": {"timeout": 5.0, "isolation_level": None}}
    return common | {"pool_size": pool_size, "max_overflow": 5, "pool_pre_ping": True}


def prepare_engine(engine: Engine) -> None:
    """Set pragmas and explicit BEGIN on a SQLite engine; does nothing on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, record: object) -> None:
        cursor = connection.cursor()
        # FULL: an acknowledged answer survives a power cut.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


@contextmanager
def transaction() -> Iterator[Session]:
    """The one place where writes are committed: `with transaction() as session:` in a door.

    Ends the open read transaction, takes the write lock at once and commits at the end; any error rolls
    back. Objects loaded before are loaded again on use. Raises StorageTrouble when the database cannot
    be written. Must not be nested.
    """
    session: Session = db.session()
    if session.info.get("in_transaction"):
        raise RuntimeError("transaction() inside transaction(): hand the session on instead")
    with _writer if db.engine.dialect.name == "sqlite" else nullcontext():
        session.rollback()
        session.info["in_transaction"] = True
        try:
            with storage_errors():
                session.connection(execution_options={"sqlite_begin": "BEGIN IMMEDIATE"})
                yield session
                session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop("in_transaction", None)


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn the database's own failures (locked, full, read-only, gone, damaged) into StorageTrouble."""
    try:
        yield
    except DatabaseError as problem:
        # These tell of data that break a rule, or of a mistake in the program.
        if isinstance(problem, IntegrityError | DataError | ProgrammingError | NotSupportedError):
            raise
        raise StorageTrouble(storage_message(problem)) from problem


def storage_message(problem: DBAPIError) -> str:
    """A sentence for the person at the door; what the driver said stays in the log."""
    said = str(problem.orig).lower()
    for sign, message in _TROUBLES.items():
        if sign in said:
            return message
    return "The database cannot be reached. Nothing was stored; try again in a moment."


_TROUBLES = {
    "locked": "The database is busy with another program. Nothing was stored; try again in a moment.",
    "disk is full": "The disk is full. Nothing was stored; tell whoever runs this server.",
    "no space left": "The disk is full. Nothing was stored; tell whoever runs this server.",
    "disk i/o": "The disk does not answer. Nothing was stored; tell whoever runs this server.",
    "readonly": "The database can only be read. Nothing was stored; tell whoever runs this server.",
    "read-only": "The database can only be read. Nothing was stored; tell whoever runs this server.",
    "not a database": "The database file is damaged or something else. Tell whoever runs this server.",
    "malformed": "The database file is damaged. Tell whoever runs this server.",
    "unable to open": "The database file cannot be opened. Tell whoever runs this server.",
}
