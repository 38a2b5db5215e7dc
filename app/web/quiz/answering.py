"""Saving answers: what a form holds, what a script is told, where a button leads."""

from __future__ import annotations

import uuid
from typing import Any, TypedDict

from flask import jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.clock import utc_now
from app.db import transaction
from app.errors import Conflict, Unreadable
from app.quiz import service
from app.quiz.rules import read_counter, read_uuid
from app.web.access import needs, wants_json
from app.web.quiz.asking import page_of
from app.web.quiz.common import address_of, bp, my_id, own, quiz_of
from app.web.shell import notice

# Fields of the protocol, and what stands beside a response.
_BESIDE = {"csrf_token", "answer_id", "tab", "counter", "seen", "go", "confidence", "dont_know", "hints"}


class Sent(TypedDict):
    """What tells one sending from another."""

    answer_id: uuid.UUID
    tab: uuid.UUID
    counter: int
    seen: uuid.UUID | None


def sent() -> Sent:
    """The protocol's fields of the form. Raises Invalid."""
    form = request.form
    return {
        "answer_id": read_uuid(form.get("answer_id"), "answer_id"),
        "tab": read_uuid(form.get("tab"), "tab"),
        "counter": read_counter(form.get("counter")),
        "seen": read_uuid(form["seen"], "seen") if form.get("seen") else None,
    }


def given() -> dict[str, list[str]]:
    """What the form gives. The button “I don't know” wins over a response; a response over the box it leaves.

    The box is ticked as long as “I don't know” is what was said: without a script, whoever then answers has not
    unticked it.
    """
    fields = request.form.to_dict(flat=False)
    if request.form.get("go") == "dont_know":
        return fields | {"dont_know": ["1"]}
    if any(value.strip() for name, values in fields.items() if name not in _BESIDE for value in values):
        fields.pop("dont_know", None)
    return fields


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
        return page_of(own(attempt_id), position, typed=typed, wrong=problem.message), 422
    if wants_json():
        return jsonify(report(saved)), 409 if saved.outcome == "late" else 200
    if saved.outcome == "late":
        raise Conflict(report(saved)["message"])
    if saved.replaced_at:
        notice(report(saved)["message"], "info")
    return redirect(after_saving(attempt_id, position), 303)


def save(attempt_id: uuid.UUID, position: int) -> service.Saved:
    """Store what the form holds, and its flag."""
    user_id, go = my_id(), request.form.get("go")
    with transaction() as session:
        saved = service.save_answer(session, attempt_id, position, given(), user_id=user_id, now=utc_now(), **sent())
        if go in {"flag", "unflag"} and saved.outcome != "late":
            service.set_flag(session, attempt_id, position, user_id=user_id, flagged=go == "flag")
    return saved


def report(saved: service.Saved) -> dict[str, Any]:
    """What a script, or a person, is told about a saved answer."""
    messages = {
        "saved": "Saved",
        "blank": "Nothing to save yet",
        "superseded": "A later answer from this window already counts",
        "late": saved.words,
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
        "because": saved.because,
        "message": message,
    }


def after_saving(attempt_id: uuid.UUID, position: int) -> str:
    """Where the button leads: next question, review, or the same page."""
    go = request.form.get("go", "next")
    attempt = own(attempt_id)
    if go == "dont_know":
        go = "next"
    quiz = quiz_of(attempt)
    if quiz and quiz.page == "all" and go != "review":
        return address_of(attempt, position)
    last = len(attempt.slots)
    if go == "review" or (go == "next" and position >= last):
        return url_for(".review", attempt_id=attempt_id)
    target = {"next": position + 1, "previous": max(1, position - 1)}.get(go, position)
    if go in {str(number) for number in range(1, last + 1)}:
        target = int(go)
    return url_for(".question", attempt_id=attempt_id, position=target)
