"""Teachers' own quizzes: draft → open → closed, and what may change when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.authoring.models import OwnQuiz
from app.authoring.service.writing import Author, touch_shelf
from app.errors import Conflict, Invalid
from app.questions.draw import Quiz
from app.questions.model import Question

_STEPS = {
    "open": ("draft", "closed"),
    "closed": ("open",),
    "retired": ("draft", "open", "closed"),
    "draft": ("retired",),
}


def create_quiz(session: Session, author: Author, quiz: Quiz, *, link: str, now: datetime) -> OwnQuiz:
    """A new draft of a quiz; its id is `quiz.id`, and `link` the code of its address. Raises Conflict when taken."""
    if session.get(OwnQuiz, quiz.id) or session.scalar(select(OwnQuiz.slug).where(OwnQuiz.link == link)):
        raise Conflict("This id or link is taken. Try once more.")
    own = OwnQuiz(
        slug=quiz.id,
        owner_id=author.id,
        owner_name=author.name,
        status="draft",
        link=link,
        content=quiz.model_dump_json(exclude_defaults=True),
        edit_number=1,
        created_at=now,
        changed_at=now,
    )
    session.add(own)
    touch_shelf(session)
    return own


def save_quiz(session: Session, own: OwnQuiz, quiz: Quiz, *, base: int, now: datetime) -> None:
    """Keep the quiz as it is now. Raises Conflict when it was saved since the page with `base` was opened."""
    if base != own.edit_number:
        raise Conflict("This quiz was changed in another window since you opened it. Nothing was written over.")
    own.content = quiz.model_dump_json(exclude_defaults=True)
    own.edit_number += 1
    own.changed_at = now
    touch_shelf(session)


def set_status(
    session: Session, own: OwnQuiz, status: str, *, questions: Mapping[str, Question], now: datetime
) -> None:
    """Open a quiz, close it, take it away or bring it back as a draft. Its attempts stay in any case.

    Raises Conflict for a step that does not follow, and Invalid for a quiz that would ask nothing.
    """
    if own.status not in _STEPS.get(status, ()):
        raise Conflict(f"This quiz is {said_status(own.status)} now. Load the page again.")
    if status == "open":
        _check_asks(quiz_of_row(own), questions)
    own.status = status
    own.changed_at = now
    touch_shelf(session)


def _check_asks(quiz: Quiz, questions: Mapping[str, Question]) -> None:
    if not quiz.questions and not quiz.draw:
        raise Invalid("This quiz asks nothing yet. Pick questions, or say what to draw.", where="questions")
    if quiz.questions and not any(slug in questions for slug in quiz.questions):
        raise Invalid("None of its questions is published. Publish one first.", where="questions")


def quiz_of_row(own: OwnQuiz) -> Quiz:
    """The quiz that a row holds."""
    return Quiz.model_validate_json(own.content)


def said_status(status: str) -> str:
    """A status in words."""
    return {"draft": "a draft", "open": "open", "closed": "closed", "retired": "taken away"}[status]
