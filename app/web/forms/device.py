"""The form for the look of a device."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import AnyOf

# What a device may be set to, and its name on the page.
THEMES = {"system": "As the device", "light": "Light", "dark": "Dark"}


class DeviceForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Theme and number keys."""

    theme = StringField("Theme", [AnyOf(THEMES)])
    keys = BooleanField("Number keys choose an option while the options have the focus")
