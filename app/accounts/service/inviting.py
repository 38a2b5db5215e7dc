"""Invitations: one-time links that make an account with a role. Only a hash of the link is stored."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Invitation, User
from app.accounts.permissions import Role
from app.accounts.queries import find_invitation, has_teacher, token_hash
from app.accounts.service.people import keep_progress, register
from app.errors import Conflict, Invalid

LIFE = timedelta(days=7)
# Used ones stay for so long, so that it can be seen who came by which link.
KEPT = timedelta(days=90)
INVITED = (Role.LEARNER, Role.TEACHER, Role.ADMIN)
_FIRST = "The first teacher"


def first_teacher_token(session: Session, *, now: datetime) -> str | None:
    """A token for whoever set this up, None when there is a teacher. Tokens made by earlier starts end."""
    session.execute(delete(Invitation).where(Invitation.note == _FIRST, Invitation.used_at.is_(None)))
    if has_teacher(session):
        return None
    return invite(session, None, role=Role.TEACHER, note=_FIRST, now=now)


def invite(session: Session, by: User | None, *, role: Role, note: str, now: datetime) -> str:
    """A token that makes one account with `role`, within a week; `note` says for whom it is. Raises Invalid.

    Nobody gives more than they have: only admins, and the program itself, invite admins.
    """
    if role not in INVITED or (role == Role.ADMIN and by is not None and by.role != Role.ADMIN):
        raise Invalid("You cannot invite somebody with this role.", where="role")
    note = " ".join(note.split())
    if len(note) > 80:
        raise Invalid("Use at most 80 characters.", where="note")
    token = secrets.token_urlsafe(32)
    session.add(
        Invitation(
            token_hash=token_hash(token),
            role=role,
            note=note,
            by_id=by.id if by else None,
            by_name=by.shown_name if by else "",
            made_at=now,
            expires_at=now + LIFE,
        )
    )
    session.flush()
    return token


def join(session: Session, token: str, name: str, password: str, *, guest: User | None, now: datetime) -> User:
    """A new account by an invitation; a guest keeps what was done so far.

    Raises NotFound for a token that is used, too old or none, and Invalid when the name is taken or a rule broken.
    """
    invitation = _take(session, token, name, now=now)
    role = Role(invitation.role)
    if guest is not None and guest.is_guest:
        user = keep_progress(session, guest, name, password)
        user.role = role
    else:
        user = register(session, name, password, now=now, role=role)
    invitation.used_by = user.name
    return user


def join_as(session: Session, token: str, user: User, *, now: datetime) -> None:
    """Give an account that exists the role of an invitation.

    Raises NotFound, and Conflict when nothing would change; the invitation is then still good.
    """
    order = (Role.LEARNER, Role.TEACHER, Role.ADMIN)
    if user.role not in order:
        raise Conflict("Make an account first: guests and the learner on this computer cannot be given a role.")
    invitation = find_invitation(session, token, now=now)
    if order.index(Role(invitation.role)) <= order.index(Role(user.role)):
        raise Conflict(f"{user.name} is {_a(user.role)} already. The link is still good for somebody else.")
    user.role = _take(session, token, str(user.name), now=now).role


def _take(session: Session, token: str, name: str, *, now: datetime) -> Invitation:
    """Use the invitation up. Of two people who press the button at once, one has it."""
    invitation = find_invitation(session, token, now=now)
    taken = (
        update(Invitation)
        .where(Invitation.token_hash == invitation.token_hash, Invitation.used_at.is_(None))
        .values(used_at=now, used_by=name[:40])
    )
    if getattr(session.execute(taken), "rowcount", 0) != 1:
        raise Conflict("This invitation has just been used.")
    session.refresh(invitation)
    return invitation


def _a(role: str) -> str:
    return {Role.LEARNER: "a learner", Role.TEACHER: "a teacher", Role.ADMIN: "an admin"}[Role(role)]


def withdraw(session: Session, key: str) -> None:
    """End an invitation that has not been used; does nothing when there is none."""
    session.execute(delete(Invitation).where(Invitation.token_hash == key, Invitation.used_at.is_(None)))


def purge_invitations(session: Session, *, now: datetime) -> None:
    """Forget invitations that nobody can use and nobody need look up any more."""
    old = select(Invitation.token_hash).where(Invitation.expires_at < now - KEPT)
    session.execute(delete(Invitation).where(Invitation.token_hash.in_(old)))
