"""Two people, or two tabs, have changed one question: both texts, field by field, and what is made of them."""

from __future__ import annotations

import json
import uuid
from typing import Any, NamedTuple

from flask import render_template, request

from app.authoring import queries
from app.authoring.models import OwnQuestion, QuestionEdit
from app.boot import library
from app.db import db
from app.errors import Conflict
from app.questions.types import TYPES
from app.web.forms.questions import FORMS
from app.web.teach.common import teacher
from app.web.teach.editing import read_content

# The lesson is no part of the content, and is chosen like a field of it.
LESSON = "lesson"


class Both(NamedTuple):
    """A field that is not the same in both texts: its name, what it is called, and its lines in each."""

    name: str
    label: str
    mine: list[str]
    theirs: list[str]


def differing(own: OwnQuestion, mine: dict[str, Any], lesson: str) -> list[Both]:
    """The fields in which what was typed and what is stored are not the same."""
    theirs = {**queries.content_of(own), LESSON: own.lesson}
    ours = {**mine, LESSON: lesson}
    form = FORMS[str(mine["kind"])]()
    labels = {field.short_name: field.label.text or field.short_name for field in form.fields()} | {"kind": "Kind"}
    return [
        Both(name, labels.get(name, name), _lines(name, ours.get(name)), _lines(name, theirs.get(name)))
        for name in dict.fromkeys([*ours, *theirs])
        if (ours.get(name) or None) != (theirs.get(name) or None)
    ]


def conflict_page(own: OwnQuestion, mine: dict[str, Any], lesson: str, save_id: uuid.UUID, why: str) -> str:
    """Both texts, to choose from field by field. Nothing has been stored."""
    newest = _newest(own)
    return render_template(
        "teach/editor_conflict.html",
        own=own,
        both=differing(own, mine, lesson),
        mine=json.dumps(mine, ensure_ascii=False),
        mine_lesson=lesson,
        save_id=save_id,
        newest=newest,
        is_mine=newest.by_id == teacher().id,
        why=why,
    )


def why_not(own: OwnQuestion, problem: Conflict) -> str:
    """Who was there first, in words: somebody else, or oneself in another window."""
    if _newest(own).by_id != teacher().id:
        return problem.message
    return "You saved this question in another window, or on another device, meanwhile. Nothing was written over."


def _newest(own: OwnQuestion) -> QuestionEdit:
    return next(step for step in queries.history(db.session(), own.slug) if step.number == own.edit_number)


def sent_mine() -> tuple[dict[str, Any], str]:
    """What had been typed, as the page carried it: the working copy and the lesson. Raises Invalid."""
    return read_content(request.form.get("mine", "")), request.form.get("mine_lesson", "")


def chosen(own: OwnQuestion, mine: dict[str, Any], lesson: str) -> tuple[dict[str, Any], str]:
    """The working copy and the lesson, each field from the text that was chosen for it; one's own unless said."""
    theirs = queries.content_of(own)
    both = {it.name for it in differing(own, mine, lesson)}
    taken = {name for name in both if request.form.get(f"take-{name}") == "theirs"}
    if "kind" in taken:
        # The fields of a kind go together.
        taken |= set(TYPES[str(theirs["kind"])].Body.model_fields) if theirs.get("kind") in TYPES else set()
        mine = {name: value for name, value in mine.items() if name not in TYPES[str(mine["kind"])].Body.model_fields}
    content = {
        name: (theirs if name in taken else mine).get(name)
        for name in dict.fromkeys([*mine, *theirs])
        if (theirs if name in taken else mine).get(name) is not None
    }
    return content, own.lesson if LESSON in taken else lesson


def _lines(name: str, value: Any) -> list[str]:
    """A value in lines that can be read; ids of rows are nobody's business."""
    if name == LESSON:
        lesson = library().lessons.get(str(value))
        return [lesson.head.title] if lesson else []
    if name == "kind":
        return [TYPES[str(value)].label] if value in TYPES else []
    if isinstance(value, list):
        return [_line(entry) for entry in value]
    if isinstance(value, dict):
        return [f"{_name(key)}: {_line(inner)}" for key, inner in value.items()]
    return [_line(value)] if value not in (None, "") else []


def _line(value: Any) -> str:
    if isinstance(value, dict):
        words = [(key, inner) for key, inner in value.items() if key != "id"]
        first = next((str(inner) for key, inner in words if key in ("text", "criterion")), "")
        rest = [f"{_name(key)}: {_line(inner)}" for key, inner in words if key not in ("text", "criterion")]
        return " · ".join(filter(None, (first, *rest))) or "(blank)"
    if isinstance(value, list):
        return "; ".join(map(_line, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _name(key: str) -> str:
    return {"key": "right answer"}.get(key, key.replace("_", " "))
