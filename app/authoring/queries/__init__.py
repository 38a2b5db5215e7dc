"""Reading what is written in the browser. Every start loads this module: what only imports need is in arriving.py."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.authoring.models import Batch, OwnQuestion, OwnQuiz, QuestionComment, QuestionEdit, Shelf
from app.errors import NotFound
from app.library.model import Library, OwnQuizEntry
from app.library.queries import questions_by_version, stored_pictures
from app.questions.draw import Quiz

# What a start page lists of each sort; the table of questions has them all.
AT_MOST = 20

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
        images={**stored_pictures(session), **library.images},
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


def waits_for_review(session: Session, *, but_not_of: uuid.UUID) -> list[OwnQuestion]:
    """Questions of other teachers that are in review, those that wait longest first."""
    found = select(OwnQuestion).where(
        OwnQuestion.status == "in_review", OwnQuestion.owner_id.is_distinct_from(but_not_of)
    )
    return list(session.scalars(found.order_by(OwnQuestion.changed_at).limit(AT_MOST)))


def drafts_of(session: Session, owner: uuid.UUID) -> list[OwnQuestion]:
    """A teacher's drafts and what they have in review, the last changed first."""
    found = select(OwnQuestion).where(OwnQuestion.owner_id == owner, OwnQuestion.status.in_(("draft", "in_review")))
    return list(session.scalars(found.order_by(OwnQuestion.changed_at.desc()).limit(AT_MOST)))


def unsettled_on(session: Session, owner: uuid.UUID) -> list[tuple[OwnQuestion, QuestionComment]]:
    """What others said of a teacher's questions and nobody has settled yet, the latest first."""
    found = (
        select(OwnQuestion, QuestionComment)
        .join(QuestionComment, QuestionComment.question == OwnQuestion.slug)
        .where(
            OwnQuestion.owner_id == owner,
            QuestionComment.settled_at.is_(None),
            QuestionComment.by_id.is_distinct_from(owner),
        )
    )
    return [(own, said) for own, said in session.execute(found.order_by(QuestionComment.at.desc()).limit(AT_MOST))]


def has_written(session: Session, owner: uuid.UUID) -> bool:
    """Whether a teacher has any question of their own."""
    return session.scalar(select(OwnQuestion.slug).where(OwnQuestion.owner_id == owner).limit(1)) is not None


def content_of(row: OwnQuestion | QuestionEdit) -> dict[str, Any]:
    """The working copy that a row holds."""
    content: dict[str, Any] = json.loads(row.content)
    return content


def last_batches(session: Session, author_id: uuid.UUID, *, what: str | None = None, most: int = 10) -> list[Batch]:
    """What a teacher did to many questions at once, the newest first."""
    found = select(Batch).where(Batch.by_id == author_id).order_by(Batch.at.desc()).limit(most)
    return list(session.scalars(found.where(Batch.what == what) if what else found))


def slugs_of_batch(session: Session, batch_id: uuid.UUID) -> list[str]:
    """The questions that a batch has a step for."""
    found = select(QuestionEdit.question).where(QuestionEdit.batch_id == batch_id).distinct()
    return list(session.scalars(found))


def own_quiz(session: Session, slug: str) -> OwnQuiz:
    """A teacher's quiz. Raises NotFound."""
    own = session.get(OwnQuiz, slug)
    if own is None:
        raise NotFound("There is no such quiz.")
    return own


def quizzes_by(session: Session, owner_id: uuid.UUID) -> list[OwnQuiz]:
    """A teacher's quizzes, the one changed last first; those taken away at the end."""
    found = session.scalars(select(OwnQuiz).where(OwnQuiz.owner_id == owner_id).order_by(OwnQuiz.changed_at.desc()))
    return sorted(found, key=lambda own: own.status == "retired")


def quiz_by_link(session: Session, link: str) -> OwnQuiz:
    """The quiz whose link has this code. Raises NotFound."""
    own = session.scalars(select(OwnQuiz).where(OwnQuiz.link == link)).first()
    if own is None:
        raise NotFound("There is no quiz with this link. Check each letter of it.")
    return own
