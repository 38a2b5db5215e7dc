"""What a learner has done: lessons, quizzes, objectives, and how sure they were."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.accounts.permissions import Permission
from app.boot import library
from app.clock import utc_now
from app.db import db
from app.learning.calibration import ENOUGH, score_words
from app.learning.forecasts import calibration_curve
from app.learning.queries import calibration_of, next_step, progress_of, unexplained
from app.web.access import needs, visitor_id

bp = Blueprint("progress", __name__)


@bp.get("/progress")
@needs(Permission.READ)
def index() -> str:
    """Counts and calibration, with the next step."""
    progress = progress_of(db.session(), visitor_id(), hidden=unexplained(library(), utc_now().date()))
    calibration = calibration_of(db.session(), visitor_id())
    return render_template(
        "progress/index.html",
        library=library(),
        progress=progress,
        step=next_step(library(), progress),
        calibration=calibration,
        curve=calibration_curve(calibration.forecasts),
        enough=ENOUGH,
        score_words=score_words,
    )
