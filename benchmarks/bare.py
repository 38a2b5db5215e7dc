"""The ceiling: the least Flask and Flask-SQLAlchemy program that makes the same journey, with the same password
hash, pragmas and threads, but no shared layout, no CSRF tokens, no answers kept twice, no lessons.

    python bare.py PORT DATABASE [--threads 8]
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
import uuid
from typing import Any

from argon2 import PasswordHasher
from flask import Flask, redirect, render_template, request, session
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import JSON, ForeignKey, event
from sqlalchemy.orm import Mapped, mapped_column

from journey import QUESTIONS

db = SQLAlchemy()
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

_PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>Quiz</title><h1>{{ title }}</h1>"
PAGES = {
    "page": _PAGE,
    "sign_in": _PAGE
    + """<form method=post><input name="name"><input name="password" type="password">
<button>Sign in</button></form>""",
    "quiz": _PAGE + '<form method=post action="/quizzes/ten/attempts"><button>Start</button></form>',
    "question": _PAGE
    + """<form method=post data-answer><p>{{ question.stem }}</p>
{% for option in question.options %}<label><input type="radio" name="choice" value="{{ loop.index }}"
{% if given == loop.index | string %}checked{% endif %}>{{ option }}</label>{% endfor %}
<button>Save</button></form>""",
    "review": _PAGE
    + """<form method=post action="/attempts/{{ attempt.id }}/hand-in">
<button>Hand in</button></form>""",
    "result": _PAGE
    + """<p>{{ attempt.score }} of {{ questions | length }}</p>
<ol>{% for one in questions %}<li>{{ one.stem }}: {{ one.options[one.key - 1] }}
{% if given.get(one.id) == one.key | string %} (right){% endif %}</li>{% endfor %}</ol>""",
}


class Person(db.Model):  # type: ignore[name-defined,misc]
    """A learner."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str]


class Question(db.Model):  # type: ignore[name-defined,misc]
    """A choice with one right option."""

    id: Mapped[int] = mapped_column(primary_key=True)
    stem: Mapped[str]
    options: Mapped[list[str]] = mapped_column(JSON)
    key: Mapped[int]


class Attempt(db.Model):  # type: ignore[name-defined,misc]
    """A sitting."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    score: Mapped[int | None]


class Reply(db.Model):  # type: ignore[name-defined,misc]
    """The answer to one question of a sitting."""

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Attempt.id), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    choice: Mapped[str]


def create_app(address: str) -> Flask:
    """The application on a database, with its tables."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY="a key for measuring", SQLALCHEMY_DATABASE_URI=address)
    if not address.startswith("sqlite"):
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 10, "max_overflow": 5}
    app.jinja_loader = DictLoader(PAGES)
    db.init_app(app)
    with app.app_context():
        if address.startswith("sqlite"):
            event.listen(db.engine, "connect", _set_pragmas)
        db.create_all()
    _add_routes(app)
    return app


def _set_pragmas(connection: Any, record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def fill(names: list[str], password_hash: str) -> None:
    """Learners and ten questions, inside an application context."""
    db.session.add_all(Person(name=name, password=password_hash) for name in names)
    for number in range(1, QUESTIONS + 1):
        options = [f"Option {letter} of question {number}, in a few words" for letter in "ABCD"]
        db.session.add(Question(id=number, stem=f"What follows from report {number}?", options=options, key=2))
    db.session.commit()


def own(attempt_id: uuid.UUID) -> Attempt:
    """The signed-in learner's attempt, else 404."""
    person = db.session.get_one(Person, session["person"])
    found: Attempt = db.first_or_404(db.select(Attempt).filter_by(id=attempt_id, person_id=person.id))
    return found


def given(attempt: Attempt) -> dict[int, str]:
    """Position → choice."""
    rows = db.session.scalars(db.select(Reply).filter_by(attempt_id=attempt.id))
    return {reply.position: reply.choice for reply in rows}


def _add_routes(app: Flask) -> None:
    for rule, view, methods in (
        ("/", home, ["GET"]),
        ("/sign-in", sign_in, ["GET", "POST"]),
        ("/quizzes/ten", quiz, ["GET"]),
        ("/quizzes/ten/attempts", start, ["POST"]),
        ("/attempts/<uuid:attempt_id>/questions/<int:position>", question, ["GET"]),
        ("/attempts/<uuid:attempt_id>/questions/<int:position>", answer, ["POST"]),
        ("/attempts/<uuid:attempt_id>/review", review, ["GET"]),
        ("/attempts/<uuid:attempt_id>/hand-in", hand_in, ["POST"]),
        ("/attempts/<uuid:attempt_id>", result, ["GET"]),
    ):
        app.add_url_rule(rule, view_func=view, methods=methods)


def home() -> str:
    """The first page."""
    person = db.session.get(Person, session["person"]) if "person" in session else None
    return render_template("page", title=f"Welcome, {person.name}" if person else "Welcome")


def sign_in() -> Any:
    """By name and password."""
    if request.method == "GET":
        return render_template("sign_in", title="Sign in")
    person = db.first_or_404(db.select(Person).filter_by(name=request.form["name"]))
    hasher.verify(person.password, request.form["password"])
    session["person"] = person.id
    return redirect("/", 303)


def quiz() -> str:
    """What the quiz is."""
    return render_template("quiz", title="Ten questions")


def start() -> Any:
    """A new attempt."""
    attempt = Attempt(id=uuid.uuid4(), person_id=session["person"])
    db.session.add(attempt)
    db.session.commit()
    return redirect(f"/attempts/{attempt.id}/questions/1", 303)


def question(attempt_id: uuid.UUID, position: int) -> str:
    """One question, with the answer given."""
    attempt = own(attempt_id)
    reply = db.session.get(Reply, (attempt.id, position))
    return render_template(
        "question",
        title=f"Question {position}",
        question=db.session.get_one(Question, position),
        given=reply.choice if reply else None,
    )


def answer(attempt_id: uuid.UUID, position: int) -> Any:
    """Save an answer."""
    attempt = own(attempt_id)
    reply = db.session.get(Reply, (attempt.id, position))
    if reply is None:
        reply = Reply(attempt_id=attempt.id, position=position)
        db.session.add(reply)
    reply.choice = request.form["choice"]
    db.session.commit()
    target = f"questions/{position + 1}" if position < QUESTIONS else "review"
    return redirect(f"/attempts/{attempt_id}/{target}", 303)


def review(attempt_id: uuid.UUID) -> str:
    """Before handing in."""
    return render_template("review", title="Review", attempt=own(attempt_id))


def hand_in(attempt_id: uuid.UUID) -> Any:
    """Score the attempt."""
    attempt = own(attempt_id)
    replies = given(attempt)
    questions = db.session.scalars(db.select(Question)).all()
    attempt.score = sum(replies.get(question.id) == str(question.key) for question in questions)
    db.session.commit()
    return redirect(f"/attempts/{attempt_id}", 303)


def result(attempt_id: uuid.UUID) -> str:
    """Every question with its right option."""
    attempt = own(attempt_id)
    questions = db.session.scalars(db.select(Question)).all()
    return render_template("result", title="Result", attempt=attempt, questions=questions, given=given(attempt))


def main() -> None:
    """Serve it by waitress."""
    from waitress import serve

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("database")
    parser.add_argument("--threads", type=int, default=8)
    options = parser.parse_args()
    # The interpreter is set up as `offramp serve` does it, so that what differs is the program.
    sys.setswitchinterval(0.0005)
    app = create_app(options.database)
    gc.collect()
    gc.freeze()
    serve(app, host="127.0.0.1", port=options.port, threads=options.threads)


if __name__ == "__main__":
    main()
