"""`offramp user`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.queries import find_invitation
from app.accounts.service import find_by_password
from app.clock import utc_now
from tests.factories import PASSWORD


def test_password_is_asked_twice_and_not_shown(run: Callable[..., Any], session: Session) -> None:
    result = run("user", "add", "Mina", "--role", "teacher", input=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.output == "Password: \nOnce more: \nAdded Mina as teacher.\n"
    session.rollback()
    found = find_by_password(session, "mina", PASSWORD)
    assert found is not None
    assert found.role == "teacher"


def test_password_comes_from_standard_input(run: Callable[..., Any], session: Session) -> None:
    result = run("user", "add", "Mina", "--password-stdin", input=f"{PASSWORD}\n")
    assert result.output == "Added Mina as learner.\n"
    session.rollback()
    assert find_by_password(session, "Mina", PASSWORD) is not None


def test_short_password_adds_nobody(run: Callable[..., Any], session: Session) -> None:
    result = run("user", "add", "Mina", "--password-stdin", input="short\n")
    assert result.exit_code == 1
    assert result.stderr == "offramp: A password has at least 8 characters.\n"
    session.rollback()
    assert session.query(User).count() == 0


def test_an_invitation_is_a_link_for_a_teacher(run: Callable[..., Any], session: Session) -> None:
    result = run("user", "invite", "--note", "Ms Okoro")
    address, _, token = result.output.strip().rpartition("/join/")
    assert address == "http://127.0.0.1:8000"
    session.rollback()
    invitation = find_invitation(session, token, now=utc_now())
    assert (invitation.role, invitation.note) == ("teacher", "Ms Okoro")


@pytest.mark.usefixtures("lee")
def test_taken_name_is_told_before_the_password_is_asked(run: Callable[..., Any]) -> None:
    result = run("user", "add", "LEE", input=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 1
    assert "The name 'LEE' is taken" in result.stderr
    assert "Password" not in result.stdout


def test_name_that_cannot_be_shown_is_refused(run: Callable[..., Any]) -> None:
    result = run("user", "add", "a<b>", "--password-stdin", input=f"{PASSWORD}\n")
    assert result.exit_code == 1
    assert "A name has letters, digits" in result.stderr


def test_unknown_role_lists_the_roles(run: Callable[..., Any]) -> None:
    result = run("user", "add", "Mina", "--role", "guest", input=f"{PASSWORD}\n")
    assert result.exit_code == 2
    assert "'learner', 'teacher', 'admin'" in result.stderr


@pytest.mark.usefixtures("lee")
def test_new_password_opens_and_the_old_one_does_not(run: Callable[..., Any], session: Session) -> None:
    result = run("user", "password", "lee", "--password-stdin", input="another horse\n")
    assert result.output == "The password of Lee is set; other sessions are signed out.\n"
    session.rollback()
    assert find_by_password(session, "Lee", PASSWORD) is None
    found = find_by_password(session, "Lee", "another horse")
    assert found is not None
    assert found.session_version == 2


def test_password_of_nobody_is_told(run: Callable[..., Any]) -> None:
    result = run("user", "password", "nobody", "--password-stdin", input="another horse\n")
    assert result.exit_code == 1
    assert "There is no account named 'nobody'." in result.stderr


@pytest.mark.usefixtures("lee", "tess")
def test_list_has_names_and_roles(run: Callable[..., Any]) -> None:
    assert run("user", "list").output == "Lee   learner\nTess  teacher\n"
    report = json.loads(run("user", "list", "--json").stdout)
    assert [(one["name"], one["role"]) for one in report["accounts"]] == [
        ("Lee", "learner"),
        ("Tess", "teacher"),
    ]
    assert report["guests"] == 0


def test_empty_list_says_how_to_add_one(run: Callable[..., Any]) -> None:
    assert "offramp user add NAME" in run("user", "list").output
