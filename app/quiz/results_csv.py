"""Results as CSV, in which no spreadsheet finds a formula."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from app.formats.table.cells import guard
from app.markdown import plain
from app.questions.model import Question
from app.questions.types import TYPES
from app.quiz.results import Column
from app.quiz.sittings import Cell, Sitting

Value = str | int | float | None
# The attempt and the position in it → what was answered, in words.
Words = Mapping[tuple[uuid.UUID, int], str]
# Where a spreadsheet expects semicolons between columns, as in half of Europe, it takes commas for text and quotation
# marks as they come: what stands behind a semicolon or a line break then begins a cell.
_BEHIND = re.compile(r"""([;\t\r\n][\s"']*)(?=[=+\-@＝＋－＠])""")
_HEAD = ("Learner", "Attempt", "Started", "Handed in", "Minutes", "Points", "Of", "Per cent")


def csv_text(rows: Iterable[Sequence[Value]]) -> str:
    """The rows as CSV. Text that a spreadsheet would run is marked as text with an apostrophe."""
    out = io.StringIO()
    # Text is always quoted: a comma or a quotation mark in a cell must not begin another.
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([_value(value) for value in row] for row in rows)
    return out.getvalue()


def _value(value: Value) -> str | int | float:
    if isinstance(value, str):
        return _BEHIND.sub(r"\1'", guard(value))
    if value is None:
        return ""
    return int(value) if value == int(value) else round(value, 4)


def results_rows(
    sittings: Iterable[Sitting], columns: Sequence[Column], local: Callable[[datetime], str], words: Words | None = None
) -> list[list[Value]]:
    """A head and a row for each attempt: who and when, then the score of each question.

    With `words` a second block has what was answered. `local` writes a moment.
    """
    titles = [f"{column.number}. {column.words}" for column in columns]
    head: list[Value] = [*_HEAD, *titles]
    if words is not None:
        head += [f"Answer to {title}" for title in titles]
    rows = [head]
    for sitting in sittings:
        cells = [sitting.cells.get(column.key) for column in columns]
        row = [*_facts(sitting, local), *(_score(cell) for cell in cells)]
        if words is not None:
            row += [_said(sitting, cell, words) for cell in cells]
        rows.append(row)
    return rows


def _facts(sitting: Sitting, local: Callable[[datetime], str]) -> list[Value]:
    return [
        sitting.learner,
        sitting.number,
        local(sitting.started_at),
        local(sitting.finished_at) if sitting.finished_at else "",
        None if sitting.seconds is None else round(sitting.seconds / 60, 1),
        sitting.points,
        sitting.of,
        None if sitting.share is None else round(sitting.share * 100, 1),
    ]


def _score(cell: Cell | None) -> Value:
    if cell is None:
        return ""
    return cell.words if cell.score is None else cell.score


def _said(sitting: Sitting, cell: Cell | None, words: Words) -> str:
    if cell is None:
        return ""
    return "I don't know" if cell.status == "dont_know" else words.get((sitting.id, cell.position), "")


def response_in_words(question: Question, response: str) -> str:
    """What a stored response says, without formatting."""
    kind = TYPES[question.kind]
    return plain(kind.reveal(question.body, kind.Response.model_validate_json(response)).yours)
