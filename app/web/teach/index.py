"""The teacher's start page."""

from __future__ import annotations

from flask import render_template

from app.accounts.permissions import Permission
from app.web.access import needs
from app.web.teach.common import bp


@bp.get("/")
@needs(Permission.TEACH)
def index() -> str:
    """What a teacher can do, and what waits."""
    return render_template("teach/index.html")
