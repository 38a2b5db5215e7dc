"""Reading on, checking oneself, handing in, and bringing two people's progress together."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, selectinload

from app.accounts.models import User
from app.accounts.service import delete_user
from app.errors import Conflict, Invalid, NotFound
from app.learning.models import LessonProgress, ObjectiveProgress, QuizProgress, SelfCheck
from app.lessons.model import Lesson
from app.library.model import Library
from app.questions.draw import shown_order
from app.questions.grading import is_full, points
from app.questions.shapes import Raw
from app.questions.types import TYPES
from app.quiz.models import Attempt
from app.quiz.queries import open_attempts
from app.quiz.service import finish_attempt, score_of

MAX_SUMMARY = 2000


def lesson_progress(session: Session, user: User, lesson: Lesson, *, now: datetime) -> LessonProgress:
    """The learner's row for a lesson, made when there is none."""
    row = session.get(LessonProgress, (user.id, lesson.id))
    if row is None:
        row = LessonProgress(user_id=user.id, lesson=lesson.id, read_at=now)
        session.add(row)
        session.flush()
    return row


def note_position(session: Session, user: User, lesson: Lesson, anchor: str, *, now: datetime) -> None:
    """Remember the heading where the learner is. Raises Invalid for one that the lesson does not have."""
    if anchor not in {segment.anchor for segment in lesson.segments}:
        raise Invalid("There is no such heading in this lesson.", where="anchor")
    row = lesson_progress(session, user, lesson, now=now)
    row.anchor, row.read_at = anchor, now


def finish_lesson(session: Session, user: User, lesson: Lesson, *, now: datetime) -> None:
    """Mark a lesson as finished; the first time stays."""
    row = lesson_progress(session, user, lesson, now=now)
    row.finished_at = row.finished_at or now


def reopen_lesson(session: Session, user: User, lesson: Lesson, *, now: datetime) -> None:
    """Take “finished” back."""
    lesson_progress(session, user, lesson, now=now).finished_at = None


def save_summary(session: Session, user: User, lesson: Lesson, text: str, *, now: datetime) -> None:
    """Keep the learner's own summary of a lesson. Raises Invalid when it is empty or too long."""
    # PostgreSQL cannot store a NUL.
    text = "\n".join(line.rstrip() for line in text.replace("\0", "").strip().splitlines())
    if not text:
        raise Invalid("Write your three lines first; then ours are shown.", where="summary")
    if len(text) > MAX_SUMMARY:
        raise Invalid(f"Use at most {MAX_SUMMARY} characters; this has {len(text)}.", where="summary")
    lesson_progress(session, user, lesson, now=now).summary = text


def answer_check(
    session: Session, user: User, library: Library, lesson: Lesson, slug: str, raw: Raw, *, now: datetime
) -> SelfCheck:
    """Store the first answer to a self-check; it is locked then, and a second one changes nothing.

    Raises NotFound for a question that the lesson does not ask, Unreadable, and Invalid when blank.
    """
    if slug not in lesson.checks:
        raise NotFound("This lesson does not ask that question.")
    had = session.get(SelfCheck, (user.id, slug))
    if had:
        return had
    question = library.questions[slug]
    kind = TYPES[question.kind]
    response = kind.read(question.body, raw, check_order(library, slug))
    if response is None:
        raise Invalid("Give an answer first; a guess will do.", where=slug)
    content = response.model_dump_json()
    row = SelfCheck(
        user_id=user.id,
        question=slug,
        lesson=lesson.id,
        version_id=library.version_ids[slug],
        response=content,
        score=score_of(question, content),
        answered_at=now,
    )
    session.add(row)
    session.flush()
    return row


def check_order(library: Library, slug: str) -> tuple[str, ...]:
    """The order in which a self-check shows its options: shuffled once for everybody, by the question's id."""
    seed = int(library.version_ids[slug][:12], 16)
    return shown_order(library.questions[slug], seed=seed, position=0)


def hand_in(session: Session, attempt: Attempt, *, now: datetime) -> None:
    """Hand in an attempt and add it to the learner's progress. Handing in twice changes nothing."""
    if finish_attempt(session, attempt, now=now):
        _add_to_progress(session, attempt)


def _add_to_progress(session: Session, attempt: Attempt) -> None:
    scores = [slot.score for slot in attempt.slots if slot.score is not None]
    quiz = session.get(QuizProgress, (attempt.user_id, attempt.quiz))
    if quiz is None:
        quiz = QuizProgress(user_id=attempt.user_id, quiz=attempt.quiz, attempts=0, best_points=0.0, best_of=0)
        session.add(quiz)
    quiz.attempts += 1
    quiz.last_at = attempt.finished_at or attempt.started_at
    if attempt.score is not None and (quiz.best_score is None or attempt.score > quiz.best_score):
        quiz.best_score, quiz.best_points, quiz.best_of = attempt.score, points(scores), len(scores)
    _add_objectives(session, attempt)
    session.flush()


def _add_objectives(session: Session, attempt: Attempt) -> None:
    objectives = {slot.objective for slot in attempt.slots}
    rows = session.scalars(
        select(ObjectiveProgress).where(
            ObjectiveProgress.user_id == attempt.user_id, ObjectiveProgress.objective.in_(objectives)
        )
    )
    known = {row.objective: row for row in rows}
    for slot in attempt.slots:
        if slot.score is None:
            continue
        row = known.get(slot.objective)
        if row is None:
            row = ObjectiveProgress(user_id=attempt.user_id, objective=slot.objective, answered=0, right=0)
            known[slot.objective] = row
            session.add(row)
        row.answered += 1
        row.right += is_full(slot.score)


def rebuild_progress(session: Session, user_id: uuid.UUID) -> None:
    """Make the progress of quizzes and objectives afresh from the attempts that were handed in."""
    for model in (QuizProgress, ObjectiveProgress):
        session.execute(delete(model).where(model.user_id == user_id))
    session.expire_all()
    attempts = session.scalars(
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.finished_at.is_not(None))
        .order_by(Attempt.finished_at)
        .options(selectinload(Attempt.slots))
    ).all()
    for attempt in attempts:
        _add_to_progress(session, attempt)


def merge(session: Session, guest: User, into: User, *, now: datetime) -> None:
    """Bring a guest's progress into an account and delete the guest.

    All attempts move. Where both have an open attempt of one quiz, the one with fewer answers is handed in
    as it stands (without any answer, it is dropped). Of self-checks the earliest answer counts, of finished
    lessons the earliest time; a summary stays unless the account has none.
    """
    if not guest.is_guest or guest.id == into.id:
        raise Conflict("Only a guest's progress can be added to an account.")
    _settle_open_attempts(session, guest, into, now)
    session.execute(update(Attempt).where(Attempt.user_id == guest.id).values(user_id=into.id))
    _merge_lessons(session, guest, into)
    _merge_checks(session, guest, into)
    session.flush()
    session.expire_all()
    rebuild_progress(session, into.id)
    delete_user(session, guest)


def _settle_open_attempts(session: Session, guest: User, into: User, now: datetime) -> None:
    theirs, ours = open_attempts(session, guest.id), open_attempts(session, into.id)
    for quiz in theirs.keys() & ours.keys():
        fewer = min((theirs[quiz], ours[quiz]), key=lambda a: sum(slot.answer_id is not None for slot in a.slots))
        if any(slot.answer_id for slot in fewer.slots):
            finish_attempt(session, fewer, now=now)
        else:
            session.delete(fewer)
    session.flush()


def _merge_lessons(session: Session, guest: User, into: User) -> None:
    rows = session.scalars(select(LessonProgress).where(LessonProgress.user_id == guest.id)).all()
    for row in rows:
        had = session.get(LessonProgress, (into.id, row.lesson))
        if had is None:
            row.user_id = into.id
            continue
        had.finished_at = min((t for t in (had.finished_at, row.finished_at) if t), default=None)
        had.summary = had.summary or row.summary
        if row.read_at > had.read_at:
            had.anchor, had.read_at = row.anchor, row.read_at


def _merge_checks(session: Session, guest: User, into: User) -> None:
    rows = session.scalars(select(SelfCheck).where(SelfCheck.user_id == guest.id)).all()
    for row in rows:
        had = session.get(SelfCheck, (into.id, row.question))
        if had is not None and had.answered_at <= row.answered_at:
            continue
        if had is not None:
            session.delete(had)
            session.flush()
        row.user_id = into.id
