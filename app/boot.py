"""The application without pages: settings, database, course. For the web's factory, the terminal and tests."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import inspect, text

from app.authoring.queries import shelf_stamp, with_own
from app.clock import utc_now
from app.config import Settings, read_settings, secret_key
from app.db import db, engine_options, prepare_engine, storage_errors, transaction
from app.errors import BadSetting, StorageTrouble
from app.library.folders import course_digest, named
from app.library.model import EMPTY_COURSE, Library
from app.library.queries import image, stored_course
from app.library.service import sync, wait_for_turn
from app.migrations import HEAD, upgrade
from app.questions.draw import Quiz
from app.questions.problems import Problem

log = logging.getLogger("offramp")
_EXTENSION = "offramp"


def bare_app(settings: Settings | None = None, *, course: Path | None = None, **flask_options: Any) -> Flask:
    """A Flask application with settings and an engine; nothing is read from the database yet.

    `course` is the folder that holds lessons/ and questions/, instead of the setting's folders. Raises BadSetting, and
    StorageTrouble when the data folder cannot be made.
    """
    settings = settings or read_settings()
    app = Flask("app", static_folder=None, **flask_options)
    if settings.is_sqlite:
        _make_data_folder(settings)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=secret_key(settings),
        SQLALCHEMY_DATABASE_URI=settings.database_address,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(is_sqlite=settings.is_sqlite, pool_size=settings.pool_size),
    )
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    app.extensions[_EXTENSION] = {"course": (course,) if course else settings.course, "library": None, "problems": []}
    return app


def _make_data_folder(settings: Settings) -> None:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StorageTrouble(
            f"The data folder {settings.data} cannot be made ({problem.strerror}). "
            "Set OFFRAMP_DATA to a folder that you may write to."
        ) from problem


def open_course(app: Flask, *, may_upgrade: bool = True) -> Library:
    """Bring the schema and the course up to date, and keep the library on the application.

    SQLite is upgraded here; PostgreSQL only with `may_upgrade`, else BadSetting names the command. Raises
    StorageTrouble when the database is newer than this program or cannot be reached.
    """
    with app.app_context():
        with storage_errors():
            _check_schema(app, may_upgrade=may_upgrade)
            state = app.extensions[_EXTENSION]
            folders: tuple[Path, ...] = state["course"]
            digest = course_digest(*folders)
            stored = stored_course(db.session(), digest)
            if stored is None:
                with transaction() as session:
                    wait_for_turn(session)
                    # Another process may have done it while this one waited.
                    stored = stored_course(session, digest) or sync(session, *folders, now=utc_now())
        state["library"], state["problems"] = stored
        return stored[0]


def _check_schema(app: Flask, *, may_upgrade: bool) -> None:
    has = schema_revision()
    if has == HEAD:
        return
    settings: Settings = app.config["SETTINGS"]
    if not settings.is_sqlite and not may_upgrade:
        raise BadSetting("The database's tables are not those of this program. Run “offramp db upgrade” once.")
    upgrade(has)


def schema_revision() -> str | None:
    """The revision of the database's tables, None for an empty database. Cheap: does not import Alembic."""
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    with db.engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def course_folders() -> list[Path]:
    """The folders with the lessons/ and questions/ that are served, the first course first."""
    return [folder for _, folder in named(current_app.extensions[_EXTENSION]["course"])]


def image_bytes(names: Iterable[str]) -> dict[str, bytes]:
    """The images with these names, from the courses' folders or else from what was stored; others are left out."""
    # Loads the reader of Markdown, which most starts have no need of.
    from app.library.images import IMAGE_FOLDER

    found: dict[str, bytes] = {}
    for name in names:
        files = [folder / IMAGE_FOLDER / name for folder in course_folders() if name in course().images]
        file = next((file for file in files if file.is_file()), None)
        if file is not None:
            found[name] = file.read_bytes()
        elif stored := image(db.session(), name):
            found[name] = stored.data
    return found


def course() -> Library:
    """The course as its files have it, without what was written in the browser. Asks no database."""
    found: Library | None = current_app.extensions[_EXTENSION]["library"]
    return found if found is not None else Library(EMPTY_COURSE)


def library() -> Library:
    """What the running application serves: the course and what was written in the browser.

    Read once for a request or command. Several processes may write, so each asks the database for a mark that is
    another one after every change, and reads again only what changed.
    """
    if "library" not in g:
        g.library = _with_own(course())
    found: Library = g.library
    return found


def quiz_by_id(quiz_id: str) -> Quiz | None:
    """The quiz with this id as this process knows it; None when there is none. Mostly asks no database.

    For saves, which must stay cheap: a change of a teacher's own quiz is seen when a page is next shown.
    """
    kept = current_app.extensions[_EXTENSION].get("shelf")
    known = course().quizzes.get(quiz_id) or (kept[2].quizzes.get(quiz_id) if kept else None)
    return known or library().quizzes.get(quiz_id)


def forget_library() -> None:
    """Let the rest of this request or command see what it has just published."""
    g.pop("library", None)


def _with_own(base: Library) -> Library:
    state = current_app.extensions[_EXTENSION]
    # Before the course is opened there may be no tables to ask.
    stamp = shelf_stamp(db.session()) if state["library"] is not None else None
    if stamp is None:
        return base
    kept = state.get("shelf")
    if kept is None or kept[0] != stamp or kept[1] is not base:
        kept = state["shelf"] = (stamp, base, with_own(db.session(), base))
    merged: Library = kept[2]
    return merged


def course_problems() -> list[Problem]:
    """What was left out when the course was loaded, and why."""
    return list(current_app.extensions[_EXTENSION]["problems"])
