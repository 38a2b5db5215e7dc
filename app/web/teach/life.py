"""One question: how it looks, what is said of it, and its way from draft to retired and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.authoring import queries, service
from app.authoring.models import OwnQuestion
from app.authoring.service import Author
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Invalid
from app.questions.model import Question
from app.questions.types import TYPES
from app.quiz.queries import NEVER, asked_and_right
from app.quiz.sheet import MarkedSlot, explain
from app.web.access import me, needs
from app.web.shell import notice
from app.web.teach.common import bp, changeable_question, may_change, seen_question, teacher
from app.web.teach.subject import Subject, subject_of

MAX_NOTE = 500


@bp.get("/questions/<own_slug>")
@needs(Permission.TEACH)
def question(own_slug: str) -> str:
    """A question with its key, its status, what is to be said of it, and what was said."""
    return question_page(subject_of(own_slug))


def question_page(subject: Subject, *, wrong: str = "") -> str:
    """The page of a question; `wrong` says why a comment was not taken."""
    session = db.session()
    asked = asked_and_right(session, [subject.slug])
    return render_template(
        "teach/question.html",
        subject=subject,
        own=subject.own,
        library=library(),
        shown=explained(subject.question) if subject.question else None,
        findings=subject.findings(utc_now().date()),
        asked=asked.get((subject.slug, subject.revision), NEVER),
        asked_before=sum(it.times for (_, revision), it in asked.items() if revision != subject.revision),
        comments=queries.comments(session, subject.slug),
        kinds=TYPES,
        wrong=wrong,
        typed=request.form.get("text", ""),
    )


def explained(question: Question) -> MarkedSlot:
    """The question with key and explanations, as a learner sees it who left it blank; in the author's order."""
    reason, reveal = explain(question, None)
    return MarkedSlot(1, question, None, False, reason, reveal)


def _step(
    own_slug: str, done: str, step: Callable[[Session, OwnQuestion, Author], Any], *, by_any: bool = False
) -> Response:
    """Take one step in the life of a question, and show it again. `by_any`: by other teachers too."""
    mine = may_change((seen_question if by_any else changeable_question)(own_slug), teacher())
    with transaction() as session:
        step(session, queries.own_question(session, own_slug), Author.of(me(session)))
    notice(done)
    # What others gave back is a draft of its author's again, which they do not see.
    return redirect(url_for(".question", own_slug=own_slug) if mine else url_for(".index"), 303)


def _note() -> str:
    """The note that goes with a step. Raises Invalid."""
    note = request.form.get("note", "").strip()
    if len(note) > MAX_NOTE:
        raise Invalid(f"A note has at most {MAX_NOTE} characters; this one has {len(note)}.", where="note")
    return note


@bp.post("/questions/<own_slug>/review")
@needs(Permission.TEACH)
def send_to_review(own_slug: str) -> Response:
    """Ask the other teachers to look at a draft."""
    note, now = _note(), utc_now()
    return _step(
        own_slug,
        "Sent. The other teachers find it on their first page.",
        lambda session, own, by: service.send_to_review(session, own, by, note=note, now=now),
    )


@bp.post("/questions/<own_slug>/return")
@needs(Permission.TEACH)
def return_to_author(own_slug: str) -> Response:
    """Give a question in review back: its author, or any teacher who says what is to be changed."""
    note, now = _note(), utc_now()
    if not note and not may_change(seen_question(own_slug), teacher()):
        raise Invalid("Say in the note what is to be changed. Nothing was returned yet.", where="note")
    return _step(
        own_slug,
        "Returned. It is a draft again.",
        lambda session, own, by: service.return_to_author(session, own, by, note=note, now=now),
        by_any=True,
    )


@bp.post("/questions/<own_slug>/retire")
@needs(Permission.TEACH)
def retire(own_slug: str) -> Response:
    """Ask it no more."""
    note, now = _note(), utc_now()
    return _step(
        own_slug,
        "Retired. It is asked no more; its answers and its history stay.",
        lambda session, own, by: service.retire(session, own, by, note=note, now=now),
    )


@bp.post("/questions/<own_slug>/bring-back")
@needs(Permission.TEACH)
def bring_back(own_slug: str) -> Response:
    """Take a retired question back as a draft."""
    now = utc_now()
    return _step(
        own_slug,
        "Brought back as a draft. Learners are asked it again once it is published.",
        lambda session, own, by: service.bring_back(session, own, by, now=now),
    )
