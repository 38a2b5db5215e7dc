"""Images for questions: brought in once, named by their content, and put into a text by that name."""

from __future__ import annotations

from typing import Any

from flask import jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.authoring import service
from app.authoring.service import Author
from app.authoring.service.imaging import LONGEST_SIDE, MAX_MEGAPIXELS
from app.clock import utc_now
from app.db import transaction
from app.errors import Invalid
from app.web.access import me, needs, wants_json
from app.web.teach.common import bp
from app.web.uploads import limits, sent_file, takes_files

MAX_ALT = 300


@bp.get("/images")
@needs(Permission.TEACH)
def images_page() -> str:
    """The form for an image, for browsers without a script."""
    return _page()


@bp.post("/images")
@needs(Permission.TEACH)
@takes_files
def add_image() -> Response | tuple[str, int] | str:
    """Keep an image, and say what to write where it is to be shown."""
    try:
        alt = _alternative()
        _, data = sent_file()
        with transaction() as session:
            name = service.keep_image(session, Author.of(me(session)), data, now=utc_now())
    except Invalid as problem:
        if wants_json():
            response = jsonify(message=problem.message, where=problem.where)
            response.status_code = 422
            return response
        return _page(wrong=problem), 422
    markdown = f"![{alt}]({name})"
    if wants_json():
        return jsonify(markdown=markdown, name=name, address=url_for("images.show", name=name))
    return _page(made=markdown)


def _alternative() -> str:
    """The words that stand for the image, as they can stand in a text. Raises Invalid."""
    words = " ".join(request.form.get("alt", "").replace("\0", " ").split())
    if not words:
        raise Invalid("Say what the image shows, for those who do not see it.", where="alt")
    if len(words) > MAX_ALT:
        raise Invalid(f"Use at most {MAX_ALT} characters; this has {len(words)}.", where="alt")
    return words.replace("[", "(").replace("]", ")")


def _page(**values: Any) -> str:
    bounds = {"megabytes": limits().max_upload_mb, "megapixels": MAX_MEGAPIXELS, "side": LONGEST_SIDE}
    return render_template(
        "teach/editor_image.html",
        **{"wrong": None, "made": "", **values},
        alt=request.form.get("alt", ""),
        bounds=bounds,
    )
