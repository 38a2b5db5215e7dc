"""Opening an invitation: a new account with its role, or the role for the account one has."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts import service
from app.accounts.models import Invitation, User
from app.accounts.permissions import Permission, Role
from app.accounts.queries import find_invitation
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Invalid
from app.web import access
from app.web.access import needs, visitor
from app.web.accounts import blame
from app.web.forms.accounts import EmptyForm, JoinForm
from app.web.shell import notice

bp = Blueprint("joining", __name__)


def _found(token: str) -> Invitation:
    return find_invitation(db.session(), token, now=utc_now())


def _page(token: str, form: JoinForm, status: int = 200) -> tuple[str, int]:
    invitation, who = _found(token), visitor()
    can_keep = who is not None and who.role in (Role.LEARNER, Role.TEACHER)
    page = render_template(
        "accounts/join.html", form=form, own=EmptyForm(), invitation=invitation, token_text=token, can_keep=can_keep
    )
    return page, status


@bp.get("/join/<token>")
@needs(Permission.SIGN_IN)
def join_page(token: str) -> tuple[str, int]:
    """What the invitation makes of one, and the form. Opening the page uses nothing up."""
    return _page(token, JoinForm())


@bp.post("/join/<token>")
@needs(Permission.SIGN_IN)
def join(token: str) -> Response | tuple[str, int]:
    """A new account; who was a guest here keeps what was done."""
    _found(token)
    form = JoinForm()
    if not form.validate_on_submit():
        return _page(token, form, 422)
    found = visitor()
    try:
        with transaction() as session:
            guest = session.get(User, found.id) if found and found.is_guest else None
            name, password = form.name.data or "", form.password.data or ""
            user = service.join(session, token, name, password, guest=guest, now=utc_now())
            access.sign_in(session, user)
            role = Role(user.role)
    except Invalid as problem:
        blame(form, problem)
        return _page(token, form, 422)
    return _welcome(role)


@bp.post("/join/<token>/as-myself")
@needs(Permission.ACCOUNT)
def join_as_myself(token: str) -> Response:
    """Give the account that is signed in the role of the invitation."""
    with transaction() as session:
        user = access.me(session)
        service.join_as(session, token, user, now=utc_now())
        # The cookie says who one is, and the row what one may do: nothing else changes.
        role = Role(user.role)
    return _welcome(role)


def _welcome(role: Role) -> Response:
    if role == Role.LEARNER:
        notice("Welcome.")
        return redirect(url_for("home.index"), 303)
    notice("Welcome. Questions and quizzes are made here; the course is as learners see it.")
    return redirect(url_for("teach.index"), 303)
