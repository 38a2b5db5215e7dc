"""What a learner said of how sure they were, and what happened."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from app.db import db
from app.learning.calibration import after_answer
from app.learning.queries import calibration_of
from app.questions.grading import is_full
from app.quiz.sheet import MarkedSlot
from app.web.quiz.common import my_id


def said_of(marked: Sequence[MarkedSlot], learner_id: uuid.UUID | None = None) -> dict[int, str]:
    """Position → the step given, what came of it, and how often that step goes with being right.

    The learner is the person signed in, unless somebody else is named.
    """
    if not any(it.stated is not None for it in marked):
        return {}
    calibration = calibration_of(db.session(), learner_id or my_id())
    return {
        it.position: after_answer(it.confidence, is_full(it.standing.first_score), calibration.record(it.confidence))
        for it in marked
        if it.confidence is not None and it.stated is not None and it.standing.first_score is not None
    }
