"""The application without pages: settings, database, course."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.boot import bare_app, course_problems, library, open_course
from app.config import Settings
from app.db import db, transaction
from app.errors import BadSetting, StorageTrouble
from app.library.models import CompiledCourse, QuestionVersion
from tests.support.course import BANK, copy_course, edit
from tests.test_db import on_postgresql, on_sqlite

# Each start makes an engine, whose connections have to be closed.
pytestmark = pytest.mark.usefixtures("used_engines")


@pytest.fixture
def alone(empty_settings: Settings, tmp_path: Path) -> Flask:
    """An application on an empty database and a copy of the small course."""
    return bare_app(replace(empty_settings, course=(copy_course(tmp_path),)))


def test_the_course_is_served_once_it_is_opened(alone: Flask) -> None:
    with alone.app_context():
        assert library().lessons == {}
    found = open_course(alone)
    with alone.app_context():
        assert library() is found
        assert list(library().lessons) == ["01-a-costly-word", "02-two-counts", "03-every-kind"]
        assert course_problems() == []


def test_a_second_start_reads_the_compiled_course(alone: Flask, empty_settings: Settings) -> None:
    first = open_course(alone)
    with alone.app_context():
        stamp = db.session.scalar(select(CompiledCourse.synced_at))
    again = bare_app(alone.config["SETTINGS"])
    assert open_course(again) == first
    with again.app_context():
        assert db.session.scalar(select(CompiledCourse.synced_at)) == stamp


def test_a_changed_file_is_read_at_the_next_start(alone: Flask) -> None:
    open_course(alone)
    edit(alone.config["SETTINGS"].course[0], BANK, "Ten, as the middle", "10, as the middle")
    again = open_course(bare_app(alone.config["SETTINGS"]))
    assert again.questions["two-counts"].body.options[1].text.startswith("10")


def test_what_was_left_out_is_told_at_every_start(alone: Flask) -> None:
    # The question that is left out stands in no fixed quiz, which would be left out with it.
    edit(
        alone.config["SETTINGS"].course[0],
        BANK,
        "source: {ref: S02, at: whole work}\n    stem: Which of these are",
        "source: {ref: S77, at: p}\n    stem: Which of these are",
    )
    for app in (alone, bare_app(alone.config["SETTINGS"])):
        found = open_course(app)
        with app.app_context():
            assert [(p.file, p.rule) for p in course_problems()] == [(BANK, "SRC-01")]
        assert "who-counted" not in found.questions
        assert len(found.lessons) == 3


def test_a_course_folder_may_be_handed_over(empty_settings: Settings, tmp_path: Path) -> None:
    app = bare_app(empty_settings, course=tmp_path)
    assert open_course(app).lessons == {}
    with app.app_context():
        assert [p.rule for p in course_problems()] == ["FMT-01"]


def test_a_course_without_lessons_keeps_the_versions_that_were_shown(alone: Flask, tmp_path: Path) -> None:
    shown = open_course(alone).questions
    app = bare_app(alone.config["SETTINGS"], course=tmp_path / "nowhere")
    open_course(app)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(QuestionVersion)) == len(shown) > 0


@on_sqlite
def test_the_data_folder_is_made(empty_settings: Settings) -> None:
    assert not empty_settings.data.exists()
    open_course(bare_app(empty_settings))
    assert (empty_settings.data / "offramp.db").is_file()


@on_sqlite
def test_a_data_folder_that_cannot_be_made_is_told(empty_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageTrouble, match="Set OFFRAMP_DATA") as caught:
        bare_app(replace(empty_settings, data=tmp_path / "file" / "data"))
    assert str(tmp_path / "file" / "data") in str(caught.value)


@on_sqlite
def test_a_folder_in_place_of_the_database_is_told(empty_settings: Settings) -> None:
    (empty_settings.data / "offramp.db").mkdir(parents=True)
    with pytest.raises(StorageTrouble, match="cannot be opened"):
        open_course(bare_app(empty_settings))


@on_sqlite
def test_a_file_that_is_no_database_is_told_and_left_as_it_is(empty_settings: Settings) -> None:
    empty_settings.data.mkdir()
    file = empty_settings.data / "offramp.db"
    file.write_bytes(b"A diary, and no database at all. " * 99)
    with pytest.raises(StorageTrouble, match="damaged or something else"):
        open_course(bare_app(empty_settings))
    assert file.read_bytes().startswith(b"A diary")


@on_postgresql
def test_a_server_that_is_not_there_is_told(empty_settings: Settings, tmp_path: Path) -> None:
    gone = replace(empty_settings, database_url=f"postgresql://nobody@/none?host={tmp_path}")
    with pytest.raises(StorageTrouble, match="cannot be reached"):
        open_course(bare_app(gone))


@on_postgresql
def test_postgresql_without_a_secret_key_does_not_start(empty_settings: Settings) -> None:
    with pytest.raises(BadSetting, match="OFFRAMP_SECRET_KEY"):
        bare_app(replace(empty_settings, secret_key=""))


@on_postgresql
def test_postgresql_needs_no_data_folder(empty_settings: Settings) -> None:
    open_course(bare_app(empty_settings))
    assert not empty_settings.data.exists()


def test_every_connection_asks_for_the_disk(alone: Flask, backend: str) -> None:
    open_course(alone)
    query = "PRAGMA synchronous" if backend == "sqlite" else "SHOW synchronous_commit"
    with alone.app_context(), transaction() as session:
        assert str(session.execute(text(query)).scalar()) == ("2" if backend == "sqlite" else "on")


@on_sqlite
def test_a_start_on_a_database_that_is_up_to_date_loads_no_alembic(alone: Flask) -> None:
    open_course(alone)
    settings = alone.config["SETTINGS"]
    code = (
        "import sys; from pathlib import Path; from app.boot import bare_app, open_course;"
        "from app.config import Settings;"
        "open_course(bare_app(Settings(data=Path(sys.argv[1]), course=(Path(sys.argv[2]),))));"
        "print('alembic' in sys.modules, 'app.web' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(settings.data), str(settings.course[0])],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "False"]


def test_a_start_loads_neither_the_formats_nor_a_reader_of_markdown() -> None:
    names = ("app.formats", "app.markdown", "app.web", "nh3", "markdown_it", "PIL", "alembic")
    code = f"import sys, app.boot; print([name for name in {names!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
