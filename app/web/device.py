"""How this device shows pages: theme and number keys, kept in a cookie of the device and not of the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.web.access import needs
from app.web.forms.device import THEMES, DeviceForm

bp = Blueprint("device", __name__)
COOKIE = "offramp_look"


@dataclass(frozen=True)
class Look:
    """Theme (system, light or dark), and whether number keys choose an option that has the focus."""

    theme: str = "system"
    keys: bool = True


def look(cookies: Mapping[str, str]) -> Look:
    """The look that the cookie asks for; anything else gives the default."""
    theme, _, keys = cookies.get(COOKIE, "").partition("-")
    return Look(theme if theme in {"light", "dark"} else "system", keys != "nokeys")


@bp.route("/device", methods=["GET", "POST"])
@needs(Permission.READ)
def settings() -> Response | tuple[str, int]:
    """Choose the theme and the number keys."""
    now = look(request.cookies)
    form = DeviceForm(theme=now.theme, keys=now.keys)
    if not form.validate_on_submit():
        page = render_template("device/settings.html", form=form, themes=THEMES, saved="saved" in request.args)
        return page, 422 if form.errors else 200
    response = redirect(url_for(".settings", saved=1))
    value = f"{form.theme.data}-{'keys' if form.keys.data else 'nokeys'}"
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(COOKIE, value, max_age=31536000, httponly=True, samesite="Lax", secure=secure)
    return response
