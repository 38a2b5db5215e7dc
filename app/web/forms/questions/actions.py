"""What the buttons of a row do: up, down, out, one more, and back again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.errors import Invalid
from app.questions.marked import Path
from app.web.forms.questions.base import PREFIX, QuestionForm
from app.web.forms.questions.cloze import BlankRows, ClozeForm
from app.web.forms.questions.rows import Rows

WAYS = ("up", "down", "remove", "add")


@dataclass(frozen=True)
class Action:
    """A button: which rows, which of them, and what to do with it."""

    rows: Path
    row: int
    way: str

    @property
    def place(self) -> str:
        """The rows and the row, as a button has them."""
        return f"{'-'.join(map(str, self.rows))}:{self.row}"

    def anchor(self, row: int) -> str:
        """The id of a row of the same rows."""
        return f"{PREFIX}{'-'.join(map(str, self.rows))}-{row}"


def read_action(text: str) -> Action:
    """The action that a button names, such as “options:2:up” or “blanks-0-accept:1:add”. Raises Invalid."""
    parts = text.split(":")
    if len(parts) == 3 and parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 6:
        steps = tuple(int(step) if step.isascii() and step.isdigit() else step for step in parts[0].split("-"))
        return Action(steps, int(parts[1]), parts[2])
    raise Invalid("There is no such button. Load the page again; nothing was changed.")


def perform(form: QuestionForm, action: Action) -> int:
    """Change the rows of the form; the place of the row that it was about. Raises Invalid when there is none."""
    rows = _rows(form, action)
    last = len(rows.rows) - 1
    at = action.row
    if action.way == "add" and rows.can_grow:
        rows.insert(last + 1)
        return last + 1
    if action.way not in WAYS or at > last:
        raise Invalid("This row is not there any more. Load the page again; nothing was changed.")
    if action.way == "remove":
        if isinstance(rows, BlankRows) and isinstance(form, ClozeForm):
            form.take_out(rows.rows[at].form)
        del rows.entries[at]
        return max(0, min(at, last - 1))
    to = max(0, at - 1) if action.way == "up" else min(last, at + 1)
    rows.entries.insert(to, rows.entries.pop(at))
    return to


def bring_back(form: QuestionForm, before: QuestionForm, action: Action) -> None:
    """Put the row that stood in `before` back into the form, with what it held. Raises Invalid."""
    had, rows = _rows(before, action), _rows(form, action)
    held: Any = had.object_data
    if action.row >= len(had.rows):
        raise Invalid("This row is not there any more. Load the page again; nothing was changed.")
    if isinstance(rows, BlankRows):
        form["text"].data = before["text"].data
    rows.insert(min(action.row, len(rows.rows)), held[action.row])


def _rows(form: QuestionForm, action: Action) -> Rows:
    rows = form.rows_at(action.rows)
    if rows is None:
        raise Invalid("There are no such rows here. Load the page again; nothing was changed.")
    return rows
