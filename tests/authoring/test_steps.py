"""A history as people read it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from app.authoring.models import QuestionEdit
from app.authoring.steps import Step, steps_of
from tests.authoring.making import changed
from tests.factories import later

pytestmark = pytest.mark.pure


def edit(number: int, event: str, stem: str = "Same", *, by: str = "Tess", at: datetime | None = None) -> QuestionEdit:
    """One row; a minute for each number unless said."""
    content: dict[str, Any] = changed(stem=stem)
    return QuestionEdit(
        number=number, event=event, content=json.dumps(content), by_id=None, by_name=by, note="", at=at or later(number)
    )


def told(*history: QuestionEdit) -> list[tuple[str, int, int]]:
    """Event, number of rows and number of changed fields of each step, for rows given oldest first."""
    return [(step.event, len(step.edits), len(step.changes)) for step in steps(*history)]


def steps(*history: QuestionEdit) -> list[Step]:
    """The steps, newest first."""
    return steps_of(list(reversed(history)))


def test_saves_of_one_sitting_are_one_step_with_all_that_they_changed() -> None:
    found = steps(edit(1, "created", "A"), edit(2, "saved", "B"), edit(3, "saved", "C"))
    assert [(step.event, len(step.edits)) for step in found] == [("saved", 2), ("created", 1)]
    assert (found[0].began_at, found[0].ended_at) == (later(2), later(3))
    assert [piece.text for piece in found[0].changes[0].pieces] == ["A", "C"]


@pytest.mark.parametrize(
    "second",
    [edit(3, "saved", "C", by="Tove"), edit(3, "saved", "C", at=later(33)), edit(3, "sent", "C")],
    ids=["another hand", "after a pause", "another event"],
)
def test_what_is_not_the_same_sitting_is_a_step_of_its_own(second: QuestionEdit) -> None:
    assert [len(step.edits) for step in steps(edit(1, "created", "A"), edit(2, "saved", "B"), second)] == [1, 1, 1]


def test_a_first_step_changes_nothing_and_a_step_without_new_words_neither() -> None:
    assert told(edit(1, "created"), edit(2, "sent")) == [("sent", 1, 0), ("created", 1, 0)]


def test_a_late_save_does_not_count_and_what_follows_is_compared_with_what_did() -> None:
    found = steps(
        edit(1, "created", "A"), edit(2, "saved", "B"), edit(0, "late", "X", at=later(3)), edit(3, "published", "B")
    )
    assert [(step.event, step.counts, len(step.changes)) for step in found] == [
        ("published", True, 0),
        ("late", False, 1),
        ("saved", True, 1),
        ("created", True, 0),
    ]  # fmt: skip


def test_the_newest_that_counted_is_the_current_one() -> None:
    found = steps(edit(1, "created", "A"), edit(2, "saved", "B"), edit(0, "late", "X", at=later(9)))
    assert [step.is_current for step in found] == [False, True, False]
    assert steps_of([]) == []
