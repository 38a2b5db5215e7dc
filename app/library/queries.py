"""Reading the stored course and the versions that were shown."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.library.compiled import load_library
from app.library.model import Library, Picture
from app.library.models import CompiledCourse, Image, QuestionVersion
from app.library.service import as_question
from app.questions.model import Question
from app.questions.problems import Problem

# A version never changes, so it is kept for as long as the process lives.
_versions: dict[str, Question] = {}


def stored_course(session: Session, digest: str) -> tuple[Library, list[Problem]] | None:
    """The compiled course and its problems, None unless it was compiled from files with this digest."""
    row = session.get(CompiledCourse, 1)
    if row is None or row.digest != digest:
        return None
    return load_library(row.payload), [Problem(*entry) for entry in json.loads(row.problems)]


def image(session: Session, name: str) -> Image | None:
    """The image stored under this name."""
    return session.get(Image, name)


def image_size(session: Session, name: str) -> tuple[int, int] | None:
    """Width and height of the image stored under this name, without reading it."""
    row = session.execute(select(Image.width, Image.height).where(Image.name == name)).one_or_none()
    return (row.width, row.height) if row else None


def stored_pictures(session: Session) -> dict[str, Picture]:
    """The sizes of all stored images by name, without reading them."""
    rows = session.execute(select(Image.name, Image.width, Image.height))
    return {row.name: Picture(row.width, row.height, "") for row in rows}


def questions_by_version(session: Session, ids: Iterable[str]) -> dict[str, Question]:
    """Version id → question, for versions shown to somebody. At most one statement, none when all are known."""
    wanted = set(ids)
    missing = wanted - _versions.keys()
    if missing:
        for version in session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(missing))):
            _versions[version.id] = as_question(version)
    return {key: _versions[key] for key in wanted}
