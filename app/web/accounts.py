"""Becoming somebody: register, sign in and out, keep a guest's progress, change the password, leave."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask import session as cookie
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.accounts import service
from app.accounts.models import User
from app.accounts.permissions import Permission, Role
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Invalid, NotFound, TooMany
from app.learning.queries import progress_of
from app.learning.service import merge as merge_progress
from app.web import access
from app.web.access import Visitor, needs, visitor
from app.web.forms.accounts import DeleteForm, EmptyForm, PasswordForm, RegisterForm, SignInForm
from app.web.shell import notice

bp = Blueprint("accounts", __name__)


def onward() -> str:
    """Where to go after signing in: a path of this site, else home."""
    target = request.args.get("next", "")
    parts = urlsplit(target)
    safe = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return target if safe and "\\" not in target else url_for("home.index")


def blame(form: FlaskForm, problem: Invalid) -> None:
    """Put a rule's message under the field that broke it."""
    field = form._fields.get(problem.where or "") or next(iter(form._fields.values()))
    field.errors = [*field.errors, problem.message]


@bp.route("/register", methods=["GET", "POST"])
@needs(Permission.SIGN_IN)
def register() -> Response | str | tuple[str, int]:
    """A new account; a guest keeps everything done so far."""
    form = RegisterForm()
    found = visitor()
    if found and not found.is_guest:
        return redirect(url_for(".account"))
    if not form.validate_on_submit():
        return render_template("accounts/register.html", form=form), 422 if form.errors else 200
    try:
        with transaction() as session:
            name, password = form.name.data or "", form.password.data or ""
            guest = session.get(User, found.id) if found else None
            if guest:
                user = service.keep_progress(session, guest, name, password)
            else:
                user = service.register(session, name, password, now=utc_now())
            access.sign_in(session, user)
    except Invalid as problem:
        blame(form, problem)
        return render_template("accounts/register.html", form=form), 422
    notice("Welcome. Your progress is kept under this name." if guest else "Welcome.")
    return redirect(onward(), 303)


@bp.route("/sign-in", methods=["GET", "POST"])
@needs(Permission.SIGN_IN)
def sign_in() -> Response | str | tuple[str, int]:
    """Sign in; a guest with progress is asked before it is added to the account."""
    form = SignInForm(name=request.args.get("name", ""))
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200
    name, password = form.name.data or "", form.password.data or ""
    guest = visitor()
    try:
        user_id = check_password(name, password)
    except TooMany as problem:
        form.name.errors = [problem.message]
        return render_template("accounts/sign_in.html", form=form), 429
    if user_id is None:
        form.password.errors = ["Name and password do not fit together. Check both."]
        return render_template("accounts/sign_in.html", form=form), 422
    with transaction() as session:
        user = session.get_one(User, user_id)
        access.sign_in(session, user)
    return after_sign_in(guest)


def after_sign_in(before: Visitor | None) -> Response:
    """On to where one wanted to go; who did something here as a guest is first asked about it."""
    if before and before.is_guest and not progress_of(db.session(), before.id).is_empty:
        cookie["merge"] = str(before.id)
        return redirect(url_for(".merge", next=onward()), 303)
    return redirect(onward(), 303)


def check_password(name: str, password: str) -> uuid.UUID | None:
    """The account's id, or None after counting the failure. Raises TooMany."""
    now = utc_now()
    where = access.address()
    service.check_throttle(db.session(), name, address=where, now=now)
    user = service.find_by_password(db.session(), name, password)
    user_id = user.id if user else None
    with transaction() as session:
        if user_id is None:
            service.note_failure(session, name, address=where, now=now)
        else:
            service.forget_failures(session, name)
    return user_id


@bp.route("/sign-in/merge", methods=["GET", "POST"])
@needs(Permission.MERGE)
def merge() -> Response | str:
    """Ask whether what was done as a guest on this device joins the account."""
    guest_id = cookie.get("merge")
    guest = db.session.get(User, uuid.UUID(guest_id)) if guest_id else None
    if guest is None or not guest.is_guest:
        cookie.pop("merge", None)
        return redirect(onward())
    form = EmptyForm()
    if not form.validate_on_submit():
        theirs, ours = progress_of(db.session(), guest.id), progress_of(db.session(), access.visitor_id())
        return render_template("accounts/merge.html", form=form, theirs=theirs, ours=ours, library=library())
    if request.form.get("merge") == "yes":
        with transaction() as session:
            guest_row = session.get_one(User, uuid.UUID(guest_id or ""))
            merge_progress(session, guest_row, access.me(session), now=utc_now())
        notice("Added to your progress.")
    cookie.pop("merge", None)
    return redirect(onward(), 303)


@bp.get("/sign-in/link/<token>")
@needs(Permission.SIGN_IN)
def link(token: str) -> str:
    """The one-time link of `offramp open`. A button uses it up, so that a link preview cannot."""
    return render_template("accounts/link.html", form=EmptyForm(), token_text=token)


@bp.post("/sign-in/link/<token>")
@needs(Permission.SIGN_IN)
def use_link(token: str) -> Response:
    """Sign in as the learner whom the link names."""
    guest = visitor()
    with transaction() as session:
        user = service.use_link(session, token, now=utc_now())
        access.sign_in(session, user)
    return after_sign_in(guest)


@bp.post("/sign-out")
@needs(Permission.READ)
def sign_out() -> Response:
    """Sign out on this device."""
    access.sign_out()
    return redirect(url_for("home.index"), 303)


@bp.route("/start-over", methods=["GET", "POST"])
@needs(Permission.SIGN_IN)
def start_over() -> Response | str:
    """A guest forgets everything done on this device; asks first."""
    found = visitor()
    if found is None or not found.is_guest:
        return redirect(url_for("home.index"))
    form = EmptyForm()
    if not form.validate_on_submit():
        return render_template("accounts/start_over.html", form=form, progress=progress_of(db.session(), found.id))
    with transaction() as session:
        service.delete_user(session, access.me(session))
    access.sign_out()
    return redirect(url_for("home.index"), 303)


@bp.get("/account")
@needs(Permission.ACCOUNT)
def account() -> str:
    """Name, password, leaving."""
    return render_template("accounts/account.html", form=DeleteForm(), user=db.session.get(User, access.visitor_id()))


@bp.route("/account/password", methods=["GET", "POST"])
@needs(Permission.ACCOUNT)
def password() -> Response | str | tuple[str, int]:
    """Change the password; all other devices are signed out."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return render_template("accounts/password.html", form=form), 422 if form.errors else 200
    try:
        with transaction() as session:
            user = access.me(session)
            service.change_password(session, user, old=form.old.data or "", new=form.password.data or "")
            access.sign_in(session, user)
    except Invalid as problem:
        blame(form, problem)
        return render_template("accounts/password.html", form=form), 422
    notice("Password changed. Other devices are signed out.")
    return redirect(url_for(".account"), 303)


@bp.post("/account/delete")
@needs(Permission.ACCOUNT)
def delete() -> Response | tuple[str, int]:
    """Delete the account with every answer, once its name is typed."""
    form = DeleteForm()
    found = visitor()
    if found is None or found.role == Role.GUEST:
        raise NotFound("There is no account to delete.")
    if not form.validate_on_submit() or (form.confirm.data or "").strip() != found.name:
        form.confirm.errors = [f"Type {found.name} to confirm."]
        user = db.session.get(User, found.id)
        return render_template("accounts/account.html", form=form, user=user), 422
    with transaction() as session:
        service.delete_user(session, access.me(session))
    access.sign_out()
    return redirect(url_for("home.index"), 303)
