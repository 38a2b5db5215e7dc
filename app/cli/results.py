"""`offramp results`: everybody's attempts of a quiz, as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import click

from app.accounts.models import User
from app.cli.course import find_quiz, opened, reading
from app.cli.group import Options
from app.cli.screen import Screen
from app.clock import utc_now
from app.db import transaction
from app.learning.service import close_expired
from app.questions.grading import points, show_points
from app.quiz import queries
from app.quiz.models import Attempt

# A spreadsheet runs a cell that begins with one of these.
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Result:
    """One attempt that was handed in; times are UTC in ISO 8601."""

    learner: str
    role: str
    attempt: int
    started: str
    handed_in: str
    points: float
    of: int


@click.command()
@click.argument("name", metavar="QUIZ")
@click.option("--csv", "form", flag_value="csv", help="As CSV, for spreadsheets.")
@click.option("--json", "form", flag_value="json", help="As JSON.")
@click.pass_obj
def results(options: Options, name: str, form: str | None) -> None:
    """Show who handed in QUIZ, when, and with how many points. A lesson's number stands for its quiz."""
    with opened(options) as library:
        quiz = find_quiz(library, name)
        with transaction() as session:
            close_expired(session, None, now=utc_now())
        with reading() as session:
            rows = _rows(queries.results(session, quiz.id))
    if form == "csv":
        click.echo(as_csv(rows), nl=False)
    elif form == "json":
        report = {"quiz": quiz.id, "title": quiz.title, "results": [asdict(row) for row in rows]}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        screen = Screen.of(options)
        screen.show(_table(screen, quiz.title, rows))


def _rows(found: Sequence[tuple[User, Attempt]]) -> list[Result]:
    counts: dict[object, int] = {}
    rows = []
    for user, attempt in found:
        counts[user.id] = counts.get(user.id, 0) + 1
        scores = [slot.score for slot in attempt.slots if slot.score is not None]
        # Guests have no names; the end of the id tells them apart.
        name = f"{user.shown_name} {user.id.hex[-4:]}" if user.is_guest else user.shown_name
        rows.append(
            Result(
                learner=name,
                role=user.role,
                attempt=counts[user.id],
                started=attempt.started_at.isoformat(timespec="seconds"),
                handed_in=attempt.finished_at.isoformat(timespec="seconds") if attempt.finished_at else "",
                points=round(points(scores), 4),
                of=len(scores),
            )
        )
    return rows


def as_csv(rows: Sequence[Result]) -> str:
    """The rows as CSV; text that a spreadsheet would run is quoted with an apostrophe."""
    out = io.StringIO()
    # Text is always quoted: a line break in a cell must not begin a row.
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(Result.__dataclass_fields__)
    for row in rows:
        writer.writerow([_cell(value) for value in asdict(row).values()])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(RISKY) else value
    return int(value) if value == int(value) else value


def _table(screen: Screen, title: str, rows: Sequence[Result]) -> list[str]:
    if not rows:
        return [f"Nobody has handed in “{title}” yet."]
    if screen.plain:
        return [title, *(_sentence(row) for row in rows)]
    # All but the name takes 51 columns.
    width = min(max(len("Learner"), *(len(row.learner) for row in rows)), screen.width - 51)
    head = f"{'Learner':{width}}  {'Try':>3}  {'Started':16}  {'Handed in':16}  {'Points':>8}"
    lines = [screen.bold(title), "", screen.bold(head)]
    for row in rows:
        name = row.learner if len(row.learner) <= width else row.learner[: width - 1] + "…"
        got = f"{show_points(row.points)} of {row.of}"
        lines.append(f"{name:{width}}  {row.attempt:3}  {_local(row.started)}  {_local(row.handed_in)}  {got:>8}")
    return lines


def _sentence(row: Result) -> str:
    when = f"started {_local(row.started)}, handed in {_local(row.handed_in)}"
    return f"{row.learner}, attempt {row.attempt}: {show_points(row.points)} of {row.of}; {when}."


def _local(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
