"""A question as learners will meet it: on a page, on a phone, on paper and in a terminal. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, render_template, request
from werkzeug.utils import import_string

from app.accounts.permissions import Permission
from app.boot import library
from app.errors import Unreadable
from app.questions.model import Question
from app.quiz.scoring import Given, slot_result
from app.quiz.service.saving import read_content
from app.quiz.sheet import MarkedSlot, Standing, marked_slot, shown_slot
from app.web.access import needs
from app.web.headers import policy
from app.web.teach.common import bp
from app.web.teach.subject import Subject, subject_of

# Name and words of each way to see it.
WAYS = {"page": "Page", "phone": "Phone", "print": "Print", "terminal": "Terminal"}
# What the phone's frame shows: the question alone.
BARE = "bare"
# The terminal is named and not imported: doors do not lean on each other.
TERMINAL = "app.cli.preview_text:as_terminal_text"
TERMINAL_EXPLAINED = "app.cli.preview_text:explained_as_terminal_text"
_AT = 1


@bp.get("/questions/<own_slug>/preview")
@needs(Permission.TEACH)
def preview(own_slug: str) -> Response:
    """The question as it would be asked."""
    return shown(subject_of(own_slug))


@bp.post("/questions/<own_slug>/preview")
@needs(Permission.TEACH)
def try_out(own_slug: str) -> tuple[Response, int] | Response:
    """Grade an answer as a quiz would, and explain the question; nothing of it is kept."""
    subject = subject_of(own_slug)
    if subject.question is None:
        return shown(subject), 422
    try:
        return shown(subject, marked=graded(subject.question, _seed(), request.form.to_dict(flat=False)))
    except Unreadable as problem:
        return shown(subject, wrong=problem.message), 422


def graded(question: Question, seed: int, raw: Mapping[str, list[str]]) -> MarkedSlot:
    """What came of an answer. Raises Unreadable, also for none at all."""
    fields = dict(raw) | ({"dont_know": ["1"]} if raw.get("go") == ["dont_know"] else {})
    content = read_content(question, fields, seed=seed, position=_AT)
    if not content.answers:
        raise Unreadable("Give an answer first, or say that you don't know.")
    result = slot_result(question, [Given(content.response, content.dont_know)])
    return marked_slot(
        question,
        seed=seed,
        position=_AT,
        response=content.response,
        score=result.score,
        standing=Standing(status=result.status, first_score=result.first_score),
    )


def shown(subject: Subject, *, marked: MarkedSlot | None = None, wrong: str = "") -> Response:
    """The page of one of the ways; `marked` after an answer, `wrong` after one that could not be read."""
    way = request.args.get("as", "page")
    way = way if way in WAYS or way == BARE else "page"
    values = _values(subject, way) | {"marked": marked, "wrong": wrong}
    is_bare = way == BARE and subject.question is not None
    response = make_response(render_template("teach/preview_bare.html" if is_bare else "teach/preview.html", **values))
    if is_bare:
        # The one page of ours that one other page of ours may frame: only a frame is as narrow to a style sheet.
        response.headers["Content-Security-Policy"] = policy(frame_ancestors="'self'")
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    elif way == "phone":
        response.headers["Content-Security-Policy"] = policy(frame_src="'self'")
    return response


def _values(subject: Subject, way: str) -> dict[str, Any]:
    question, seed = subject.question, _seed()
    slot = shown_slot(question, seed=seed, position=_AT, response=None, flagged=False) if question else None
    texts = []
    if question and way == "terminal":
        asked, explained = import_string(TERMINAL), import_string(TERMINAL_EXPLAINED)
        texts = [asked(library(), question, seed=seed), explained(library(), question)]
    return {
        "subject": subject,
        "own": subject.own,
        "library": library(),
        "way": "phone" if way == BARE else way,
        "ways": WAYS,
        "seed": seed,
        "slot": slot,
        "fields": request.form.to_dict(flat=False),
        "texts": texts,
        "attempt": None,
    }


def _seed() -> int:
    """What decides the order of the options: 1, or another one that was asked for."""
    asked = request.args.get("seed", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
