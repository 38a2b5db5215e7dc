"""The one thing to do next."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.learning.queries import NextStep, next_step, progress_of
from app.learning.service import finish_lesson, note_position
from app.library.model import EMPTY_COURSE, Library
from tests.factories import NOON, finished, raw_answer, save, start

Step = Callable[[], NextStep]


@pytest.fixture
def step(session: Session, library: Library, lee: User) -> Step:
    def now() -> NextStep:
        session.flush()
        return next_step(library, progress_of(session, lee.id))

    return now


def told(step: NextStep) -> tuple[str, str | None, str | None]:
    return step.action, step.lesson and step.lesson.id, step.quiz and step.quiz.id


def test_nobody_is_sent_to_the_first_lesson(session: Session, library: Library) -> None:
    assert told(next_step(library, progress_of(session, None))) == ("read", "01-a-costly-word", "mixed")


def test_the_way_through_the_course(session: Session, library: Library, lee: User, step: Step) -> None:
    first, second, third = library.lessons.values()
    assert told(step())[:2] == ("read", first.id)
    note_position(session, lee, first, "a-warning-that-costs-something", now=NOON)
    found = step()
    assert (found.action, found.anchor) == ("go_on", "a-warning-that-costs-something")
    assert "A warning that costs something" in found.sentence
    finish_lesson(session, lee, first, now=NOON)
    assert told(step()) == ("quiz", first.id, "mixed")
    attempt = start(session, lee, library)
    save(session, attempt, 1, raw_answer(library, attempt, 1))
    found = step()
    assert told(found) == ("go_on_quiz", first.id, "mixed")
    assert (found.attempt, found.sentence) == (attempt, "1 of 4 questions answered.")
    finished(session, lee, library)
    assert told(step())[:2] == ("read", second.id)
    finish_lesson(session, lee, second, now=NOON)
    assert told(step()) == ("quiz", second.id, "check-02")
    finished(session, lee, library, "check-02")
    assert told(step())[:2] == ("read", third.id)
    finish_lesson(session, lee, third, now=NOON)
    assert told(step()) == ("quiz", third.id, "every-kind")
    finished(session, lee, library, "every-kind", right=0)
    found = step()
    assert told(found) == ("again", first.id, "mixed")
    assert "4 of 4" in found.sentence


def test_an_attempt_of_a_quiz_that_is_gone_is_not_gone_on_with(session: Session, library: Library, lee: User) -> None:
    start(session, lee, library, "across")
    session.flush()
    without = Library(library.course, lessons=library.lessons, questions=library.questions)
    assert next_step(without, progress_of(session, lee.id)).action == "read"


def test_an_empty_course_has_nothing_to_do(session: Session, lee: User) -> None:
    assert next_step(Library(EMPTY_COURSE), progress_of(session, lee.id)).action == "done"
