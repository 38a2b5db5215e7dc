"""Attempts of quizzes with settings of their own."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import User
from app.library.model import Library
from app.questions.draw import Quiz
from app.questions.shapes import Raw
from app.quiz.models import Attempt
from app.quiz.service import Checked, check_slot, new_id, start_attempt
from tests.factories import NOON, TAB, _counters, raw_answer


def quiz_with(library: Library, quiz: str = "mixed", **settings: Any) -> Quiz:
    """A quiz of the small course, sat in another way."""
    return Quiz.model_validate(library.quizzes[quiz].model_dump() | settings)


def begin(session: Session, user: User, library: Library, quiz: Quiz, *, now: datetime = NOON) -> Attempt:
    """A new attempt of the quiz, or the open one."""
    return start_attempt(session, user, quiz, library, seed=7, now=now)


def check(
    session: Session,
    attempt: Attempt,
    position: int,
    raw: Raw,
    quiz: Quiz,
    *,
    answer_id: uuid.UUID | None = None,
    now: datetime = NOON,
) -> Checked:
    """Check one answer as its owner."""
    return check_slot(
        session,
        attempt.id,
        position,
        raw,
        user_id=attempt.user_id,
        answer_id=answer_id or new_id(),
        tab=TAB,
        counter=next(_counters),
        quiz=quiz,
        now=now,
    )


def right(library: Library, attempt: Attempt, position: int) -> Raw:
    """The right answer to a slot."""
    return raw_answer(library, attempt, position)


def wrong(library: Library, attempt: Attempt, position: int) -> Raw:
    """A wrong answer to a slot."""
    return raw_answer(library, attempt, position, right=False)
