"""Comments on questions, and copies of them."""

from __future__ import annotations

import uuid

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.authoring import service
from app.authoring.draft import Content, as_content
from app.authoring.service import Author
from app.clock import utc_now
from app.db import transaction
from app.errors import Invalid, NotFound
from app.questions.model import Question
from app.web.access import me, needs
from app.web.shell import notice
from app.web.teach.common import bp, new_slug, teach_address
from app.web.teach.life import question_page
from app.web.teach.subject import subject_of

# They speak of the original: its bank's case, and who wrote and checked it.
_NOT_COPIED = ("case", "author", "review_by")


@bp.post("/questions/<own_slug>/comments")
@needs(Permission.TEACH)
def comment(own_slug: str) -> Response | tuple[str, int]:
    """Add a comment, or say that one was dealt with, or not after all."""
    subject = subject_of(own_slug)
    settle, unsettle = (request.form.get(name, "") for name in ("settle", "unsettle"))
    try:
        with transaction() as session:
            by, now = Author.of(me(session)), utc_now()
            if settle:
                found = service.settle_comment(session, own_slug, _id(settle), by, now=now)
            elif unsettle:
                found = service.unsettle_comment(session, own_slug, _id(unsettle))
            else:
                found = service.comment_on(session, own_slug, by, request.form.get("text", ""), now=now)
            anchor = f"comment-{found.id}"
    except Invalid as problem:
        return question_page(subject, wrong=problem.message), 422
    return redirect(url_for(".question", own_slug=own_slug, _anchor=anchor), 303)


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound("There is no such comment on this question.") from None


@bp.post("/questions/<own_slug>/copy")
@needs(Permission.TEACH)
def copy(own_slug: str) -> Response:
    """Make a draft of one's own of any question, and go on to the editor."""
    subject = subject_of(own_slug)
    content = copied(subject.question) if subject.question else _kept(subject.content)
    lesson = subject.own.lesson if subject.own else subject.question.lesson if subject.question else ""
    slug = new_slug(str(content.get("stem") or ""))
    with transaction() as session:
        service.copy_question(
            session,
            Author.of(me(session)),
            content,
            slug=slug,
            lesson=lesson,
            note=f"Copy of {own_slug}",
            now=utc_now(),
        )
    notice("This is your copy. The original stays as it is.")
    return redirect(teach_address("edit", own_slug=slug) or url_for(".question", own_slug=slug), 303)


def copied(question: Question) -> Content:
    """The working copy of a copy: without the original's case, author and review."""
    content = _kept(as_content(question))
    if content.get("use") == "lesson":
        # Only a lesson's own text asks those.
        content["use"] = "practice"
    return content


def _kept(content: Content) -> Content:
    return {name: value for name, value in content.items() if name not in _NOT_COPIED}
