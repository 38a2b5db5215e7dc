"""Forms of names and passwords. Their rules are in app.accounts.passwords."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

_NAME = [InputRequired("Type your name.")]
_PASSWORD = [InputRequired("Type a password.")]


class SignInForm(FlaskForm):
    """Name and password."""

    name = StringField("Name", _NAME)
    password = PasswordField("Password", _PASSWORD)


class RegisterForm(SignInForm):
    """A new name and password."""


class PasswordForm(FlaskForm):
    """The old password and a new one."""

    old = PasswordField("Your password as it is", [InputRequired("Type your present password.")])
    password = PasswordField("New password", _PASSWORD)


class DeleteForm(FlaskForm):
    """The name, typed to confirm."""

    confirm = StringField("Name", [InputRequired("Type your name to confirm.")])


class EmptyForm(FlaskForm):
    """Nothing but the token."""
