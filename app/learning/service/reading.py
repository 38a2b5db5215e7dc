"""Reading on in a lesson, and its self-checks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.models import User
from app.errors import Invalid, NotFound
from app.learning.models import LessonProgress, SelfCheck
from app.lessons.model import Lesson
from app.library.model import Library
from app.questions.draw import shown_order
from app.questions.shapes import Raw
from app.questions.types import TYPES
from app.quiz.service import score_of

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
