"""Which way imports run, and who knows the database."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
DOMAINS = ("library", "accounts", "quiz", "learning")
# Each a file, or a folder of the same name once it has grown.
STORAGE = {"models", "service", "queries"}
PURE = ("questions", "lessons", "formats")


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name}: imports are written from the top, app.…"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules(folder: str) -> list[Path]:
    return sorted((APP / folder).rglob("*.py"))


def knows(file: Path, *packages: str) -> list[str]:
    return sorted({name for name in imports(file) if any(name == p or name.startswith(p + ".") for p in packages)})


def test_the_contracts_of_the_house_are_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("domain", DOMAINS)
def test_inside_a_domain_three_files_or_folders_know_the_database(domain: str) -> None:
    found = {
        file.relative_to(APP).as_posix(): knows(file, "sqlalchemy", "flask_sqlalchemy", "app.db")
        for file in modules(domain)
        if not STORAGE & {file.stem, file.parent.name}
    }
    assert found
    assert {name: known for name, known in found.items() if known} == {}


@pytest.mark.parametrize("package", PURE)
def test_the_pure_packages_know_no_files_clock_or_unseeded_chance(package: str) -> None:
    outside = ("pathlib", "os", "io", "time", "secrets", "socket", "subprocess")
    found = {file.relative_to(APP).as_posix(): set(knows(file, *outside)) for file in modules(package)}
    for known in found.values():
        if "io.StringIO" in known:
            known -= {"io", "io.StringIO"}  # a text in memory is no file
    assert len(found) > 3
    assert {name: known for name, known in found.items() if known} == {}


@pytest.mark.parametrize("package", [*PURE, "markdown.py", "errors.py", "clock.py"])
def test_the_pure_packages_are_loaded_without_the_database(package: str) -> None:
    files = modules(package) if (APP / package).is_dir() else [APP / package]
    forbidden = (
        "sqlalchemy",
        "flask",
        "click",
        "rich",
        "wtforms",
        "alembic",
        "app.db",
        "app.config",
        "app.boot",
    )
    assert {file.name: knows(file, *forbidden) for file in files if knows(file, *forbidden)} == {}


def test_only_the_doors_and_boot_know_flask() -> None:
    outside = [
        file
        for file in APP.rglob("*.py")
        if file.relative_to(APP).parts[0] not in {"web", "cli", "boot.py", "__init__.py", "db.py"}
    ]
    assert len(outside) > 30
    assert [file.name for file in outside if knows(file, "flask", "flask_login", "flask_wtf", "wtforms")] == []


def test_the_doors_do_not_know_each_other() -> None:
    assert [file.name for file in modules("web") if knows(file, "app.cli")] == []
    assert [file.name for file in modules("cli") if knows(file, "app.web")] == []
