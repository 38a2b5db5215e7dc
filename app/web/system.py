"""For machines: static files, health, and a fresh form token for scripts."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from flask_wtf.csrf import generate_csrf
from sqlalchemy import text

from app import __version__
from app.accounts.permissions import Permission
from app.boot import library, schema_revision
from app.db import db
from app.migrations import HEAD
from app.web import assets
from app.web.access import needs, visitor

bp = Blueprint("system", __name__)


@bp.get("/static/<path:name>")
@needs(Permission.OPERATE)
def static(name: str) -> Response:
    """A static file by its hashed name."""
    return assets.respond(name)


@bp.get("/favicon.ico")
@needs(Permission.OPERATE)
def favicon() -> Response:
    """Some browsers ask for it whatever the page says."""
    return assets.respond(assets.current_name("favicon.svg"))


@bp.get("/healthz")
@needs(Permission.OPERATE)
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok", version=__version__)


@bp.get("/readyz")
@needs(Permission.OPERATE)
def readyz() -> tuple[Response, int]:
    """The database answers, its tables fit, and a course is loaded; else 503."""
    try:
        db.session.execute(text("SELECT 1"))
        ready = schema_revision() == HEAD and bool(library().lessons)
    except Exception:  # whatever it is, the answer is “not ready”
        ready = False
    return jsonify(status="ready" if ready else "not ready"), 200 if ready else 503


@bp.get("/form-token")
@needs(Permission.READ)
def form_token() -> Response:
    """A fresh CSRF token and who is signed in, for scripts that send what was kept on the device."""
    found = visitor()
    response = jsonify(token=generate_csrf(), learner=str(found.id) if found else None)
    response.headers["Cache-Control"] = "no-store"
    return response
