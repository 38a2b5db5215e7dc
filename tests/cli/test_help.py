"""`offramp --help`, `--version`, and what a mistaken command line gets."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import __version__
from app.cli.manual import COMMANDS
from app.config import Settings

HEAVY = ("sqlalchemy", "flask", "pydantic", "rich", "alembic", "markdown_it", "waitress")


def loaded_after(code: str) -> str:
    """The heavy packages that are loaded when `code` has run."""
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\n"
    script += f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("option", ["--help", "-h", "--version"])
def test_help_and_version_load_no_heavy_package(option: str) -> None:
    out = loaded_after(f"from app.cli import main; main([{option!r}])")
    assert out.splitlines()[-1] == "LOADED []"


def test_version_is_that_of_the_package(run: Callable[..., Any]) -> None:
    assert run("--version").output == f"offramp {__version__}\n"


def test_no_command_shows_the_manual(run: Callable[..., Any]) -> None:
    result = run()
    assert result.exit_code == 0
    assert result.output == run("--help").output


def test_manual_names_every_command_setting_and_exit_code(run: Callable[..., Any]) -> None:
    manual = run("--help").output
    for name in COMMANDS:
        assert f"\n  {name}" in manual
    for setting in dataclasses.fields(Settings):
        name = "DATABASE_URL" if setting.name == "database_url" else f"OFFRAMP_{setting.name.upper()}"
        assert f"\n  {name} " in manual
    for code in ("0", "1", "2", "130"):
        assert f"\n  {code} " in manual


def test_manual_fits_80_columns(run: Callable[..., Any]) -> None:
    assert max(len(line) for line in run("--help").output.splitlines()) <= 80


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_of_its_own(run: Callable[..., Any], name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_mistyped_command_is_answered_with_the_nearest(run: Callable[..., Any]) -> None:
    result = run("lesons")
    assert result.exit_code == 2
    assert "There is no command 'lesons'. Did you mean “offramp lessons”?" in result.stderr


def test_bad_setting_is_named_with_exit_code_2(run: Callable[..., Any]) -> None:
    result = run("lessons", OFFRAMP_PORT="http")
    assert result.exit_code == 2
    assert result.stderr == "offramp: OFFRAMP_PORT is 'http'; it must be a whole number from 1 to 65535.\n"
    assert result.stdout == ""


def test_unknown_setting_is_named(run: Callable[..., Any]) -> None:
    result = run("lessons", OFFRAMP_COLOUR="red")
    assert result.exit_code == 2
    assert "There is no setting OFFRAMP_COLOUR." in result.stderr


def test_data_option_stands_above_the_environment(offramp: Callable[..., Any], tmp_path: Path) -> None:
    assert offramp("--data", str(tmp_path / "before"), "lessons").returncode == 0
    assert offramp("lessons", "--data", str(tmp_path / "after")).returncode == 0
    made = {path.parent.name for path in tmp_path.rglob("offramp.db")}
    assert made == {"before", "after"}


@pytest.mark.parametrize("folder", ["/proc/offramp", "/sys", "/dev/null/offramp"])
def test_data_folder_that_cannot_be_written_is_named(offramp: Callable[..., Any], folder: str) -> None:
    result = offramp("lessons", OFFRAMP_DATA=folder)
    assert result.returncode == 1
    assert f"The data folder {folder} cannot be" in result.stderr
    assert "Traceback" not in result.stderr


def test_file_that_is_no_database_is_a_sentence(offramp: Callable[..., Any], environment: dict[str, str]) -> None:
    folder = Path(environment["OFFRAMP_DATA"])
    folder.mkdir()
    (folder / "offramp.db").write_text("this is not a database, and long enough to be looked at " * 20)
    result = offramp("lessons")
    assert result.returncode == 1
    assert result.stderr.startswith("offramp: ")
    assert "Traceback" not in result.stderr


def test_closed_pipe_ends_without_a_word(environment: dict[str, str]) -> None:
    command = f"{sys.executable} -m app read 1 | head -n 1"
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_control_c_at_a_prompt_ends_calmly_with_130(terminal: Callable[..., Any]) -> None:
    screen = terminal("quiz", "mixed")
    screen.says("Answer: ")
    screen.interrupt()
    screen.says("Stopped. Everything saved so far is kept.")
    assert screen.ends() == 130
    assert "Traceback" not in screen.seen
