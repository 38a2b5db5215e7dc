"""Handing in, the result, and one's own mark for a text."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.learning import service as learning
from app.learning.discernment import discernment
from app.learning.queries import discernment_of, judgement, next_step, progress_of, unexplained
from app.questions.draw import Quiz
from app.quiz import queries
from app.quiz.models import Attempt
from app.quiz.outcome import certainty_summary, has_passed
from app.quiz.sheet import MarkedSlot, total
from app.web.access import me, needs
from app.web.quiz.common import address_of, bp, first_open, frame, my_id, own, quiz_of
from app.web.quiz.marking import levels_given
from app.web.quiz.said import said_of
from app.web.shell import notice


@bp.get("/attempts/<uuid:attempt_id>")
@needs(Permission.OWN_ATTEMPT)
def show(attempt_id: uuid.UUID) -> Response | str:
    """The result; before hand-in, the question to go on with."""
    attempt, now = own(attempt_id), utc_now()
    if attempt.is_open and not attempt.is_over(now):
        return redirect(address_of(attempt, first_open(attempt.slots)))
    quiz = quiz_of(attempt)
    if attempt.is_open:
        return render_template("quiz/over.html", **frame(attempt, now=now))
    if quiz and not quiz.explains_on(now.date()):
        return render_template("quiz/later.html", **frame(attempt, now=now))
    return result_page(attempt, quiz)


def result_page(attempt: Attempt, quiz: Quiz | None) -> str:
    """The result with every question explained."""
    session = db.session()
    marked = queries.marked_slots(session, attempt)
    progress = progress_of(session, my_id(), hidden=unexplained(library(), utc_now().date()))
    return render_template(
        "quiz/result.html",
        **frame(attempt, now=utc_now()),
        marked=marked,
        total=total([slot.score for slot in attempt.slots]),
        progress=progress,
        step=next_step(library(), progress),
        said=said_of(marked),
        certainty=certainty_summary(marked) if library().course.certainty_marks else None,
        drill=drill_of(attempt, marked) if quiz and quiz.is_drill else None,
        passed=has_passed(attempt.score, quiz) if quiz and attempt.score is not None else None,
    )


def drill_of(attempt: Attempt, marked: Sequence[MarkedSlot]) -> dict[str, Any]:
    """Reports judged in this attempt, and the measure over all reports judged so far."""
    responses = queries.responses_of(db.session(), attempt)
    judged = [judgement(it.question, responses.get(it.position)) for it in marked]
    return {
        "here": discernment(it for it in judged if it is not None),
        "overall": discernment_of(db.session(), my_id()),
    }


@bp.post("/attempts/<uuid:attempt_id>/hand-in")
@needs(Permission.OWN_ATTEMPT)
def hand_in(attempt_id: uuid.UUID) -> Response:
    """Hand in. Twice does no harm."""
    user_id = my_id()
    with transaction() as session:
        attempt = queries.own_attempt(session, attempt_id, user_id=user_id)
        learning.hand_in(session, attempt, now=utc_now())
    return redirect(url_for(".show", attempt_id=attempt_id), 303)


@bp.post("/attempts/<uuid:attempt_id>/questions/<int(max=999):position>/self-mark")
@needs(Permission.OWN_ATTEMPT)
def self_mark(attempt_id: uuid.UUID, position: int) -> Response:
    """Keep what learners give their own text; it stands apart from the score."""
    attempt = own(attempt_id)
    levels = levels_given(request.form)
    with transaction() as session:
        learning.mark_answer(session, attempt.id, position, levels, by=me(session), is_self=True, now=utc_now())
    notice("Your own mark is kept. It stands apart from the score.", "done")
    return redirect(url_for(".show", attempt_id=attempt_id, _anchor=f"q{position}"), 303)
