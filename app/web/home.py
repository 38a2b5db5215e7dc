"""The first page, and the pages about the program."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.accounts.permissions import Permission
from app.boot import library
from app.clock import utc_now
from app.db import db
from app.learning.queries import next_step, progress_of, unexplained
from app.web.access import needs, visitor_id

bp = Blueprint("home", __name__)


@bp.get("/")
@needs(Permission.READ)
def index() -> str:
    """Three strands, what is done, and the next step."""
    progress = progress_of(db.session(), visitor_id(), hidden=unexplained(library(), utc_now().date()))
    return render_template("home/index.html", library=library(), progress=progress, step=next_step(library(), progress))


@bp.get("/about")
@needs(Permission.READ)
def about() -> str:
    """What this is, and under which licences."""
    return render_template("home/about.html", library=library())


@bp.get("/privacy")
@needs(Permission.READ)
def privacy() -> str:
    """What is kept about a learner, and for how long."""
    return render_template("home/privacy.html")
