"""A tour of every page in each of its states, by a person who does everything once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from flask import Flask

from app.accounts.service import local_learner, make_link
from app.clock import utc_now
from app.db import db, transaction
from app.library.model import Library
from app.quiz.models import Attempt
from tests.factories import NOON, raw_answer
from tests.web.teach.touring import through_the_editor
from tests.web.visiting import Browser, Page, answer_fields

States = Iterator[tuple[str, Page]]
PASSWORD = "four words are fine"
# Fields of every shape: what cannot be read, and a guess.
_NAMES = ("choice", "place-1", "assign-1", "gap-1", "chance")
UNREADABLE = {name: ["999"] for name in _NAMES} | {"gap-1": ["x" * 101], "text": ["word " * 2000]}
GUESS = {name: ["1"] for name in _NAMES} | {"text": ["7"]}


def library_of(app: Flask) -> Library:
    """The course that an application serves."""
    found: Library = app.extensions["offramp"]["library"]
    return found


def raw_of(app: Flask, attempt: uuid.UUID, position: int, *, right: bool) -> dict[str, list[str]]:
    """The fields with a right or a wrong answer to a question of an attempt."""
    with app.app_context():
        row = db.session.get_one(Attempt, attempt)
        return {name: list(values) for name, values in raw_answer(library_of(app), row, position, right=right).items()}


def size_of(app: Flask, attempt: uuid.UUID) -> int:
    """How many questions an attempt has."""
    with app.app_context():
        return len(db.session.get_one(Attempt, attempt).slots)


def whole_tour(app: Flask) -> States:
    """Every state of every page, with a name."""
    yield from as_nobody(app)
    browser = Browser(app)
    yield from through_lessons(browser, app)
    yield from through_quizzes(browser, app)
    yield from through_accounts(browser, app)
    yield from by_link(app)
    yield from through_the_editor(app)


def as_nobody(app: Flask) -> States:
    """Empty pages, forms with errors, and errors."""
    browser = Browser(app)
    for path in ("/", "/article", "/progress", "/about", "/privacy", "/device", "/sign-in", "/register", "/none"):
        yield f"nobody at {path}", browser.open(path)
    yield from through_the_dossier(browser, app)
    for lesson in library_of(app).lessons:
        yield f"nobody at lesson {lesson}", browser.open(f"/lessons/{lesson}")
    for lesson in library_of(app).teaching:
        yield f"teacher's page of {lesson}", browser.open(f"/lessons/{lesson}/teaching")
        yield f"handout of {lesson}", browser.open(f"/lessons/{lesson}/handout")
    for quiz in library_of(app).quizzes:
        yield f"nobody at quiz {quiz}", browser.open(f"/quizzes/{quiz}")
    browser.open("/sign-in?next=/progress")
    yield "sign-in failed", browser.press("Sign in", name="nobody", password="wrong horse")
    browser.open("/register")
    yield "register with errors", browser.press("Register", name="<>", password="short")
    browser.open("/device")
    yield "device saved", browser.press("Save", theme="dark")
    yield "405", browser.open("/sign-out")
    yield "400", Page(browser.client.post("/sign-out"))


def through_the_dossier(browser: Browser, app: Flask) -> States:
    """The article on several dates, every claim as it is and graded, and the pages beside it."""
    for as_of in ("later", "2020-01-16", "1999-01-01", "soon"):
        yield f"article as of {as_of}", browser.open(f"/article?as_of={as_of}")
    yield "article without verdicts", browser.open("/article?verdicts=hidden")
    for claim in library_of(app).claims:
        path = f"/article/claims/{claim}"
        yield f"claim {claim}", browser.open(path)
        if claim == "C01":
            yield f"claim {claim} later", browser.open(f"{path}?as_of=later")
            yield f"claim {claim} graded", Page(browser.post(path, {"verdict": "contested"}))
            yield f"claim {claim} graded with nothing", Page(browser.post(path))
    for path in (
        "/article/omissions",
        "/article/timeline",
        "/article/counts",
        "/article/places",
        "/glossary",
        "/sources",
    ):
        yield f"nobody at {path}", browser.open(path)
    for term in library_of(app).terms:
        yield f"term {term}", browser.open(f"/glossary/{term}")


def through_lessons(browser: Browser, app: Flask) -> States:
    """A guest reads every lesson: wrong forms first, then answers, then the end."""
    for lesson in library_of(app).lessons.values():
        path = f"/lessons/{lesson.id}"
        for slug in lesson.checks:
            fields = {"question": [slug], **UNREADABLE}
            yield f"check {slug} unreadable", Page(browser.post(f"{path}/checks/{slug}", fields))
        yield f"summary of {lesson.id} empty", Page(browser.post(f"{path}/summary"))
        for slug in lesson.checks:
            fields = {"question": [slug], **GUESS}
            assert browser.post(f"{path}/checks/{slug}", fields).status_code == 303
        browser.post(f"{path}/summary", {"summary": "One\nTwo"})
        yield f"lesson {lesson.id} answered", browser.open(path)
        yield "home with a lesson begun", browser.open("/")
        browser.post(f"{path}/finish")
        yield f"lesson {lesson.id} finished", browser.open(path)
    yield "progress of a reader", browser.open("/progress")
    yield "start over", browser.open("/start-over")
    yield "keep my progress", browser.open("/register")


def through_quizzes(browser: Browser, app: Flask) -> States:
    """A guest sits every quiz: some answers right, some wrong, one blank, one flagged."""
    for quiz in library_of(app).quizzes:
        attempt = browser.start(quiz)
        base = f"/attempts/{attempt}"
        size = size_of(app, attempt)
        for position in range(1, size + 1):
            path = f"{base}/questions/{position}"
            yield f"{quiz} question {position} new", browser.open(path)
            bad = answer_fields(UNREADABLE)
            yield f"{quiz} question {position} unreadable", Page(browser.post(path, bad))
            if position < size:
                raw = raw_of(app, attempt, position, right=position % 2 == 0)
                browser.post(path, answer_fields(raw, go="flag" if position == 1 else "next"))
            yield f"{quiz} question {position} later", browser.open(path)
        yield f"{quiz} review", browser.open(f"{base}/review")
        yield "home with a quiz open", browser.open("/")
        yield "progress with a quiz open", browser.open("/progress")
        yield f"{quiz} open", browser.open(f"/quizzes/{quiz}")
        browser.post(f"{base}/hand-in")
        yield f"{quiz} result", browser.open(base)
        yield f"{quiz} start with attempts", browser.open(f"/quizzes/{quiz}")
        yield f"{quiz} late", Page(browser.post(f"{base}/questions/1", answer_fields({"text": ["x"]})))
    yield "home when all is done", browser.open("/")
    yield "progress when all is done", browser.open("/progress")


def through_accounts(browser: Browser, app: Flask) -> States:
    """The guest becomes somebody, changes the password, and meets a guest of the same device."""
    browser.open("/register")
    yield "welcome", browser.press("Keep my progress", name="Mina", password=PASSWORD)
    for path in ("/account", "/account/password", "/article", "/device", "/sign-in", "/none"):
        yield f"signed in at {path}", browser.open(path)
    browser.open("/account/password")
    yield "password wrong", browser.press("Change password", old="wrong", password="short")
    browser.open("/account/password")
    yield "password changed", browser.press("Change password", old=PASSWORD, password=PASSWORD + "!")
    browser.open("/account")
    yield "name to confirm wrong", browser.press("Delete account", confirm="Nina")
    guest = Browser(app)
    guest.start(next(iter(library_of(app).quizzes)))
    guest.open("/sign-in")
    yield "merge", guest.press("Sign in", name="Mina", password=PASSWORD + "!")
    yield "merged", guest.press("Add it to Mina")


def by_link(app: Flask) -> States:
    """The terminal's learner comes by the one-time link."""
    with app.app_context(), transaction() as session:
        path = f"/sign-in/link/{make_link(session, local_learner(session, now=NOON), now=utc_now())}"
    browser = Browser(app)
    yield "link", browser.open(path)
    yield "home of the local learner", browser.press("Continue")
    yield "403", browser.open("/account")
    browser.open(path)
    yield "link used", browser.press("Continue")
