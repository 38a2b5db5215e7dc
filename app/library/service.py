"""Bringing the database up to date with the course on disk."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.library.compiled import dump_library
from app.library.folders import course_digest
from app.library.model import Library
from app.library.models import CompiledCourse, QuestionVersion
from app.questions.bank import dump_question, exact_id, load_question, signature, version_id
from app.questions.model import Place, Question
from app.questions.problems import Problem

# Any number will do, as long as every Offramp uses the same, and another than the migrations'.
_ADVISORY_LOCK = 5_266_728
_AT_ONCE = 500


def wait_for_turn(session: Session) -> None:
    """Let one process at a time bring the course up to date; SQLite's write lock does so by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})


def sync(session: Session, *folders: Path, now: datetime) -> tuple[Library, list[Problem]]:
    """Load the course in `folders`, store new versions and the compiled form; what is served, and all problems.

    A question whose kind, option ids or key changed under the same revision is refused (REV-01): the
    version it had stays in use.
    """
    # The readers of Markdown are loaded here: a start on a course that has not changed needs none of them.
    from app.library.load import load_course

    digest = course_digest(*folders)
    library, problems = load_course(*folders)
    questions, refused = _store_versions(session, library, now)
    library = replace(library, questions=questions)
    problems = sorted(problems + refused)
    row = session.get(CompiledCourse, 1) or CompiledCourse(id=1)
    row.digest, row.payload, row.synced_at = digest, dump_library(library), now
    row.problems = json.dumps([[p.file, p.line, p.rule, p.severity, p.message] for p in problems])
    session.add(row)
    session.flush()
    return library, problems


def _store_versions(session: Session, library: Library, now: datetime) -> tuple[dict[str, Question], list[Problem]]:
    newest = _newest_versions(session)
    questions: dict[str, Question] = {}
    problems = []
    for question in library.questions.values():
        had = newest.get(question.id)
        if had and _changes_meaning(question, had):
            problems.append(_refusal(question, had))
            questions[question.id] = as_question(had)
            continue
        questions[question.id] = question
        version = _kept(session, question)
        if version is not had or had is None:
            version.synced_at = now
    return questions, problems


def _newest_versions(session: Session) -> dict[str, QuestionVersion]:
    order = (QuestionVersion.slug, QuestionVersion.revision, QuestionVersion.synced_at)
    return {version.slug: version for version in session.scalars(select(QuestionVersion).order_by(*order))}


def _changes_meaning(question: Question, had: QuestionVersion) -> bool:
    if question.head.revision != had.revision:
        return question.head.revision < had.revision
    return signature(question) != had.signature


def _refusal(question: Question, had: QuestionVersion) -> Problem:
    if question.head.revision < had.revision:
        message = f"{question.id}: revision {question.head.revision} is older than {had.revision}, which was served."
    else:
        message = (
            f"{question.id}: the kind, an option's id or the key changed, but the revision is still "
            f"{had.revision}. Raise it to {had.revision + 1} if the meaning changed; until then the version "
            "served before stays in use."
        )
    return Problem(question.place.file, question.place.line, "REV-01", "error", message)


def keep_version(session: Session, question: Question, *, now: datetime) -> QuestionVersion:
    """The stored version of a question written in the browser, from now on served; made when it is not there yet."""
    return session.get_one(QuestionVersion, keep_versions(session, [question], now=now)[0])


def keep_versions(session: Session, questions: Collection[Question], *, now: datetime) -> list[str]:
    """As `keep_version` for many at once; their ids, in order."""
    # With its tags and the like: what a file says of them is read anew, and what a browser says only from here.
    ids = [exact_id(question) for question in questions]
    # Read together, so that each is found below without asking again.
    had = [
        version
        for at in range(0, len(ids), _AT_ONCE)
        for version in session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(ids[at : at + _AT_ONCE])))
    ]
    known = {version.id: version for version in had}
    for key, question in zip(ids, questions, strict=True):
        if key not in known:
            known[key] = _new_version(question)
            known[key].id = key
            session.add(known[key])
        known[key].synced_at = now
    session.flush()
    return ids


def _kept(session: Session, question: Question) -> QuestionVersion:
    version = session.get(QuestionVersion, version_id(question))
    if version is None:
        version = _new_version(question)
        session.add(version)
    return version


def _new_version(question: Question) -> QuestionVersion:
    return QuestionVersion(
        id=version_id(question),
        slug=question.id,
        revision=question.head.revision,
        lesson=question.lesson,
        signature=signature(question),
        content=json.dumps(dump_question(question), ensure_ascii=False),
        file=question.place.file,
        line=question.place.line,
    )


def as_question(version: QuestionVersion) -> Question:
    """The question that a stored version holds."""
    place = Place(version.file, version.line)
    return load_question(json.loads(version.content), lesson=version.lesson, place=place)
