"""What a quiz asks and how it is sat, and the button that starts it."""

from __future__ import annotations

import secrets
import uuid

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.authoring.queries import quiz_by_link
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.learning.queries import progress_of, unexplained
from app.learning.service import begin_attempt
from app.questions.draw import Quiz
from app.quiz import queries
from app.quiz.sheet import total
from app.quiz.words import settings_sentences
from app.web.access import learner, needs, visitor, visitor_id
from app.web.quiz.common import address_of, bp, find, first_open


@bp.get("/quizzes/<quiz_id>")
@needs(Permission.READ)
def start_page(quiz_id: str) -> str:
    """What the quiz asks, how earlier attempts went, and the button to start."""
    quiz = find(quiz_id)
    user_id, who = visitor_id(), visitor()
    progress = progress_of(db.session(), user_id, hidden=unexplained(library(), utc_now().date()))
    past = queries.finished_attempts(db.session(), user_id) if user_id else []
    left = attempts_left(quiz, user_id)
    return render_template(
        "quiz/start.html",
        quiz=quiz,
        lesson=library().lessons.get(quiz.lesson or ""),
        strand=library().quiz_strand(quiz),
        open=progress.open.get(quiz_id),
        best=progress.best(quiz_id),
        past=[(a, total([slot.score for slot in a.slots])) for a in past if a.quiz == quiz_id],
        left=left,
        settings=settings_sentences(quiz, extra_time=who.extra_time if who else 0, attempts_left=left),
        today=utc_now().date(),
        status=library().status_of(quiz_id),
    )


@bp.get("/q/<link>")
@needs(Permission.READ)
def by_link(link: str) -> Response:
    """The link that a teacher gives out; capital letters are no other letters."""
    own = quiz_by_link(db.session(), link.casefold())
    return redirect(url_for(".start_page", quiz_id=own.slug))


def attempts_left(quiz: Quiz, user_id: uuid.UUID | None) -> int | None:
    """How many attempts the person still has; None without a limit."""
    if quiz.attempts is None:
        return None
    used = queries.attempts_used(db.session(), user_id, quiz.id) if user_id else 0
    return max(0, quiz.attempts - used)


@bp.post("/quizzes/<quiz_id>/attempts")
@needs(Permission.LEARN)
def start(quiz_id: str) -> Response:
    """Start an attempt, or go on with the open one."""
    quiz = find(quiz_id)
    now = utc_now()
    with transaction() as session:
        user = learner(session, now=now)
        attempt = begin_attempt(session, user, quiz, library(), seed=secrets.randbits(62), now=now)
        target = address_of(attempt, first_open(attempt.slots))
    return redirect(target, 303)
