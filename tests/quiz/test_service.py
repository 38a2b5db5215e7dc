"""Starting, flagging, handing in."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.errors import Conflict, NotFound
from app.library.model import Library
from app.library.service import keep_version
from app.questions.draw import Quiz
from app.quiz.models import Attempt
from app.quiz.queries import (
    finished_attempts,
    last_seen,
    open_attempt,
    open_attempts,
    own_attempt,
    responses_of,
    results,
)
from app.quiz.service import finish_attempt, set_flag, start_attempt
from tests.factories import NOON, finished, later, raw_answer, save, start


def test_an_attempt_has_a_slot_for_each_question(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library, "mixed")
    assert [(s.position, s.question) for s in attempt.slots] == [
        (1, "word-or-deed"),
        (2, "which-signals-cost"),
        (3, "put-reports-in-order"),
        (4, "name-the-note"),
    ]
    assert {s.version_id for s in attempt.slots} == {library.version_ids[s.question] for s in attempt.slots}
    assert [s.objective for s in attempt.slots] == ["sig.cost", "sig.cost", "src.date", "src.date"]


def test_a_drawn_quiz_asks_so_many_of_each_objective(session: Session, library: Library, lee: User) -> None:
    for seed in range(5):
        attempt = start(session, lee, library, "check-02", seed=seed)
        assert sorted(s.objective for s in attempt.slots) == ["src.count"] * 2 + ["src.date"] * 2
        assert not {"first-report", "later-report"} <= {s.question for s in attempt.slots}
        finish_attempt(session, attempt, now=NOON)
        session.flush()


def test_another_attempt_asks_what_was_not_asked_before(session: Session, library: Library, lee: User) -> None:
    first = {
        s.question for s in finished(session, lee, library, "check-02", seed=1).slots if s.objective == "src.count"
    }
    again = start(session, lee, library, "check-02", seed=2, now=later(1))
    counts = {s.question for s in again.slots if s.objective == "src.count"}
    assert counts >= {"who-counted", "two-counts", "name-the-counter"} - first


def test_the_same_seed_makes_the_same_attempt(session: Session, library: Library, lee: User, sam: User) -> None:
    one, other = (start(session, user, library, "check-02", seed=3) for user in (lee, sam))
    assert [s.question for s in one.slots] == [s.question for s in other.slots]


def test_starting_again_gives_the_open_attempt(session: Session, library: Library, lee: User) -> None:
    first = start(session, lee, library)
    assert start(session, lee, library, seed=99) is first
    assert open_attempt(session, lee.id, "mixed") is first


def test_two_people_and_two_quizzes_do_not_meet(session: Session, library: Library, lee: User, sam: User) -> None:
    attempts = [
        start(session, lee, library),
        start(session, sam, library),
        start(session, lee, library, "across"),
    ]
    assert len({attempt.id for attempt in attempts}) == 3
    assert set(open_attempts(session, lee.id)) == {"mixed", "across"}


def test_the_database_allows_one_open_attempt_only(session: Session, library: Library, lee: User) -> None:
    start(session, lee, library)
    session.flush()
    twin = Attempt(id=uuid.uuid4(), user_id=lee.id, quiz="mixed", seed=1, started_at=NOON)
    session.add(twin)
    with pytest.raises(Exception, match=r"(?i)unique"):
        session.flush()
    session.rollback()


def test_after_hand_in_another_attempt_is_another(session: Session, library: Library, lee: User) -> None:
    first = finished(session, lee, library)
    session.flush()
    assert start(session, lee, library).id != first.id


def test_a_quiz_without_questions_cannot_be_started(session: Session, library: Library, lee: User) -> None:
    empty = Quiz.model_validate(
        {"id": "empty", "title": "E", "use": "drill", "draw": [{"objective": "src.date", "count": 1}]}
    )
    with pytest.raises(Conflict, match="no questions yet"):
        start_attempt(session, lee, empty, library, seed=1, now=NOON)


# ---------------------------------------------------------------- whose attempt


def test_somebody_elses_attempt_does_not_exist(session: Session, library: Library, lee: User, sam: User) -> None:
    attempt = start(session, lee, library)
    assert own_attempt(session, attempt.id, user_id=lee.id) is attempt
    with pytest.raises(NotFound):
        own_attempt(session, attempt.id, user_id=sam.id)
    with pytest.raises(NotFound):
        set_flag(session, attempt.id, 1, user_id=sam.id, flagged=True)


def test_somebody_elses_attempt_and_none_at_all_read_alike(
    session: Session, library: Library, lee: User, sam: User
) -> None:
    attempt = start(session, lee, library)
    said = []
    for key in (attempt.id, uuid.uuid4()):
        with pytest.raises(NotFound) as caught:
            own_attempt(session, key, user_id=sam.id)
        said.append(str(caught.value))
    assert said[0] == said[1]


# ---------------------------------------------------------------- flags


def test_a_flag_goes_on_and_off(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library)
    set_flag(session, attempt.id, 2, user_id=lee.id, flagged=True)
    assert [s.flagged for s in attempt.slots] == [False, True, False, False]
    set_flag(session, attempt.id, 2, user_id=lee.id, flagged=False)
    assert not any(s.flagged for s in attempt.slots)


def test_after_hand_in_nothing_is_flagged(session: Session, library: Library, lee: User) -> None:
    attempt = finished(session, lee, library)
    with pytest.raises(Conflict, match="handed in"):
        set_flag(session, attempt.id, 1, user_id=lee.id, flagged=True)


@pytest.mark.parametrize("position", [0, 5, -1])
def test_a_question_that_is_not_there_cannot_be_flagged(
    session: Session, library: Library, lee: User, position: int
) -> None:
    attempt = start(session, lee, library)
    with pytest.raises(NotFound):
        set_flag(session, attempt.id, position, user_id=lee.id, flagged=True)


# ---------------------------------------------------------------- hand-in


@pytest.mark.parametrize("right", [0, 1, 2, 3, 4])
def test_the_score_is_the_mean_of_the_questions(session: Session, library: Library, lee: User, right: int) -> None:
    attempt = finished(session, lee, library, right=right)
    assert [s.score for s in attempt.slots] == [1.0] * right + [0.0] * (4 - right)
    assert attempt.score == pytest.approx(right / 4)
    assert attempt.finished_at == NOON


def test_partial_credit_stays_unrounded(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library)
    save(session, attempt, 4, {"text": ["note"]})
    session.flush()
    finish_attempt(session, attempt, now=NOON)
    assert [s.score for s in attempt.slots] == [0.0, 0.0, 0.0, 0.5]
    assert attempt.score == pytest.approx(0.125)


def test_what_was_left_blank_scores_nothing(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library)
    assert finish_attempt(session, attempt, now=NOON)
    assert (attempt.score, [s.score for s in attempt.slots]) == (0.0, [0.0] * 4)


def test_handing_in_twice_changes_nothing(session: Session, library: Library, lee: User) -> None:
    attempt = finished(session, lee, library, right=2)
    session.flush()
    assert finish_attempt(session, attempt, now=later(9)) is False
    assert (attempt.score, attempt.finished_at) == (0.5, NOON)


def test_an_answer_given_before_counts_for_the_version_that_was_shown(
    session: Session, library: Library, lee: User
) -> None:
    attempt = finished(session, lee, library)
    assert set(responses_of(session, attempt)) == {1, 2, 3, 4}
    assert attempt.score == 1.0


# ---------------------------------------------------------------- looking back


def test_finished_attempts_come_last_first(session: Session, library: Library, lee: User, sam: User) -> None:
    made = [finished(session, lee, library, now=later(n)) for n in range(3)]
    finished(session, sam, library)
    start(session, lee, library, now=later(9))
    session.flush()
    assert [a.id for a in finished_attempts(session, lee.id)] == [a.id for a in reversed(made)]
    assert [a.id for a in finished_attempts(session, lee.id, limit=1)] == [made[2].id]


def test_when_a_question_was_last_seen_is_the_latest_start(session: Session, library: Library, lee: User) -> None:
    finished(session, lee, library, now=NOON)
    start(session, lee, library, now=later(5))
    session.flush()
    seen = last_seen(session, lee.id)
    assert set(seen) == {"word-or-deed", "which-signals-cost", "put-reports-in-order", "name-the-note"}
    assert set(seen.values()) == {later(5)}


def test_results_are_everybodys_attempts_by_name(
    session: Session, library: Library, lee: User, sam: User, tess: User
) -> None:
    finished(session, sam, library, now=later(1))
    finished(session, lee, library, right=1, now=later(2))
    finished(session, lee, library, now=later(3))
    finished(session, lee, library, "across")
    start(session, tess, library)
    session.flush()
    taken = results(session, "mixed").sittings
    rows = [(one.learner, one.points / one.of) for one in taken if one.finished_at]
    assert rows == [("Lee", 0.25), ("Lee", 1.0), ("Sam", 1.0)]
    assert [one.learner for one in taken if not one.finished_at] == ["Tess"]


def test_wrong_answers_of_every_kind_earn_nothing(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library)
    for slot in attempt.slots:
        save(session, attempt, slot.position, raw_answer(library, attempt, slot.position, right=False))
    session.flush()
    finish_attempt(session, attempt, now=NOON)
    assert attempt.score == 0.0
    assert len(session.scalars(select(Attempt)).all()) == 1


def test_a_question_without_objective_is_asked_under_none(session: Session, library: Library, lee: User) -> None:
    question = library.questions["word-or-deed"]
    aimless = replace(question, head=question.head.model_copy(update={"objective": None}))
    keep_version(session, aimless, now=NOON)
    attempt = start(session, lee, replace(library, questions={**library.questions, aimless.id: aimless}), "mixed")
    assert [slot.objective for slot in attempt.slots if slot.question == aimless.id] == [""]
