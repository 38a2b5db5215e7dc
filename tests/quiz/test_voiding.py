"""A question that is taken out for everyone, and put back."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.service import delete_user
from app.errors import Conflict, Invalid, NotFound
from app.learning.queries import progress_of
from app.learning.service import rebuild_progress, unvoid_question, void_question
from app.library.model import Library
from app.quiz.models import Attempt, VoidQuestion
from app.quiz.queries import marked_slots, own_attempt, void_questions
from app.quiz.service import finish_attempt, start_attempt
from tests.factories import NOON, finished, later, raw_answer, save, start
from tests.learning.test_service import derived
from tests.quiz.sittings import begin, check, quiz_with, wrong

SLUG = "word-or-deed"


def take_out(session: Session, tess: User | str = "Operator", slug: str = SLUG) -> int:
    session.flush()
    return void_question(session, slug, 1, reason="Two keys are right", by=tess, now=later(90))


def put_back(session: Session) -> int:
    return unvoid_question(session, SLUG, 1)


def fresh(session: Session, attempt: Attempt) -> Attempt:
    session.flush()
    session.expire_all()
    return own_attempt(session, attempt.id, user_id=attempt.user_id)


def test_a_void_question_leaves_every_score(
    session: Session, library: Library, lee: User, sam: User, tess: User
) -> None:
    ours = finished(session, lee, library, right=1)
    theirs = finished(session, sam, library, right=0)
    assert take_out(session, tess) == 2
    for attempt, score in ((ours, 0.0), (theirs, 0.0)):
        found = fresh(session, attempt)
        assert (found.slots[0].status, found.slots[0].score, found.slots[0].first_score) == ("void", None, None)
        assert found.score == score
    assert ours.slots[1].status == "answered"


def test_progress_follows(session: Session, library: Library, lee: User) -> None:
    finished(session, lee, library, right=2)
    before = derived(session, lee)
    take_out(session)
    progress = progress_of(session, lee.id)
    assert progress.best("mixed") == "1 of 3"
    assert (progress.objectives["sig.cost"].answered, progress.objectives["sig.cost"].right) == (1, 1)
    kept = derived(session, lee)
    rebuild_progress(session, lee.id)
    assert derived(session, lee) == kept
    put_back(session)
    assert derived(session, lee) == before


def test_who_said_so_and_why_is_kept(session: Session, tess: User) -> None:
    take_out(session, tess)
    (row,) = void_questions(session)
    assert (row.question, row.revision, row.reason, row.by_name, row.by_id, row.at) == (
        SLUG,
        1,
        "Two keys are right",
        "Tess",
        tess.id,
        later(90),
    )


def test_it_stays_out_when_who_said_so_is_gone(session: Session, tess: User) -> None:
    take_out(session, tess)
    delete_user(session, tess)
    session.flush()
    session.expire_all()
    row = session.scalars(select(VoidQuestion)).one()
    assert (row.by_id, row.by_name) == (None, "Tess")


def test_undoing_scores_from_the_answers(session: Session, library: Library, lee: User) -> None:
    attempt = finished(session, lee, library, right=3)
    before = [(s.status, s.score, s.first_score) for s in attempt.slots]
    take_out(session)
    assert put_back(session) == 1
    found = fresh(session, attempt)
    assert [(s.status, s.score, s.first_score) for s in found.slots] == before
    assert found.score == 0.75


def test_the_learner_is_told(session: Session, library: Library, lee: User) -> None:
    attempt = finished(session, lee, library)
    take_out(session)
    found = marked_slots(session, fresh(session, attempt))[0]
    assert (found.verdict, found.sign, found.certainty_mark) == ("Taken out", "none", None)


def test_an_attempt_whose_every_question_is_out_has_no_score(session: Session, library: Library, lee: User) -> None:
    attempt = finished(session, lee, library)
    for slot in list(attempt.slots):
        take_out(session, slug=slot.question)
    assert fresh(session, attempt).score is None
    assert progress_of(session, lee.id).best("mixed") == ""


# ---------------------------------------------------------------- open attempts


def test_an_open_attempt_is_handed_in_without_it(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library)
    save(session, attempt, 1, raw_answer(library, attempt, 1))
    take_out(session)
    found = fresh(session, attempt)
    assert [slot.status for slot in found.slots] == ["void", None, None, None]
    assert save(session, found, 1, raw_answer(library, found, 1, right=False)).outcome == "saved"
    finish_attempt(session, found, now=later(95))
    assert [slot.score for slot in found.slots] == [None, 0.0, 0.0, 0.0]


def test_put_back_while_open_it_can_be_answered_on(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library)
    take_out(session)
    put_back(session)
    found = fresh(session, attempt)
    assert found.slots[0].status is None
    save(session, found, 1, raw_answer(library, found, 1))
    finish_attempt(session, found, now=later(95))
    assert found.slots[0].score == 1.0


def test_tries_of_an_open_practice_are_scored_again(session: Session, library: Library, lee: User) -> None:
    practice = quiz_with(library, practice=True)
    attempt = begin(session, lee, library, practice)
    check(session, attempt, 4, {"text": ["note"]}, practice)
    for change in (
        lambda: take_out(session, slug="name-the-note"),
        lambda: unvoid_question(session, "name-the-note", 1),
    ):
        change()
    slot = fresh(session, attempt).slots[3]
    assert (slot.status, slot.score, slot.first_score, slot.tries) == (None, 0.5, 0.5, 1)


def test_a_check_of_what_is_out_earns_nothing(session: Session, library: Library, lee: User) -> None:
    quiz = quiz_with(library, feedback="at_once")
    attempt = begin(session, lee, library, quiz)
    take_out(session)
    check(session, attempt, 1, wrong(library, attempt, 1), quiz)
    assert (attempt.slots[0].status, attempt.slots[0].score) == ("void", None)


def test_it_is_asked_no_more(session: Session, library: Library, lee: User) -> None:
    take_out(session)
    assert SLUG not in {slot.question for slot in start(session, lee, library).slots}
    put_back(session)


def test_a_quiz_of_void_questions_cannot_be_started(session: Session, library: Library, lee: User) -> None:
    for slug in library.quizzes["mixed"].questions:
        take_out(session, slug=slug)
    with pytest.raises(Conflict, match="no questions"):
        start_attempt(session, lee, library.quizzes["mixed"], library, seed=1, now=NOON)


# ---------------------------------------------------------------- what is refused


def test_what_was_never_asked_cannot_be_taken_out(session: Session) -> None:
    for slug, revision in (("nothing", 1), (SLUG, 99)):
        with pytest.raises(NotFound):
            void_question(session, slug, revision, reason="x", by="Operator", now=NOON)


def test_it_is_taken_out_once_and_put_back_once(session: Session) -> None:
    take_out(session)
    with pytest.raises(Conflict, match="already"):
        take_out(session)
    put_back(session)
    with pytest.raises(NotFound):
        put_back(session)


@pytest.mark.parametrize("reason", ["", " \n", "x" * 1001])
def test_a_reason_is_needed(session: Session, reason: str) -> None:
    with pytest.raises(Invalid) as caught:
        void_question(session, SLUG, 1, reason=reason, by="Operator", now=NOON)
    assert caught.value.where == "reason"
    assert void_questions(session) == []
