"""The teacher's start page: what waits, what one was writing, and where to begin."""

from __future__ import annotations

from flask import render_template

from app.accounts.permissions import Permission
from app.authoring import queries
from app.authoring.models import OwnQuestion
from app.boot import library
from app.db import db
from app.markdown import plain
from app.quiz.queries import how_many_wait
from app.web.access import needs
from app.web.quiz.marking import not_mine
from app.web.teach.common import bp, teacher

_TITLE = 90


@bp.get("/")
@needs(Permission.TEACH)
def index() -> str:
    """What a teacher can do, and what waits."""
    session, me = db.session(), teacher().id
    return render_template(
        "teach/index.html",
        to_review=queries.waits_for_review(session, but_not_of=me),
        said=queries.unsettled_on(session, me),
        drafts=queries.drafts_of(session, me),
        to_mark=how_many_wait(session, but_of=not_mine()),
        has_written=queries.has_written(session, me),
        quizzes=[library().quizzes[slug] for slug, it in library().own_quizzes.items() if it.owner_id == me],
        entries=library().own_quizzes,
    )


@bp.app_template_filter()
def question_title(own: OwnQuestion) -> str:
    """The first words of a question that was written here, as plain text."""
    words = " ".join(plain(str(queries.content_of(own).get("stem") or "")).split())
    short = words if len(words) <= _TITLE else f"{words[:_TITLE].rsplit(' ', 1)[0]} …"
    return short or "A question without words"
