"""Reading a lesson, checking oneself in it, finishing it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Invalid, NotFound
from app.learning import service
from app.learning.models import SelfCheck
from app.learning.queries import checks_of, progress_of, unexplained
from app.lessons.model import Check, Lesson
from app.library.queries import questions_by_version
from app.questions.types import TYPES
from app.quiz.sheet import MarkedSlot, ShownSlot, explain
from app.web.access import learner, needs, visitor_id

bp = Blueprint("lessons", __name__, url_prefix="/lessons")


def find(lesson_id: str) -> Lesson:
    """The lesson. Raises NotFound."""
    lesson = library().lessons.get(lesson_id)
    if lesson is None:
        raise NotFound("There is no such lesson.")
    return lesson


@bp.get("/<lesson_id>")
@needs(Permission.READ)
def read(lesson_id: str) -> str:
    """The lesson with its notes, self-checks and sources."""
    return page(find(lesson_id))


def page(lesson: Lesson, *, wrong: dict[str, str] | None = None, typed: str = "") -> str:
    """The lesson's page; `wrong` says what could not be taken, by question or “summary”."""
    found = library()
    progress = progress_of(db.session(), visitor_id(), hidden=unexplained(library(), utc_now().date()))
    done = checks_of(db.session(), visitor_id(), lesson)
    others = list(found.lessons.values())
    here = others.index(lesson)
    return render_template(
        "lessons/read.html",
        library=found,
        lesson=lesson,
        strand=found.strands[lesson.head.strand],
        row=progress.lessons.get(lesson.id),
        progress=progress,
        quiz=found.quiz_of(lesson.id),
        checks={slug: shown(slug) for slug in lesson.checks},
        marked=marked(done),
        wrong=wrong or {},
        typed=typed,
        before=others[here - 1] if here else None,
        after=others[here + 1] if here + 1 < len(others) else None,
        prequestions=prequestions(lesson),
    )


def prequestions(lesson: Lesson) -> set[str]:
    """The slugs of the questions that open the lesson."""
    blocks = [b for s in lesson.segments for b in s.blocks if isinstance(b, Check) and b.role == "prequestions"]
    return {slug for block in blocks for slug in block.questions}


def shown(slug: str) -> ShownSlot:
    """A self-check before it is answered, with what was typed into it."""
    question = library().questions[slug]
    view = TYPES[question.kind].view(question.body, service.check_order(library(), slug))
    typed = request.form.to_dict(flat=False) if request.form.get("question") == slug else {}
    return ShownSlot(0, question, view, typed, flagged=False, is_answered=False)


def marked(done: dict[str, SelfCheck]) -> dict[str, MarkedSlot]:
    """Self-checks after they were answered, explained."""
    versions = questions_by_version(db.session(), [row.version_id for row in done.values()])
    result = {}
    for slug, row in done.items():
        question = versions[row.version_id]
        reason, reveal = explain(question, row.response)
        result[slug] = MarkedSlot(0, question, row.score, True, reason, reveal)
    return result


@bp.post("/<lesson_id>/checks/<slug>")
@needs(Permission.LEARN)
def check(lesson_id: str, slug: str) -> Response | tuple[str, int]:
    """Answer a self-check; it is locked then, and explained at its place."""
    lesson = find(lesson_id)
    now = utc_now()
    try:
        with transaction() as session:
            user = learner(session, now=now)
            raw = request.form.to_dict(flat=False)
            service.answer_check(session, user, library(), lesson, slug, raw, now=now)
            service.lesson_progress(session, user, lesson, now=now)
    except Invalid as problem:
        return page(lesson, wrong={slug: problem.message}), 422
    return redirect(url_for(".read", lesson_id=lesson_id, _anchor=f"check-{slug}"), 303)


@bp.post("/<lesson_id>/position")
@needs(Permission.LEARN)
def position(lesson_id: str) -> tuple[str, int]:
    """Remember the heading that a script says is being read."""
    now = utc_now()
    with transaction() as session:
        anchor = request.form.get("anchor", "")
        service.note_position(session, learner(session, now=now), find(lesson_id), anchor, now=now)
    return "", 204


@bp.post("/<lesson_id>/summary")
@needs(Permission.LEARN)
def summary(lesson_id: str) -> Response | tuple[str, int]:
    """Keep the learner's summary, then show ours beside it."""
    lesson = find(lesson_id)
    now = utc_now()
    try:
        with transaction() as session:
            text = request.form.get("summary", "")
            service.save_summary(session, learner(session, now=now), lesson, text, now=now)
    except Invalid as problem:
        return page(lesson, wrong={"summary": problem.message}, typed=request.form.get("summary", "")), 422
    return redirect(url_for(".read", lesson_id=lesson_id, _anchor="summary"), 303)


@bp.post("/<lesson_id>/finish")
@needs(Permission.LEARN)
def finish(lesson_id: str) -> Response:
    """Mark the lesson as finished, or take it back; then on to its quiz."""
    lesson = find(lesson_id)
    now = utc_now()
    undo = request.form.get("undo") == "yes"
    with transaction() as session:
        change = service.reopen_lesson if undo else service.finish_lesson
        change(session, learner(session, now=now), lesson, now=now)
    quiz = library().quiz_of(lesson_id)
    if undo or quiz is None:
        return redirect(url_for(".read", lesson_id=lesson_id, _anchor="finish"), 303)
    return redirect(url_for("quiz.start_page", quiz_id=quiz.id), 303)
