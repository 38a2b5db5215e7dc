"""Tables of attempts: one row a sitting, one a slot, one an answer (append-only)."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    Text,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base


class Attempt(Base):
    """One sitting of a quiz. `score` is the mean of its slots' scores, set at hand-in."""

    __tablename__ = "attempt"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    quiz: Mapped[str] = mapped_column(String(80))
    seed: Mapped[int] = mapped_column(BigInteger)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    score: Mapped[float | None]

    slots: Mapped[list[Slot]] = relationship(
        back_populates="attempt", order_by="Slot.position", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (
        Index("ix_attempt_user_id_quiz", "user_id", "quiz"),
        # One open attempt of a quiz at a time, however many tabs ask for one.
        Index(
            "uq_attempt_open",
            "user_id",
            "quiz",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
    )

    @property
    def is_open(self) -> bool:
        """Whether answers still count."""
        return self.finished_at is None


class Slot(Base):
    """One question of an attempt: the version shown, the answer that counts, the score after hand-in.

    `answer_id` is null while the question is blank, and again when its answer was cleared.
    """

    __tablename__ = "slot"

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("question_version.id"))
    question: Mapped[str] = mapped_column(String(80))
    objective: Mapped[str] = mapped_column(String(80))
    flagged: Mapped[bool] = mapped_column(default=False)
    answer_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    score: Mapped[float | None]

    attempt: Mapped[Attempt] = relationship(back_populates="slots")


class Answer(Base):
    """A response as it arrived. Rows are only ever added; `response` is null when the slot was cleared."""

    __tablename__ = "answer"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    attempt_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    position: Mapped[int] = mapped_column(SmallInteger)
    response: Mapped[str | None] = mapped_column(Text)
    # How sure the learner is, in percent; asked for by a later version.
    confidence: Mapped[int | None] = mapped_column(SmallInteger)
    tab: Mapped[uuid.UUID] = mapped_column(Uuid)
    counter: Mapped[int]
    received_at: Mapped[datetime]
    counted: Mapped[bool]

    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["slot.attempt_id", "slot.position"],
            ondelete="CASCADE",
            name="fk_answer_slot",
        ),
        Index("ix_answer_attempt_id_position", "attempt_id", "position"),
    )
