"""For the teacher: the plan of a lesson with its discussions, and a handout that prints on one sheet."""

from __future__ import annotations

from flask import Blueprint, render_template
from markupsafe import Markup

from app.accounts.permissions import Permission
from app.boot import library
from app.errors import NotFound
from app.lessons.teaching import Teaching
from app.markdown import block_html
from app.web.access import needs
from app.web.lessons import find

bp = Blueprint("teaching", __name__, url_prefix="/lessons")


def found_for(lesson_id: str) -> Teaching:
    """What a lesson has for the teacher. Raises NotFound."""
    teaching = library().teaching.get(lesson_id)
    if teaching is None:
        raise NotFound("There is nothing for teachers on this lesson.")
    return teaching


@bp.get("/<lesson_id>/teaching")
@needs(Permission.READ)
def plan(lesson_id: str) -> str:
    """The content note, the plan with its clock, and the discussions with what good answers contain."""
    lesson, teaching = find(lesson_id), found_for(lesson_id)
    citations = list(teaching.citations)
    return render_template(
        "teaching/plan.html",
        library=library(),
        lesson=lesson,
        strand=library().strands[lesson.head.strand],
        teaching=teaching,
        steps=list(zip(teaching.plan.steps, teaching.plan.clock, strict=True)),
        headings=[segment for segment in lesson.segments if segment.heading],
        citations=citations,
        said=lambda text: Markup(block_html(text, citations)),  # noqa: S704  sanitised by nh3
    )


@bp.get("/<lesson_id>/handout")
@needs(Permission.READ)
def handout(lesson_id: str) -> str:
    """The sheet for learners, as it is printed."""
    lesson, teaching = find(lesson_id), found_for(lesson_id)
    return render_template(
        "teaching/handout.html",
        library=library(),
        lesson=lesson,
        strand=library().strands[lesson.head.strand],
        handout=teaching.handout,
        said=lambda text: Markup(block_html(text)),  # noqa: S704  sanitised by nh3
    )
