"""`offramp read`: a lesson with its notes; self-checks are asked on the way where there is somebody to ask."""

from __future__ import annotations

import click

from app.cli.course import find_lesson, opened
from app.cli.group import Options
from app.cli.page import block_lines, ending_lines, heading_lines, lesson_title
from app.cli.screen import Screen
from app.cli.teaching import teaching_lines
from app.lessons.model import Lesson
from app.library.model import Library


@click.command()
@click.argument("name", metavar="LESSON")
@click.option("--ask/--no-ask", default=None, help="Ask self-checks on the way, or print the whole text.")
@click.option("--teaching", is_flag=True, help="Show what the lesson has for the teacher instead.")
@click.pass_obj
def read(options: Options, name: str, ask: bool | None, teaching: bool) -> None:
    """Read a lesson.

    LESSON is its number, its id or the beginning of its id. At a terminal the lesson comes heading by
    heading, self-checks are asked where they stand, and your place is kept. With --no-ask, with --plain and
    in a pipe the whole text is written and nothing is asked; “--plain --ask” asks in plain words. With
    --teaching you get the plan for 45 minutes, discussions and a handout instead of the lesson.
    """
    with opened(options) as library:
        lesson = find_lesson(library, name)
        screen = Screen.of(options)
        if teaching:
            screen.page(teaching_lines(screen, library, lesson))
            return
        if ask is None:
            ask = screen.is_interactive and not screen.plain
        if ask:
            from app.cli.reader import Reader

            Reader(screen, library, lesson).run()
        else:
            screen.page(whole_text(screen, library, lesson))


def whole_text(screen: Screen, library: Library, lesson: Lesson) -> list[str]:
    """The lesson from its title to its sources."""
    lines = [*lesson_title(screen, library, lesson), ""]
    for segment in lesson.segments:
        lines += heading_lines(screen, segment)
        for block in segment.blocks:
            lines += block_lines(screen, library, lesson, block)
    lines += ending_lines(screen, library, lesson)
    if lesson.checks:
        number = lesson.head.number
        lines += ["", *screen.wrap(f"To answer the self-checks: offramp read {number} --ask")]
    return lines
