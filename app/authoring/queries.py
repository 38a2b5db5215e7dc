"""Reading what is written in the browser."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.authoring.models import OwnQuestion, OwnQuiz, QuestionComment, QuestionEdit, Shelf
from app.errors import NotFound
from app.library.model import Library, OwnQuizEntry
from app.library.queries import questions_by_version
from app.questions.draw import Quiz

_STAMP = select(Shelf.stamp).where(Shelf.id == 1)


def shelf_stamp(session: Session) -> uuid.UUID | None:
    """A mark that is another one whenever what is served from the browser has changed; None before the first."""
    return session.scalar(_STAMP)


def with_own(session: Session, library: Library) -> Library:
    """The library with the published questions and all quizzes that were written in the browser.

    What comes from files keeps its id: a question or quiz of the browser under the same id is left out.
    """
    served = select(OwnQuestion.slug, OwnQuestion.version_id).where(
        OwnQuestion.is_served, OwnQuestion.version_id.is_not(None)
    )
    versions = {
        slug: str(version)
        for slug, version in session.execute(served.order_by(OwnQuestion.slug))
        if slug not in library.questions
    }
    found = questions_by_version(session, versions.values())
    quizzes, entries = _quizzes(session, library)
    merged = replace(
        library,
        questions={**library.questions, **{slug: found[version] for slug, version in versions.items()}},
        quizzes={**library.quizzes, **quizzes},
        own_quizzes=entries,
    )
    # Hashing every question again would be most of the work.
    merged.__dict__["version_ids"] = {**library.version_ids, **versions}
    return merged


def _quizzes(session: Session, library: Library) -> tuple[dict[str, Quiz], dict[str, OwnQuizEntry]]:
    rows = session.scalars(select(OwnQuiz).where(OwnQuiz.status != "retired").order_by(OwnQuiz.created_at))
    mine = [row for row in rows if row.slug not in library.quizzes]
    return (
        {row.slug: Quiz.model_validate_json(row.content) for row in mine},
        {row.slug: OwnQuizEntry(row.owner_id, row.owner_name, row.status, row.link) for row in mine},
    )


def own_question(session: Session, slug: str) -> OwnQuestion:
    """A question written in the browser. Raises NotFound."""
    own = session.get(OwnQuestion, slug)
    if own is None:
        raise NotFound("There is no such question.")
    return own


def history(session: Session, slug: str) -> list[QuestionEdit]:
    """The steps of a question, newest first."""
    order = (QuestionEdit.at.desc(), QuestionEdit.number.desc())
    return list(session.scalars(select(QuestionEdit).where(QuestionEdit.question == slug).order_by(*order)))


def comments(session: Session, slug: str) -> list[QuestionComment]:
    """What was said of a question, oldest first."""
    found = select(QuestionComment).where(QuestionComment.question == slug).order_by(QuestionComment.at)
    return list(session.scalars(found))


def content_of(row: OwnQuestion | QuestionEdit) -> dict[str, Any]:
    """The working copy that a row holds."""
    content: dict[str, Any] = json.loads(row.content)
    return content
