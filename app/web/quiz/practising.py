"""Checking a question by itself: a try, a hint, the answer on request."""

from __future__ import annotations

import uuid

from flask import redirect, request
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.clock import utc_now
from app.db import transaction
from app.errors import Conflict, Invalid, NotFound, Unreadable
from app.questions.draw import Quiz
from app.quiz import service
from app.web.access import needs
from app.web.quiz.answering import given, sent
from app.web.quiz.asking import page_of
from app.web.quiz.common import address_of, bp, my_id, own, quiz_of


def quiz_that_explains(attempt_id: uuid.UUID) -> Quiz:
    """The quiz of one's own attempt. Raises NotFound unless it explains each question at once."""
    quiz = quiz_of(own(attempt_id))
    if quiz is None or not quiz.explains_at_once:
        raise NotFound("In this quiz answers are explained after the hand-in.")
    return quiz


@bp.post("/attempts/<uuid:attempt_id>/questions/<int(max=999):position>/check")
@needs(Permission.OWN_ATTEMPT)
def check(attempt_id: uuid.UUID, position: int) -> Response | tuple[str, int]:
    """Save the answer and score it at once."""
    quiz = quiz_that_explains(attempt_id)
    try:
        with transaction() as session:
            checked = service.check_slot(
                session, attempt_id, position, given(), user_id=my_id(), quiz=quiz, now=utc_now(), **sent()
            )
    except (Unreadable, Invalid) as problem:
        typed = request.form.to_dict(flat=False)
        return page_of(own(attempt_id), position, typed=typed, wrong=problem.message), 422
    if checked.saved.outcome == "late":
        raise Conflict(checked.saved.words)
    return back(attempt_id, position)


@bp.post("/attempts/<uuid:attempt_id>/questions/<int(max=999):position>/hint")
@needs(Permission.OWN_ATTEMPT)
def hint(attempt_id: uuid.UUID, position: int) -> Response | tuple[str, int]:
    """Keep what was given so far, and show one more hint."""
    quiz = quiz_that_explains(attempt_id)
    try:
        with transaction() as session:
            kept = service.save_answer(session, attempt_id, position, given(), user_id=my_id(), now=utc_now(), **sent())
            if kept.outcome != "late":
                seen = request.form.get("hints", "")
                after = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 3 else None
                service.next_hint(session, attempt_id, position, user_id=my_id(), quiz=quiz, now=utc_now(), after=after)
    except Unreadable as problem:
        typed = request.form.to_dict(flat=False)
        return page_of(own(attempt_id), position, typed=typed, wrong=problem.message), 422
    return back(attempt_id, position)


@bp.post("/attempts/<uuid:attempt_id>/questions/<int(max=999):position>/show")
@needs(Permission.OWN_ATTEMPT)
def give_up(attempt_id: uuid.UUID, position: int) -> Response:
    """Show the answer; tries so far keep what they earned."""
    quiz = quiz_that_explains(attempt_id)
    with transaction() as session:
        service.show_answer(session, attempt_id, position, user_id=my_id(), quiz=quiz, now=utc_now())
    return back(attempt_id, position)


def back(attempt_id: uuid.UUID, position: int) -> Response:
    """To the question, which now says what came of it."""
    return redirect(address_of(own(attempt_id), position), 303)
