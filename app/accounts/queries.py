"""Looking people and invitations up."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Invitation, User
from app.accounts.permissions import Role
from app.errors import NotFound

_TEACHERS = (Role.TEACHER, Role.ADMIN)


def has_teacher(session: Session) -> bool:
    """Whether anybody can teach here."""
    return session.scalar(select(User.id).where(User.role.in_(_TEACHERS)).limit(1)) is not None


def find_invitation(session: Session, token: str, *, now: datetime) -> Invitation:
    """An invitation that can be used. Raises NotFound with what to do."""
    found = session.get(Invitation, token_hash(token))
    if found is None:
        raise NotFound("There is no such invitation. Copy the whole link, or ask for a new one.")
    if found.used_at is not None:
        raise NotFound("This invitation has been used. Sign in, or ask for a new one.")
    if found.expires_at <= now:
        raise NotFound("This invitation is too old. Ask for a new one.")
    return found


def invitations(session: Session) -> list[Invitation]:
    """All invitations that are kept, the newest first."""
    return list(session.scalars(select(Invitation).order_by(Invitation.made_at.desc())))


def teachers(session: Session) -> list[User]:
    """Everybody who can teach, by name."""
    return list(session.scalars(select(User).where(User.role.in_(_TEACHERS)).order_by(User.name_key)))


def token_hash(token: str) -> str:
    """What is stored of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()
