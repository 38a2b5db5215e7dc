"""`offramp void`: take a question out for everyone, or put it back."""

from __future__ import annotations

import json

import click

from app.cli.course import opened, reading
from app.cli.group import Options
from app.cli.screen import Screen
from app.clock import utc_now
from app.db import transaction
from app.errors import Invalid, NotFound
from app.learning.service import close_expired, unvoid_question, void_question
from app.quiz.models import VoidQuestion
from app.quiz.queries import newest_version, void_questions

OPERATOR = "Operator"


@click.command()
@click.argument("question", required=False)
@click.option("--reason", default="", help="Why; kept with it.")
@click.option("--undo", is_flag=True, help="Put it back, scored from the answers that were kept.")
@click.option("--revision", type=int, help="The revision; without it the newest, with --undo the one that is out.")
@click.option("--by", default=OPERATOR, show_default=True, help="Whose name stands beside it.")
@click.option("--json", "as_json", is_flag=True, help="The list of what is taken out, as JSON.")
@click.pass_obj
def void(
    options: Options, question: str | None, reason: str, undo: bool, revision: int | None, by: str, as_json: bool
) -> None:
    """Take QUESTION out for everyone: nobody is asked it, and all scores go on without it.

    Answers are kept, and --undo scores them again. Without QUESTION: what is taken out now.
    """
    screen = Screen.of(options)
    with opened(options):
        if question is None:
            with reading() as session:
                _list(screen, [_entry(row) for row in void_questions(session)], as_json=as_json)
            return
        with transaction() as session:
            close_expired(session, None, now=utc_now())
            if undo:
                revision = revision or _out(list(void_questions(session)), question)
                touched = unvoid_question(session, question, revision)
                said = f"{question}, revision {revision}, counts again."
            else:
                newest = newest_version(session, question)
                if newest is None:
                    raise NotFound(f"There is no question {question!r}. Its id stands in its bank.")
                if not reason.strip():
                    raise Invalid("Say why with --reason; whoever looks at the scores later will ask.")
                revision = revision or newest.revision
                touched = void_question(session, question, revision, reason=reason, by=by, now=utc_now())
                said = f"{question}, revision {revision}, is taken out for everyone."
        screen.show(screen.wrap(f"{said} {_touched(touched)}"))


def _touched(people: int) -> str:
    if not people:
        return "Nobody has been asked it."
    return f"The scores of {people} learner{'s' if people != 1 else ''} follow."


def _out(rows: list[VoidQuestion], question: str) -> int:
    found = [row.revision for row in rows if row.question == question]
    if not found:
        raise NotFound(f"{question} is not taken out. “offramp void” lists what is.")
    return max(found)


def _entry(row: VoidQuestion) -> dict[str, object]:
    return {
        "question": row.question,
        "revision": row.revision,
        "reason": row.reason,
        "by": row.by_name,
        "at": row.at.isoformat(timespec="seconds"),
    }


def _list(screen: Screen, rows: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"void": rows}, ensure_ascii=False, indent=2))
        return
    lines: list[str] = []
    for row in rows:
        lines += screen.wrap(f"{row['question']}, revision {row['revision']}")
        lines += screen.wrap(f"{str(row['at'])[:10]}, {row['by']}: {row['reason']}", "  ")
    screen.show(lines or ["Nothing is taken out."])
