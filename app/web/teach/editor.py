"""Writing a question in the browser: one form for each kind, saved step by step, with a script and without."""

from __future__ import annotations

from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.authoring import queries, service
from app.authoring.models import OwnQuestion
from app.authoring.service import Author, Save
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Conflict, Invalid
from app.questions.types import TYPES
from app.web.access import me, needs
from app.web.forms.questions import FORMS
from app.web.forms.questions.actions import Action, bring_back, perform, read_action
from app.web.shell import notice
from app.web.teach.common import bp, changeable_question, new_slug
from app.web.teach.conflict import chosen, conflict_page, differing, sent_mine, why_not
from app.web.teach.editing import (
    Typed,
    converted,
    joined_case,
    keep,
    of_form,
    said_of,
    sent_save,
    shown_form,
    typed,
)

# Buttons whose result is worth a step of its own after what was typed: taking something away can be undone.
_IN_TWO_STEPS = {"remove", "kind"}


@bp.get("/questions/new")
@needs(Permission.TEACH)
def new_question() -> str:
    """The kinds of question, and what each is good for."""
    return render_template("teach/editor_new.html", forms=FORMS, kinds=TYPES, lesson=request.args.get("lesson", ""))


@bp.post("/questions/new")
@needs(Permission.TEACH)
def begin_question() -> Response:
    """A new draft of this kind, with blank rows."""
    kind = _chosen_kind()
    lesson = request.form.get("lesson", "")
    with transaction() as session:
        own = service.create_question(
            session,
            Author.of(me(session)),
            FORMS[kind].blank(),
            slug=new_slug(TYPES[kind].label),
            lesson=lesson if lesson in library().lessons else "",
            now=utc_now(),
        )
        slug = own.slug
    return redirect(url_for(".edit", own_slug=slug), 303)


def _chosen_kind() -> str:
    kind = request.form.get("to_kind", "")
    if kind not in FORMS:
        raise Invalid("Choose a kind of question first.", where="to_kind")
    return kind


@bp.get("/questions/<own_slug>/edit")
@needs(Permission.TEACH)
def edit(own_slug: str) -> str:
    """The form of a question as it stands; of a text that no kind holds the text, and the kinds to choose from."""
    own = changeable_question(own_slug)
    if own.kind not in FORMS:
        return render_template("teach/editor_kept.html", own=own, forms=FORMS, kinds=TYPES)
    form, said = shown_form(db.session(), own)
    return render_template(
        "teach/editor.html",
        own=own,
        form=form,
        said=said,
        kinds=TYPES,
        library=library(),
        removed=_removed(own),
        took=request.args.get("took", ""),
    )


def _removed(own: OwnQuestion) -> dict[str, str] | None:
    """What the button “Undo” brings back, while nothing else has been done since."""
    place, _, number = request.args.get("removed", "").rpartition(":")
    if not (number.isascii() and number.isdigit()) or own.edit_number != int(number) + 1:
        return None
    return {"do": f"bring:{place}:{number}"}


@bp.post("/questions/<own_slug>/edit")
@needs(Permission.TEACH)
def save_and_go(own_slug: str) -> Response | tuple[str, int]:
    """Save what was typed, do what the button says, and show the form again."""
    own = changeable_question(own_slug)
    do = request.form.get("do", "save")
    if own.kind not in FORMS:
        return _begin_kept(own_slug)
    sent, save = typed(request.form), sent_save(is_script=False)
    try:
        with transaction() as session:
            own = queries.own_question(session, own_slug)
            place = _save_and_do(session, own, sent, save, do)
    except Conflict as problem:
        own = changeable_question(own_slug)
        return conflict_page(own, sent.content, sent.lesson, save.id, why_not(own, problem)), 409
    return redirect(url_for(".edit", own_slug=own_slug) + place, 303)


def _begin_kept(own_slug: str) -> Response:
    """Begin a question beside a source text that no kind holds."""
    kind, save = _chosen_kind(), sent_save(is_script=False)
    with transaction() as session:
        own = queries.own_question(session, own_slug)
        content = {**queries.content_of(own), **FORMS[kind].blank()}
        keep(session, own, Author.of(me(session)), content, own.lesson, save)
    return redirect(url_for(".edit", own_slug=own_slug), 303)


def _save_and_do(session: Session, own: OwnQuestion, sent: Typed, save: Save, do: str) -> str:
    """Keep what was typed and what a button makes of it; the part of the address that says where to go on."""
    author = Author.of(me(session))
    joined = joined_case(session, own, sent.content)
    if do.rpartition(":")[2] in _IN_TWO_STEPS or _loses_passage(sent.content, joined):
        if not keep(session, own, author, _in_old_case(own, sent.content, joined), sent.lesson, save):
            return ""
        save = Save(service.new_id(), own.edit_number)
    number = own.edit_number
    after, place = _done(session, own, sent, do)
    keep(session, own, author, joined_case(session, own, after), sent.lesson, save)
    return place.replace("{number}", str(number))


def _loses_passage(content: dict[str, Any], joined: dict[str, Any]) -> bool:
    return content.get("passage") not in (None, joined.get("passage"))


def _in_old_case(own: OwnQuestion, content: dict[str, Any], joined: dict[str, Any]) -> dict[str, Any]:
    """What was typed, before it joins a case and takes over its passage."""
    if joined == content:
        return content
    old = queries.content_of(own).get("case")
    rest = {name: value for name, value in content.items() if name != "case"}
    return rest | ({"case": old} if old else {})


def _done(session: Session, own: OwnQuestion, sent: Typed, do: str) -> tuple[dict[str, Any], str]:
    """The working copy after a button, and where to go on."""
    if do == "save":
        return sent.content, ""
    if do == "kind":
        return converted(sent.content, _chosen_kind()), ""
    if do.startswith("bring:"):
        place, _, number = do.removeprefix("bring:").rpartition(":")
        action = read_action(f"{place}:bring")
        bring_back(sent.form, _form_at(session, own, number), action)
        return of_form(sent.form).content, f"#{action.anchor(action.row)}"
    action = read_action(do)
    row = perform(sent.form, action)
    return of_form(sent.form).content, _after(action, row)


def _after(action: Action, row: int) -> str:
    if action.way == "remove":
        return f"?removed={action.place}:{{number}}#removed"
    return f"#{action.anchor(row)}"


def _form_at(session: Session, own: OwnQuestion, number: str) -> Any:
    steps = {str(step.number): step for step in queries.history(session, own.slug)}
    if number not in steps or queries.content_of(steps[number]).get("kind") != own.kind:
        raise Invalid("There is no such step in the history of this question.")
    return FORMS[own.kind](content=queries.content_of(steps[number]))


@bp.post("/questions/<own_slug>/draft")
@needs(Permission.TEACH)
def save_draft(own_slug: str) -> tuple[Response, int]:
    """A save by script: what became of it, the names of new rows, and what is to be said beside each field."""
    changeable_question(own_slug)
    sent, save = typed(request.form), sent_save(is_script=True)
    try:
        with transaction() as session:
            own = queries.own_question(session, own_slug)
            content = joined_case(session, own, sent.content)
            counts = keep(session, own, Author.of(me(session)), content, sent.lesson, save)
            _, said = said_of(own)
            report = {
                "outcome": "stored" if counts else "superseded",
                "edit": own.edit_number,
                "at": own.changed_at.isoformat(),
                "ids": sent.form.renamed,
                "reshaped": content != sent.content or sent.form.is_reshaped,
                "said": [[it.at, it.label, *it.note] for it in said],
            }
    except Conflict as problem:
        own = changeable_question(own_slug)
        both = differing(own, sent.content, sent.lesson)
        return jsonify(outcome="conflict", message=why_not(own, problem), differing=[it._asdict() for it in both]), 409
    return jsonify(report), 200


@bp.post("/questions/<own_slug>/settle")
@needs(Permission.TEACH)
def settle(own_slug: str) -> Response | tuple[str, int]:
    """Keep of each field what was chosen: one's own text, or that of whoever saved meanwhile."""
    changeable_question(own_slug)
    save = sent_save(is_script=False)
    mine, mine_lesson = sent_mine()
    try:
        with transaction() as session:
            own = queries.own_question(session, own_slug)
            if own.edit_number != save.base:
                raise Conflict("It was changed again while you chose. Here are both texts as they stand now.")
            content, lesson = chosen(own, mine, mine_lesson)
            content = joined_case(session, own, content)
            keep(session, own, Author.of(me(session)), content, lesson, Save(service.new_id(), save.base))
    except Conflict as problem:
        own = changeable_question(own_slug)
        return conflict_page(own, mine, mine_lesson, save.id, why_not(own, problem)), 409
    notice("Saved as you chose. What you did not choose is kept in the history, if it had been saved.")
    return redirect(url_for(".edit", own_slug=own_slug, took=save.id), 303)
