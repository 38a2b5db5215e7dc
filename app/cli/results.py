"""`offramp results`: everybody's attempts of a quiz, as a table, CSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import click

from app.cli.course import find_quiz, opened, reading
from app.cli.group import Options
from app.cli.screen import Screen
from app.clock import utc_now
from app.db import transaction
from app.learning.service import close_expired
from app.questions.grading import show_points
from app.quiz import queries
from app.quiz.results_csv import csv_text
from app.quiz.sittings import Sitting


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
            rows = _rows(queries.results(session, quiz.id).sittings)
    if form == "csv":
        click.echo(as_csv(rows), nl=False)
    elif form == "json":
        report = {"quiz": quiz.id, "title": quiz.title, "results": [asdict(row) for row in rows]}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        screen = Screen.of(options)
        screen.show(_table(screen, quiz.title, rows))


def _rows(found: Iterable[Sitting]) -> list[Result]:
    return [
        Result(
            learner=sitting.learner,
            role=sitting.role,
            attempt=sitting.number,
            started=sitting.started_at.isoformat(timespec="seconds"),
            handed_in=sitting.finished_at.isoformat(timespec="seconds"),
            points=round(sitting.points, 4),
            of=sitting.of,
        )
        for sitting in found
        if sitting.finished_at is not None
    ]


def as_csv(rows: Sequence[Result]) -> str:
    """The rows as CSV; text that a spreadsheet would run is quoted with an apostrophe."""
    return csv_text([tuple(Result.__dataclass_fields__), *(tuple(asdict(row).values()) for row in rows)])


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
