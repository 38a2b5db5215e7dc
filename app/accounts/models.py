"""Tables of people and their sign-ins."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.permissions import Role
from app.db import Base


class User(Base):
    """A person: a guest without a name, the local learner, or somebody with an account."""

    __tablename__ = "user"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    name: Mapped[str | None] = mapped_column(String(40))
    name_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    role: Mapped[str] = mapped_column(String(10))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    session_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    # Per cent more time in quizzes with a time limit.
    extra_time: Mapped[int] = mapped_column(SmallInteger, default=0)

    __table_args__ = (
        CheckConstraint("(name IS NULL) = (name_key IS NULL)", name="name_and_key"),
        CheckConstraint("role IN ('guest', 'learner', 'local', 'teacher', 'admin')", name="known_role"),
        Index("ix_user_role_seen_at", "role", "seen_at"),
    )

    @property
    def is_guest(self) -> bool:
        """Whether this is a guest, whose progress ends with the cookie unless it is kept."""
        return self.role == Role.GUEST

    @property
    def shown_name(self) -> str:
        """What to call this person on a page."""
        return self.name or ("Guest" if self.is_guest else "Learner on this computer")


class SignInFailure(Base):
    """A failed sign-in, kept for the length of the window."""

    __tablename__ = "sign_in_failure"

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime]


class SignInLink(Base):
    """A one-time link from the terminal into the browser. Only its hash is stored."""

    __tablename__ = "sign_in_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]


class Invitation(Base):
    """A one-time link that makes an account with a role: the first teacher's, or one that a teacher gives out."""

    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(80))
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    by_name: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (Index("ix_invitation_expires_at", "expires_at"),)
