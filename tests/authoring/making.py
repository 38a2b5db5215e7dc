"""Plain functions that make teachers' own questions; each takes the session and commits nothing."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import User
from app.authoring import service
from app.authoring.models import OwnQuestion, OwnQuiz, QuestionEdit
from app.authoring.service import Author, Save
from app.authoring.service.quizzes import create_quiz
from app.questions.draw import Quiz
from app.questions.model import Question
from tests.factories import NOON

SLUG = "own-ferry-abcd"
QUIZ = "own-friday-abcd"
CONTENT: dict[str, Any] = {
    "kind": "single_choice",
    "use": "practice",
    "objective": "sig.cost",
    "level": "apply",
    "stem": "What does the old ferry cost?",
    "explanation": "The board at the quay says one coin.",
    "options": [
        {"id": "one", "text": "One coin", "key": True, "feedback": "So says the board."},
        {"id": "two", "text": "Two coins", "feedback": "That is the way back."},
        {"id": "none", "text": "Nothing", "feedback": "Only for children."},
    ],
}


def changed(**fields: Any) -> dict[str, Any]:
    """CONTENT with other fields."""
    return {**json.loads(json.dumps(CONTENT)), **fields}


def with_option(number: int, **fields: Any) -> dict[str, Any]:
    """CONTENT with another option at this place, counted from 0."""
    content = changed()
    content["options"][number] |= fields
    return content


def make_own(
    session: Session,
    user: User,
    content: dict[str, Any] | None = None,
    *,
    slug: str = SLUG,
    lesson: str = "01-a-costly-word",
    now: datetime = NOON,
) -> OwnQuestion:
    """A draft of the user's."""
    found = CONTENT if content is None else content
    return service.create_question(session, Author.of(user), found, slug=slug, lesson=lesson, now=now)


def make_quiz(
    session: Session, user: User, *questions: str, slug: str = QUIZ, status: str = "open", **settings: Any
) -> OwnQuiz:
    """A quiz of the user's that asks these questions, or draws; a draft, open or closed."""
    quiz = Quiz(id=slug, title="Signals on Friday", questions=questions, **settings)
    own = create_quiz(session, Author.of(user), quiz, link=slug[-8:], now=NOON)
    own.status = status
    session.flush()
    return own


def make_published(
    session: Session, user: User, content: dict[str, Any] | None = None, *, slug: str = SLUG, now: datetime = NOON
) -> OwnQuestion:
    """A question of the user's that learners are asked."""
    own = make_own(session, user, content, slug=slug, now=now)
    publish(session, own, user, now=now)
    return own


def publish(
    session: Session, own: OwnQuestion, user: User, *, meaning_changed: bool = False, now: datetime = NOON
) -> Question:
    """Publish it as it stands."""
    return service.publish(session, own, Author.of(user), meaning_changed=meaning_changed, now=now)


def save(
    session: Session,
    own: OwnQuestion,
    user: User,
    content: dict[str, Any],
    *,
    base: int | None = None,
    tab: uuid.UUID | None = None,
    counter: int | None = None,
    save_id: uuid.UUID | None = None,
    now: datetime = NOON,
) -> QuestionEdit:
    """Keep a working copy, begun from the newest step unless `base` says otherwise."""
    sent = Save(save_id or uuid.uuid4(), own.edit_number if base is None else base, tab, counter)
    return service.save_edit(session, own, Author.of(user), content, sent, now=now)
