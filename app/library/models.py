"""Tables of the text: versions of questions, the compiled course, and images stored beside it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class QuestionVersion(Base):
    """One wording of a question, kept for ever: every answer points at what was shown."""

    __tablename__ = "question_version"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    revision: Mapped[int]
    lesson: Mapped[str] = mapped_column(String(80))
    signature: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    file: Mapped[str] = mapped_column(String(255))
    line: Mapped[int]
    synced_at: Mapped[datetime]

    __table_args__ = (Index("ix_question_version_slug_revision", "slug", "revision"),)


class CompiledCourse(Base):
    """The course as last compiled: one row."""

    __tablename__ = "compiled_course"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    payload: Mapped[str] = mapped_column(Text)
    problems: Mapped[str] = mapped_column(Text)
    synced_at: Mapped[datetime]


class Image(Base):
    """An image that questions show, under a name made from its content; drawn anew before it was stored."""

    __tablename__ = "image"

    name: Mapped[str] = mapped_column(String(90), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    by_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
