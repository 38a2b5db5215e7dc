"""What became of a question step by step, and taking it back to any of them."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.authoring import queries, service
from app.authoring.service import Author
from app.authoring.steps import steps_of
from app.clock import utc_now
from app.db import db, transaction
from app.errors import NotFound
from app.web.access import me, needs
from app.web.shell import notice
from app.web.teach.common import bp, changeable_question
from app.web.teach.subject import subject_of_own

# What was done, in a word or two.
EVENTS = {
    "created": "Begun",
    "saved": "Saved",
    "sent": "Sent to review",
    "returned": "Returned to its author",
    "published": "Published",
    "retired": "Retired",
    "restored": "Taken back",
    "imported": "Imported",
    "changed": "Changed together with others",
    "late": "Arrived late and did not count",
}


@bp.get("/questions/<own_slug>/history")
@needs(Permission.TEACH)
def history(own_slug: str) -> str:
    """Every step, newest first, with what it changed."""
    own = changeable_question(own_slug)
    steps = steps_of(queries.history(db.session(), own_slug))
    return render_template("teach/history.html", subject=subject_of_own(own), own=own, steps=steps, events=EVENTS)


@bp.post("/questions/<own_slug>/history")
@needs(Permission.TEACH)
def restore(own_slug: str) -> Response:
    """Take the working copy back to a step; what stands now stays in the history."""
    changeable_question(own_slug)
    number = request.form.get("number", "")
    if not number.isascii() or not number.isdigit() or len(number) > 9 or int(number) < 1:
        raise NotFound("There is no such step in the history of this question.")
    with transaction() as session:
        own = queries.own_question(session, own_slug)
        service.restore_edit(session, own, Author.of(me(session)), int(number), now=utc_now())
    notice("Taken back. What stood there before is kept in the history.")
    return redirect(url_for(".question", own_slug=own_slug), 303)
