"""Making people, letting them in, and changing what they are. `inviting` makes teachers."""

from __future__ import annotations

import hashlib
import math
import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from uuid6 import uuid7

from app.accounts.models import SignInFailure, SignInLink, User
from app.accounts.passwords import clean_name, hash_password, name_key, password_fits
from app.accounts.permissions import Role
from app.accounts.queries import token_hash
from app.accounts.throttle import PER_ACCOUNT, PER_ADDRESS, WINDOW, wait_until
from app.errors import Invalid, NotAllowed, NotFound, TooMany

GUEST_IDLE = timedelta(days=90)
LINK_LIFE = timedelta(minutes=5)
MAX_EXTRA_TIME = 300


def make_guest(session: Session, *, now: datetime) -> User:
    """A guest without a name, for somebody who answers before signing in."""
    return _add(session, role=Role.GUEST, now=now)


def local_learner(session: Session, *, now: datetime) -> User:
    """The one local learner of this data folder, made when there is none."""
    user = session.scalar(select(User).where(User.role == Role.LOCAL))
    return user or _add(session, role=Role.LOCAL, now=now)


def register(session: Session, name: str, password: str, *, now: datetime, role: Role = Role.LEARNER) -> User:
    """A new account. Raises Invalid when the name is taken or a rule is broken."""
    user = User(id=_new_id(), role=role, session_version=1, created_at=now, seen_at=now)
    _name(session, user, name)
    user.password_hash = hash_password(password)
    session.add(user)
    _flush_name(session, name)
    return user


def keep_progress(session: Session, guest: User, name: str, password: str) -> User:
    """Turn a guest into a learner with a name; everything done so far stays theirs."""
    if not guest.is_guest:
        raise NotAllowed("You have an account already.")
    _name(session, guest, name)
    guest.password_hash = hash_password(password)
    guest.role = Role.LEARNER
    # The guest's cookie may lie on a shared computer: it must not stay a key to the account.
    guest.session_version += 1
    _flush_name(session, name)
    return guest


def check_throttle(session: Session, name: str, *, address: str, now: datetime) -> None:
    """Raise TooMany while this account or address has to wait."""
    for column, value, limit in (
        (SignInFailure.account, _account_key(name), PER_ACCOUNT),
        (SignInFailure.address, address, PER_ADDRESS),
    ):
        since = select(SignInFailure.at).where(column == value, SignInFailure.at > now - WINDOW)
        until = wait_until(list(session.scalars(since)), limit=limit)
        if until and until > now:
            minutes = max(1, math.ceil((until - now).total_seconds() / 60))
            wait = f"{minutes} minute{'s' if minutes > 1 else ''}"
            raise TooMany(f"Too many failed sign-ins. Wait {wait}, then try again.")


def find_by_password(session: Session, name: str, password: str) -> User | None:
    """The account that name and password open, or None. Takes as long for a name that does not exist."""
    user = session.scalar(select(User).where(User.name_key == name_key(name)))
    fits = password_fits(user.password_hash if user else None, password)
    return user if fits else None


def note_failure(session: Session, name: str, *, address: str, now: datetime) -> None:
    """Count a failed sign-in, and forget those that no longer matter."""
    session.execute(delete(SignInFailure).where(SignInFailure.at <= now - WINDOW))
    session.add(SignInFailure(account=_account_key(name), address=address[:64], at=now))


def forget_failures(session: Session, name: str) -> None:
    """After a sign-in that worked, the account starts afresh."""
    session.execute(delete(SignInFailure).where(SignInFailure.account == _account_key(name)))


def change_password(session: Session, user: User, *, old: str | None, new: str) -> None:
    """Set a new password and end all other sessions. `old` is None only for an operator at the terminal."""
    if old is not None and not password_fits(user.password_hash, old):
        raise Invalid("This is not your password as it was.", where="old")
    user.password_hash = hash_password(new)
    user.session_version += 1


def set_extra_time(user: User, percent: int) -> None:
    """Give somebody so many per cent more time in quizzes with a time limit. Raises Invalid below 0 and above 300."""
    if not 0 <= percent <= MAX_EXTRA_TIME:
        raise Invalid(f"Extra time is 0 to {MAX_EXTRA_TIME} per cent, not {percent}.", where="percent")
    user.extra_time = percent


def user_by_name(session: Session, name: str) -> User:
    """The account with this name. Raises NotFound."""
    user = session.scalar(select(User).where(User.name_key == name_key(name)))
    if user is None:
        raise NotFound(f"There is no account named {name!r}.")
    return user


def make_link(session: Session, user: User, *, now: datetime) -> str:
    """A token that signs `user` in once, within five minutes."""
    session.execute(delete(SignInLink).where(SignInLink.expires_at <= now))
    token = secrets.token_urlsafe(32)
    session.add(SignInLink(token_hash=token_hash(token), user_id=user.id, expires_at=now + LINK_LIFE))
    return token


def use_link(session: Session, token: str, *, now: datetime) -> User:
    """The person whom `token` signs in; the token is used up. Raises NotFound when it is not valid."""
    link = session.get(SignInLink, token_hash(token))
    user = session.get(User, link.user_id) if link and link.expires_at > now else None
    if link:
        session.delete(link)
    if user is None:
        raise NotFound("This link has been used or is too old. Run “offramp open” again.")
    return user


def delete_user(session: Session, user: User) -> None:
    """Delete a person with every answer; the one exception to answers being kept."""
    session.delete(user)


def purge_guests(session: Session, *, now: datetime) -> int:
    """Delete guests who have been away for 90 days; how many."""
    old = delete(User).where(User.role == Role.GUEST, User.seen_at < now - GUEST_IDLE)
    return int(getattr(session.execute(old), "rowcount", 0))


def note_seen(session: Session, user: User, *, now: datetime) -> None:
    """Remember that a person was here, at most once a day: saving an answer must not write this row too."""
    if now - user.seen_at > timedelta(days=1):
        user.seen_at = now


def _add(session: Session, *, role: Role, now: datetime) -> User:
    user = User(id=_new_id(), role=role, session_version=1, created_at=now, seen_at=now)
    session.add(user)
    session.flush()
    return user


def _name(session: Session, user: User, name: str) -> None:
    user.name, user.name_key = clean_name(name), name_key(name)
    taken = select(User.id).where(User.name_key == user.name_key, User.id != user.id)
    with session.no_autoflush:
        if session.scalar(taken):
            raise _taken(name)


def _flush_name(session: Session, name: str) -> None:
    try:
        session.flush()
    except IntegrityError:
        # Two people chose it at the same moment; the unique index decides.
        raise _taken(name) from None


def _taken(name: str) -> Invalid:
    return Invalid(f"The name {name.strip()!r} is taken; choose another.", where="name")


def _new_id() -> uuid.UUID:
    return uuid.UUID(str(uuid7()))


def _account_key(name: str) -> str:
    # Hashed: people type passwords into the name field.
    return hashlib.sha256(name_key(name).encode()).hexdigest()
