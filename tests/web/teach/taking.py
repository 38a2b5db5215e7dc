"""Learners who take a teacher's own quiz, without pages."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.accounts.models import User
from app.authoring import queries
from app.authoring.service.quizzes import quiz_of_row
from app.learning.service import hand_in
from app.library.model import Library
from app.quiz.models import Attempt
from app.quiz.service import start_attempt
from tests.authoring.making import QUIZ
from tests.factories import NOON, raw_answer, save

TEXT = "The guard counted boats on 3 March."


def begun(
    session: Session, user: User, library: Library, answers: Sequence[str], *, slug: str = QUIZ, now: datetime = NOON
) -> Attempt:
    """An open attempt with these answers: right, wrong, dont_know or blank, one a question."""
    quiz = quiz_of_row(queries.own_quiz(session, slug))
    attempt = start_attempt(session, session.merge(user), quiz, library, seed=7, now=now)
    for position, answer in enumerate(answers, 1):
        if answer == "dont_know":
            save(session, attempt, position, {"dont_know": ["1"]}, now=now)
        elif answer != "blank":
            save(session, attempt, position, raw_answer(library, attempt, position, right=answer == "right"), now=now)
    session.flush()
    return attempt


def taken(
    session: Session,
    user: User,
    library: Library,
    answers: Sequence[str],
    *,
    slug: str = QUIZ,
    now: datetime = NOON,
    minutes: float = 12,
) -> uuid.UUID:
    """An attempt with these answers, handed in after some minutes; its id."""
    attempt = begun(session, user, library, answers, slug=slug, now=now)
    hand_in(session, attempt, now=now + timedelta(minutes=minutes))
    return attempt.id
