"""Every setting: its default, what it takes, and how a bad value stops the start."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from dataclasses import fields, replace
from pathlib import Path

import pytest

from app.config import Settings, read_settings, secret_key
from app.errors import BadSetting, StorageTrouble
from app.paths import content_folder

pytestmark = pytest.mark.pure


def test_without_an_environment_everything_has_a_default() -> None:
    found = read_settings({})
    assert (found.host, found.port, found.threads, found.pool_size) == ("127.0.0.1", 8000, 8, 10)
    assert (found.trusted_proxies, found.secure_cookies, found.max_body_kb) == (0, False, 256)
    assert found.is_sqlite
    assert found.database_address == f"sqlite:///{found.data / 'offramp.db'}"


def test_every_setting_says_what_it_is_for() -> None:
    assert all(len(field.metadata["help"]) > 10 for field in fields(Settings))


def test_the_course_is_the_bundled_one_unless_said_otherwise(tmp_path: Path) -> None:
    assert read_settings({}).course == (content_folder(),)
    assert read_settings({"OFFRAMP_COURSE": str(tmp_path)}).course == (tmp_path.resolve(),)


def test_several_courses_are_several_folders_each_once(tmp_path: Path) -> None:
    text = os.pathsep.join((str(tmp_path / "a"), "bundled", "", str(tmp_path / "a"), str(tmp_path / "b")))
    found = read_settings({"OFFRAMP_COURSE": text}).course
    assert found == ((tmp_path / "a").resolve(), content_folder(), (tmp_path / "b").resolve())


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("OFFRAMP_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("OFFRAMP_PORT", "8080", "port", 8080),
        ("OFFRAMP_PORT", "65535", "port", 65535),
        ("OFFRAMP_THREADS", "64", "threads", 64),
        ("OFFRAMP_POOL_SIZE", "1", "pool_size", 1),
        ("OFFRAMP_TRUSTED_PROXIES", "2", "trusted_proxies", 2),
        ("OFFRAMP_SECURE_COOKIES", "yes", "secure_cookies", True),
        ("OFFRAMP_SECURE_COOKIES", "TRUE", "secure_cookies", True),
        ("OFFRAMP_SECURE_COOKIES", "0", "secure_cookies", False),
        ("OFFRAMP_MAX_BODY_KB", "16", "max_body_kb", 16),
        ("OFFRAMP_SECRET_KEY", "sesame", "secret_key", "sesame"),
        ("OFFRAMP_PORT", "", "port", 8000),
    ],
)
def test_a_setting_is_read_from_the_environment(name: str, text: str, field: str, value: object) -> None:
    assert getattr(read_settings({name: text}), field) == value


def test_the_data_folder_may_be_written_with_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read_settings({"OFFRAMP_DATA": "~/data"}).data == (tmp_path / "data").resolve()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("OFFRAMP_PORT", "http", "a whole number from 1 to 65535"),
        ("OFFRAMP_PORT", "0", "a whole number from 1 to 65535"),
        ("OFFRAMP_PORT", "65536", "a whole number from 1 to 65535"),
        ("OFFRAMP_PORT", "80.5", "a whole number from 1 to 65535"),
        ("OFFRAMP_THREADS", "0", "a whole number from 1 to 64"),
        ("OFFRAMP_POOL_SIZE", "-1", "a whole number from 1 to 100"),
        ("OFFRAMP_TRUSTED_PROXIES", "many", "a whole number from 0 to 5"),
        ("OFFRAMP_MAX_BODY_KB", "1", "a whole number from 16 to 20480"),
        ("OFFRAMP_SECURE_COOKIES", "maybe", "yes or no"),
    ],
)
def test_a_bad_value_stops_the_start_and_names_the_setting(name: str, text: str, says: str) -> None:
    with pytest.raises(BadSetting) as caught:
        read_settings({name: text})
    assert str(caught.value) == f"{name} is {text!r}; it must be {says}."


@pytest.mark.parametrize("name", ["OFFRAMP_PROT", "OFFRAMP_", "OFFRAMP_DATA_FOLDER"])
def test_an_unknown_setting_stops_the_start_and_names_the_known_ones(name: str) -> None:
    with pytest.raises(BadSetting) as caught:
        read_settings({name: "1"})
    assert f"no setting {name}." in str(caught.value)
    assert "OFFRAMP_PORT" in str(caught.value)


def test_what_others_keep_in_the_environment_is_no_business_of_ours() -> None:
    assert read_settings({"PORT": "x", "PATH": "/bin", "offramp_port": "x"}).port == 8000


def test_what_is_said_on_the_command_line_wins() -> None:
    assert read_settings({"OFFRAMP_PORT": "8080"}, port=9000, host=None).port == 9000
    assert read_settings({"OFFRAMP_PORT": "8080"}, port=None).port == 8080


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
@pytest.mark.parametrize("name", ["DATABASE_URL", "OFFRAMP_DATABASE_URL"])
def test_a_postgresql_address_gets_its_driver(scheme: str, name: str) -> None:
    found = read_settings({name: f"{scheme}://user:pw@db/offramp"})
    assert found.database_address == "postgresql+psycopg://user:pw@db/offramp"
    assert not found.is_sqlite


@pytest.mark.parametrize("address", ["mysql://x/y", "offramp.db", "postgresql+asyncpg://x/y", "http://x"])
def test_other_databases_are_refused(address: str) -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL must begin with postgresql://"):
        read_settings({"DATABASE_URL": address})


# ---------------------------------------------------------------- the secret key


def test_the_secret_key_is_made_once_and_kept(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new" / "data")
    key = secret_key(settings)
    assert len(key) == 64
    assert secret_key(settings) == key
    assert secret_key(Settings(data=tmp_path / "other")) != key


def test_only_its_owner_can_read_the_secret_key(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        secret_key(Settings(data=tmp_path))
    finally:
        os.umask(old)
    # Windows knows only whether a file may be written.
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == (0o600 if os.name == "posix" else 0o666)


def test_a_key_in_the_settings_is_used_and_none_is_written(tmp_path: Path) -> None:
    assert secret_key(Settings(data=tmp_path, secret_key="sesame")) == "sesame"
    assert list(tmp_path.iterdir()) == []


def test_postgresql_without_a_key_is_refused_with_the_way_to_make_one(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url="postgresql://x/y")
    with pytest.raises(BadSetting, match="Set OFFRAMP_SECRET_KEY") as caught:
        secret_key(settings)
    assert "token_hex" in str(caught.value)
    assert secret_key(replace(settings, secret_key="sesame")) == "sesame"


def test_all_who_start_together_get_one_key(tmp_path: Path) -> None:
    for number in range(20):
        settings = Settings(data=tmp_path / str(number))
        barrier = threading.Barrier(6, timeout=30)
        found: list[str] = []

        def start(
            settings: Settings = settings, barrier: threading.Barrier = barrier, found: list[str] = found
        ) -> None:
            barrier.wait()
            found.append(secret_key(settings))

        threads = [threading.Thread(target=start) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 6
        assert len(set(found)) == 1
        assert len(found[0]) == 64
        assert [file.name for file in settings.data.iterdir()] == ["secret-key"]


def test_a_key_that_cannot_be_kept_is_told_with_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageTrouble, match="Set OFFRAMP_DATA to a folder") as caught:
        secret_key(Settings(data=tmp_path / "file" / "data"))
    assert str(tmp_path / "file" / "data") in str(caught.value)


def test_importing_the_questions_loads_neither_web_nor_database() -> None:
    code = (
        "import sys, app, app.questions.bank, app.lessons.parse, app.config;"
        "print(sorted({'flask', 'sqlalchemy', 'click', 'rich', 'alembic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
