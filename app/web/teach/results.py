"""What came out of a teacher's own quiz: the table, each attempt as its learner saw it, and all of it as CSV."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.authoring.models import OwnQuiz
from app.authoring.service.quizzes import quiz_of_row
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.errors import NotFound
from app.learning import service as learning
from app.library.queries import questions_by_version
from app.questions.draw import Quiz
from app.questions.grading import show_percent, show_points
from app.quiz import queries
from app.quiz.outcome import has_passed
from app.quiz.results import LEAST, Table, Which, results_table
from app.quiz.results_csv import Words, csv_text, response_in_words, results_rows
from app.quiz.sittings import Sitting
from app.web.access import needs
from app.web.quiz.said import said_of
from app.web.shell import notice
from app.web.teach.common import bp, own_quiz_of

WHICH = {"best": "Best attempt", "first": "First attempt", "last": "Last attempt", "all": "All attempts"}
# What a column is sorted by at first: names from A, the best and the quickest on top.
SORTS = ("name", "score", "time")


@dataclass(frozen=True)
class _Shown:
    """Whose table is shown, which attempts of it and in which order."""

    own: OwnQuiz
    quiz: Quiz
    which: Which
    sort: str
    sittings: Sequence[Sitting]
    table: Table

    def link(self, **changes: str) -> str:
        """The address of the table, shown in another way."""
        return url_for(".quiz_results", own_quiz=self.own.slug, **self.query(**changes))

    def query(self, **changes: str) -> dict[str, Any]:
        """What an address says beside the quiz; what holds anyway is left out."""
        said = {"which": self.which, "sort": self.sort} | changes
        return {name: value for name, value in said.items() if value != {"which": "best", "sort": "name"}[name]}

    def other_way(self, column: str) -> str:
        """What to sort by when the head of a column is pressed."""
        return f"-{column}" if self.sort == column else column

    def direction(self, column: str) -> str:
        """The value of aria-sort for a column; empty when the table is not sorted by it."""
        if self.sort.lstrip("-") != column:
            return ""
        return "ascending" if (self.sort == column) == (column != "score") else "descending"


def _shown(slug: str) -> _Shown:
    own = own_quiz_of(slug)
    quiz = quiz_of_row(own)
    which = request.args.get("which", "")
    sort = request.args.get("sort", "")
    which = which if which in WHICH else "best"
    sort = sort if sort.removeprefix("-") in SORTS else "name"
    taken = queries.results(db.session(), own.slug)
    table = results_table(taken.sittings, taken.questions, quiz, which=cast(Which, which), sort=sort)
    return _Shown(own, quiz, cast(Which, which), sort, taken.sittings, table)


@bp.get("/quizzes/<own_quiz>/results")
@needs(Permission.TEACH)
def quiz_results(own_quiz: str) -> str:
    """Learners × questions, who is in the middle of it, and the questions that are worth a second look."""
    shown, now = _shown(own_quiz), utc_now()
    return render_template(
        "teach/results.html",
        shown=shown,
        own=shown.own,
        quiz=shown.quiz,
        table=shown.table,
        over=[one for one in shown.table.open if one.is_over(now)],
        amid=[one for one in shown.table.open if not one.is_over(now)],
        which=WHICH,
        least=LEAST,
        served=library().questions,
    )


@bp.post("/quizzes/<own_quiz>/results/hand-in")
@needs(Permission.TEACH)
def close_results(own_quiz: str) -> Response:
    """Hand in the attempts of this quiz whose time ran out."""
    own_quiz_of(own_quiz)
    with transaction() as session:
        over = queries.expired_attempts(session, None, now=utc_now(), quiz_id=own_quiz)
        for attempt in over:
            learning.hand_in(session, attempt, now=utc_now())
    count = len(over)
    notice(f"{count} attempt{'s were' if count != 1 else ' was'} handed in.")
    return redirect(url_for(".quiz_results", own_quiz=own_quiz), 303)


@bp.get("/quizzes/<own_quiz>/results/<uuid:attempt_id>")
@needs(Permission.TEACH)
def quiz_attempt(own_quiz: str, attempt_id: uuid.UUID) -> str:
    """One attempt as its learner saw it after the hand-in. Nothing can be changed here."""
    shown = _shown(own_quiz)
    sitting = next((one for one in shown.sittings if one.id == attempt_id), None)
    if sitting is None:
        raise NotFound("There is no such attempt of this quiz.")
    if sitting.finished_at is None:
        raise NotFound(f"{sitting.learner} has not handed in this attempt yet.")
    session = db.session()
    marked = queries.marked_slots(session, queries.own_attempt(session, attempt_id, user_id=sitting.learner_id))
    before, after = _neighbours(shown.table, sitting)
    return render_template(
        "teach/attempt.html",
        shown=shown,
        own=shown.own,
        quiz=shown.quiz,
        library=library(),
        sitting=sitting,
        marked=marked,
        said=said_of(marked, sitting.learner_id),
        passed=None if sitting.share is None else has_passed(sitting.share, shown.quiz),
        before=before,
        after=after,
        others=_others(shown.sittings, sitting),
        # What learners may do with an attempt of their own is for them alone.
        attempt=None,
        today=utc_now().date(),
    )


def _neighbours(table: Table, sitting: Sitting) -> tuple[Sitting | None, Sitting | None]:
    """The attempts above and below it in the table; of an attempt without a row those around its learner's."""
    rows = [row.sitting for row in table.rows]
    at = next((place for place, one in enumerate(rows) if one.id == sitting.id), None)
    if at is None:
        at = next(place for place, one in enumerate(rows) if one.learner_id == sitting.learner_id)
    return rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None


def _others(sittings: Sequence[Sitting], sitting: Sitting) -> list[Sitting]:
    """All attempts of the same learner that were handed in, when there are several."""
    own = [one for one in sittings if one.learner_id == sitting.learner_id and one.finished_at is not None]
    return own if len(own) > 1 else []


@bp.get("/quizzes/<own_quiz>/results.csv")
@needs(Permission.TEACH)
def quiz_results_csv(own_quiz: str) -> Response:
    """All attempts that were handed in, a row each; with `responses` also what was answered, in words."""
    shown = _shown(own_quiz)
    done = [one for one in shown.sittings if one.finished_at is not None]
    words = _words(shown.own.slug) if request.args.get("responses") == "1" else None
    # Without the mark at the beginning a spreadsheet takes the file for another encoding.
    text = "\ufeff" + csv_text(results_rows(done, shown.table.columns, _local, words))
    response: Any = make_response(text)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{shown.own.slug}-results.csv"'
    return cast(Response, response)


def _words(slug: str) -> Words:
    session = db.session()
    found = queries.responses_to(session, slug)
    questions = questions_by_version(session, {version for _, version in found.values()})
    return {place: response_in_words(questions[version], response) for place, (response, version) in found.items()}


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


bp.add_app_template_filter(show_points, "points")
bp.add_app_template_filter(show_percent, "share")


@bp.app_template_filter("took")
def took(seconds: float | None) -> str:
    """How long something took, in minutes, or in seconds when it took less than one."""
    if seconds is None:
        return ""
    if seconds < 60:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"
