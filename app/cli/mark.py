"""`offramp mark`: mark texts criterion by criterion, as a teacher or one's own."""

from __future__ import annotations

import json
from typing import Any

import click

from app.cli.ask import head_lines
from app.cli.course import known_learner, opened, reading
from app.cli.group import Options
from app.cli.screen import Screen
from app.cli.void import OPERATOR
from app.clock import utc_now
from app.db import transaction
from app.errors import NotFound
from app.learning.service import close_expired, mark_answer
from app.library.model import Library
from app.questions.grading import show_points
from app.questions.rubric import Criterion
from app.quiz.queries import Waiting, unmarked_by_oneself, waiting_answers

STOP = ("q", ":q", "quit")


@click.command()
@click.option("--self", "is_self", is_flag=True, help="Mark your own texts, beside texts that were marked already.")
@click.option("--list", "only_list", is_flag=True, help="Only list what waits.")
@click.option("--quiz", "quiz_id", help="Only answers of this quiz.")
@click.option("--by", default=OPERATOR, show_default=True, help="Whose name stands beside the mark.")
@click.option("--json", "as_json", is_flag=True, help="List what waits as JSON.")
@click.pass_obj
def mark(options: Options, is_self: bool, only_list: bool, quiz_id: str | None, by: str, as_json: bool) -> None:
    """Mark texts that wait for a mark, one after the other and criterion by criterion.

    A mark sets the score of its answer; it can be given again, and the older one is kept. With --self you mark
    what you wrote yourself: that is shown to you and never enters a score. Stop with q; what is marked stays.
    """
    screen = Screen.of(options)
    with opened(options) as library:
        # Texts of attempts whose time is up wait too.
        with transaction() as session:
            close_expired(session, None, now=utc_now())
        waiting = _found(is_self, quiz_id)
        if as_json:
            click.echo(json.dumps({"waiting": [_entry(one) for one in waiting]}, ensure_ascii=False, indent=2))
        elif only_list or not waiting:
            screen.show(_list(screen, waiting, is_self=is_self))
        else:
            _mark_all(screen, library, waiting, by=None if is_self else by)


def _found(is_self: bool, quiz_id: str | None) -> list[Waiting]:
    with reading() as session:
        if not is_self:
            return waiting_answers(session, quiz=quiz_id)
        learner = known_learner()
        own = unmarked_by_oneself(session, learner) if learner else []
        return [one for one in own if quiz_id in (None, one.quiz)]


def _entry(one: Waiting) -> dict[str, Any]:
    return {
        "attempt": str(one.attempt_id),
        "position": one.position,
        "learner": one.learner,
        "quiz": one.quiz,
        "question": one.question.id,
        "text": one.text,
        "at": one.at.isoformat(timespec="seconds"),
    }


def _list(screen: Screen, waiting: list[Waiting], *, is_self: bool) -> list[str]:
    if not waiting:
        return ["Nothing of yours is left to mark." if is_self else "No answer waits for a mark."]
    lines: list[str] = []
    for one in waiting:
        lines += screen.wrap(f"{one.learner}, {one.quiz}, question {one.position} ({one.question.id})")
    return [*lines, "", _count(len(waiting))]


def _count(number: int) -> str:
    return "1 answer waits for a mark." if number == 1 else f"{number} answers wait for a mark."


def _mark_all(screen: Screen, library: Library, waiting: list[Waiting], *, by: str | None) -> None:
    """One after the other; `by` is None for one's own."""
    for number, one in enumerate(waiting, 1):
        screen.show(_answer_lines(screen, library, one, f"Answer {number} of {len(waiting)}", is_self=by is None))
        levels = _ask_levels(screen, one)
        if levels is None:
            screen.show(["Stopped. What is marked stays."])
            return
        comment = screen.ask("Comment (Enter for none):")
        if comment is None or comment.lower() in STOP:
            screen.show(["Stopped. What is marked stays."])
            return
        _keep(screen, one, levels, comment, by=by)


def _answer_lines(screen: Screen, library: Library, one: Waiting, title: str, *, is_self: bool) -> list[str]:
    whose = "your text" if is_self else one.learner
    lines = ["", *screen.rule(), screen.sides(screen.bold(title), whose), ""]
    lines += [*head_lines(screen, library, one.question), "", "Text:"]
    for paragraph in one.text.splitlines():
        lines += screen.wrap(paragraph, "  ", "  ")
    return [*lines, *(_anchor_lines(screen, one) if is_self else [])]


def _anchor_lines(screen: Screen, one: Waiting) -> list[str]:
    names = {criterion.id: criterion.criterion for criterion in one.question.body.rubric}
    lines: list[str] = []
    for number, anchor in enumerate(one.question.body.anchors, 1):
        lines += ["", screen.bold(f"Text {number} that was marked")]
        lines += screen.wrap(anchor.text, "  ")
        given = "; ".join(f"{names[key]}: level {level}" for key, level in anchor.levels.items())
        lines += [screen.quiet(line) for line in screen.wrap(f"{given}. {anchor.comment}".strip(), "  ")]
    return lines


def _ask_levels(screen: Screen, one: Waiting) -> dict[str, int] | None:
    levels = {}
    for criterion in one.question.body.rubric:
        level = _ask_level(screen, criterion)
        if level is None:
            return None
        levels[criterion.id] = level
    return levels


def _ask_level(screen: Screen, criterion: Criterion) -> int | None:
    screen.show(["", *screen.wrap(screen.bold(criterion.criterion))])
    for number, words in enumerate(criterion.levels):
        screen.show(screen.wrap(words, f"Level {number}: " if screen.plain else f"  {number}  "))
    while True:
        line = screen.ask("Level:")
        if line is None or line.lower() in STOP:
            return None
        if line.isascii() and line.isdigit() and len(line) < 3 and int(line) <= criterion.top:
            return int(line)
        screen.show([f"Type a level from 0 to {criterion.top}, or q to stop."])


def _keep(screen: Screen, one: Waiting, levels: dict[str, int], comment: str, *, by: str | None) -> None:
    from app.accounts.models import User

    with transaction() as session:
        own = session.get(User, one.user_id)
        if own is None:
            raise NotFound("This learner's account has just been deleted.")
        marker = own if by is None else by
        place = one.attempt_id, one.position
        score = mark_answer(
            session, *place, levels, by=marker, is_self=by is None, comment=comment, now=utc_now()
        ).score
    beside = " It stands beside your result and is not counted." if by is None else ""
    screen.show(["", *screen.wrap(f"Marked: {show_points(score)} of 1.{beside}")])
