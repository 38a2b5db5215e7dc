"""Starting an attempt: what it asks, and until when."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.errors import Conflict
from app.library.model import Library
from app.questions.draw import Quiz, draw_questions
from app.questions.model import Question
from app.quiz.models import Attempt, Slot
from app.quiz.queries import attempts_used, last_seen, open_attempt, voided
from app.quiz.service.locking import new_id


def start_attempt(session: Session, user: User, quiz: Quiz, library: Library, *, seed: int, now: datetime) -> Attempt:
    """The user's open attempt of the quiz, or a new one drawn by `seed`.

    Doors call app.learning.service.begin_attempt, which first hands in what ran out of time. Raises Conflict when
    nothing can be drawn, when all attempts are used, and when the time of the open one is up.
    """
    attempt = open_attempt(session, user.id, quiz.id)
    if attempt and attempt.takes_answers(now):
        return attempt
    if attempt:
        raise Conflict("The time of your open attempt is up. Hand it in, then start another.")
    _check_is_open(library, quiz)
    _check_attempts_left(session, user, quiz)
    rng = random.Random(seed)  # noqa: S311  the draw must be repeatable, not secret
    slugs = draw_questions(quiz, _served(session, library), last_seen(session, user.id), rng)
    if not slugs:
        raise Conflict("This quiz has no questions yet.")
    attempt = Attempt(
        id=new_id(),
        user_id=user.id,
        quiz=quiz.id,
        seed=seed,
        started_at=now,
        deadline=time_allowed(quiz, user, now=now),
        graded=quiz.graded,
    )
    attempt.slots = [_slot(library, slug, position) for position, slug in enumerate(slugs, 1)]
    session.add(attempt)
    try:
        session.flush()
    except IntegrityError:
        raise Conflict("This quiz has just been started in another window; load the page again.") from None
    return attempt


def time_allowed(quiz: Quiz, user: User | None, *, now: datetime) -> datetime | None:
    """When the time would be up for somebody who starts now; None without a time limit."""
    if quiz.minutes is None:
        return None
    extra = user.extra_time if user else 0
    return now + timedelta(seconds=quiz.minutes * 60 * (100 + extra) / 100)


def _check_is_open(library: Library, quiz: Quiz) -> None:
    status = library.status_of(quiz.id)
    if status != "open":
        said = "is not open yet" if status == "draft" else "is closed"
        raise Conflict(f"This quiz {said}. Ask whoever gave you its link.")


def _check_attempts_left(session: Session, user: User, quiz: Quiz) -> None:
    if quiz.attempts is None or attempts_used(session, user.id, quiz.id) < quiz.attempts:
        return
    used = "the one attempt" if quiz.attempts == 1 else f"all {quiz.attempts} attempts"
    raise Conflict(f"You have used {used} that this quiz allows. The results stay open to you.")


def _served(session: Session, library: Library) -> Mapping[str, Question]:
    """The questions that can be asked: what was taken out for everyone is not."""
    out = voided(session)
    if not out:
        return library.questions
    return {slug: one for slug, one in library.questions.items() if (slug, one.head.revision) not in out}


def _slot(library: Library, slug: str, position: int) -> Slot:
    return Slot(
        position=position,
        question=slug,
        version_id=library.version_ids[slug],
        objective=library.questions[slug].head.objective or "",
        flagged=False,
        tries=0,
        hints=0,
        shown=False,
    )
