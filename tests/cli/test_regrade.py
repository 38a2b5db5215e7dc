"""`offramp regrade`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.boot import bare_app, open_course
from app.config import Settings
from app.db import db, transaction
from app.quiz.models import Attempt, OldMark
from tests.factories import finished, later, make_user
from tests.quiz.test_regrading import NEW_KEY, SLUG
from tests.support.course import copy_course, edit

Run = Callable[..., Any]
LONG = "A name of forty characters, all of them."


@pytest.fixture
def alone(empty_settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """A database and a course of its own, with two learners who have taken the first quiz."""
    settings = replace(empty_settings, course=(copy_course(tmp_path),))
    app = bare_app(settings)
    library = open_course(app)
    with app.app_context():
        with transaction() as session:
            finished(session, make_user(session, LONG), library, right=4, now=later(1))
            finished(session, make_user(session, "Sam"), library, right=0, now=later(2))
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def mended(alone: Flask) -> None:
    """The key of the first question is mended."""
    course = alone.config["SETTINGS"].course[0]
    for file, old, new in NEW_KEY:
        edit(course, file, old, new)


@pytest.fixture
def regrade(run: Run, alone: Flask) -> Run:
    """Run `offramp regrade` there."""
    settings: Settings = alone.config["SETTINGS"]
    there = {
        "OFFRAMP_DATA": str(settings.data),
        "OFFRAMP_COURSE": str(settings.course[0]),
        "DATABASE_URL": settings.database_url,
    }
    return lambda *arguments: run("regrade", *arguments, **there)


@pytest.fixture
def scores(alone: Flask) -> Callable[[], dict[str, float]]:
    """Learner → score of the attempt, read afresh."""

    def read() -> dict[str, float]:
        with alone.app_context():
            rows = db.session.execute(select(User.name, Attempt.score).join(Attempt, Attempt.user_id == User.id))
            return {str(name): float(score) for name, score in rows}

    return read


@pytest.mark.usefixtures("mended")
def test_a_dry_run_shows_what_would_change_and_changes_nothing(regrade: Run, scores: Run) -> None:
    out = regrade(SLUG).output
    assert "1.00 → 0.00" in out
    assert "1.00 → 0.75" in out
    assert "2 scores would change" in out
    assert "Nothing was changed" in out
    assert max(len(line) for line in out.splitlines()) <= 80
    assert scores() == {LONG: 1.0, "Sam": 0.0}


@pytest.mark.usefixtures("mended")
def test_apply_changes_scores_and_keeps_the_old_marks(regrade: Run, scores: Run, alone: Flask) -> None:
    out = regrade(SLUG, "--apply", "--reason", "The key was wrong").output
    assert "2 scores changed" in out
    assert scores() == {LONG: 0.75, "Sam": 0.25}
    with alone.app_context():
        assert sorted(db.session.scalars(select(OldMark.score))) == [0.0, 1.0]
    assert "nothing to change" in regrade(SLUG).output


@pytest.mark.usefixtures("mended")
def test_apply_needs_a_reason(regrade: Run, scores: Run) -> None:
    result = regrade(SLUG, "--apply")
    assert result.exit_code == 1
    assert "--reason" in result.stderr
    assert scores() == {LONG: 1.0, "Sam": 0.0}


@pytest.mark.usefixtures("mended")
def test_json_says_the_same(regrade: Run) -> None:
    report = json.loads(regrade(SLUG, "--json").stdout)
    assert (report["question"], report["to_revision"], report["applied"], report["unchanged"]) == (SLUG, 2, False, 0)
    change = next(one for one in report["changes"] if one["learner"] == LONG)
    assert (change["old_score"], change["new_score"], change["quiz"]) == (1.0, 0.0, "mixed")
    assert change["handed_in"] == "2026-03-02T12:01:00+00:00"


@pytest.mark.usefixtures("mended")
def test_plain_output_is_sentences(regrade: Run) -> None:
    out = regrade(SLUG, "--plain").output
    assert f"{LONG}, mixed, handed in 2026-03-02, question 1: 1.00 to 0.00; attempt 1.00 to 0.75.\n" in out


def test_without_a_mended_key_there_is_nothing_to_do(regrade: Run) -> None:
    assert "there is nothing to change" in " ".join(regrade(SLUG).output.split())


def test_an_unknown_question_is_told(regrade: Run) -> None:
    result = regrade("nothing")
    assert result.exit_code == 1
    assert "There is no question 'nothing'." in result.stderr
