"""Taking questions out: what to take, in which format, and what that format cannot hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response as FlaskResponse
from flask import render_template, request
from werkzeug.datastructures import MultiDict

from app.accounts.permissions import Permission, Role
from app.authoring.outgoing import Selection, bank_files, pictures_of, selected
from app.boot import image_bytes, library
from app.clock import utc_now
from app.errors import Invalid, NotFound
from app.formats import FORMATS
from app.formats.base import Loss
from app.questions.draw import Quiz
from app.questions.model import Question
from app.questions.types import TYPES
from app.web.access import needs
from app.web.teach.common import bp, teacher

WRITABLE = {name: format for name, format in FORMATS.items() if format.writes}
# Our own text, which the linter and other courses read.
BANK = "bank"
_SHOWN = 200


@dataclass(frozen=True)
class Download:
    """A file to give out, and what it lacks."""

    name: str
    media_type: str
    data: bytes
    losses: tuple[Loss, ...] = ()
    left_out: tuple[str, ...] = ()


@bp.route("/export", methods=["GET", "POST"])
@needs(Permission.TEACH)
def export_page() -> FlaskResponse | str | tuple[str, int]:
    """The form; then the file, or first what it lacks."""
    if request.method == "GET":
        return _form(_selection(request.args))
    chosen = _selection(request.form)
    try:
        if chosen.quiz and chosen.quiz not in _quizzes():
            raise NotFound("There is no such quiz; choose one of the list.")
        questions = selected(library(), chosen)
        if not questions:
            raise Invalid("No question fits. Take out a choice; drafts stay here until they are published.")
        made = _make(request.form.get("format", ""), questions)
    except (Invalid, NotFound) as problem:
        return _form(chosen, wrong=problem.message), 422
    if (made.losses or made.left_out) and request.form.get("do") != "download":
        return _form(chosen, made=made, count=len(questions))
    saved_as = f'attachment; filename="{made.name}"'
    return FlaskResponse(made.data, mimetype=made.media_type, headers={"Content-Disposition": saved_as})


def _selection(form: MultiDict[str, str]) -> Selection:
    slugs = form.getlist("slug")
    return Selection(
        ids=tuple(dict.fromkeys(slugs)),
        lesson=form.get("lesson", ""),
        objective=form.get("objective", ""),
        kind=form.get("kind", ""),
        use=form.get("use", ""),
        tag=form.get("tag", "").strip(),
        quiz=form.get("quiz", ""),
        own=form.get("own", "") == "yes",
    )


def _quizzes() -> dict[str, Quiz]:
    """The quizzes of the course, one's own, and those of others that are open to learners: drafts are their owners'."""
    who, own = teacher(), library().own_quizzes
    return {
        slug: quiz
        for slug, quiz in library().quizzes.items()
        if slug not in own or own[slug].owner_id == who.id or own[slug].status == "open" or who.role == Role.ADMIN
    }


def _form(chosen: Selection, *, wrong: str = "", made: Download | None = None, count: int = 0) -> str:
    return render_template(
        "teach/export.html",
        formats=WRITABLE,
        chosen=chosen,
        format=request.values.get("format", ""),
        kinds=TYPES,
        library=library(),
        quizzes=_quizzes(),
        wrong=wrong,
        made=made,
        losses=made.losses[:_SHOWN] if made else (),
        count=count,
    )


def _make(format_name: str, questions: list[Question]) -> Download:
    images = image_bytes(pictures_of(questions))
    stem = f"offramp-{utc_now():%Y-%m-%d}"
    if format_name == BANK:
        return _bank(questions, images, stem)
    format = WRITABLE.get(format_name)
    if format is None:
        raise Invalid("Choose a format.", where="format")
    written = format.write(questions, title=library().course.title, images=images)
    if len(written.left_out) == len(questions):
        raise Invalid(f"{format.label} can hold none of these questions: {written.losses[0].message}", where="format")
    return Download(f"{stem}{format.suffixes[0]}", format.media_type, written.data, written.losses, written.left_out)


def _bank(questions: list[Question], images: Mapping[str, bytes], stem: str) -> Download:
    files = bank_files(questions, images)
    if len(files) == 1:
        [(name, data)] = files.items()
        return Download(name, "application/yaml", data)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return Download(f"{stem}-banks.zip", "application/zip", packed.getvalue())
