"""`offramp user time`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User

Run = Callable[..., Any]


def test_extra_time_is_given_and_taken_back(run: Run, session: Session, lee: User) -> None:
    for percent in (25, 0):
        out = run("user", "time", "lee", str(percent)).output
        assert out == f"Lee has {percent} % more time in quizzes with a time limit.\n"
        session.rollback()
        assert session.get_one(User, lee.id).extra_time == percent


@pytest.mark.usefixtures("lee")
def test_extra_time_has_bounds(run: Run) -> None:
    result = run("user", "time", "lee", "301")
    assert result.exit_code == 1
    assert result.stderr == "offramp: Extra time is 0 to 300 per cent, not 301.\n"


def test_an_unknown_name_is_told(run: Run) -> None:
    result = run("user", "time", "nobody", "25")
    assert result.exit_code == 1
    assert "There is no account named 'nobody'." in result.stderr
