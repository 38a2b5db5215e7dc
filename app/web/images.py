"""Images that questions show: from the course's folder, else from those stored with what was written here."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, url_for

from app.accounts.permissions import Permission
from app.boot import course, course_folders
from app.db import db
from app.errors import NotFound
from app.library.images import FORMATS, IMAGE_FOLDER
from app.library.queries import image, image_size
from app.markdown import IMAGE_NAME
from app.web.access import needs

bp = Blueprint("images", __name__, url_prefix="/images")


@bp.get("/<name>")
@needs(Permission.READ)
def show(name: str) -> Response:
    """The image with this very file name. Raises NotFound."""
    found = _in_course(name) or _stored(name)
    if found is None:
        raise NotFound("There is no image with this name.")
    body, media_type = found
    response = Response(body, mimetype=media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _in_course(name: str) -> tuple[bytes, str] | None:
    # What is not in the list is no image of the course, whatever path it names.
    if name not in course().images:
        return None
    for folder in course_folders():
        try:
            body = (folder / IMAGE_FOLDER / name).read_bytes()
        except OSError:
            continue
        return body, FORMATS[name.rpartition(".")[2]][1]
    return None


def _stored(name: str) -> tuple[bytes, str] | None:
    found = image(db.session(), name) if IMAGE_NAME.fullmatch(name) else None
    return (found.data, found.media_type) if found else None


def attributes(name: str) -> str:
    """The attributes of an img that say where this image is, and how large, so that nothing moves when it comes."""
    picture = course().images.get(name)
    # A file may change under its name, and browsers keep it for a year; a stored image never changes.
    address = url_for("images.show", name=name, v=picture.mark if picture else None)
    size = picture[:2] if picture else _stored_size(name)
    return f'class="picture" src="{address}"' + (f' width="{size[0]}" height="{size[1]}"' if size else "")


def _stored_size(name: str) -> tuple[int, int] | None:
    known: dict[str, tuple[int, int]] = current_app.extensions.setdefault("image_sizes", {})
    if name not in known:
        size = image_size(db.session(), name)
        if size is None:
            return None
        known[name] = size
    return known[name]
