"""Tables of attempts: a row for each sitting, slot and answer, and for what people decide about them later."""

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
    # When the time is up, with the learner's extra time; null without a time limit.
    deadline: Mapped[datetime | None]
    timed_out: Mapped[bool] = mapped_column(default=False)
    # As the quiz said at the start: an attempt that is not graded is in no progress, whatever becomes of the quiz.
    graded: Mapped[bool] = mapped_column(default=True)

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
        """Whether it has not been handed in. Its time may be up: ask `takes_answers`."""
        return self.finished_at is None

    def is_over(self, now: datetime) -> bool:
        """Whether it was handed in or its time is up."""
        return not self.takes_answers(now)

    def takes_answers(self, now: datetime) -> bool:
        """Whether an answer that arrives at `now` counts."""
        return self.is_open and (self.deadline is None or now <= self.deadline)


class Slot(Base):
    """One question of an attempt: the version shown, the answer that counts, the score after hand-in.

    `answer_id` is null while the question is blank, and again when its answer was cleared. `status` and `score`
    are set at hand-in, or before it when the question is checked by itself and then locked.
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
    status: Mapped[str | None] = mapped_column(String(12))
    # How many answers were checked one after the other, and how many hints were shown.
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    hints: Mapped[int] = mapped_column(SmallInteger, default=0)
    locked_at: Mapped[datetime | None]
    shown: Mapped[bool] = mapped_column(default=False)
    # What the first try earned, before anything is taken off for later ones.
    first_score: Mapped[float | None]
    diagnosis: Mapped[str | None] = mapped_column(String(40))
    # The version whose key graded it, when that is not the one that was shown.
    graded_as: Mapped[str | None] = mapped_column(ForeignKey("question_version.id"))

    attempt: Mapped[Attempt] = relationship(back_populates="slots")

    # How often a question was asked and how often right, for the bank.
    __table_args__ = (Index("ix_slot_question_status", "question", "status"),)


class Answer(Base):
    """A response as it arrived. Rows are only ever added; `response` is null when the slot was cleared.

    `confidence` is how sure the learner is, a step of the scale (0: just guessing); it may stand without a response.
    `try_number` is given when the answer is checked, `hints` says how many hints had been shown by then.
    """

    __tablename__ = "answer"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    attempt_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    position: Mapped[int] = mapped_column(SmallInteger)
    response: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[int | None] = mapped_column(SmallInteger)
    dont_know: Mapped[bool] = mapped_column(default=False)
    try_number: Mapped[int | None] = mapped_column(SmallInteger)
    hints: Mapped[int] = mapped_column(SmallInteger, default=0)
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


def _slot_key(name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["attempt_id", "position"], ["slot.attempt_id", "slot.position"], ondelete="CASCADE", name=name
    )


class VoidQuestion(Base):
    """A revision of a question that is taken out for everyone, who said so, and why."""

    __tablename__ = "void_question"

    question: Mapped[str] = mapped_column(String(80), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    by_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]


class ManualMark(Base):
    """What a person gave an answer, level by level. Rows are only ever added: the newest counts.

    A self-mark stands apart and never enters a score. `levels` is JSON: criterion id → level.
    """

    __tablename__ = "manual_mark"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    attempt_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    position: Mapped[int] = mapped_column(SmallInteger)
    answer_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    marker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    marker_name: Mapped[str] = mapped_column(String(40))
    is_self: Mapped[bool]
    levels: Mapped[str] = mapped_column(Text)
    score: Mapped[float]
    comment: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    __table_args__ = (
        _slot_key("fk_manual_mark_slot"),
        Index("ix_manual_mark_attempt_id_position", "attempt_id", "position"),
    )


class Regrade(Base):
    """One regrading of a question with another version's key: who, when and why."""

    __tablename__ = "regrade"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    question: Mapped[str] = mapped_column(String(80))
    to_version: Mapped[str] = mapped_column(ForeignKey("question_version.id"))
    reason: Mapped[str] = mapped_column(Text)
    by_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]


class OldMark(Base):
    """What a slot and its attempt had before a regrading."""

    __tablename__ = "old_mark"

    regrade_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("regrade.id", ondelete="CASCADE"), primary_key=True)
    attempt_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    score: Mapped[float | None]
    first_score: Mapped[float | None]
    status: Mapped[str | None] = mapped_column(String(12))
    graded_as: Mapped[str | None] = mapped_column(String(32))
    attempt_score: Mapped[float | None]

    __table_args__ = (_slot_key("fk_old_mark_slot"), Index("ix_old_mark_attempt_id_position", "attempt_id", "position"))
