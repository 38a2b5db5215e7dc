"""Opening the course for a command, and finding lessons, quizzes and the local learner in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.accounts.service import local_learner
from app.boot import bare_app, library, open_course
from app.cli.group import Options
from app.clock import utc_now
from app.config import BUNDLED, Settings, course_folders, read_settings
from app.db import db, transaction
from app.errors import BadSetting, NotFound, StorageTrouble
from app.learning.queries import NextStep
from app.lessons.model import Lesson
from app.library.model import Library
from app.questions.draw import Quiz

T = TypeVar("T")


def settings_of(options: Options, **overrides: Any) -> Settings:
    """The settings, with what the command line says above the environment. Raises BadSetting."""
    data = options.data.expanduser().resolve() if options.data else None
    return read_settings(data=data, course=_named_courses(options) or None, **overrides)


def _named_courses(options: Options) -> tuple[Path, ...]:
    """The folders after --course. Raises BadSetting for one that is not there."""
    found = course_folders(options.course)
    for folder in found:
        if not folder.is_dir():
            raise BadSetting(
                f"There is no folder {folder}. After --course stands the folder of a course, or “{BUNDLED}”."
            )
    return found


def prepared_app(settings: Settings) -> Flask:
    """The application without pages. Raises StorageTrouble when the data folder cannot be written."""
    try:
        return bare_app(settings)
    except OSError as problem:
        raise StorageTrouble(
            f"The data folder {settings.data} cannot be written ({problem.strerror}). "
            "Use --data or OFFRAMP_DATA to name a folder that you may write to."
        ) from problem


@contextmanager
def opened(options: Options) -> Iterator[Library]:
    """What is served, with the database at hand as `app.db.db`. Raises BadSetting and StorageTrouble."""
    app = prepared_app(settings_of(options))
    open_course(app, may_upgrade=False)
    with app.app_context():
        yield library()


@contextmanager
def reading() -> Iterator[Session]:
    """The database's session for reading; nothing is held open while a learner thinks."""
    session: Session = db.session()
    try:
        yield session
    finally:
        session.rollback()


def known_learner() -> uuid.UUID | None:
    """The local learner's id; None when nothing was done in this data folder yet."""
    with reading() as session:
        return session.scalar(select(User.id).where(User.role == Role.LOCAL))


def learner() -> uuid.UUID:
    """The local learner's id; the learner is made at the first need."""
    found = known_learner()
    if found is None:
        with transaction() as session:
            found = local_learner(session, now=utc_now()).id
    return found


def find_lesson(library: Library, text: str) -> Lesson:
    """The lesson with this number, id or beginning of an id. Raises NotFound, which lists what there is."""
    if text.isascii() and text.isdigit():
        found = [lesson for lesson in library.lessons.values() if lesson.head.number == int(text)]
    else:
        found = _by_id(library.lessons, text)
    if len(found) == 1:
        return found[0]
    # Two courses may both have a lesson 1; then only the id tells them apart.
    listed = ", ".join(
        f"{lesson.id if found else lesson.head.number} ({lesson.head.title})"
        for lesson in found or library.lessons.values()
    )
    raise NotFound(f"{_said(text, found, 'lesson')} Lessons: {listed or 'none'}.")


def find_quiz(library: Library, text: str) -> Quiz:
    """The quiz with this id or beginning of an id, or the quiz of that lesson. Raises NotFound."""
    found = _by_id(library.quizzes, text)
    if len(found) == 1:
        return found[0]
    try:
        lesson = find_lesson(library, text)
    except NotFound:
        raise NotFound(
            f"{_said(text, found, 'quiz')} Quizzes: {', '.join(quiz.id for quiz in library.course_quizzes) or 'none'}. "
            "A lesson's number stands for its quiz."
        ) from None
    quiz = library.quiz_of(lesson.id)
    if quiz is None:
        listed = ", ".join(one.id for one in library.course_quizzes)
        raise NotFound(f"Lesson {lesson.head.number} has no quiz. Quizzes: {listed or 'none'}.")
    return quiz


def _by_id(things: Mapping[str, T], text: str) -> list[T]:
    if text in things:
        return [things[text]]
    return [thing for key, thing in things.items() if text and key.startswith(text)]


def _said(text: str, found: list[Any], what: str) -> str:
    return f"{text!r} fits more than one {what}." if found else f"There is no {what} {text!r}."


def next_command(library: Library, step: NextStep) -> str:
    """The command for the next step; empty when there is none."""
    if step.action in ("read", "go_on") and step.lesson:
        number = step.lesson.head.number
        is_only = sum(lesson.head.number == number for lesson in library.lessons.values()) == 1
        return f"offramp read {number if is_only else step.lesson.id}"
    return f"offramp quiz {step.quiz.id}" if step.quiz else ""
