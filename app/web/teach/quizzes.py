"""A teacher's own quizzes: what they ask, how they are sat, and the link to give out."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from pydantic import ValidationError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.authoring import queries
from app.authoring.draft import FieldProblem
from app.authoring.models import OwnQuiz
from app.authoring.service import Author
from app.authoring.service.quizzes import create_quiz, quiz_of_row, save_quiz, set_status
from app.boot import library
from app.clock import utc_now
from app.db import db, transaction
from app.errors import Conflict
from app.questions.draw import Quiz
from app.questions.marked import words_of
from app.questions.types import TYPES
from app.quiz.queries import how_often_taken
from app.quiz.words import settings_sentences
from app.web.access import me, needs
from app.web.forms.questions.fields import Choice, Note
from app.web.forms.questions.notes import in_words
from app.web.forms.quizzes import DrawForm, QuizForm
from app.web.shell import notice
from app.web.teach.common import bp, new_slug, own_quiz_of, teacher

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
DONE = {
    "open": "Open. Learners can take it by its link.",
    "closed": "Closed. Nobody can start it any more; who is in the middle of it can finish.",
    "retired": "Taken away. Its attempts and results stay.",
    "draft": "It is a draft again.",
}


@bp.get("/quizzes")
@needs(Permission.TEACH)
def quizzes() -> str:
    """One's own quizzes, and how often each was taken."""
    found = queries.quizzes_by(db.session(), teacher().id)
    return render_template(
        "teach/quizzes.html",
        found=[(own, quiz_of_row(own)) for own in found],
        taken=how_often_taken(db.session(), [own.slug for own in found]),
    )


@bp.get("/quizzes/new")
@needs(Permission.TEACH)
def new_quiz() -> str:
    """The form of a new quiz; questions that were selected come along."""
    return _form_page(QuizForm(), None, slugs=request.args.getlist("slug"))


@bp.post("/quizzes/new")
@needs(Permission.TEACH)
def begin_quiz() -> Response | tuple[str, int]:
    """A new draft, and on to what it asks."""
    form = QuizForm(formdata=request.form)
    slugs = tuple(slug for slug in dict.fromkeys(request.form.getlist("slug")) if slug in library().questions)
    quiz = _read(form, {"id": new_slug(str(form.title.data or "quiz")), "questions": slugs})
    if quiz is None:
        return _form_page(form, None, slugs=slugs), 422
    with transaction() as session:
        create_quiz(session, Author.of(me(session)), quiz, link=_link(), now=utc_now())
    return redirect(url_for(".quiz", own_quiz=quiz.id), 303)


def _link() -> str:
    """A code that is easy to type and hard to guess."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def _read(form: QuizForm, more: Mapping[str, Any]) -> Quiz | None:
    """The quiz that a form is; None, with what is wrong beside its fields, when it is none."""
    content = form.settings()
    if not str(content.get("title") or "").strip():
        form.title.notes.append(Note("error", "Give it a title."))
        return None
    try:
        return quiz_read({**content, **more})
    except ValidationError as problem:
        for error in problem.errors(include_url=False):
            field = form.find(tuple(error["loc"])) or form.title
            field.notes.append(Note("error", said_of_setting(error, content)))
        return None


# What the Quiz model says of settings that do not go together → the same by the names on the form.
_TOGETHER = {
    "“feedback: after_date” and the date “feedback_from” belong together.": (
        "Choose “From a day on” and name the day, or do neither."
    ),
    "Practice has no time limit; take out “minutes” or “practice”.": (
        "Practice has no time limit: empty “Minutes”, or untick “Practice”."
    ),
    "In practice answers are explained at once; take out “feedback”.": (
        "In practice answers are explained at once: choose no day, or untick “Practice”."
    ),
    "A quiz that is not graded has no “pass_mark”.": (
        "Without a mark nobody passes: empty “Pass mark”, or tick “Give a mark”."
    ),
}


def said_of_setting(error: Any, content: Mapping[str, Any]) -> str:
    """What one of pydantic's errors says of a setting, in the words of the form."""
    message = words_of(error)[1]
    return _TOGETHER.get(message) or in_words(FieldProblem(tuple(error["loc"]), message), content)


def quiz_read(content: Mapping[str, Any]) -> Quiz:
    """The quiz with these settings. Raises pydantic's ValidationError."""
    return Quiz.model_validate_json(json.dumps({key: value for key, value in content.items() if value is not None}))


def _form_page(form: QuizForm, own: OwnQuiz | None, *, slugs: Any = (), wrong: str = "") -> str:
    return render_template("teach/quiz_form.html", form=form, own=own, slugs=slugs, wrong=wrong)


@bp.get("/quizzes/<own_quiz>")
@needs(Permission.TEACH)
def quiz(own_quiz: str) -> str:
    """What the quiz asks, how it is sat, its link, and its state."""
    return quiz_page(own_quiz_of(own_quiz))


def objective_choices() -> list[Choice]:
    """The objectives of the course, to choose from."""
    return [Choice(o.id, f"{o.short} ({o.id})") for o in library().course.objectives]


def quiz_page(own: OwnQuiz, draw: DrawForm | None = None) -> str:
    """The page of a quiz; `draw` is a draw that could not be taken, with what is wrong beside its fields."""
    found = quiz_of_row(own)
    return render_template(
        "teach/quiz.html",
        own=own,
        quiz=found,
        library=library(),
        kinds=TYPES,
        settings=settings_sentences(found),
        draw=draw or DrawForm(objectives=objective_choices()),
        there={index: _how_many(found, index) for index in range(len(found.draw))},
        taken=how_often_taken(db.session(), [own.slug]).get(own.slug, 0),
        removed=request.args.get("removed", ""),
    )


def _how_many(quiz: Quiz, index: int) -> int:
    """How many questions a draw can choose from."""
    return sum(quiz.draw[index].wants(q) and q.head.use == quiz.use for q in library().questions.values())


@bp.get("/quizzes/<own_quiz>/edit")
@needs(Permission.TEACH)
def edit_quiz(own_quiz: str) -> str:
    """The form of its words and settings."""
    own = own_quiz_of(own_quiz)
    return _form_page(QuizForm(quiz=quiz_of_row(own)), own)


@bp.post("/quizzes/<own_quiz>/edit")
@needs(Permission.TEACH)
def save_settings(own_quiz: str) -> Response | tuple[str, int]:
    """Keep words and settings; what it asks stays."""
    own = own_quiz_of(own_quiz)
    form = QuizForm(formdata=request.form)
    had = quiz_of_row(own)
    made = _read(form, {"id": had.id, **had.model_dump(mode="json", include={"questions", "draw", "lesson", "strand"})})
    if made is None:
        return _form_page(form, own), 422
    base = request.form.get("seen", "")
    try:
        change_quiz(own_quiz, lambda session, row: made, base=int(base) if base.isdigit() else -1)
    except Conflict as problem:
        return _form_page(form, own_quiz_of(own_quiz), wrong=problem.message), 409
    notice("Saved.")
    return redirect(url_for(".quiz", own_quiz=own_quiz), 303)


def change_quiz(slug: str, make: Callable[[Session, OwnQuiz], Quiz], *, base: int | None = None) -> None:
    """Keep what `make` makes of the quiz as it is then."""
    own_quiz_of(slug)
    with transaction() as session:
        own = queries.own_quiz(session, slug)
        made = make(session, own)
        save_quiz(session, own, made, base=own.edit_number if base is None else base, now=utc_now())


@bp.post("/quizzes/<own_quiz>/status")
@needs(Permission.TEACH)
def change_status(own_quiz: str) -> Response | tuple[str, int]:
    """Open it, close it, take it away or bring it back."""
    own_quiz_of(own_quiz)
    status = request.form.get("status", "")
    with transaction() as session:
        own = queries.own_quiz(session, own_quiz)
        set_status(session, own, status, questions=library().questions, now=utc_now())
    notice(DONE[status])
    return redirect(url_for(".quizzes") if status == "retired" else url_for(".quiz", own_quiz=own_quiz), 303)


@bp.post("/quizzes/<own_quiz>/clone")
@needs(Permission.TEACH)
def clone_quiz(own_quiz: str) -> Response:
    """A new draft that asks the same in the same way."""
    had = quiz_of_row(own_quiz_of(own_quiz, to_change=False))
    title = f"{had.title} (copy)"
    made = had.model_copy(update={"id": new_slug(title), "title": title})
    with transaction() as session:
        create_quiz(session, Author.of(me(session)), made, link=_link(), now=utc_now())
    notice("Copied. The copy is a draft.")
    return redirect(url_for(".quiz", own_quiz=made.id), 303)
