"""Errors → a page or a message with its status: one table. Pages help and leak nothing."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response as AnyResponse

from app.db import db, storage_errors
from app.errors import (
    AppError,
    Conflict,
    Invalid,
    NeedsSignIn,
    NotAllowed,
    NotFound,
    StorageTrouble,
    TooMany,
    Unreadable,
)
from app.web.access import do_without_visitor, wants_json

log = logging.getLogger("offramp")

STATUS: dict[type[AppError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    NeedsSignIn: 401,
    Unreadable: 422,
    Invalid: 400,
    Conflict: 409,
    TooMany: 429,
    StorageTrouble: 503,
}

# Status → heading and what to do.
PAGES: dict[int, tuple[str, str]] = {
    400: (
        "This request could not be read",
        "Go back, load the page again and repeat the step. Nothing was changed.",
    ),
    401: ("Sign in first", "This page is for people who are signed in."),
    403: ("This is not for your account", "Ask the person who runs this server if you think it should be."),
    404: (
        "There is no page at this address",
        "The link may be old, or a letter may be missing. Nothing of yours is lost.",
    ),
    405: ("This address takes a form only", "Go back and use the button on the page."),
    409: ("Something happened in between", "Load the page again to see how things stand."),
    413: ("This is too large", "What was sent is larger than this server takes. Nothing was changed."),
    422: ("This answer cannot be read", "Go back and answer again; it costs nothing."),
    429: ("Too many tries", "Wait a little, then try again."),
    500: (
        "Something went wrong here",
        "It is not your fault, and answers that were saved are safe. Try again in a moment.",
    ),
    503: (
        "The server cannot store anything just now",
        "Answers not sent yet stay on your device. Try again in a moment.",
    ),
}


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(AppError, app_error)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(CSRFError, csrf_error)
    app.register_error_handler(DatabaseError, database_error)
    app.register_error_handler(Exception, unexpected)


def status_of(problem: AppError) -> int:
    """The HTTP status of an error, by its nearest class in the table."""
    return next((STATUS[kind] for kind in type(problem).__mro__ if kind in STATUS), 400)


def app_error(problem: AppError) -> AnyResponse | tuple[str, int]:
    """An error of ours: its own words."""
    if isinstance(problem, NeedsSignIn) and not wants_json() and request.method == "GET":
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    if isinstance(problem, StorageTrouble):
        log.error("database: %s", getattr(problem.__cause__, "orig", problem))
    return error_response(status_of(problem), problem.message, reason=type(problem).__name__)


def csrf_error(problem: CSRFError) -> AnyResponse | tuple[str, int]:
    """A form whose token does not fit the cookie: usually an old page, or cookies switched off."""
    message = "This form belongs to an earlier visit. Load the page again and repeat the step; nothing was changed."
    return error_response(400, message, reason="CSRF")


def http_error(problem: HTTPException) -> AnyResponse:
    """An error of the framework: our words for its status."""
    code = problem.code or 500
    if code < 400:
        return problem.get_response()  # a redirect
    response = make_response(error_response(code, PAGES.get(code, PAGES[400])[1]))
    if isinstance(problem, MethodNotAllowed) and problem.valid_methods:
        response.headers["Allow"] = ", ".join(problem.valid_methods)
    return response


def database_error(problem: DatabaseError) -> AnyResponse | tuple[str, int]:
    """The database failed while a page was read: its trouble, or our mistake."""
    try:
        with storage_errors():
            raise problem
    except StorageTrouble as trouble:
        return app_error(trouble)
    except DatabaseError:
        return unexpected(problem)


def unexpected(problem: Exception) -> AnyResponse | tuple[str, int]:
    """A fault of the program: into the log, with no word of it on the page."""
    log.exception("unexpected error in %s", request.endpoint)
    db.session.rollback()
    return error_response(500, PAGES[500][1])


def error_response(code: int, message: str, *, reason: str = "") -> AnyResponse | tuple[str, int]:
    """The error as JSON for a script, else as a page."""
    if wants_json():
        response: Response = jsonify(message=message, reason=reason)
        response.status_code = code
        return response
    heading = PAGES.get(code, PAGES[400])[0]
    try:
        page = render_template("errors/error.html", code=code, heading=heading, said=message)
    except SQLAlchemyError:
        # The page names the person signed in, and the trouble may be that the database cannot be asked.
        do_without_visitor()
        page = render_template("errors/error.html", code=code, heading=heading, said=message)
    return page, code
