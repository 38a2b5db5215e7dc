"""Tables of progress. Each is updated at constant cost and can be rebuilt from the attempts."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


def _user_key() -> Mapped[uuid.UUID]:
    return mapped_column(Uuid, ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)


class LessonProgress(Base):
    """How far a learner is in a lesson, when it was finished, and the summary they wrote."""

    __tablename__ = "lesson_progress"

    user_id: Mapped[uuid.UUID] = _user_key()
    lesson: Mapped[str] = mapped_column(String(80), primary_key=True)
    anchor: Mapped[str | None] = mapped_column(String(200))
    read_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    summary: Mapped[str | None] = mapped_column(Text)


class SelfCheck(Base):
    """The first answer to a self-check of a lesson; locked, and in no statistics."""

    __tablename__ = "self_check"

    user_id: Mapped[uuid.UUID] = _user_key()
    question: Mapped[str] = mapped_column(String(80), primary_key=True)
    lesson: Mapped[str] = mapped_column(String(80))
    version_id: Mapped[str] = mapped_column(ForeignKey("question_version.id"))
    response: Mapped[str] = mapped_column(Text)
    score: Mapped[float | None]
    answered_at: Mapped[datetime]


class QuizProgress(Base):
    """A learner's attempts of a quiz that were handed in, and the best of them."""

    __tablename__ = "quiz_progress"

    user_id: Mapped[uuid.UUID] = _user_key()
    quiz: Mapped[str] = mapped_column(String(80), primary_key=True)
    attempts: Mapped[int]
    best_score: Mapped[float | None]
    best_points: Mapped[float]
    best_of: Mapped[int]
    last_at: Mapped[datetime]


class ObjectiveProgress(Base):
    """How many quiz questions on an objective were handed in, and how many were fully right."""

    __tablename__ = "objective_progress"

    user_id: Mapped[uuid.UUID] = _user_key()
    objective: Mapped[str] = mapped_column(String(80), primary_key=True)
    answered: Mapped[int]
    right: Mapped[int]
