"""`offramp regrade`: grade stored answers with a mended key; first only shows what would change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import click

from app.cli.course import opened, reading
from app.cli.group import Options
from app.cli.screen import Screen
from app.cli.void import OPERATOR
from app.clock import utc_now
from app.db import transaction
from app.errors import Invalid
from app.learning.service import close_expired
from app.learning.service import regrade as regrade_answers
from app.quiz.service import Change, RegradeReport, Untouched


@click.command()
@click.argument("question")
@click.option("--apply", "is_done", is_flag=True, help="Change the scores; without it they are only shown.")
@click.option("--reason", default="", help="Why; kept with the old marks. Needed with --apply.")
@click.option("--by", default=OPERATOR, show_default=True, help="Whose name stands beside it.")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_obj
def regrade(options: Options, question: str, is_done: bool, reason: str, by: str, as_json: bool) -> None:
    """Grade the stored answers to QUESTION with the key of its newest version, after the key was mended.

    Without --apply nothing is changed: every score that would change is shown, before and after. With it the old
    marks are kept. An answer that no longer fits the question keeps its score, and is named.
    """
    screen = Screen.of(options)
    now = utc_now()
    with opened(options):
        if is_done:
            if not reason.strip():
                raise Invalid("Say why with --reason; it is kept with the old marks.")
            with transaction() as session:
                close_expired(session, None, now=now)
                report = regrade_answers(session, question, dry_run=False, reason=reason, by=by, now=now)
        else:
            with reading() as session:
                report = regrade_answers(session, question, dry_run=True, reason=reason, by=by, now=now)
    if as_json:
        click.echo(json.dumps(as_data(report, is_done=is_done), ensure_ascii=False, indent=2))
    else:
        screen.show(_lines(screen, report, is_done=is_done))


def as_data(report: RegradeReport, *, is_done: bool) -> dict[str, object]:
    """The report as data; times are UTC in ISO 8601."""
    return {
        "question": report.question,
        "to_revision": report.to_revision,
        "to_version": report.to_version,
        "applied": is_done,
        "changes": [_plain(one) for one in report.changes],
        "unchanged": len(report.regraded) - len(report.changes),
        "untouched": [_plain(one) for one in report.untouched],
        "still_open": report.still_open,
    }


def _plain(one: Change | Untouched) -> dict[str, object]:
    return {
        name: value if value is None or isinstance(value, str | int | float) else _text(value)
        for name, value in asdict(one).items()
        if name != "user_id"
    }


def _text(value: object) -> str:
    return value.isoformat(timespec="seconds") if hasattr(value, "isoformat") else str(value)


def _lines(screen: Screen, report: RegradeReport, *, is_done: bool) -> list[str]:
    title = f"{report.question}, by the key of revision {report.to_revision}"
    lines = [screen.bold(title), ""]
    if report.changes:
        lines += [*_table(screen, report.changes), ""]
    lines += screen.wrap(_summary(report, is_done=is_done))
    if report.untouched:
        lines += ["", screen.bold("Not graded anew")]
        for one in report.untouched:
            lines += screen.wrap(f"{one.learner}, {one.quiz}, question {one.position}: {one.why}", "  ")
    if report.still_open:
        are = "attempt asks" if report.still_open == 1 else "attempts ask"
        lines += [
            "",
            *screen.wrap(f"{report.still_open} open {are} an older version. Run this again when they are handed in."),
        ]
    return lines


def _summary(report: RegradeReport, *, is_done: bool) -> str:
    same = len(report.regraded) - len(report.changes)
    count = len(report.changes)
    scores = f"{count} score{'s' if count != 1 else ''}"
    if not report.regraded:
        return "No stored answer was graded by an older key: there is nothing to change."
    stay = f"{same} stay{'s' if same == 1 else ''} the same."
    if is_done:
        return f"{scores} changed, {stay} The old marks are kept."
    return f"{scores} would change, {stay} Nothing was changed; --apply with --reason does it."


def _table(screen: Screen, changes: Sequence[Change]) -> list[str]:
    if screen.plain:
        return [_sentence(one) for one in changes]
    # All but the two names takes 46 columns.
    room = screen.width - 46
    quiz = min(max(len("Quiz"), *(len(one.quiz) for one in changes)), room // 2)
    name = min(max(len("Learner"), *(len(one.learner) for one in changes)), room - quiz)
    head = f"{'Learner':{name}}  {'Quiz':{quiz}}  {'Handed in':10}  {'No.':>3}  {'Question':>11}  {'Attempt':>11}"
    lines = [screen.bold(head)]
    for one in changes:
        day = f"{one.handed_in.astimezone():%Y-%m-%d}" if one.handed_in else "open"
        lines.append(
            f"{_cut(one.learner, name):{name}}  {_cut(one.quiz, quiz):{quiz}}  {day:10}  {one.position:3}  "
            f"{_move(one.old_score, one.new_score):>11}  {_move(one.old_attempt_score, one.new_attempt_score):>11}"
        )
    return lines


def _sentence(one: Change) -> str:
    when = f", handed in {one.handed_in.astimezone():%Y-%m-%d}" if one.handed_in else ""
    return (
        f"{one.learner}, {one.quiz}{when}, question {one.position}: {_move(one.old_score, one.new_score, ' to ')}; "
        f"attempt {_move(one.old_attempt_score, one.new_attempt_score, ' to ')}."
    )


def _move(old: float | None, new: float | None, arrow: str = " → ") -> str:
    return f"{_score(old)}{arrow}{_score(new)}"


def _score(score: float | None) -> str:
    return "none" if score is None else f"{score:.2f}"


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"
