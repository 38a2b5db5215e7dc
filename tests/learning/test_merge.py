"""Bringing a guest's progress into an account."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.db import db, transaction
from app.errors import Conflict
from app.learning.models import LessonProgress, QuizProgress, SelfCheck
from app.learning.queries import checks_of, progress_of
from app.learning.service import (
    answer_check,
    check_order,
    finish_lesson,
    merge,
    note_position,
    rebuild_progress,
    save_summary,
)
from app.lessons.model import Lesson
from app.library.model import Library
from app.quiz.models import Answer, Attempt
from app.quiz.queries import finished_attempts, open_attempts
from tests.factories import NOON, finished, later, make_guest, raw_answer, save, start
from tests.learning.test_service import derived


@pytest.fixture
def guest(session: Session, lee: User) -> User:
    """A guest on the device where Lee is about to sign in."""
    with transaction():
        return make_guest(session)


@pytest.fixture
def lesson(library: Library) -> Lesson:
    return library.lessons["02-two-counts"]


def merged(session: Session, guest: User, into: User, *, minute: float = 99) -> None:
    session.flush()
    merge(session, guest, into, now=later(minute))
    session.flush()


def test_everything_moves_and_the_guest_is_gone(
    session: Session, library: Library, lee: User, guest: User, lesson: Lesson
) -> None:
    finished(session, guest, library, right=2)
    start(session, guest, library, "across")
    finish_lesson(session, guest, lesson, now=NOON)
    key = guest.id
    merged(session, guest, lee)
    assert session.get(User, key) is None
    progress = progress_of(session, lee.id)
    assert progress.best("mixed") == "2 of 4"
    assert progress.is_finished(lesson.id)
    assert set(progress.open) == {"across"}


def test_no_answer_is_lost(session: Session, library: Library, lee: User, guest: User) -> None:
    for user in (guest, lee):
        finished(session, user, library)
        attempt = start(session, user, library, "check-02")
        save(session, attempt, 1, raw_answer(library, attempt, 1))
        session.flush()
    before = session.scalar(select(func.count()).select_from(Answer))
    merged(session, guest, lee)
    assert session.scalar(select(func.count()).select_from(Answer)) == before == 10
    owners = set(session.scalars(select(Attempt.user_id)))
    assert owners == {lee.id}


def test_attempts_of_both_count(session: Session, library: Library, lee: User, guest: User) -> None:
    finished(session, lee, library, right=1, now=later(1))
    finished(session, guest, library, right=3, now=later(2))
    session.flush()
    merged(session, guest, lee)
    row = session.get(QuizProgress, (lee.id, "mixed"))
    assert row is not None
    assert (row.attempts, row.best_points, row.last_at) == (2, 3.0, later(2))
    assert progress_of(session, lee.id).objectives["sig.cost"].answered == 4


def test_merged_progress_is_what_it_would_be_made_afresh(
    session: Session, library: Library, lee: User, guest: User
) -> None:
    finished(session, guest, library, right=3, now=later(1))
    finished(session, lee, library, "across", now=later(2))
    start(session, guest, library, "check-02")
    start(session, lee, library, "check-02")
    merged(session, guest, lee)
    kept = derived(session, lee)
    rebuild_progress(session, lee.id)
    assert derived(session, lee) == kept


@pytest.mark.parametrize(("guests", "lees", "stays"), [(2, 1, "guest"), (1, 2, "lee"), (3, 0, "guest")])
def test_of_two_open_attempts_the_one_with_more_answers_stays_open(
    session: Session, library: Library, lee: User, guest: User, guests: int, lees: int, stays: str
) -> None:
    attempts = {}
    for name, user, answers in (("guest", guest, guests), ("lee", lee, lees)):
        attempts[name] = start(session, user, library).id
        attempt = start(session, user, library)
        for position in range(1, answers + 1):
            save(session, attempt, position, raw_answer(library, attempt, position))
        session.flush()
    merged(session, guest, lee)
    assert {a.id for a in open_attempts(session, lee.id).values()} == {attempts[stays]}
    other = finished_attempts(session, lee.id)
    fewer = min(guests, lees)
    assert [a.score for a in other] == ([fewer / 4] if fewer else [])


def test_an_open_attempt_without_an_answer_is_dropped(
    session: Session, library: Library, lee: User, guest: User
) -> None:
    start(session, guest, library)
    start(session, lee, library)
    merged(session, guest, lee)
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1
    assert progress_of(session, lee.id).quizzes == {}


def answer(session: Session, library: Library, lesson: Lesson, user: User, text: str, *, minute: float) -> None:
    assert check_order(library, "date-check") == ()
    answer_check(session, user, library, lesson, "date-check", {"text": [text]}, now=later(minute))
    session.flush()


@pytest.mark.parametrize(("guests", "lees", "score"), [(1, 2, 0.0), (2, 1, 1.0), (1, 1, 1.0)])
def test_of_two_self_checks_the_earliest_counts(
    session: Session,
    library: Library,
    lesson: Lesson,
    lee: User,
    guest: User,
    guests: float,
    lees: float,
    score: float,
) -> None:
    answer(session, library, lesson, guest, "due date", minute=guests)
    answer(session, library, lesson, lee, "as-of date", minute=lees)
    merged(session, guest, lee)
    row = checks_of(session, lee.id, lesson)["date-check"]
    assert (row.score, row.answered_at) == (score, later(min(guests, lees)))
    assert session.scalar(select(func.count()).select_from(SelfCheck)) == 1


def test_of_two_finished_lessons_the_earliest_time_counts(
    session: Session, library: Library, lesson: Lesson, lee: User, guest: User
) -> None:
    finish_lesson(session, lee, lesson, now=later(5))
    finish_lesson(session, guest, lesson, now=later(3))
    merged(session, guest, lee)
    assert progress_of(session, lee.id).lessons[lesson.id].finished_at == later(3)


def test_the_place_read_last_counts(session: Session, lesson: Lesson, lee: User, guest: User) -> None:
    note_position(session, lee, lesson, "the-first-count-is-early", now=later(1))
    note_position(session, guest, lesson, "who-counted-what", now=later(2))
    merged(session, guest, lee)
    row = progress_of(session, lee.id).lessons[lesson.id]
    assert (row.anchor, row.read_at) == ("who-counted-what", later(2))


@pytest.mark.parametrize(("lees", "kept"), [("Mine", "Mine"), (None, "The guest's")])
def test_a_summary_stays_unless_the_account_has_none(
    session: Session, lesson: Lesson, lee: User, guest: User, lees: str | None, kept: str
) -> None:
    save_summary(session, guest, lesson, "The guest's", now=later(2))
    if lees:
        save_summary(session, lee, lesson, lees, now=later(1))
    else:
        finish_lesson(session, lee, lesson, now=later(1))
    merged(session, guest, lee)
    assert progress_of(session, lee.id).lessons[lesson.id].summary == kept
    assert session.scalar(select(func.count()).select_from(LessonProgress)) == 1


def test_a_guest_who_did_nothing_leaves_no_trace(session: Session, library: Library, lee: User, guest: User) -> None:
    finished(session, lee, library)
    before = derived(session, lee)
    merged(session, guest, lee)
    assert derived(session, lee) == before
    assert session.scalars(select(User.name)).all() == ["Lee"]


def test_only_a_guest_can_be_merged(session: Session, lee: User, sam: User, guest: User) -> None:
    for one, into in ((sam, lee), (guest, guest)):
        with pytest.raises(Conflict):
            merge(session, one, into, now=NOON)
    assert session.scalar(select(func.count()).select_from(User)) == 3


def test_nothing_of_the_guest_is_left_in_any_table(
    session: Session, library: Library, lesson: Lesson, lee: User, guest: User
) -> None:
    finished(session, guest, library)
    finish_lesson(session, guest, lesson, now=NOON)
    answer(session, library, lesson, guest, "as-of date", minute=1)
    key = guest.id
    merged(session, guest, lee)
    for table in db.metadata.sorted_tables:
        if "user_id" in table.columns:
            query = select(func.count()).select_from(table).where(table.c.user_id == key)
            assert session.scalar(query) == 0, table.name
