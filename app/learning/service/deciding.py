"""What people decide about scores after a hand-in; progress follows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.models import User
from app.learning.service.progress import rebuild_progress
from app.quiz.models import Attempt, ManualMark
from app.quiz.service import RegradeReport, apply_regrade, plan_regrade, put_back, store_mark, take_out


def void_question(session: Session, question: str, revision: int, *, reason: str, by: User | str, now: datetime) -> int:
    """Take a revision of a question out for everyone; of how many learners the scores follow.

    `by` is a person, or a name at the terminal. Raises NotFound for a question that was never served, Invalid
    without a reason, Conflict when it is out already.
    """
    touched = take_out(session, question, revision, reason=reason, by=by, now=now)
    rebuild_progress(session, *touched)
    return len(touched)


def unvoid_question(session: Session, question: str, revision: int) -> int:
    """Put a question back, scored from the answers that were kept; of how many learners the scores follow.

    Raises NotFound when it is not out.
    """
    touched = put_back(session, question, revision)
    rebuild_progress(session, *touched)
    return len(touched)


def regrade(session: Session, question: str, *, dry_run: bool, reason: str, by: str, now: datetime) -> RegradeReport:
    """Grade stored answers with the newest version's key; with `dry_run` only say what would change.

    Raises NotFound for a question that was never served; when it is to be done, Invalid without a reason and
    Conflict when there is nothing to grade anew.
    """
    if dry_run:
        return plan_regrade(session, question)
    report = apply_regrade(session, question, reason=reason, by=by, now=now)
    rebuild_progress(session, *report.user_ids)
    return report


def mark_answer(  # noqa: PLR0913  who, what, on which answer, and why
    session: Session,
    attempt_id: uuid.UUID,
    position: int,
    levels: Mapping[str, int],
    *,
    by: User | str,
    is_self: bool,
    comment: str = "",
    now: datetime,
) -> ManualMark:
    """Keep a mark by a teacher, whose score counts everywhere, or a learner's own, which counts nowhere.

    `levels` is criterion id → level, of every criterion. Raises what `store_mark` raises.
    """
    mark = store_mark(session, attempt_id, position, levels, by=by, is_self=is_self, comment=comment, now=now)
    if not is_self:
        rebuild_progress(session, session.get_one(Attempt, attempt_id).user_id)
    return mark
