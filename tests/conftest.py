"""What every test starts with.

`session` and `library` are for what lies below the doors, `client` and `app` for pages, `run` for commands; all
of them on SQLite and on PostgreSQL, on the small course in tests/data/course. Every test begins with empty
tables, but for those of the text. A test that needs a database of its own takes `empty_settings`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.boot import bare_app, open_course
from app.config import Settings
from app.db import db
from app.library.model import Library

pytest_plugins = ("tests.support.databases", "tests.support.people")

# The settings of whoever runs the tests are none of the tests' business.
for _name in [name for name in os.environ if name.startswith("OFFRAMP_") or name == "DATABASE_URL"]:
    del os.environ[_name]

# The same cases in every run; `--hypothesis-profile=explore` looks for new ones.
hypothesis.settings.register_profile("same", deadline=None, derandomize=True, max_examples=20, database=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000, database=None)
hypothesis.settings.load_profile("same")

# Versions never change and the compiled course is keyed by its files: these stay from test to test.
TEXT_TABLES = {"question_version", "compiled_course"}


@pytest.fixture(scope="session")
def bare(settings: Settings) -> Iterator[Flask]:
    """The application without pages, its tables made by the real migrations."""
    app = bare_app(settings)
    open_course(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def app(settings: Settings, bare: Flask) -> Iterator[Flask]:
    """The web application, on the same database."""
    from app.web.factory import create_app

    web = create_app(settings=settings)
    web.testing = True
    yield web
    with web.app_context():
        db.engine.dispose()


@pytest.fixture
def session(bare: Flask) -> Iterator[Session]:
    """The database's session, with empty tables. What a test only flushes is rolled back after it.

    Whatever a page or a command does is seen after `session.rollback()`, or in a new `transaction()`.
    """
    with bare.app_context():
        empty_tables()
        yield db.session()
        db.session.remove()


def empty_tables() -> None:
    """Delete every row that belongs to people."""
    with db.engine.connect() as connection:
        tables = [table for table in reversed(db.metadata.sorted_tables) if table.name not in TEXT_TABLES]
        if sum(connection.execute(table.delete()).rowcount for table in tables):
            connection.commit()


@pytest.fixture
def library(bare: Flask) -> Library:
    """The small course as served."""
    found: Library = bare.extensions["offramp"]["library"]
    return found


@pytest.fixture
def client(app: Flask, session: Session) -> FlaskClient:
    """A browser without cookies."""
    return app.test_client()


@pytest.fixture
def run(settings: Settings, session: Session, used_engines: list[Engine]) -> Callable[..., Any]:
    """Run a command line on the tests' database: `run("quiz", "mixed", input="1\\n")`, click's Result."""
    from click.testing import CliRunner

    from app.cli import main

    environment = {
        "OFFRAMP_DATA": str(settings.data),
        "OFFRAMP_COURSE": str(settings.course[0]),
        "OFFRAMP_SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
    }

    def run(*arguments: str, input: str | None = None, **env: str) -> Any:
        return CliRunner().invoke(main, [*arguments], input=input, env=environment | env)

    return run


# What these pages and commands store and ask of the database is tested on both databases below them, in
# tests/authoring, tests/quiz and tests/learning; or they show text alone. They run on SQLite, so that the run is short.
ON_SQLITE_ALONE = {
    "cli": {
        "article",
        "glossary",
        "help",
        "lessons",
        "paper",
        "plain",
        "read",
        "teaching",
        "kinds",
        "sure",
        "outcome",
        "preview",
        "new",
    },
    "web": {"article", "assets", "device", "glossary", "headers", "paper", "sources", "teaching", "own_course"},
    "teach": {
        *("editor", "editor_draft", "editor_kinds", "exporting", "history", "images", "life", "people", "preview"),
        *("printing", "publishing"),
    },
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave them out on PostgreSQL."""

    def stays(item: pytest.Item) -> bool:
        alone = item.path.stem.removeprefix("test_") in ON_SQLITE_ALONE.get(item.path.parent.name, ())
        return not (alone and "[postgresql" in item.name)

    items[:] = [item for item in items if stays(item)]
