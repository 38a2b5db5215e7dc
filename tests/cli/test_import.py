"""`offramp import`: what is reported, what is stored, and whose it becomes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.authoring.models import Batch, OwnQuestion
from app.db import transaction
from tests.factories import make_user

Run = Callable[..., Any]
GIFT = """$CATEGORY: Unit 1

::Capital:: What is the capital of France? {=Paris ~Lyon#No, that is the second city.}

::Broken:: Which of these is never closed? {=A ~B

::Sum:: What is 2 + 2? {#4:0}

::Note:: Just a text without an answer.
"""
AIKEN = "Which sea is salt?\nA. The Dead Sea\nB. Lake Constance\nANSWER: A\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A GIFT file with a broken question and a text."""
    path = tmp_path / "unit-1.gift"
    path.write_text(GIFT, encoding="utf-8")
    return path


def stored(session: Session) -> dict[str, str]:
    """Owner's name by the first words of every own question."""
    session.rollback()
    rows = session.scalars(select(OwnQuestion).order_by(OwnQuestion.slug))
    return {str(row.slug).rpartition("-")[0]: row.owner_name for row in rows}


def test_every_entry_is_reported_with_its_line_and_stored_for_the_only_teacher(
    run: Run, session: Session, tess: User, file: Path
) -> None:
    result = run("import", str(file), "--lesson", "02-two-counts", "--objective", "sig.cost", "--publish")
    assert result.exit_code == 0
    assert "unit-1.gift:3: new: Capital" in result.stdout
    assert (
        "unit-1.gift:5: refused: Broken\n    The answers begin with “{” and have no “}” at their end." in result.stdout
    )
    assert "unit-1.gift:9: kept as text: Note" in result.stdout
    assert "4 entries: 2 new, 1 refused, 1 kept as text." in result.stdout
    assert result.stdout.endswith("Stored. They are under Teach in the browser.\n")
    assert stored(session) == {"own-capital": "Tess", "own-note": "Tess", "own-sum": "Tess"}
    own = session.scalars(select(OwnQuestion).where(OwnQuestion.slug.like("own-capital%"))).one()
    assert (own.lesson, own.status, json.loads(own.content)["objective"]) == ("02-two-counts", "published", "sig.cost")


def test_the_same_file_again_stores_nothing(run: Run, session: Session, tess: User, file: Path) -> None:
    run("import", str(file))
    result = run("import", str(file))
    assert "4 entries: 3 here already, 1 refused." in result.stdout
    assert result.stdout.endswith("Nothing was stored: there is nothing new to take.\n")
    session.rollback()
    assert len(session.scalars(select(Batch)).all()) == 1


def test_a_dry_run_reports_and_stores_nothing(run: Run, session: Session, tess: User, file: Path) -> None:
    result = run("import", "--dry-run", str(file))
    assert "unit-1.gift:7: new: Sum" in result.stdout
    assert result.stdout.endswith("\nNothing was stored.\n")
    assert stored(session) == {}


def test_several_files_are_read_before_the_first_is_stored(
    run: Run, session: Session, tess: User, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "sea.txt").write_text(AIKEN, encoding="utf-8")
    (tmp_path / "what.txt").write_bytes(b"%PDF-1.7 \xff\xfe")
    result = run("import", str(file), str(tmp_path / "what.txt"))
    assert result.exit_code == 1
    assert "what.txt: it cannot be told what kind of file this is." in result.stderr
    assert stored(session) == {}
    result = run("import", str(file), str(tmp_path / "sea.txt"), str(file))
    assert result.exit_code == 0
    assert "4 entries: 3 here already, 1 refused." in result.stdout
    assert list(stored(session)) == ["own-capital", "own-note", "own-sum", "own-which-sea-is-salt"]


def test_the_report_as_json(run: Run, tess: User, file: Path) -> None:
    result = run("import", "--json", "--dry-run", str(file))
    found = json.loads(result.stdout)
    assert found["stored"] is False
    assert found["files"][0]["counts"] == {"new": 2, "update": 0, "same": 0, "keep": 1, "refuse": 1}
    entry = found["files"][0]["entries"][1]
    assert (entry["line"], entry["action"], entry["taken"], entry["outcome"]) == (5, "refuse", False, "refused")
    assert result.stderr == ""


def test_with_two_teachers_it_asks_whose_they_become(run: Run, session: Session, tess: User, file: Path) -> None:
    with transaction() as writing:
        make_user(writing, "Tove", role=Role.TEACHER)
    result = run("import", str(file))
    assert result.exit_code == 1
    assert "Say whose questions they become: --as " in result.stderr
    assert run("import", str(file), "--as", "tove").exit_code == 0
    assert set(stored(session).values()) == {"Tove"}


def test_without_a_teacher_they_become_those_of_the_learner_here(run: Run, session: Session, file: Path) -> None:
    assert run("import", str(file)).exit_code == 0
    session.rollback()
    assert {row.owner_id for row in session.scalars(select(OwnQuestion))} == {
        session.scalars(select(User.id).where(User.role == "local")).one()
    }


WRONG = [
    (["--format", "word"], 2, "'word' is not one of 'gift', 'moodle_xml', 'aiken', 'csv'"),
    (["--format", "moodle_xml"], 1, "unit-1.gift"),
    (["--lesson", "nowhere"], 1, "nowhere"),
    (["--objective", "no.where"], 1, "There is no objective “no.where”."),
    (["--as", "nobody"], 1, "nobody"),
]


@pytest.mark.parametrize(("options", "code", "said"), WRONG)
def test_what_is_mistaken_is_named_and_stores_nothing(
    run: Run, session: Session, tess: User, file: Path, options: list[str], code: int, said: str
) -> None:
    result = run("import", str(file), *options)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert stored(session) == {}


def test_a_folder_a_missing_file_and_none_are_usage_errors(run: Run, tmp_path: Path) -> None:
    assert "is a directory" in run("import", str(tmp_path)).stderr
    assert "does not exist" in run("import", str(tmp_path / "no.gift")).stderr
    assert run("import").exit_code == 2


def test_nothing_but_the_report_is_written_where_there_is_no_terminal(
    offramp: Callable[..., Any], file: Path, tmp_path: Path
) -> None:
    result = offramp("import", str(file))
    assert (result.returncode, result.stderr) == (0, "")
    assert "\x1b" not in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_an_old_encoding_is_read_and_said(run: Run, session: Session, tess: User, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(AIKEN.replace("salt", "salé").encode("cp1252"))
    result = run("import", str(path), "--format", "aiken")
    assert "was read as Windows-1252" in " ".join(result.stdout.split())
    session.rollback()
    assert "salé" in session.scalars(select(OwnQuestion.content)).one()
