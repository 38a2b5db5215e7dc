"""The history of a question as people read it: saves of one sitting are one step, each with what it changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.authoring.differences import Change, differences
from app.authoring.models import QuestionEdit

# Who pauses for longer has begun another sitting.
PAUSE = timedelta(minutes=30)


@dataclass(frozen=True)
class Step:
    """What somebody did to a question: the rows of it, newest first, and what they changed together."""

    edits: tuple[QuestionEdit, ...]
    changes: tuple[Change, ...]
    is_current: bool = False

    @property
    def newest(self) -> QuestionEdit:
        """Its last row, whose text it left behind."""
        return self.edits[0]

    @property
    def event(self) -> str:
        """What was done."""
        return self.newest.event

    @property
    def counts(self) -> bool:
        """Whether it became the working copy; a save that arrived late did not."""
        return self.event != "late"

    @property
    def began_at(self) -> datetime:
        """When its first row came."""
        return self.edits[-1].at

    @property
    def ended_at(self) -> datetime:
        """When its last row came."""
        return self.newest.at


def steps_of(history: Sequence[QuestionEdit]) -> list[Step]:
    """The steps of a history that is given newest first; so are they."""
    groups = list(_groups(history))
    current = max((edit.number for edit in history), default=0)
    steps = []
    for place, group in enumerate(groups):
        # What came before is the text of the nearest older row that counted.
        before = next((old[0] for old in groups[place + 1 :] if old[0].number), None)
        changes = differences(json.loads(before.content), json.loads(group[0].content)) if before else []
        steps.append(Step(tuple(group), tuple(changes), is_current=bool(current) and group[0].number == current))
    return steps


def _groups(history: Sequence[QuestionEdit]) -> Iterator[list[QuestionEdit]]:
    group: list[QuestionEdit] = []
    for edit in history:
        if group and not _is_same_sitting(group[-1], edit):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _is_same_sitting(later: QuestionEdit, earlier: QuestionEdit) -> bool:
    is_save = later.event == earlier.event == "saved"
    is_same_hand = later.by_id == earlier.by_id and later.by_name == earlier.by_name
    return is_save and is_same_hand and later.at - earlier.at <= PAUSE
