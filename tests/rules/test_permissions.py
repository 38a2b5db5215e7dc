"""Every route names its permission, and a walk of all routes as everybody with somebody else's things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app.accounts.models import User
from app.accounts.permissions import ALLOWED, Permission, Role, may
from app.accounts.service import local_learner, make_link
from app.authoring.models import Batch, Upload
from app.authoring.service import Author
from app.authoring.service.batches import begin_batch
from app.authoring.service.importing import keep_upload
from app.clock import utc_now
from app.db import db, transaction
from app.library.model import Library
from app.quiz.models import Attempt, Slot
from tests.authoring.making import SLUG, make_own, make_quiz
from tests.factories import NOON, make_user, start
from tests.web.visiting import JSON, Browser

ROLES: tuple[Role | None, ...] = (None, *Role)
# What a route answers when the permission is there and the object is one's own or anybody's.
FINE = {200, 204, 302, 303, 400, 404, 422}

# An answer as a form sends it, for the routes that take one.
_ID = "00000000-0000-7000-8000-00000000000c"
FIELDS = {"choice": "1", "answer_id": _ID, "tab": _ID, "counter": "1", "go": "flag"}


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every route with each method that reads or writes."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield rule, method


def permission_of(app: Flask, rule: Rule) -> Permission:
    """The permission that the route's view names."""
    return getattr(app.view_functions[rule.endpoint], "permission", None)  # type: ignore[return-value]


@pytest.fixture
def foreign(session: Session, library: Library) -> dict[str, Any]:
    """An open attempt of Sam's; and of Tove's, who teaches: a draft, a quiz, a file not yet imported, an import."""
    with transaction() as writing:
        tove = make_user(writing, "Tove", role=Role.TEACHER)
        by = Author.of(tove)
        make_own(writing, tove)
        upload = keep_upload(writing, by, file_name="tove.gift", format_name="gift", data=b"Is it? {T}", now=utc_now())
        quiz = make_quiz(writing, tove, "word-or-deed", status="draft")
        return {
            "attempt_id": str(start(writing, make_user(writing, "Sam"), library).id),
            "own_slug": SLUG,
            "own_quiz": quiz.slug,
            "link": quiz.link,
            "upload_id": upload.id,
            "batch_id": begin_batch(writing, by, "import", "Import of tove.gift", now=NOON).id,
        }


def address(app: Flask, rule: Rule, foreign: dict[str, Any]) -> str:
    """The route's address with somebody else's things, and things of the course that everybody has."""
    values: dict[str, Any] = {
        "position": 1,
        "lesson_id": "01-a-costly-word",
        "slug": "cost-check",
        "quiz_id": "mixed",
        "claim_id": "C01",
        "term_id": "costly-signal",
        "token": "made-up",
        "name": app.extensions["assets"].named("css/base.css").name,
        **foreign,
    }
    with app.test_request_context():
        path = app.url_map.bind("").build(rule.endpoint, {name: values[name] for name in rule.arguments})
    return str(path)


def browser_of(app: Flask, role: Role | None) -> Browser:
    """A browser with somebody of this role at it, made for this visit."""
    browser = Browser(app)
    if role is None:
        return browser
    if role == Role.GUEST:
        browser.post("/lessons/01-a-costly-word/finish")
        return browser
    with transaction() as session:
        if role == Role.LOCAL:
            user = local_learner(session, now=NOON)
        else:
            found = session.scalar(select(User).where(User.name == role.value))
            user = found or make_user(session, role.value, role=role)
        link = make_link(session, user, now=utc_now())
    browser.post(f"/sign-in/link/{link}")
    return browser


def expected(role: Role | None, permission: Permission, rule: Rule, method: str) -> set[int]:
    """The statuses that the table of permissions leaves."""
    if not may(role, permission):
        if role in (None, Role.GUEST):
            return {302} if method == "GET" else {401}
        return {403}
    if {"own_slug", "own_quiz"} & rule.arguments:
        # A draft of another teacher's does not exist for teachers. Admins may take every step that is the next.
        return {404} if role == Role.TEACHER else FINE | {409}
    return {404} if "attempt_id" in rule.arguments else FINE


def test_every_route_names_its_permission(app: Flask) -> None:
    nameless = [rule.rule for rule, _ in routes(app) if not isinstance(permission_of(app, rule), Permission)]
    assert nameless == []


def test_every_permission_is_in_the_table_and_used_by_a_route(app: Flask) -> None:
    assert set(ALLOWED) == set(Permission) == {permission_of(app, rule) for rule, _ in routes(app)}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # what is allowed does not hang on the database
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "nobody")
def test_every_route_keeps_to_the_table_for_everybody(
    app: Flask, session: Session, foreign: dict[str, Any], role: Role | None
) -> None:
    for rule, method in routes(app):
        browser = browser_of(app, role)
        path = address(app, rule, foreign)
        response = browser.post(path, FIELDS) if method == "POST" else browser.client.get(path)
        wanted = expected(role, permission_of(app, rule), rule, method)
        assert response.status_code in wanted, f"{method} {rule.rule} as {role}: {response.status_code}"
        if response.status_code == 302 and wanted == {302}:
            assert response.location.startswith("/sign-in?next=")


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "nobody")
def test_a_refusal_is_json_to_a_script(
    app: Flask, session: Session, foreign: dict[str, Any], role: Role | None
) -> None:
    for rule, method in routes(app):
        if may(role, permission_of(app, rule)):
            continue
        browser = browser_of(app, role)
        path = address(app, rule, foreign)
        response = browser.send(path) if method == "POST" else browser.client.get(path, headers=JSON)
        assert response.status_code == (401 if role in (None, Role.GUEST) else 403), (method, rule.rule)
        assert response.get_json()["message"].endswith(".")


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "nobody")
def test_nobody_changes_somebody_elses_attempt(
    app: Flask, session: Session, foreign: dict[str, Any], role: Role | None
) -> None:
    for rule, method in routes(app):
        if method == "POST" and "attempt_id" in rule.arguments:
            browser_of(app, role).post(address(app, rule, foreign), FIELDS)
    session.rollback()
    attempt = session.scalars(select(Attempt)).one()
    assert attempt.is_open
    assert not [slot for slot in attempt.slots if slot.flagged or slot.answer_id]


def without_tokens(page: str) -> str:
    """The page without the tokens of its forms."""
    return re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", page)


def test_somebody_elses_attempt_looks_like_one_that_never_was(
    app: Flask, session: Session, foreign: dict[str, Any]
) -> None:
    browser = browser_of(app, Role.LEARNER)
    never = "00000000-0000-7000-8000-000000000000"
    for path in ("/attempts/{}", "/attempts/{}/questions/1", "/attempts/{}/review"):
        theirs, nobodys = (browser.client.get(path.format(one)) for one in (foreign["attempt_id"], never))
        assert theirs.status_code == nobodys.status_code == 404
        # A form's token has the second in it.
        assert without_tokens(theirs.text) == without_tokens(nobodys.text)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "nobody")
def test_reading_writes_nothing(app: Flask, session: Session, foreign: dict[str, Any], role: Role | None) -> None:
    browser = browser_of(app, role)
    session.rollback()
    before = everything(session)
    for rule, method in routes(app):
        if method == "GET":
            browser.client.get(address(app, rule, foreign))
    session.rollback()
    assert everything(session) == before


@pytest.mark.parametrize("role", [Role.TEACHER, Role.ADMIN])
def test_nobody_imports_or_undoes_for_another_teacher(
    app: Flask, session: Session, foreign: dict[str, Any], role: Role
) -> None:
    browser = browser_of(app, role)
    assert browser.post(f"/teach/import/{foreign['upload_id']}", {"do": "import", "take": "1"}).status_code == 404
    assert browser.post(f"/teach/batches/{foreign['batch_id']}/undo").status_code == 404
    session.rollback()
    assert session.get_one(Upload, foreign["upload_id"]).data
    assert session.get_one(Batch, foreign["batch_id"]).undone_at is None


def everything(session: Session) -> dict[str, int]:
    """Table → number of rows, with the slots' flags and answers."""
    rows = {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in db.metadata.sorted_tables
    }
    return rows | {"answered": session.scalar(select(func.count(Slot.answer_id))) or 0}
