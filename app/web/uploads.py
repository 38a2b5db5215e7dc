"""Files in forms: only pages that say so take more than an ordinary form, and no more than the setting allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from app.config import Settings
from app.errors import Invalid
from app.web.errors import error_response

V = TypeVar("V", bound=Callable[..., Any])
_MEGABYTE = 1024 * 1024


def takes_files(view: V) -> V:
    """Mark a view whose form brings a file."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    """Raise the limit of a request for the views that are marked; beyond it, a page says so."""

    @app.before_request
    def raise_limit() -> AnyResponse | tuple[str, int] | None:
        view = current_app.view_functions.get(request.endpoint or "")
        if request.method != "POST" or not getattr(view, "takes_files", False):
            return None
        request.max_content_length = limits().largest_request
        if (request.content_length or 0) <= limits().largest_request:
            return None
        said = f"A file has at most {limits().max_upload_mb} MB here. Split it into several files. Nothing was stored."
        return error_response(413, said)


def limits() -> Settings:
    """The settings of the running application."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def sent_file(field: str = "file") -> tuple[str, bytes]:
    """The name and the content of the file in a form. Raises Invalid when there is none, or it is too large."""
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        raise Invalid("Choose a file first.", where=field)
    most = limits().max_upload_mb
    data = sent.stream.read(most * _MEGABYTE + 1)
    if len(data) > most * _MEGABYTE:
        raise Invalid(f"This file is larger than {most} MB. Split it into several files.", where=field)
    if not data:
        raise Invalid("This file is empty.", where=field)
    # A browser may send a whole path; only the name is of use.
    return sent.filename.replace("\\", "/").rpartition("/")[2][:200], data
