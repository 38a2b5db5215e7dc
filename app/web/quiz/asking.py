"""The pages on which questions are asked, and the review of all answers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.clock import utc_now
from app.db import db
from app.quiz import queries
from app.quiz.models import Attempt
from app.web.access import needs
from app.web.quiz.common import address_of, bp, frame, own, quiz_of, slot_at
from app.web.quiz.said import said_of

Typed = Mapping[str, list[str]]


@bp.get("/attempts/<uuid:attempt_id>/questions/<int(max=999):position>")
@needs(Permission.OWN_ATTEMPT)
def question(attempt_id: uuid.UUID, position: int) -> Response | str:
    """One question, with the answer that counts filled in; once checked by itself, explained."""
    attempt = own(attempt_id)
    quiz = quiz_of(attempt)
    if attempt.is_over(utc_now()):
        return redirect(url_for(".show", attempt_id=attempt_id, _anchor=f"q{position}"))
    slot_at(attempt, position)
    if quiz and quiz.page == "all":
        return redirect(address_of(attempt, position))
    return question_page(attempt, position)


@bp.get("/attempts/<uuid:attempt_id>/questions")
@needs(Permission.OWN_ATTEMPT)
def all_questions(attempt_id: uuid.UUID) -> Response | str:
    """All questions on one page, for quizzes that are set so."""
    attempt = own(attempt_id)
    quiz = quiz_of(attempt)
    if attempt.is_over(utc_now()):
        return redirect(url_for(".show", attempt_id=attempt_id))
    if quiz is None or quiz.page == "one":
        return redirect(url_for(".question", attempt_id=attempt_id, position=1))
    return all_page(attempt)


def page_of(attempt: Attempt, position: int, *, typed: Typed | None = None, wrong: str = "") -> str:
    """The page that asks a question; `typed` and `wrong` after a response that could not be read."""
    quiz = quiz_of(attempt)
    if quiz and quiz.page == "all":
        return all_page(attempt, wrong_at=position, typed=typed, wrong=wrong)
    return question_page(attempt, position, typed=typed, wrong=wrong)


def question_page(attempt: Attempt, position: int, *, typed: Typed | None = None, wrong: str = "") -> str:
    """The page of one question."""
    session = db.session()
    slot = slot_at(attempt, position)
    shown = queries.shown_at(session, attempt, position, quiz_of(attempt))
    marked = queries.marked_at(session, attempt, position) if shown.is_locked else None
    return render_template(
        "quiz/question.html",
        **frame(attempt, now=utc_now()),
        slot=shown,
        fields=typed if typed is not None else shown.fields,
        answer=queries.answer_of(session, slot),
        wrong=wrong,
        marked=marked,
        said=said_of([marked] if marked else []),
    )


def all_page(attempt: Attempt, *, wrong_at: int = 0, typed: Typed | None = None, wrong: str = "") -> str:
    """The page of all questions; `wrong_at` is the position of the one whose response could not be read."""
    session = db.session()
    rows: list[tuple[Any, ...]] = []
    for slot, shown in zip(attempt.slots, queries.shown_slots(session, attempt, quiz_of(attempt)), strict=True):
        marked = queries.marked_at(session, attempt, slot.position) if shown.is_locked else None
        rows.append((shown, queries.answer_of(session, slot), marked))
    return render_template(
        "quiz/all.html",
        **frame(attempt, now=utc_now()),
        rows=rows,
        wrong_at=wrong_at,
        typed=typed,
        wrong=wrong,
        said=said_of([marked for _, _, marked in rows if marked]),
    )


@bp.get("/attempts/<uuid:attempt_id>/review")
@needs(Permission.OWN_ATTEMPT)
def review(attempt_id: uuid.UUID) -> Response | str:
    """All answers so far, before they are handed in."""
    attempt = own(attempt_id)
    if attempt.is_over(utc_now()):
        return redirect(url_for(".show", attempt_id=attempt_id))
    # Only the learner's own words go on: what else a marked slot knows is not for this page.
    rows = [
        (
            slot,
            marked.question,
            "I don't know" if shown.dont_know else marked.reveal.yours,
            address_of(attempt, slot.position),
        )
        for slot, marked, shown in zip(
            attempt.slots,
            queries.marked_slots(db.session(), attempt),
            queries.shown_slots(db.session(), attempt, quiz_of(attempt)),
            strict=True,
        )
    ]
    return render_template("quiz/review.html", **frame(attempt, now=utc_now()), rows=rows)


@bp.get("/attempts/<uuid:attempt_id>/paper")
@needs(Permission.OWN_ATTEMPT)
def paper(attempt_id: uuid.UUID) -> str:
    """The questions of an attempt on paper, in the order and with the options of the screen, without a key."""
    attempt = own(attempt_id)
    slots = queries.shown_slots(db.session(), attempt, quiz_of(attempt))
    return render_template("quiz/paper.html", **frame(attempt, now=utc_now()), slots=slots)
