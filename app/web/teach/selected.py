"""What is done to many questions at once: first a page that says what it does to which, then the change itself."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import parse_qsl

from flask import redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import Form

from app.accounts.permissions import Permission, Role
from app.authoring.bank import Row
from app.authoring.service import Author
from app.authoring.service.changing import Change, Weighed, What, change_many, weigh
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Conflict, Invalid
from app.formats import FORMATS
from app.web.access import me, needs
from app.web.forms.bank import BareForm, PublishForm, TagForm, move_form, untag_form
from app.web.shell import notice
from app.web.teach.bank import ACTIONS, Search, possible_actions, search_for
from app.web.teach.common import bp, teacher

# The address of a new quiz names every question, and no server takes an address without end.
MOST_IN_A_QUIZ = 100
_LEADS_ELSEWHERE = ("export", "quiz")


@dataclass(frozen=True)
class Selected:
    """The questions that are ticked, or all that were found; `mark` tells whether those are still the same."""

    search: Search
    rows: tuple[Row, ...]
    is_all: bool

    @property
    def slugs(self) -> list[str]:
        """Their ids."""
        return [row.slug for row in self.rows]

    @property
    def mark(self) -> str:
        """Another one when other questions are found."""
        return hashlib.sha256(" ".join(sorted(self.slugs)).encode()).hexdigest()[:16]


def _selected() -> Selected:
    search = search_for(MultiDict(parse_qsl(request.form.get("where", ""))))
    if request.form.get("all") == "yes":
        return Selected(search, tuple(search.rows), True)
    ticked = set(request.form.getlist("slug"))
    return Selected(search, tuple(row for row in search.seen.rows if row.slug in ticked), False)


@bp.post("/questions/selected")
@needs(Permission.TEACH)
def selected() -> Response | str | tuple[str, int]:
    """Say what is going to be done, or do it."""
    chosen, what = _selected(), request.form.get("do", "")
    if not chosen.rows or what not in possible_actions():
        notice(
            "Tick some questions first, then say what to do with them." if not chosen.rows else "Choose what to do.",
            "info",
        )
        return redirect(chosen.search.address(), 303)
    form = _form(what, chosen)
    if what in _LEADS_ELSEWHERE or not request.form.get("sure"):
        return _page(what, chosen, form)
    if chosen.is_all and request.form.get("mark") != chosen.mark:
        wrong = f"What is found is not what it was when you looked: {len(chosen.rows)} questions now. Look once more."
        return _page(what, chosen, form, wrong=wrong), 409
    if not form.validate():
        return _page(what, chosen, form), 422
    try:
        return _do(_change(what, form), chosen)
    except (Invalid, Conflict) as problem:
        return _page(what, chosen, form, wrong=problem.message), 422


def _do(change: Change, chosen: Selected) -> Response:
    with transaction() as session:
        by = Author.of(me(session))
        batch, _ = change_many(session, chosen.slugs, change, by, library(), may_all=_may_all(), now=utc_now())
        done = str(batch.id)
    return redirect(chosen.search.address(done=done), 303)


def _may_all() -> bool:
    return teacher().role == Role.ADMIN


def _form(what: str, chosen: Selected) -> Form:
    sent = request.form if request.form.get("sure") else None
    if what == "move":
        return move_form(sent, library())
    if what == "untag":
        return untag_form(sent, dict(sorted(Counter(tag for row in chosen.rows for tag in row.tags).items())))
    return {"tag": TagForm, "publish": PublishForm}.get(what, BareForm)(sent)


def _change(what: str, form: Form) -> Change:
    """What the form says is to be done. Raises Invalid when it says nothing."""
    change = Change(cast(What, what))
    if what == "move":
        places = form.places()  # type: ignore[attr-defined]  # a MoveForm
        if not places:
            raise Invalid("Nothing would change: choose at least one new place.")
        return replace(change, **places)
    if what in ("tag", "untag"):
        return replace(change, tag=form["tag"].data)
    return replace(change, also_edits=form["also_edits"].data) if what == "publish" else change


def _page(what: str, chosen: Selected, form: Form, *, wrong: str = "") -> str:
    by = Author(teacher().id, teacher().name)
    weighed, edits = Weighed((), ()), tuple[str, ...]()
    if what in _LEADS_ELSEWHERE:
        can, reasons = _can_go(what, chosen.rows)
    else:
        # As it is before anything is filled in; with the edits, so that it can be said how many these are.
        change = Change(cast(What, what), also_edits=what == "publish")
        weighed = weigh(db.session(), chosen.slugs, change, by, library(), may_all=_may_all())
        edits = weighed.edits if what in ("publish", "move") else ()
        can, reasons = [own.slug for own in weighed.can], weighed.by_reason
    return render_template(
        "teach/bank_selected.html",
        what=what,
        words=ACTIONS[what],
        form=form,
        chosen=chosen,
        can=can,
        edits=edits,
        served=weighed.served,
        reasons=reasons,
        by_slug={row.slug: row for row in chosen.rows},
        tags=sorted(chosen.search.seen.tags),
        categories=chosen.search.seen.categories,
        formats={name: one for name, one in FORMATS.items() if one.writes},
        wrong=wrong,
    )


def _can_go(what: str, rows: Sequence[Row]) -> tuple[list[str], dict[str, list[str]]]:
    """Which of the rows can be exported or stand in a quiz, and why the others cannot."""
    can = [row.slug for row in rows if row.slug in library().questions]
    rest = [row.slug for row in rows if row.slug not in library().questions]
    reasons = {"It is not published, so learners are not asked it.": rest} if rest else {}
    if what == "quiz" and len(can) > MOST_IN_A_QUIZ:
        why = f"A quiz takes up to {MOST_IN_A_QUIZ} picked questions. Let a longer one be drawn by objective."
        return can[:MOST_IN_A_QUIZ], reasons | {why: can[MOST_IN_A_QUIZ:]}
    return can, reasons
