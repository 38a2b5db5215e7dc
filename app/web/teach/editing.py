"""Saving what the editor's form holds: read, named, kept as a step, and compared where two have written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.authoring import queries, service
from app.authoring.draft import read_draft
from app.authoring.models import OwnQuestion, QuestionEdit
from app.authoring.service import Author, Save
from app.boot import library
from app.clock import utc_now
from app.errors import Invalid
from app.library.check.single import findings_for
from app.quiz.rules import read_counter, read_uuid
from app.web.forms.questions import FORMS, QuestionForm
from app.web.forms.questions.notes import Said, place
from app.web.forms.questions.offers import offer


@dataclass(frozen=True)
class Typed:
    """What a form sent: the form, the working copy that it makes, and the lesson."""

    form: QuestionForm
    content: dict[str, Any]
    lesson: str


def typed(fields: MultiDict[str, str]) -> Typed:
    """What was typed into the editor. Raises Invalid for a form that did not arrive whole."""
    kind = FORMS.get(fields.get("kind", ""))
    # The last field of the form: without it something was cut off, and what is missing would be deleted.
    if kind is None or "whole" not in fields:
        raise Invalid("This form did not arrive whole. Load the page again; nothing was changed.")
    return of_form(kind(fields))


def of_form(form: QuestionForm) -> Typed:
    """The working copy that a form makes as it stands."""
    return Typed(form, form.content(), str(form["lesson"].data or ""))


def sent_save(*, is_script: bool) -> Save:
    """The id of this save, the step it began from and its place in its tab. Raises Invalid."""
    fields = request.form
    base = fields.get("seen", "")
    if not (base.isascii() and base.isdigit() and len(base) < 10):
        raise Invalid("This form did not arrive whole. Load the page again; nothing was changed.")
    save = Save(read_uuid(fields.get("answer_id"), "answer_id"), int(base))
    if not is_script:
        return save
    return replace(save, tab=read_uuid(fields.get("tab"), "tab"), counter=read_counter(fields.get("counter")))


def keep(session: Session, own: OwnQuestion, author: Author, content: dict[str, Any], lesson: str, save: Save) -> bool:
    """Keep a working copy as the next step; whether it counts, for one that comes late does not.

    Raises Conflict when somebody else has saved meanwhile.
    """
    now = utc_now()
    before = own.lesson
    own.lesson = lesson
    edit = service.save_edit(session, own, author, content, _sound(session, own, content, lesson, save), now=now)
    if edit.number != own.edit_number:
        own.lesson = before
        return False
    own.findings = min(len(said_of(own)[1]), 999)
    service.share_passage(session, own, author, now=now)
    session.flush()
    return True


def _sound(session: Session, own: OwnQuestion, content: Mapping[str, Any], lesson: str, save: Save) -> Save:
    """The same save twice is one; another text under its id, as from a page gone back to, is another save."""
    already = session.get(QuestionEdit, save.id)
    is_same = already and (already.question, queries.content_of(already), already.lesson) == (own.slug, content, lesson)
    return save if already is None or is_same else replace(save, id=service.new_id())


def said_of(own: OwnQuestion) -> tuple[QuestionForm, list[Said]]:
    """The form of a working copy, with what is to be said beside its fields; the same as a list."""
    content = queries.content_of(own)
    form = FORMS[own.kind](content=content, lesson=own.lesson)
    question, wrong = read_draft(content, slug=own.slug, revision=max(own.revision, 1), lesson=own.lesson)
    findings = findings_for(library(), question, today=utc_now().date()) if question else []
    return form, place(form, content, wrong, findings)


def shown_form(session: Session, own: OwnQuestion) -> tuple[QuestionForm, list[Said]]:
    """As `said_of`, with what its selects offer."""
    form, said = said_of(own)
    offer(form, library(), service.cases_of(session, own.owner_id))
    return form, said


def joined_case(session: Session, own: OwnQuestion, content: dict[str, Any]) -> dict[str, Any]:
    """The working copy with the passage of the case that it joins; as it is when it joins none."""
    case = content.get("case")
    if not case or case == queries.content_of(own).get("case"):
        return content
    cases = service.cases_of(session, own.owner_id)
    if case not in cases:
        return content
    rest = {name: value for name, value in content.items() if name != "passage"}
    return rest | ({"passage": cases[case]} if cases[case] else {})


def converted(content: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The working copy as one of another kind: what both kinds have stays."""
    begun = FORMS[kind].blank()
    both = {**begun, **{name: value for name, value in content.items() if name != "kind"}}
    made = FORMS[kind](content=both).content()
    for (holder, field), rows in FORMS[kind].refs.items():
        known = {row["id"] for row in made.get(rows, ())}
        for row in made.get(holder, ()):
            if row.get(field) not in known:
                row.pop(field, None)
    return made


def read_content(text: str) -> dict[str, Any]:
    """A working copy that a page of ours carried. Raises Invalid."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or content.get("kind") not in FORMS:
        raise Invalid("This form did not arrive whole. Load the page again; nothing was changed.")
    return content
