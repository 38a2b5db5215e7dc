"""Who is at the browser: the cookie, what they may do, and forms that cannot be forged."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, g, request
from flask import session as cookie
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import bindparam, event, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import NOBODY, Permission, Role, may
from app.accounts.service import make_guest, note_seen
from app.db import db
from app.errors import NeedsSignIn, NotAllowed

# Built once: every request asks it.
_BY_ID = select(User).where(User.id == bindparam("id"))

V = TypeVar("V", bound=Callable[..., Any])
csrf = CSRFProtect()


class _Logins(LoginManager):  # type: ignore[misc]  # Flask-Login has no types
    """Sign-in without “remember me”."""

    def _update_remember_cookie(self, response: Any) -> Any:
        # It would look into the session, and every static file would vary with the cookie.
        return response


_logins = _Logins()


@dataclass(frozen=True)
class Visitor:
    """What a request knows of the person signed in: plain values that outlive a transaction."""

    id: uuid.UUID
    name: str
    role: Role
    version: int
    # Per cent more time in quizzes that have a limit.
    extra_time: int = 0

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def is_guest(self) -> bool:
        """Whether this is a guest."""
        return self.role == Role.GUEST

    def get_id(self) -> str:
        """What the cookie carries: a new password raises the version, and old cookies end."""
        return f"{self.id}:{self.version}"


def install(app: Flask) -> None:
    """Add sign-in and CSRF protection to the application."""
    csrf.init_app(app)
    _logins.session_protection = None  # a school's address changes from request to request
    # Its own variable for templates would ask the database for error pages about the database too.
    _logins.init_app(app, add_context_processor=False)
    _logins.user_loader(_load)


def _load(key: str) -> Visitor | None:
    try:
        name, version = key.rsplit(":", 1)
        user = db.session.scalar(_BY_ID, {"id": uuid.UUID(name)})
    except ValueError:
        return None
    if user is None or str(user.session_version) != version:
        return None
    return _visitor(user)


def _visitor(user: User) -> Visitor:
    return Visitor(user.id, user.shown_name, Role(user.role), user.session_version, user.extra_time)


def visitor() -> Visitor | None:
    """The person signed in, guests included; None when nobody is."""
    if g.get("is_without_visitor"):
        return None
    # The person and not Flask-Login's proxy, which is somebody else after sign_in().
    return current_user._get_current_object() if current_user.is_authenticated else None


def do_without_visitor() -> None:
    """For the rest of the request nobody is signed in: the database cannot be asked who it is."""
    g.is_without_visitor = True


def visitor_id() -> uuid.UUID | None:
    """The id of the person signed in."""
    found = visitor()
    return found.id if found else None


def needs(permission: Permission) -> Callable[[V], V]:
    """Mark a view with the permission that it asks for, and ask for it."""

    # Health and static files must not wait for the database to say who asks, nor vary with the cookie.
    is_for_all = all(may(role, permission) for role in (NOBODY, *Role))

    def mark(view: V) -> V:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if is_for_all:
                return view(*args, **kwargs)
            found = visitor()
            if not may(found.role if found else None, permission):
                if found is None or found.is_guest:
                    raise NeedsSignIn("Sign in first.")
                raise NotAllowed("This is not for your account.")
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast(V, guarded)

    return mark


def learner(session: Session, *, now: datetime) -> User:
    """The row of the person signed in, inside a transaction; a guest is made and signed in when nobody is."""
    found = visitor()
    user = session.get(User, found.id) if found else None
    if user is None:
        user = make_guest(session, now=now)
        sign_in(session, user)
    note_seen(session, user, now=now)
    return user


def me(session: Session) -> User:
    """The row of the person signed in, inside a transaction. Raises NeedsSignIn."""
    user = session.get(User, visitor_id()) if visitor_id() else None
    if user is None:
        raise NeedsSignIn("Sign in first.")
    return user


def sign_in(session: Session, user: User) -> None:
    """Put the person into the cookie: for 30 days a guest, until the browser is closed anybody else.

    It happens when the transaction is committed: a cookie must not name what was rolled back.
    """
    found = _visitor(user)
    event.listen(session, "after_commit", lambda _: _remember(found), once=True)


def _remember(found: Visitor) -> None:
    # A form token must not outlive a change of person; a newcomer's first answer changes nobody, and a form
    # that stands open in another tab must still be taken.
    token = cookie.get("csrf_token") if visitor() is None and found.is_guest else None
    cookie.clear()
    if token:
        cookie["csrf_token"] = token
    login_user(cast(Any, found))
    cookie.permanent = found.is_guest


def sign_out() -> None:
    """Take everything out of the cookie."""
    logout_user()
    cookie.clear()


def address() -> str:
    """Where the request comes from, by the proxies that are trusted."""
    return request.remote_addr or ""


def wants_json() -> bool:
    """Whether a script asks, and not a person's browser."""
    return request.accept_mimetypes.best == "application/json"
