"""Quizzes that are not graded, and progress that is made afresh after all that can happen to scores."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.db import transaction
from app.learning.queries import progress_of
from app.learning.service import begin_attempt, hand_in, merge, rebuild_progress, unvoid_question, void_question
from app.library.model import Library
from app.quiz.models import ManualMark
from app.quiz.queries import finished_attempts
from app.quiz.service import new_id
from tests.factories import later, make_guest, make_user, raw_answer, save
from tests.learning.test_service import derived
from tests.quiz.sittings import quiz_with

SLUGS = ["word-or-deed", "which-signals-cost", "name-the-note"]
happenings = st.one_of(
    st.tuples(st.just("sit"), st.sampled_from(["graded", "ungraded", "limited"]), st.integers(0, 4)),
    st.tuples(st.just("void"), st.sampled_from(SLUGS), st.just(0)),
    st.tuples(st.just("unvoid"), st.sampled_from(SLUGS), st.just(0)),
)


def sit(session: Session, library: Library, user: User, how: str, right: int, minute: float) -> None:
    settings = {"graded": {}, "ungraded": {"graded": False}, "limited": {"minutes": 5}}[how]
    quiz = quiz_with(library, **settings)
    attempt = begin_attempt(session, user, quiz, library, seed=7, now=later(minute))
    for slot in list(attempt.slots)[:right]:
        save(session, attempt, slot.position, raw_answer(library, attempt, slot.position), now=later(minute + 1))
    hand_in(session, attempt, now=later(minute + 9))


def test_a_quiz_that_is_not_graded_is_in_no_progress(session: Session, library: Library, lee: User) -> None:
    sit(session, library, lee, "ungraded", 4, 0)
    assert derived(session, lee) == ([], [])
    (attempt,) = finished_attempts(session, lee.id)
    assert (attempt.graded, attempt.score) == (False, 1.0)
    rebuild_progress(session, lee.id)
    assert progress_of(session, lee.id).quizzes == {}


@given(course=st.lists(happenings, max_size=8))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
def test_progress_made_afresh_is_the_progress_that_was_kept(
    session: Session, library: Library, course: list[tuple[str, str, int]]
) -> None:
    session.rollback()
    user, out = make_user(session, f"Lee {new_id().hex[:8]}"), set()
    for number, (what, which, right) in enumerate(course):
        if what == "sit":
            sit(session, library, user, which, right, number * 20)
        elif what == "void" and which not in out:
            void_question(session, which, 1, reason="x", by="Operator", now=later(number * 20))
            out.add(which)
        elif what == "unvoid" and which in out:
            unvoid_question(session, which, 1)
            out.discard(which)
    kept = derived(session, user)
    rebuild_progress(session, user.id)
    assert derived(session, user) == kept


def test_several_learners_are_made_afresh_together(session: Session, library: Library, lee: User, sam: User) -> None:
    for minute, user in enumerate((lee, sam)):
        sit(session, library, user, "graded", 2 + minute, minute)
    kept = derived(session, lee), derived(session, sam)
    rebuild_progress(session, lee.id, sam.id)
    assert (derived(session, lee), derived(session, sam)) == kept
    assert kept[0] != kept[1]


# ---------------------------------------------------------------- merging


@pytest.fixture
def guest(session: Session, lee: User) -> User:
    with transaction():
        return make_guest(session)


def test_what_ran_out_of_time_is_handed_in_by_a_merge(
    session: Session, library: Library, lee: User, guest: User
) -> None:
    limited = quiz_with(library, minutes=5)
    for user in (guest, lee):
        attempt = begin_attempt(session, user, limited, library, seed=7, now=later(0))
        save(session, attempt, 1, raw_answer(library, attempt, 1), now=later(1))
    session.flush()
    merge(session, guest, lee, now=later(60))
    session.flush()
    found = finished_attempts(session, lee.id)
    assert [(one.finished_at, one.timed_out) for one in found] == [(later(5), True)] * 2
    assert progress_of(session, lee.id).quizzes["mixed"].attempts == 2
    assert progress_of(session, lee.id).open == {}


def test_a_guests_own_marks_are_the_accounts_own(session: Session, library: Library, lee: User, guest: User) -> None:
    from app.learning.service import mark_answer

    quiz = library.quizzes["every-kind"]
    attempt = begin_attempt(session, guest, quiz, library, seed=7, now=later(0))
    position = next(slot.position for slot in attempt.slots if slot.question == "kinds-words")
    save(session, attempt, position, {"text": ["Both, each with its owner."]})
    hand_in(session, attempt, now=later(1))
    levels = {"owner": 2, "day": 0, "settled": 0}
    row = mark_answer(session, attempt.id, position, levels, by=guest, is_self=True, now=later(2))
    merge(session, guest, lee, now=later(3))
    session.flush()
    session.expire_all()
    assert session.get_one(ManualMark, row.id).marker_id == lee.id
