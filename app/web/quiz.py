"""Sitting a quiz: start, answer, review, hand in, result."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Conflict, NeedsSignIn, NotFound, Unreadable
from app.learning.queries import next_step, progress_of
from app.learning.service import hand_in as hand_in_attempt
from app.library.queries import questions_by_version
from app.questions.draw import Quiz
from app.quiz import queries, service
from app.quiz.models import Attempt, Slot
from app.quiz.rules import read_counter, read_uuid
from app.quiz.sheet import shown_slot, total
from app.web.access import learner, needs, visitor_id, wants_json
from app.web.shell import notice

bp = Blueprint("quiz", __name__)


def find(quiz_id: str) -> Quiz:
    """The quiz. Raises NotFound."""
    quiz = library().quizzes.get(quiz_id)
    if quiz is None:
        raise NotFound("There is no such quiz.")
    return quiz


def my_id() -> uuid.UUID:
    """The id of the person signed in. Raises NeedsSignIn."""
    found = visitor_id()
    if found is None:
        raise NeedsSignIn("Sign in first.")
    return found


def own(attempt_id: uuid.UUID) -> Attempt:
    """An attempt of the person signed in, with its slots. Raises NotFound."""
    return queries.own_attempt(db.session(), attempt_id, user_id=my_id())


def frame(attempt: Attempt) -> dict[str, Any]:
    """What every page of an attempt shows around its content."""
    quiz = library().quizzes.get(attempt.quiz)
    lesson = library().lessons.get(quiz.lesson or "") if quiz else None
    strand = library().lesson_strand(lesson.id if lesson else None)
    return {"attempt": attempt, "quiz": quiz, "lesson": lesson, "strand": strand, "library": library()}


@bp.get("/quizzes/<quiz_id>")
@needs(Permission.READ)
def start_page(quiz_id: str) -> str:
    """What the quiz asks, how earlier attempts went, and the button to start."""
    quiz = find(quiz_id)
    user_id = visitor_id()
    progress = progress_of(db.session(), user_id)
    past = queries.finished_attempts(db.session(), user_id) if user_id else []
    return render_template(
        "quiz/start.html",
        quiz=quiz,
        lesson=library().lessons.get(quiz.lesson or ""),
        strand=library().lesson_strand(quiz.lesson),
        open=progress.open.get(quiz_id),
        best=progress.best(quiz_id),
        past=[(a, total([slot.score for slot in a.slots])) for a in past if a.quiz == quiz_id],
        size=len(quiz.questions) or sum(draw.count for draw in quiz.draw),
    )


@bp.post("/quizzes/<quiz_id>/attempts")
@needs(Permission.LEARN)
def start(quiz_id: str) -> Response:
    """Start an attempt, or go on with the open one."""
    quiz = find(quiz_id)
    now = utc_now()
    with transaction() as session:
        user = learner(session, now=now)
        attempt = service.start_attempt(session, user, quiz, library(), seed=secrets.randbits(62), now=now)
        target = url_for(".question", attempt_id=attempt.id, position=first_blank(attempt.slots))
    return redirect(target, 303)


def first_blank(slots: list[Slot]) -> int:
    """The position of the first question without an answer, else the first of all."""
    return next((slot.position for slot in slots if slot.answer_id is None), 1)


@bp.get("/attempts/<uuid:attempt_id>")
@needs(Permission.OWN_ATTEMPT)
def show(attempt_id: uuid.UUID) -> Response | str:
    """The result; before hand-in, the question to go on with."""
    attempt = own(attempt_id)
    if attempt.is_open:
        return redirect(url_for(".question", attempt_id=attempt_id, position=first_blank(attempt.slots)))
    marked = queries.marked_slots(db.session(), attempt)
    progress = progress_of(db.session(), my_id())
    return render_template(
        "quiz/result.html",
        **frame(attempt),
        marked=marked,
        total=total([slot.score for slot in attempt.slots]),
        progress=progress,
        step=next_step(library(), progress),
    )


@bp.get("/attempts/<uuid:attempt_id>/questions/<int(max=999):position>")
@needs(Permission.OWN_ATTEMPT)
def question(attempt_id: uuid.UUID, position: int) -> Response | str:
    """One question, with the answer that counts filled in."""
    attempt = own(attempt_id)
    if not attempt.is_open:
        return redirect(url_for(".show", attempt_id=attempt_id, _anchor=f"q{position}"))
    return question_page(attempt, position)


def question_page(
    attempt: Attempt, position: int, *, typed: Mapping[str, list[str]] | None = None, wrong: str = ""
) -> str:
    """The page of a question; `typed` and `wrong` after a response that could not be read."""
    slot = next((slot for slot in attempt.slots if slot.position == position), None)
    if slot is None:
        raise NotFound("There is no such question in this attempt.")
    answer = queries.answer_of(db.session(), slot)
    shown = shown_slot(
        questions_by_version(db.session(), [slot.version_id])[slot.version_id],
        seed=attempt.seed,
        position=position,
        response=answer.response if answer else None,
        flagged=slot.flagged,
    )
    fields = typed if typed is not None else shown.fields
    return render_template(
        "quiz/question.html", **frame(attempt), slot=shown, fields=fields, answer=answer, wrong=wrong
    )


@bp.post("/attempts/<uuid:attempt_id>/questions/<int(max=999):position>")
@needs(Permission.OWN_ATTEMPT)
def answer(attempt_id: uuid.UUID, position: int) -> Response | tuple[str, int] | tuple[Response, int]:
    """Save the answer, by script or by button, and go where the button says."""
    try:
        saved = save(attempt_id, position)
    except Unreadable as problem:
        if wants_json():
            raise
        typed = request.form.to_dict(flat=False)
        return question_page(own(attempt_id), position, typed=typed, wrong=problem.message), 422
    if wants_json():
        return jsonify(report(saved)), 409 if saved.outcome == "late" else 200
    if saved.outcome == "late":
        raise Conflict(report(saved)["message"])
    if saved.replaced_at:
        notice(report(saved)["message"], "info")
    return redirect(after_saving(attempt_id, position), 303)


def save(attempt_id: uuid.UUID, position: int) -> service.Saved:
    """Store what the form holds, and its flag."""
    form = request.form
    user_id = my_id()
    with transaction() as session:
        saved = service.save_answer(
            session,
            attempt_id,
            position,
            form.to_dict(flat=False),
            user_id=user_id,
            answer_id=read_uuid(form.get("answer_id"), "answer_id"),
            tab=read_uuid(form.get("tab"), "tab"),
            counter=read_counter(form.get("counter")),
            now=utc_now(),
            seen=read_uuid(form["seen"], "seen") if form.get("seen") else None,
        )
        if form.get("go") in {"flag", "unflag"} and saved.outcome != "late":
            service.set_flag(session, attempt_id, position, user_id=user_id, flagged=form["go"] == "flag")
    return saved


def report(saved: service.Saved) -> dict[str, Any]:
    """What a script, or a person, is told about a saved answer."""
    messages = {
        "saved": "Saved",
        "blank": "Nothing to save yet",
        "superseded": "A later answer from this window already counts",
        "late": "Too late: this attempt has been handed in. The answer is kept but does not count.",
    }
    message = messages[saved.outcome]
    if saved.replaced_at:
        at = f"{saved.replaced_at.astimezone():%H:%M}"
        message = f"Saved. It replaces an answer given at {at} in another window or on another device."
    return {
        "outcome": saved.outcome,
        "at": saved.at.isoformat(),
        "answer": str(saved.answer_id) if saved.answer_id else None,
        "replaced": saved.replaced_at is not None,
        "message": message,
    }


def after_saving(attempt_id: uuid.UUID, position: int) -> str:
    """Where the button leads: next question, review, or the same page."""
    go = request.form.get("go", "next")
    last = queries.last_position(db.session(), attempt_id)
    if go == "review" or (go == "next" and position >= last):
        return url_for(".review", attempt_id=attempt_id)
    target = {"next": position + 1, "previous": max(1, position - 1)}.get(go, position)
    if go in {str(number) for number in range(1, last + 1)}:
        target = int(go)
    return url_for(".question", attempt_id=attempt_id, position=target)


@bp.get("/attempts/<uuid:attempt_id>/review")
@needs(Permission.OWN_ATTEMPT)
def review(attempt_id: uuid.UUID) -> Response | str:
    """All answers so far, before they are handed in."""
    attempt = own(attempt_id)
    if not attempt.is_open:
        return redirect(url_for(".show", attempt_id=attempt_id))
    # Only the learner's own words go on: what else a marked slot knows is not for this page.
    rows = [
        (slot, marked.question, marked.reveal.yours)
        for slot, marked in zip(attempt.slots, queries.marked_slots(db.session(), attempt), strict=True)
    ]
    return render_template("quiz/review.html", **frame(attempt), rows=rows)


@bp.post("/attempts/<uuid:attempt_id>/hand-in")
@needs(Permission.OWN_ATTEMPT)
def hand_in(attempt_id: uuid.UUID) -> Response:
    """Hand in. Twice does no harm."""
    user_id = my_id()
    with transaction() as session:
        attempt = queries.own_attempt(session, attempt_id, user_id=user_id)
        hand_in_attempt(session, attempt, now=utc_now())
    return redirect(url_for(".show", attempt_id=attempt_id), 303)
