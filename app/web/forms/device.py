"""The form for the look of a device."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField


class DeviceForm(FlaskForm):
    """Theme and number keys."""

    theme = RadioField("Theme", choices=[("system", "As the device"), ("light", "Light"), ("dark", "Dark")])
    keys = BooleanField("Number keys choose an option while the options have the focus")
