"""`offramp mark`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.service import local_learner
from app.db import transaction
from app.learning.service import hand_in
from app.library.model import Library
from app.quiz.models import ManualMark, Slot
from tests.factories import NOON, later, save, start

Run = Callable[..., Any]
WORDS = "Eleven by the guard, nine by the company."


def write(library: Library, user: User | None = None) -> None:
    """Hand in an attempt with a text that waits; of the local learner when nobody is named."""
    with transaction() as session:
        writer = session.get_one(User, user.id) if user else local_learner(session, now=NOON)
        attempt = start(session, writer, library, "every-kind")
        position = next(slot.position for slot in attempt.slots if slot.question == "kinds-words")
        save(session, attempt, position, {"text": [WORDS]})
        hand_in(session, attempt, now=later(1))


def slot(session: Session) -> Slot:
    session.rollback()
    return session.scalars(select(Slot).where(Slot.question == "kinds-words")).one()


def test_nothing_waits(run: Run) -> None:
    assert run("mark").output == "No answer waits for a mark.\n"
    assert run("mark", "--self").output == "Nothing of yours is left to mark.\n"


def test_a_text_is_marked_criterion_by_criterion(run: Run, session: Session, library: Library, lee: User) -> None:
    write(library, lee)
    out = run("mark", "--by", "Tess", input="2\n1\n0\nGood owners.\n").output
    for said in (WORDS, "Names who counted", "Gives the day of one of the counts", "Marked: 0.6 of 1."):
        assert said in out
    found = slot(session)
    assert (found.status, found.score) == ("answered", 0.625)
    row = session.scalars(select(ManualMark)).one()
    assert (row.marker_name, row.comment, row.is_self) == ("Tess", "Good owners.", False)
    assert run("mark").output == "No answer waits for a mark.\n"


def test_a_level_that_is_not_there_is_asked_again(run: Run, session: Session, library: Library, lee: User) -> None:
    write(library, lee)
    out = run("mark", input="3\nx\n-1\n2\n2\n2\n\n").output
    assert out.count("Type a level from 0 to 2, or q to stop.") == 3
    assert slot(session).score == 1.0


def test_stopping_keeps_what_is_marked(run: Run, session: Session, library: Library, lee: User) -> None:
    write(library, lee)
    for typed in ("q\n", "2\n2\nq\n", "2\n2\n2\nq\n", ""):
        assert "Stopped. What is marked stays." in run("mark", input=typed).output
    assert slot(session).status == "pending"


def test_ones_own_text_is_marked_beside_those_that_were_marked(run: Run, session: Session, library: Library) -> None:
    write(library)
    out = run("mark", "--self", input="1\n1\n1\n\n").output
    assert "I would write ten, because it is the middle." in " ".join(out.split())
    assert "is not counted" in " ".join(out.split())
    found = slot(session)
    assert (found.status, found.score) == ("pending", None)
    row = session.scalars(select(ManualMark)).one()
    assert (row.is_self, row.score) == (True, 0.5)
    assert run("mark", "--self").output == "Nothing of yours is left to mark.\n"


def test_what_waits_is_listed(run: Run, library: Library, lee: User) -> None:
    write(library, lee)
    assert "Lee, every-kind, question" in run("mark", "--list").output
    assert run("mark", "--quiz", "mixed").output == "No answer waits for a mark.\n"
    (entry,) = json.loads(run("mark", "--json").stdout)["waiting"]
    assert (entry["learner"], entry["question"], entry["text"]) == ("Lee", "kinds-words", WORDS)


def test_it_fits_80_columns_and_reads_plainly(run: Run, library: Library, lee: User) -> None:
    write(library, lee)
    out = run("mark", input="q\n").output
    assert max(len(line) for line in out.splitlines()) <= 80
    assert "Level 0: Gives a number without saying whose it is" in run("mark", "--plain", input="q\n").output
