"""`offramp results`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.db import transaction
from app.library.model import Library
from tests.factories import finished, later, make_guest, make_user

Run = Callable[..., Any]


def sit(library: Library, user: User, *, right: int, minutes: float = 0) -> None:
    """Hand in an attempt of the mixed quiz with so many right answers."""
    with transaction() as session:
        finished(session, session.get_one(User, user.id), library, right=right, now=later(minutes))


def rows(run: Run) -> list[dict[str, str]]:
    """The CSV as rows."""
    return list(csv.DictReader(io.StringIO(run("results", "mixed", "--csv").stdout)))


def test_csv_has_a_row_for_each_attempt(run: Run, library: Library, lee: User, sam: User) -> None:
    sit(library, lee, right=2)
    sit(library, lee, right=4, minutes=9)
    sit(library, sam, right=1)
    assert [(row["learner"], row["attempt"], row["points"], row["of"]) for row in rows(run)] == [
        ("Lee", "1", "2", "4"),
        ("Lee", "2", "4", "4"),
        ("Sam", "1", "1", "4"),
    ]
    assert rows(run)[0]["handed_in"] == "2026-03-02T12:00:00+00:00"


def test_open_attempts_are_not_results(run: Run) -> None:
    run("quiz", "mixed", input="1\nq\n")
    assert rows(run) == []
    assert run("results", "mixed").output == "Nobody has handed in “Check: A costly word” yet.\n"


@pytest.mark.parametrize("name", ["-2 + 3", "=1+1", "+1", "@SUM", "\tx", "\rx"])
def test_name_that_a_spreadsheet_would_run_is_made_harmless(
    run: Run, library: Library, session: Session, name: str
) -> None:
    with transaction() as writing:
        risky = make_user(writing, name)
        finished(writing, risky, library)
    assert rows(run)[0]["learner"] == f"'{name}"


def test_guests_are_told_apart(run: Run, library: Library, session: Session) -> None:
    with transaction() as writing:
        for _ in range(2):
            finished(writing, make_guest(writing), library)
    names = {row["learner"] for row in rows(run)}
    assert len(names) == 2
    assert all(name.startswith("Guest ") for name in names)


def test_json_says_the_same(run: Run, library: Library, lee: User) -> None:
    sit(library, lee, right=3)
    report = json.loads(run("results", "mixed", "--json").stdout)
    assert report["quiz"] == "mixed"
    assert [(one["learner"], one["points"], one["of"]) for one in report["results"]] == [("Lee", 3.0, 4)]


def test_table_fits_80_columns(run: Run, library: Library, session: Session) -> None:
    with transaction() as writing:
        finished(writing, make_user(writing, "A name of forty characters, all of them."), library, right=3)
    out = run("results", "mixed").output
    assert "3 of 4" in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_unknown_quiz_is_told(run: Run) -> None:
    result = run("results", "nothing", "--csv")
    assert result.exit_code == 1
    assert "There is no quiz 'nothing'." in result.stderr
    assert result.stdout == ""
