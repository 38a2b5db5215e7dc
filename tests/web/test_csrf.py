"""No form is taken without the token of its own visit."""

from __future__ import annotations

import pytest
from flask import Flask
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.db import db
from tests.web.visiting import JSON, Browser, answer_fields


def posts(app: Flask, attempt: object) -> list[str]:
    """The address of every route that takes a POST."""
    values = {
        "attempt_id": attempt,
        "position": 4,
        "lesson_id": "01-a-costly-word",
        "slug": "cost-check",
        "quiz_id": "check-02",
        "claim_id": "C01",
        "token": "made-up",
        **dict.fromkeys(("own_slug", "own_quiz"), "own-made-up"),
        **dict.fromkeys(("upload_id", "batch_id", "comment_id"), attempt),
    }
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    with app.test_request_context():
        urls = app.url_map.bind("")
        return [urls.build(rule.endpoint, {name: values[name] for name in rule.arguments}) for rule in rules]


def rows(session: Session) -> dict[str, int]:
    """Table → number of rows."""
    session.rollback()
    tables = db.metadata.sorted_tables
    return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


# What the routes would take if the token were there.
FIELDS = answer_fields(
    {"text": ["correction"], "choice": ["1"], "summary": ["Mine"], "anchor": ["a-warning-that-costs-nothing"]}
) | {"name": "Mina", "password": "four words are fine", "confirm": "Lee", "theme": "dark", "merge": "yes"}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the token is asked for before the database
@pytest.mark.parametrize("who", ["nobody", "guest", "learner"])
@pytest.mark.parametrize("token", [None, "", "made-up", "somebody else's"])
def test_every_form_without_its_token_is_refused_and_changes_nothing(
    app: Flask, browser: Browser, other: Browser, session: Session, lee: User, who: str, token: str | None
) -> None:
    owner = browser if who != "nobody" else other
    attempt = (owner.sign_in("Lee") if who == "learner" else owner).start()
    before = rows(session)
    sent = Browser(app).token() if token == "somebody else's" else token
    fields = FIELDS if sent is None else FIELDS | {"csrf_token": sent}
    paths = posts(app, attempt)
    assert len(paths) > 12
    for path in paths:
        response = browser.client.post(path, data=fields, headers=JSON)
        assert response.status_code == 400, path
        assert response.get_json()["reason"] == "CSRF", path
    assert rows(session) == before
    assert owner.client.get("/form-token").get_json()["learner"] is not None


def test_the_token_of_the_visit_before_signing_in_is_refused_after_it(browser: Browser, lee: User) -> None:
    token = browser.token()
    browser.sign_in("Lee")
    response = browser.client.post("/sign-out", data={"csrf_token": token})
    assert response.status_code == 400


def test_a_page_that_lay_open_for_a_week_is_still_taken(app: Flask, browser: Browser) -> None:
    class WeekOld(TimestampSigner):
        def get_timestamp(self) -> int:
            return super().get_timestamp() - 7 * 86400

    key, salt = str(app.secret_key), "wtf-csrf-token"
    inside = URLSafeTimedSerializer(key, salt=salt).loads(browser.token())
    old = URLSafeTimedSerializer(key, salt=salt, signer=WeekOld).dumps(inside)
    response = browser.client.post("/quizzes/mixed/attempts", data={"csrf_token": old})
    assert response.status_code == 303
