"""What a teacher's quiz asks: questions picked one by one, or draws; and a look at it as a learner."""

from __future__ import annotations

import random

from flask import redirect, render_template, request, url_for
from pydantic import ValidationError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.accounts.permissions import Permission
from app.authoring.models import OwnQuiz
from app.authoring.service.quizzes import quiz_of_row
from app.boot import library
from app.errors import Conflict
from app.questions.draw import Quiz, draw_questions
from app.questions.types import TYPES
from app.quiz.sheet import shown_slot
from app.quiz.words import settings_sentences
from app.web.access import needs
from app.web.forms.questions.fields import Note
from app.web.forms.quizzes import DrawForm
from app.web.shell import notice
from app.web.teach.common import bp, own_quiz_of
from app.web.teach.quizzes import change_quiz, objective_choices, quiz_page, quiz_read, said_of_setting

# The most questions that a search shows.
MOST = 60


@bp.post("/quizzes/<own_quiz>/questions")
@needs(Permission.TEACH)
def arrange(own_quiz: str) -> Response:
    """Add picked questions, move one, take one out, or put it back."""
    way, _, place = request.form.get("do", "").partition(":")
    slugs = [slug for slug in request.form.getlist("slug") if slug in library().questions]

    def make(session: Session, own: OwnQuiz) -> Quiz:
        quiz = quiz_of_row(own)
        return quiz.model_copy(update={"questions": _arranged(list(quiz.questions), way, place, slugs)})

    change_quiz(own_quiz, make)
    if way == "add":
        notice(f"{len(slugs)} question{'s' if len(slugs) != 1 else ''} added.")
    removed = place if way == "remove" else None
    return redirect(url_for(".quiz", own_quiz=own_quiz, removed=removed, _anchor="asks"), 303)


def _arranged(questions: list[str], way: str, place: str, slugs: list[str]) -> tuple[str, ...]:
    if way == "add":
        return tuple(dict.fromkeys([*questions, *slugs]))
    if way == "back":
        slug, _, index = place.rpartition("@")
        if slug not in library().questions:
            raise Conflict("This question is not published any more, so it stays out of the quiz.")
        at = int(index) if index.isdigit() else len(questions)
        return tuple(dict.fromkeys([*questions[:at], slug, *questions[at:]]))
    slug = place.rpartition("@")[0] or place
    if slug not in questions:
        raise Conflict("This question is no longer in the quiz. Load the page again.")
    at = questions.index(slug)
    questions.remove(slug)
    if way in ("up", "down"):
        questions.insert(max(0, at + (-1 if way == "up" else 1)), slug)
    return tuple(questions)


@bp.post("/quizzes/<own_quiz>/draws")
@needs(Permission.TEACH)
def change_draws(own_quiz: str) -> Response | tuple[str, int]:
    """Add a draw, or take one out."""
    own = own_quiz_of(own_quiz)
    way, _, place = request.form.get("do", "add").partition(":")
    form = DrawForm(formdata=request.form, objectives=objective_choices())
    had = quiz_of_row(own)
    draws = [draw.model_dump(mode="json", exclude_defaults=True) for draw in had.draw]
    if way == "remove" and place.isdigit() and int(place) < len(draws):
        del draws[int(place)]
    elif way == "add":
        draws.append(form.content())
    try:
        content = had.model_dump(mode="json", exclude_none=True) | {"draw": draws}
        made = quiz_read(content)
    except ValidationError as problem:
        for error in problem.errors(include_url=False):
            field = form.find(tuple(error["loc"][2:])) or form.count
            field.notes.append(Note("error", said_of_setting(error, content)))
        return quiz_page(own, form), 422
    change_quiz(own_quiz, lambda session, row: made)
    return redirect(url_for(".quiz", own_quiz=own_quiz, _anchor="asks"), 303)


@bp.get("/quizzes/<own_quiz>/pick")
@needs(Permission.TEACH)
def pick(own_quiz: str) -> str:
    """Questions to pick from, by words, objective and kind."""
    own = own_quiz_of(own_quiz)
    words = request.args.get("q", "").casefold().split()
    objective, kind = request.args.get("objective", ""), request.args.get("kind", "")
    found = [
        q
        for q in library().questions.values()
        if all(word in f"{q.head.stem} {q.id} {' '.join(q.head.tags)} {q.head.category}".casefold() for word in words)
        and (not objective or q.head.objective == objective)
        and (not kind or q.kind == kind)
        and q.head.use != "lesson"
    ]
    # What was written here comes first: it is what one comes for, and the course has more than is shown.
    found.sort(key=lambda q: bool(q.place.file))
    return render_template(
        "teach/quiz_pick.html",
        own=own,
        quiz=quiz_of_row(own),
        found=found[:MOST],
        many=len(found),
        library=library(),
        kinds=TYPES,
        args=request.args,
    )


@bp.get("/quizzes/<own_quiz>/preview")
@needs(Permission.TEACH)
def preview_quiz(own_quiz: str) -> str:
    """What a learner meets: the start, and the questions of one draw, each of which can be tried out."""
    own = own_quiz_of(own_quiz)
    found, seed = quiz_of_row(own), _seed()
    served = library().questions
    rng = random.Random(seed)  # noqa: S311  a draw to look at, the same under the same address
    drawn = draw_questions(found, served, {}, rng)
    return render_template(
        "teach/quiz_preview.html",
        own=own,
        quiz=found,
        library=library(),
        settings=settings_sentences(found),
        seed=seed,
        slots=[
            shown_slot(served[slug], seed=seed, position=1, response=None, flagged=False, quiz=found) for slug in drawn
        ],
    )


def _seed() -> int:
    asked = request.args.get("seed", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
