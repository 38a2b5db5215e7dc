"""Tables of what is written in the browser: questions, their history, quizzes, uploads and imports."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class OwnQuestion(Base):
    """A question written in the browser.

    `content` is the working copy as a bank would write it (JSON, without id and revision; it may be incomplete, and
    values that cannot be read stay as they were typed). `status` is that of the working copy. What learners are
    asked is `version_id`, while `is_served`: a published question can be edited, and is served as it was until the
    edit is published too. `edit_number` counts the rows of its history: an edit names the number that it began from.
    """

    __tablename__ = "own_question"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    owner_name: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(10))
    # Empty for an entry of a file that no kind holds; its source text is then kept below.
    kind: Mapped[str] = mapped_column(String(24))
    lesson: Mapped[str] = mapped_column(String(80))
    content: Mapped[str] = mapped_column(Text)
    edit_number: Mapped[int]
    revision: Mapped[int]
    version_id: Mapped[str | None] = mapped_column(ForeignKey("question_version.id"))
    is_served: Mapped[bool]
    # How many findings the linter had when it was last saved.
    findings: Mapped[int] = mapped_column(SmallInteger)
    # What the file that it came from calls it, so that the same file updates and does not double.
    import_key: Mapped[str | None] = mapped_column(String(200))
    source_format: Mapped[str | None] = mapped_column(String(20))
    source_text: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("status IN ('draft', 'in_review', 'published', 'retired')", name="known_status"),
        Index("ix_own_question_owner_id", "owner_id"),
        Index("ix_own_question_import_key", "import_key"),
        Index("ix_own_question_changed_at", "changed_at"),
    )


class QuestionEdit(Base):
    """One step in the life of an own question. Rows are only ever added.

    `event` is created, saved, sent, returned, published, retired, restored, imported or changed (many at once).
    `tab` and `counter` are those of the form that saved it by itself; `batch_id` binds what was done at once, so
    that it can be undone at once.
    """

    __tablename__ = "question_edit"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    question: Mapped[str] = mapped_column(ForeignKey("own_question.slug", ondelete="CASCADE"))
    number: Mapped[int]
    event: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(10))
    lesson: Mapped[str] = mapped_column(String(80))
    content: Mapped[str] = mapped_column(Text)
    version_id: Mapped[str | None] = mapped_column(ForeignKey("question_version.id"))
    revision: Mapped[int]
    note: Mapped[str] = mapped_column(Text)
    tab: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    counter: Mapped[int | None]
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("batch.id", ondelete="SET NULL"))
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    by_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_question_edit_question_number", "question", "number"),
        Index("ix_question_edit_batch_id", "batch_id"),
    )


class QuestionComment(Base):
    """What a teacher says of a question, own or from a file."""

    __tablename__ = "question_comment"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    question: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    by_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (Index("ix_question_comment_question", "question"),)


class Batch(Base):
    """What was done to many questions at once: an import, or a change to those selected; it can be undone."""

    __tablename__ = "batch"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    what: Mapped[str] = mapped_column(String(12))
    summary: Mapped[str] = mapped_column(Text)
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    by_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class Upload(Base):
    """A file between its preview and its import; gone after either, or after a day."""

    __tablename__ = "upload"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    file_name: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(20))
    # JSON: what the teacher chose for the file (lesson, objective, meaning of columns).
    options: Mapped[str] = mapped_column(Text)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]

    __table_args__ = (Index("ix_upload_at", "at"),)


class OwnQuiz(Base):
    """A teacher's quiz. `content` is JSON of the Quiz model; learners reach it by its link while it is open."""

    __tablename__ = "own_quiz"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    owner_name: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(10))
    link: Mapped[str] = mapped_column(String(16), unique=True)
    content: Mapped[str] = mapped_column(Text)
    edit_number: Mapped[int]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("status IN ('draft', 'open', 'closed', 'retired')", name="known_status"),
        Index("ix_own_quiz_owner_id", "owner_id"),
    )


class Shelf(Base):
    """One row: `stamp` is another one after every change of what the browser's questions and quizzes serve."""

    __tablename__ = "shelf"

    id: Mapped[int] = mapped_column(primary_key=True)
    stamp: Mapped[uuid.UUID] = mapped_column(Uuid)
