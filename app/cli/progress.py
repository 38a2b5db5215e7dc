"""`offramp progress`: lessons, quizzes and objectives, as counts."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import click

from app.cli.course import known_learner, next_command, opened, reading
from app.cli.group import Options
from app.cli.lessons import lesson_state, next_lines
from app.cli.screen import Screen
from app.clock import utc_now
from app.db import transaction
from app.learning.queries import Progress, next_step, progress_of, unexplained
from app.learning.service import close_expired
from app.library.model import Library


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_obj
def progress(options: Options, as_json: bool) -> None:
    """Show what you have done: lessons, quizzes, and right answers for each objective."""
    with opened(options) as library:
        learner = known_learner()
        if learner:
            with transaction() as session:
                close_expired(session, learner, now=utc_now())
        with reading() as session:
            found = progress_of(session, learner, hidden=unexplained(library, utc_now().date()))
            if as_json:
                click.echo(json.dumps(report(library, found), ensure_ascii=False, indent=2))
            else:
                screen = Screen.of(options)
                screen.show(_lines(screen, library, found))


def _lines(screen: Screen, library: Library, found: Progress) -> list[str]:
    if found.is_empty:
        return ["Nothing done yet.", "", *next_lines(screen, library, found)]
    lines = [screen.bold("Your progress"), *screen.rule(), "", screen.bold("Lessons")]
    for lesson in library.lessons.values():
        left = f"{lesson.head.number:2}  {lesson.head.title}"
        lines.append(_row(screen, left, lesson_state(found, lesson)))
    lines += ["", screen.bold("Quizzes")]
    for quiz in found.quizzes_shown(library):
        lines.append(_row(screen, quiz.title, _quiz_words(found, quiz.id)))
    lines += ["", screen.bold("Objectives, by questions answered fully right in quizzes")]
    for strand in library.course.strands:
        objectives = [o for o in library.course.objectives if o.strand == strand.id]
        if objectives:
            lines.append(f"{screen.strand(strand.letter, strand.colour)} {strand.title}")
        lines += [_row(screen, f"    {o.short}", _objective_words(found, o.id)) for o in objectives]
    return [*lines, "", *next_lines(screen, library, found)]


def _row(screen: Screen, left: str, right: str) -> str:
    if screen.plain:
        return f"{left.strip()}: {right}"
    room = screen.prose - len(right) - 3
    left = f"  {left}" if len(left) + 2 <= room else f"  {left[: room - 3]}…"
    return f"{left} {screen.quiet('·' * (room - len(left) + 1))} {right}"


def _quiz_words(found: Progress, quiz_id: str) -> str:
    row = found.quizzes.get(quiz_id)
    words = []
    if row:
        words.append(f"best {found.best(quiz_id)}" if found.best(quiz_id) else "handed in")
        words.append(f"{row.attempts} attempt{'s' if row.attempts != 1 else ''}")
    if quiz_id in found.open:
        words.append("one open" if row else "begun")
    return ", ".join(words) or "not taken"


def _objective_words(found: Progress, objective_id: str) -> str:
    row = found.objectives.get(objective_id)
    return f"{row.right} of {row.answered}" if row else "not asked"


def report(library: Library, found: Progress) -> dict[str, Any]:
    """The same as data; times are UTC in ISO 8601."""
    lessons, quizzes, objectives = [], [], []
    for lesson in library.lessons.values():
        read = found.lessons.get(lesson.id)
        lessons.append(
            {
                "id": lesson.id,
                "number": lesson.head.number,
                "title": lesson.head.title,
                "state": lesson_state(found, lesson),
                "read_at": _iso(read.read_at if read else None),
                "finished_at": _iso(read.finished_at if read else None),
            }
        )
    for quiz in found.quizzes_shown(library):
        row = found.quizzes.get(quiz.id)
        quizzes.append(
            {
                "id": quiz.id,
                "title": quiz.title,
                "lesson": quiz.lesson,
                "attempts": row.attempts if row else 0,
                "best_points": row.best_points if row and quiz.id not in found.hidden else None,
                "best_of": row.best_of if row and quiz.id not in found.hidden else None,
                "last_at": _iso(row.last_at if row else None),
                "is_open": quiz.id in found.open,
            }
        )
    for objective in library.course.objectives:
        counts = found.objectives.get(objective.id)
        objectives.append(
            {
                "id": objective.id,
                "short": objective.short,
                "answered": counts.answered if counts else 0,
                "right": counts.right if counts else 0,
            }
        )
    command = next_command(library, next_step(library, found))
    return {"lessons": lessons, "quizzes": quizzes, "objectives": objectives, "next": command}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
