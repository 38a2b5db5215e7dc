"""`offramp void`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import User
from app.db import transaction
from app.learning.queries import progress_of
from app.library.model import Library
from tests.factories import finished

Run = Callable[..., Any]
SLUG = "word-or-deed"


def sit(library: Library, user: User) -> None:
    with transaction() as session:
        finished(session, session.get_one(User, user.id), library)


def best(session: Session, user: User) -> str:
    session.rollback()
    return progress_of(session, user.id).best("mixed")


def test_a_question_is_taken_out_and_put_back(run: Run, session: Session, library: Library, lee: User) -> None:
    sit(library, lee)
    out = run("void", SLUG, "--reason", "Two keys are right")
    said = " ".join(out.output.split())
    assert said == "word-or-deed, revision 1, is taken out for everyone. The scores of 1 learner follow."
    assert best(session, lee) == "3 of 3"
    back = run("void", SLUG, "--undo")
    assert "word-or-deed, revision 1, counts again." in back.output
    assert best(session, lee) == "4 of 4"


def test_what_is_out_is_listed(run: Run) -> None:
    assert run("void").output == "Nothing is taken out.\n"
    assert "Nobody has been asked it." in run("void", SLUG, "--reason", "No key", "--by", "Tess").output
    listed = run("void").output
    assert "word-or-deed, revision 1\n" in listed
    assert "Tess: No key" in listed
    (entry,) = json.loads(run("void", "--json").stdout)["void"]
    assert (entry["question"], entry["revision"], entry["reason"], entry["by"]) == (SLUG, 1, "No key", "Tess")


def test_a_reason_is_needed(run: Run) -> None:
    result = run("void", SLUG)
    assert result.exit_code == 1
    assert "Say why with --reason" in result.stderr
    assert run("void").output == "Nothing is taken out.\n"


def test_an_unknown_question_is_told(run: Run) -> None:
    result = run("void", "nothing", "--reason", "x")
    assert result.exit_code == 1
    assert "There is no question 'nothing'" in result.stderr


def test_what_is_not_out_cannot_be_put_back(run: Run) -> None:
    result = run("void", SLUG, "--undo")
    assert result.exit_code == 1
    assert "is not taken out" in result.stderr
