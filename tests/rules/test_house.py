"""The rules that hold the house up and that no other tool checks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
FILES = sorted(APP.rglob("*.py"))
DOORS = {"web", "cli", "boot.py"}

# What may be longer than the house allows, and why.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {
    "migrations/versions/0001_first_tables.py:upgrade": "a list of tables, written once and never changed",
}


def name(file: Path) -> str:
    return file.relative_to(APP).as_posix()


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def calls(file: Path) -> list[tuple[str, int]]:
    """The dotted name and the line of every call."""
    return [(ast.unparse(node.func), node.lineno) for node in ast.walk(tree(file)) if isinstance(node, ast.Call)]


def callers(*patterns: str) -> set[str]:
    """The files that call something whose dotted name matches one of the patterns."""
    return {name(f) for f in FILES for called, _ in calls(f) if any(re.fullmatch(p, called) for p in patterns)}


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """The name and the length of every function; the lines of its docstring do not count."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            doc = ast.get_docstring(node) is not None
            words = (first.end_lineno or 0) - first.lineno + 1 if doc else 0
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - words


# ---------------------------------------------------------------- transactions


def test_transactions_end_in_one_place() -> None:
    assert callers(r"(.*\.)?commit") == {"db.py"}


def test_a_transaction_begins_in_a_door_only() -> None:
    found = callers(r"(.*\.)?transaction")
    assert found
    assert {file for file in found if file.split("/")[0] not in DOORS} == set()


def test_nothing_begins_a_transaction_behind_the_houses_back() -> None:
    assert callers(r"(.*\.)?(begin|begin_nested)") <= {"migrations/__init__.py"}


# ---------------------------------------------------------------- time and chance


def test_the_clock_is_read_in_one_place() -> None:
    assert callers(r"(.*\.)?(datetime|date)\.(now|today|utcnow)", r"time\.(time|localtime|gmtime)") == {"clock.py"}


def test_only_doors_ask_the_clock() -> None:
    found = callers(r"(.*\.)?utc_now")
    assert found
    assert {file for file in found if file.split("/")[0] not in DOORS} == set()


def test_chance_is_seeded() -> None:
    unseeded = (
        r"random\.(random|randint|randrange|choice|choices|shuffle|sample|uniform|seed|getrandbits)",
        r"(random\.)?SystemRandom",
        r"uuid\.uuid[14]",
    )
    assert {file for file in callers(*unseeded) if file.split("/")[0] not in DOORS} == set()
    without = [
        f"{name(f)}:{node.lineno}"
        for f in FILES
        for node in ast.walk(tree(f))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "random.Random" and not node.args
    ]
    assert without == []


def test_seeds_come_from_the_doors() -> None:
    found = callers(r"secrets\.(randbits|randbelow)")
    assert {file for file in found if file.split("/")[0] not in DOORS} == set()


# ---------------------------------------------------------------- size and shape


def test_no_file_is_longer_than_300_lines() -> None:
    long = {name(f) for f in FILES if len(f.read_text(encoding="utf-8").splitlines()) > 300}
    assert long == set(LONG_FILES)


def test_no_function_is_longer_than_40_lines() -> None:
    long = {f"{name(f)}:{function}" for f in FILES for function, lines in functions(f) if lines > 40}
    assert long == set(LONG_FUNCTIONS)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_every_module_says_what_it_is(file: Path) -> None:
    assert ast.get_docstring(tree(file)) or not file.read_text(encoding="utf-8").strip()


def test_public_functions_and_classes_promise_something() -> None:
    silent = [
        f"{name(f)}:{node.name}"
        for f in FILES
        for node in tree(f).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_is_left_to_be_done() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError")
    assert [name(f) for f in FILES if marks.search(f.read_text(encoding="utf-8"))] == []


def test_tests_are_neither_skipped_nor_expected_to_fail() -> None:
    # Put together here, so that this file does not find itself.
    marks = re.compile(
        "|".join(f"pytest\\.(mark\\.)?{word}" for word in ("sk" + "ip", "x" + "fail", "import" + "orskip"))
    )
    tests = sorted((ROOT / "tests").rglob("*.py"))
    assert [f.name for f in tests if marks.search(f.read_text(encoding="utf-8"))] == []


def test_tests_do_not_sleep() -> None:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    assert [f.name for f in tests if any(called == "time.sleep" for called, _ in calls(f))] == []
