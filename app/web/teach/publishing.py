"""Publishing a question: what is new, and, for an edit, whether its meaning is."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.authoring import queries, service
from app.authoring.differences import Change, differences
from app.authoring.draft import as_content
from app.authoring.models import OwnQuestion
from app.authoring.service import Author
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Conflict, Invalid
from app.questions.bank import signature
from app.questions.model import Question
from app.questions.types import TYPES
from app.quiz.queries import NEVER, asked_and_right
from app.web.access import me, needs
from app.web.shell import notice
from app.web.teach.common import bp, changeable_question
from app.web.teach.life import explained
from app.web.teach.subject import Subject, served_question, subject_of_own


@dataclass(frozen=True)
class Edit:
    """What publishing would do to a question that learners were asked before.

    `is_forced` says that kind, options or key are others, so that the meaning has changed whatever anybody says.
    """

    before: Question
    changes: list[Change]
    is_forced: bool
    answers: int


def edit_of(subject: Subject) -> Edit | None:
    """The edit that a working copy is; None for what was never published, or cannot be asked yet."""
    before = served_question(subject.own) if subject.own else None
    if before is None or subject.question is None:
        return None
    asked = asked_and_right(db.session(), [subject.slug]).get((subject.slug, before.head.revision), NEVER)
    changes = differences(as_content(before), as_content(subject.question))
    return Edit(before, changes, signature(before) != signature(subject.question), asked.times)


@bp.get("/questions/<own_slug>/publish")
@needs(Permission.TEACH)
def publish_page(own_slug: str) -> Response | str:
    """What publishing would do."""
    own = changeable_question(own_slug)
    if own.status in ("published", "retired"):
        return redirect(url_for(".question", own_slug=own_slug))
    return page(own)


def page(own: OwnQuestion, *, wrong: str = "", conflict: str = "") -> str:
    """The page before publishing; `wrong` is what is wrong with the answer about the meaning."""
    subject = subject_of_own(own)
    return render_template(
        "teach/publish.html",
        subject=subject,
        own=own,
        library=library(),
        shown=explained(subject.question) if subject.question else None,
        findings=subject.findings(utc_now().date()),
        edit=edit_of(subject),
        kinds=TYPES,
        wrong=wrong,
        conflict=conflict,
        given=request.form.get("meaning", ""),
    )


@bp.post("/questions/<own_slug>/publish")
@needs(Permission.TEACH)
def publish(own_slug: str) -> Response | tuple[str, int]:
    """Serve the working copy from now on."""
    own = changeable_question(own_slug)
    edit = edit_of(subject_of_own(own))
    meaning = request.form.get("meaning", "")
    if edit and meaning not in ("same", "changed"):
        return page(own, wrong="Say whether the meaning changed."), 422
    try:
        with transaction() as session:
            found = queries.own_question(session, own_slug)
            _check_base(session, found)
            by, changed = Author.of(me(session)), meaning == "changed"
            service.publish(session, found, by, meaning_changed=changed, now=utc_now())
    except Moved as problem:
        return page(queries.own_question(db.session(), own_slug), conflict=problem.message), 409
    except Invalid as problem:
        return page(queries.own_question(db.session(), own_slug), wrong=problem.message), 422
    notice("Published. Learners are asked it from now on." if edit is None else "Published in its new wording.")
    return redirect(url_for(".question", own_slug=own_slug), 303)


class Moved(Conflict):
    """The question is not what the page showed."""


def _check_base(session: Session, own: OwnQuestion) -> None:
    """Nobody publishes what they have not seen. Raises Moved, and Invalid for what cannot be served."""
    if own.status in ("draft", "in_review") and request.form.get("base") != str(own.edit_number):
        newest = queries.history(session, own.slug)[0]
        raise Moved(f"{newest.by_name} has changed this question since you looked. This is how it is now.")
    if wrong := subject_of_own(own).wrong:
        raise Invalid(wrong[0].message)
