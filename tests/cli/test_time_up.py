"""Commands that report hand in what ran out of time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.service import local_learner
from app.db import transaction
from app.library.model import Library
from tests.factories import NOON
from tests.quiz.sittings import begin, quiz_with


@pytest.mark.parametrize("command", [("results", "mixed", "--json"), ("progress", "--json")])
def test_an_attempt_whose_time_is_up_is_reported(
    run: Callable[..., Any], session: Session, library: Library, command: tuple[str, ...]
) -> None:
    with transaction() as writing:
        begin(writing, local_learner(writing, now=NOON), library, quiz_with(library, minutes=5))
    report = json.loads(run(*command).stdout)
    if command[0] == "results":
        assert [one["handed_in"] for one in report["results"]] == ["2026-03-02T12:05:00+00:00"]
    else:
        (quiz,) = [one for one in report["quizzes"] if one["id"] == "mixed"]
        assert (quiz["attempts"], quiz["is_open"]) == (1, False)
