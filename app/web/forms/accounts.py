"""Forms of names and passwords. Their rules are in app.accounts.passwords."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import AnyOf, InputRequired


def _without_nul(text: str | None) -> str | None:
    # PostgreSQL cannot compare with it; nobody has it in a name, so the rules refuse what comes out.
    return text.replace("\0", "\ufffd") if text else text


_NAME = [InputRequired("Type your name.")]
_PASSWORD = [InputRequired("Type a password.")]


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Name and password."""

    name = StringField("Name", _NAME, filters=[_without_nul])
    password = PasswordField("Password", _PASSWORD)


class RegisterForm(SignInForm):
    """A new name and password."""


class JoinForm(SignInForm):
    """The name and password of somebody who was invited."""


class InviteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """For whom an invitation is, and what it makes of them."""

    note = StringField("For whom", filters=[_without_nul])
    role = StringField("They become", [AnyOf(("teacher", "admin"))], default="teacher")


class PasswordForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The old password and a new one."""

    old = PasswordField("Your password as it is", [InputRequired("Type your present password.")])
    password = PasswordField("New password", _PASSWORD)


class DeleteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The name, typed to confirm."""

    confirm = StringField("Name", [InputRequired("Type your name to confirm.")])


class EmptyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Nothing but the token."""
