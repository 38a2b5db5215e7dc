"""Bringing a file in: chosen, read, looked at question by question, then stored at once; and taken back."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.authoring import queries
from app.authoring.service import Author
from app.authoring.service.batches import undo_batch
from app.authoring.service.importing import Imported, Target, find_upload, import_planned, keep_pictures, keep_upload
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Invalid
from app.formats.table import Table, column_choices
from app.quiz.queries import in_attempts
from app.web.access import me, needs
from app.web.shell import notice
from app.web.teach.common import bp, teacher
from app.web.teach.files import PAGE, READABLE, Looked, first_look, format_of, look_at, read, with_columns
from app.web.teach.life import explained
from app.web.uploads import limits, sent_file, takes_files

# What is chosen for all questions of a file.
_PLACE = ("lesson", "objective", "level", "category", "publish")
# Where an undo may lead back to: pages for teachers on this site.
_BACK = re.compile(r"/teach/[\w/?&=%.+-]*")


@bp.get("/import")
@needs(Permission.TEACH)
def import_page() -> str:
    """The form for a file, and what was imported last."""
    return _start_page()


def _start_page(wrong: str = "") -> str:
    found = queries.last_batches(db.session(), teacher().id, what="import")
    most = limits().max_upload_mb
    return render_template("teach/import.html", formats=READABLE, wrong=wrong, batches=found, most=most)


@bp.get("/import/template.csv")
@needs(Permission.TEACH)
def import_template() -> FlaskResponse:
    """The table to fill in."""
    saved_as = {"Content-Disposition": 'attachment; filename="offramp-questions.csv"'}
    return FlaskResponse(Table().template(), mimetype="text/csv", headers=saved_as)


@bp.post("/import")
@needs(Permission.TEACH)
@takes_files
def import_file() -> Response | tuple[str, int]:
    """Read a file and keep it until it is imported."""
    try:
        name, data = sent_file()
        format = format_of(request.form.get("format", ""), data, name)
        found = read(format, data, None)
    except Invalid as problem:
        where = problem.where if problem.where not in (None, "file") else ""
        return _start_page(f"{where}: {problem.message}" if where else problem.message), 422
    with transaction() as session:
        by = Author.of(me(session))
        upload = keep_upload(session, by, file_name=name, format_name=format.name, data=data, now=utc_now())
        upload.options = json.dumps(first_look(upload, found).options)
        target = url_for(".import_preview", upload_id=upload.id)
    return redirect(target, 303)


@bp.get("/import/<uuid:upload_id>")
@needs(Permission.TEACH)
def import_preview(upload_id: uuid.UUID) -> str:
    """Every entry as it will look, with what is taken, guessed, kept or refused, and why."""
    return _preview(look_at(upload_id))


def _preview(looked: Looked, wrong: str = "") -> str:
    page = min(max(1, request.args.get("page", 1, type=int)), looked.last_page)
    shown = looked.planned[(page - 1) * PAGE : page * PAGE]
    return render_template(
        "teach/import_preview.html",
        looked=looked,
        page_number=page,
        entries=[(one, explained(one.question) if one.question else None) for one in shown],
        library=library(),
        format=READABLE[looked.upload.format],
        columns=looked.columns,
        choices=column_choices() if looked.columns else [],
        chosen=dict.fromkeys(_PLACE, "") | looked.options,
        wrong=wrong,
    )


@bp.post("/import/<uuid:upload_id>")
@needs(Permission.TEACH)
def import_step(upload_id: uuid.UUID) -> Response | tuple[str, int]:
    """Keep what was chosen on this page, and go on: to another page, to the columns, or to the import itself."""
    looked = look_at(upload_id)
    step, _, number = request.form.get("do", "page:1").partition(":")
    if step == "cancel":
        with transaction() as session:
            session.delete(find_upload(session, upload_id, Author.of(me(session))))
        notice("Nothing was imported.", "info")
        return redirect(url_for(".import_page"), 303)
    try:
        options = _columns_chosen(looked) if step == "columns" else _chosen(looked)
    except Invalid as problem:
        return _preview(looked, problem.message), 422
    with transaction() as session:
        upload = find_upload(session, upload_id, Author.of(me(session)))
        upload.options = json.dumps(options)
    if step != "import":
        page = int(number) if number.isdigit() else 1
        return redirect(url_for(".import_preview", upload_id=upload_id, page=page, _anchor="entries"), 303)
    return _store(look_at(upload_id))


def _chosen(looked: Looked) -> dict[str, Any]:
    """The options with what was ticked on this page; other pages keep theirs."""
    form = request.form
    on_page = {int(number) for number in form.getlist("shown") if number.isdigit()}
    taken = {int(number) for number in form.getlist("take") if number.isdigit()}
    left = (set(looked.options.get("left", [])) - on_page) | (on_page - taken)
    place = {name: form[name] for name in _PLACE if name in form}
    _check_place(place)
    return {**looked.options, **place, "left": sorted(left)}


def _check_place(place: dict[str, str]) -> None:
    known = {"lesson": library().lessons, "objective": library().objectives}
    for name, there in known.items():
        if place.get(name) and place[name] not in there:
            raise Invalid(f"There is no such {name}; choose one of the list.", where=name)
    if len(place.get("category", "")) > 200:
        raise Invalid("A category has at most 200 characters.", where="category")


def _columns_chosen(looked: Looked) -> dict[str, Any]:
    """The options with the meanings of the columns; what was left out is asked anew, for the entries are others."""
    if looked.columns is None:
        raise Invalid("This file has no columns to choose.")
    meanings = [request.form.get(f"column-{place}", "") for place in range(len(looked.columns.meanings))]
    return with_columns(looked, looked.columns.with_meanings(meanings)).options


def _store(looked: Looked) -> Response | tuple[str, int]:
    if not looked.taken:
        return _preview(looked, "Nothing is ticked. Tick the questions to take, or cancel."), 422
    chosen = looked.options
    target = Target(
        lesson=chosen.get("lesson", ""),
        objective=chosen.get("objective", ""),
        level=chosen.get("level", ""),
        category=chosen.get("category", ""),
        publish=chosen.get("publish") == "yes",
    )
    now = utc_now()
    with transaction() as session:
        by = Author.of(me(session))
        upload = find_upload(session, looked.upload.id, by)
        wrong = keep_pictures(session, looked.taken, looked.found.images, by, now=now)
        done = import_planned(
            session, by, looked.taken, target, file_name=upload.file_name, format_name=upload.format, now=now
        )
        session.delete(upload)
        said = _said(done)
    notice(said)
    for problem in wrong[:5]:
        notice(problem, "warning")
    return redirect(url_for(".import_page", _anchor="done"), 303)


def _said(done: Imported) -> str:
    drafts = len(done.made) - len(done.published)
    parts = [
        (len(done.published), "ready to be asked"),
        (drafts, "as drafts"),
        (len(done.updated), "updated, to be published again"),
        (len(done.kept), "kept as source text"),
    ]
    return f"Imported: {', '.join(f'{count} {words}' for count, words in parts if count)}."


@bp.post("/batches/<uuid:batch_id>/undo")
@needs(Permission.TEACH)
def undo(batch_id: uuid.UUID) -> Response:
    """Take back what was done to many questions at once."""
    with transaction() as session:
        by = Author.of(me(session))
        asked = in_attempts(session, queries.slugs_of_batch(session, batch_id))
        undone = undo_batch(session, batch_id, by, asked=asked, now=utc_now())
    done = len(undone.restored) + len(undone.removed)
    notice(f"Undone for {done} question{'s' if done != 1 else ''}.")
    if undone.left:
        notice(f"Changed since, and left as they are: {', '.join(undone.left[:10])}.", "info")
    back = request.form.get("back", "")
    return redirect(back if _BACK.fullmatch(back) else url_for(".import_page"), 303)
