"""Reading on, checking oneself, handing in."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.errors import Invalid, NotFound, Unreadable
from app.learning.models import LessonProgress, ObjectiveProgress, QuizProgress, SelfCheck
from app.learning.queries import checks_of, progress_of
from app.learning.service import (
    MAX_SUMMARY,
    answer_check,
    check_order,
    finish_lesson,
    hand_in,
    note_position,
    rebuild_progress,
    reopen_lesson,
    save_summary,
)
from app.lessons.model import Lesson
from app.library.model import Library
from app.questions.shapes import ChoiceResponse
from app.questions.types import TYPES
from app.quiz.service import new_id
from tests.factories import NOON, finished, later, make_user, save, start


@pytest.fixture
def lesson(library: Library) -> Lesson:
    return library.lessons["02-two-counts"]


def row_of(session: Session, user: User, lesson: Lesson) -> LessonProgress:
    session.flush()
    row = session.get(LessonProgress, (user.id, lesson.id))
    assert row is not None
    return row


# ---------------------------------------------------------------- reading


def test_the_place_in_a_lesson_is_remembered(session: Session, lee: User, lesson: Lesson) -> None:
    note_position(session, lee, lesson, "the-first-count-is-early", now=later(1))
    note_position(session, lee, lesson, "who-counted-what", now=later(2))
    row = row_of(session, lee, lesson)
    assert (row.anchor, row.read_at, row.finished_at) == ("who-counted-what", later(2), None)


def test_a_heading_that_is_not_there_is_refused(session: Session, lee: User, lesson: Lesson) -> None:
    with pytest.raises(Invalid) as caught:
        note_position(session, lee, lesson, "nowhere", now=NOON)
    assert caught.value.where == "anchor"
    assert session.scalar(select(func.count()).select_from(LessonProgress)) == 0


def test_a_lesson_is_finished_once(session: Session, lee: User, lesson: Lesson) -> None:
    finish_lesson(session, lee, lesson, now=later(1))
    finish_lesson(session, lee, lesson, now=later(2))
    assert row_of(session, lee, lesson).finished_at == later(1)
    assert progress_of(session, lee.id).is_finished(lesson.id)


def test_finished_can_be_taken_back(session: Session, lee: User, lesson: Lesson) -> None:
    finish_lesson(session, lee, lesson, now=later(1))
    reopen_lesson(session, lee, lesson, now=later(2))
    assert not progress_of(session, lee.id).is_finished(lesson.id)


def test_a_summary_is_kept_as_written(session: Session, lee: User, lesson: Lesson) -> None:
    save_summary(session, lee, lesson, "  One  \nTwo\n\n Three \n", now=NOON)
    assert row_of(session, lee, lesson).summary == "One\nTwo\n\n Three"


@pytest.mark.parametrize("text", ["", " \n ", "x" * (MAX_SUMMARY + 1)])
def test_a_summary_is_neither_empty_nor_endless(session: Session, lee: User, lesson: Lesson, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        save_summary(session, lee, lesson, text, now=NOON)
    assert caught.value.where == "summary"


def test_what_one_reads_is_nobody_elses(session: Session, lee: User, sam: User, lesson: Lesson) -> None:
    finish_lesson(session, lee, lesson, now=NOON)
    session.flush()
    assert progress_of(session, sam.id).is_empty
    assert progress_of(session, None).is_empty


# ---------------------------------------------------------------- self-checks


def check(
    session: Session, library: Library, lesson: Lesson, user: User, *, right: bool, minute: float = 0
) -> SelfCheck:
    """Answer the multiple response check with both keys or with both wrong options."""
    chosen = ("boats", "hours") if right else ("cars", "passengers")
    question = library.questions["count-check"]
    order = check_order(library, question.id)
    raw = TYPES[question.kind].fill(question.body, ChoiceResponse(chosen=chosen), order)
    return answer_check(session, user, library, lesson, question.id, raw, now=later(minute))


@pytest.mark.parametrize(("right", "score"), [(True, 1.0), (False, 0.0)])
def test_a_check_is_scored_at_once(
    session: Session, library: Library, lee: User, lesson: Lesson, right: bool, score: float
) -> None:
    row = check(session, library, lesson, lee, right=right)
    assert (row.score, row.lesson, row.version_id) == (score, lesson.id, library.version_ids["count-check"])


def test_the_first_answer_to_a_check_is_locked(session: Session, library: Library, lee: User, lesson: Lesson) -> None:
    first = check(session, library, lesson, lee, right=False, minute=1)
    again = check(session, library, lesson, lee, right=True, minute=2)
    assert again is first
    assert (again.score, again.answered_at) == (0.0, later(1))
    assert set(checks_of(session, lee.id, lesson)) == {"count-check"}


@pytest.mark.parametrize("raw", [{}, {"choice": [""]}])
def test_a_blank_check_is_asked_again_and_not_locked(
    session: Session, library: Library, lee: User, lesson: Lesson, raw: dict[str, list[str]]
) -> None:
    with pytest.raises(Invalid, match="Give an answer first"):
        answer_check(session, lee, library, lesson, "count-check", raw, now=NOON)
    assert checks_of(session, lee.id, lesson) == {}


def test_an_unreadable_check_is_asked_again_and_not_locked(
    session: Session, library: Library, lee: User, lesson: Lesson
) -> None:
    with pytest.raises(Unreadable):
        answer_check(session, lee, library, lesson, "count-check", {"choice": ["9"]}, now=NOON)
    assert checks_of(session, lee.id, lesson) == {}


@pytest.mark.parametrize("slug", ["cost-check", "two-counts", "held-cost", "no-such-question"])
def test_a_lesson_checks_its_own_questions_only(
    session: Session, library: Library, lee: User, lesson: Lesson, slug: str
) -> None:
    with pytest.raises(NotFound):
        answer_check(session, lee, library, lesson, slug, {"choice": ["1"]}, now=NOON)


def test_a_check_is_in_no_statistics(session: Session, library: Library, lee: User, lesson: Lesson) -> None:
    check(session, library, lesson, lee, right=True)
    session.flush()
    assert progress_of(session, lee.id).objectives == {}


def test_checks_are_shuffled_alike_for_everybody(library: Library) -> None:
    order = check_order(library, "count-check")
    assert order == check_order(library, "count-check")
    assert sorted(order) == ["boats", "cars", "hours", "passengers"]


# ---------------------------------------------------------------- handing in


def quiz_row(session: Session, user: User, quiz: str = "mixed") -> QuizProgress:
    row = session.get(QuizProgress, (user.id, quiz))
    assert row is not None
    return row


def test_a_hand_in_is_added_to_quiz_and_objectives(session: Session, library: Library, lee: User) -> None:
    finished(session, lee, library, right=3)
    row = quiz_row(session, lee)
    assert (row.attempts, row.best_score, row.best_points, row.best_of) == (1, 0.75, 3.0, 4)
    progress = progress_of(session, lee.id)
    assert progress.best("mixed") == "3 of 4"
    assert {o: (r.answered, r.right) for o, r in progress.objectives.items()} == {
        "sig.cost": (2, 2),
        "src.date": (2, 1),
    }


def test_handing_in_twice_adds_once(session: Session, library: Library, lee: User) -> None:
    attempt = finished(session, lee, library)
    session.flush()
    hand_in(session, attempt, now=later(5))
    assert quiz_row(session, lee).attempts == 1
    assert progress_of(session, lee.id).objectives["sig.cost"].answered == 2


def test_the_best_attempt_stays_and_the_last_is_dated(session: Session, library: Library, lee: User) -> None:
    for minute, right in enumerate([1, 3, 2]):
        finished(session, lee, library, right=right, now=later(minute))
        session.flush()
    row = quiz_row(session, lee)
    assert (row.attempts, row.best_score, row.last_at) == (3, 0.75, later(2))
    assert progress_of(session, lee.id).best("mixed") == "3 of 4"


def test_partly_right_is_not_right(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library)
    save(session, attempt, 4, {"text": ["note"]})
    session.flush()
    hand_in(session, attempt, now=NOON)
    progress = progress_of(session, lee.id)
    assert progress.best("mixed") == "0.5 of 4"
    assert progress.objectives["src.date"].right == 0


def test_an_open_attempt_is_in_no_progress_but_can_be_gone_on_with(
    session: Session, library: Library, lee: User
) -> None:
    attempt = start(session, lee, library)
    session.flush()
    progress = progress_of(session, lee.id)
    assert (progress.quizzes, progress.objectives) == ({}, {})
    assert progress.open == {"mixed": attempt}


def derived(session: Session, user: User) -> tuple[list[object], list[object]]:
    session.flush()
    session.expire_all()
    quizzes = session.scalars(select(QuizProgress).where(QuizProgress.user_id == user.id))
    objectives = session.scalars(select(ObjectiveProgress).where(ObjectiveProgress.user_id == user.id))
    return (
        sorted((q.quiz, q.attempts, q.best_score, q.best_points, q.best_of, q.last_at) for q in quizzes),
        sorted((o.objective, o.answered, o.right) for o in objectives),
    )


@given(
    sittings=st.lists(
        st.tuples(st.sampled_from(["mixed", "check-02", "across"]), st.integers(0, 4), st.integers(0, 99)),
        max_size=5,
    )
)
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
def test_progress_made_afresh_is_the_progress_that_was_kept(
    session: Session, library: Library, sittings: list[tuple[str, int, int]]
) -> None:
    session.rollback()
    user = make_user(session, f"Lee {new_id().hex[:8]}")
    for minute, (quiz, right, seed) in enumerate(sittings):
        finished(session, user, library, quiz, right=right, seed=seed, now=later(minute))
        session.flush()
    kept = derived(session, user)
    rebuild_progress(session, user.id)
    assert derived(session, user) == kept


def test_making_progress_afresh_leaves_others_alone(session: Session, library: Library, lee: User, sam: User) -> None:
    for user in (lee, sam):
        finished(session, user, library)
        session.flush()
    before = derived(session, sam)
    rebuild_progress(session, lee.id)
    assert derived(session, sam) == before
