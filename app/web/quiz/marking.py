"""Marking texts by hand, for teachers: those that wait, and one with its rubric."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission, Role
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Invalid, NotFound
from app.learning import service as learning
from app.quiz import queries
from app.quiz.queries import Waiting
from app.web.access import me, needs, visitor
from app.web.quiz.common import bp
from app.web.shell import notice

_LEVEL = "level-"


def levels_given(form: Mapping[str, str]) -> dict[str, int]:
    """Criterion id → level, from fields `level-<criterion>`. Raises Invalid for what is no number."""
    levels = {}
    for name, value in form.items():
        if name.startswith(_LEVEL):
            if not value.isascii() or not value.isdigit() or len(value) > 2:
                raise Invalid("Choose a level for each criterion.", where=name)
            levels[name.removeprefix(_LEVEL)] = int(value)
    return levels


@bp.get("/marking")
@needs(Permission.MARK)
def waiting() -> str:
    """The texts that wait for a mark, those that came first first."""
    found = queries.waiting_answers(db.session(), but_of=not_mine())
    return render_template("quiz/marking.html", waiting=found, library=library())


def not_mine() -> frozenset[str]:
    """The quizzes of other teachers, whose texts are theirs to mark; admins mark all."""
    who = visitor()
    return frozenset() if who is None or who.role == Role.ADMIN else library().quizzes_of_others(who.id)


def find_waiting(attempt_id: uuid.UUID, position: int) -> Waiting:
    """A text that waits. Raises NotFound when it is not there or has been marked."""
    found = queries.waiting_answers(db.session(), but_of=not_mine(), at=(attempt_id, position))
    if not found:
        raise NotFound("There is no such text waiting for a mark; perhaps somebody has marked it already.")
    return found[0]


@bp.get("/marking/<uuid:attempt_id>/<int(max=999):position>")
@needs(Permission.MARK)
def mark_page(attempt_id: uuid.UUID, position: int) -> str:
    """One text beside its rubric and the anchors."""
    return marking_form(find_waiting(attempt_id, position))


def marking_form(one: Waiting, wrong: Invalid | None = None) -> str:
    """The page of a text to mark, with what was chosen and what is wrong with it."""
    return render_template("quiz/mark.html", one=one, library=library(), wrong=wrong, given=request.form)


@bp.post("/marking/<uuid:attempt_id>/<int(max=999):position>")
@needs(Permission.MARK)
def mark(attempt_id: uuid.UUID, position: int) -> Response | tuple[str, int]:
    """Keep the mark; the learner's score follows."""
    one = find_waiting(attempt_id, position)
    try:
        levels = levels_given(request.form)
        comment = request.form.get("comment", "")
        with transaction() as session:
            learning.mark_answer(
                session, attempt_id, position, levels, by=me(session), is_self=False, comment=comment, now=utc_now()
            )
    except Invalid as problem:
        return marking_form(one, problem), 422
    notice(f"Marked: {one.learner}’s text.", "done")
    return redirect(url_for(".waiting"), 303)
