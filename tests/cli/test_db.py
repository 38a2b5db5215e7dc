"""`offramp db`, and databases that this program cannot use."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.config import Settings
from app.migrations import HEAD

Process = Callable[..., Any]


def test_upgrade_makes_the_tables_and_says_so(run: Callable[..., Any], empty_settings: Settings) -> None:
    env = {
        "OFFRAMP_DATA": str(empty_settings.data),
        "OFFRAMP_SECRET_KEY": empty_settings.secret_key,
        "DATABASE_URL": empty_settings.database_url,
    }
    first = run("db", "upgrade", **env)
    assert first.output == f"The tables were at nothing and are at {HEAD} now.\n"
    assert run("db", "upgrade", **env).output == f"The tables are up to date ({HEAD}).\n"


def test_postgresql_is_upgraded_by_this_command_only(run: Callable[..., Any], empty_settings: Settings) -> None:
    env = {
        "OFFRAMP_DATA": str(empty_settings.data),
        "OFFRAMP_SECRET_KEY": empty_settings.secret_key,
        "DATABASE_URL": empty_settings.database_url,
    }
    result = run("lessons", **env)
    if empty_settings.is_sqlite:
        assert result.exit_code == 0
    else:
        assert result.exit_code == 2
        assert "Run “offramp db upgrade” once." in result.stderr


def test_newer_database_is_refused_and_left_alone(offramp: Process, environment: dict[str, str]) -> None:
    offramp("lessons")
    file = Path(environment["OFFRAMP_DATA"]) / "offramp.db"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for command in (["lessons"], ["quiz"], ["serve"], ["db", "upgrade"]):
        result = offramp(*command)
        assert result.returncode == 1
        assert "This database was written by a newer Offramp" in result.stderr
        assert "Traceback" not in result.stderr
