"""What the pages of an attempt share: whose it is, and what stands around its content."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from flask import Blueprint, url_for

from app.boot import library, quiz_by_id
from app.db import db
from app.errors import NeedsSignIn, NotFound
from app.questions.draw import Quiz
from app.quiz import queries
from app.quiz.models import Attempt, Slot
from app.web.access import visitor_id

bp = Blueprint("quiz", __name__)


def find(quiz_id: str) -> Quiz:
    """The quiz. Raises NotFound."""
    quiz = library().quizzes.get(quiz_id)
    entry = library().own_quizzes.get(quiz_id)
    # A teacher's draft does not exist for others.
    if quiz is None or (entry and entry.status == "draft" and entry.owner_id != visitor_id()):
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


def slot_at(attempt: Attempt, position: int) -> Slot:
    """The slot at a position. Raises NotFound."""
    slot = next((slot for slot in attempt.slots if slot.position == position), None)
    if slot is None:
        raise NotFound("There is no such question in this attempt.")
    return slot


def quiz_of(attempt: Attempt) -> Quiz | None:
    """The quiz of an attempt; None when the course no longer has it."""
    return quiz_by_id(attempt.quiz)


def frame(attempt: Attempt, *, now: datetime) -> dict[str, Any]:
    """What every page of an attempt shows around its content."""
    quiz = quiz_of(attempt)
    lesson = library().lessons.get(quiz.lesson or "") if quiz else None
    strand = library().quiz_strand(quiz)
    return {"attempt": attempt, "quiz": quiz, "lesson": lesson, "strand": strand, "library": library(), "now": now}


def first_open(slots: list[Slot]) -> int:
    """The position of the first question without an answer, else the first of all."""
    return next((slot.position for slot in slots if slot.answer_id is None and slot.locked_at is None), 1)


def address_of(attempt: Attempt, position: int) -> str:
    """Where a question is asked: its own page, or its place on the page of all."""
    quiz = quiz_of(attempt)
    if quiz and quiz.page == "all":
        return url_for("quiz.all_questions", attempt_id=attempt.id, _anchor=f"q{position}")
    return url_for("quiz.question", attempt_id=attempt.id, position=position)
