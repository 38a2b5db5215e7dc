"""`offramp timeline`: the events, with the time on each clock."""

from __future__ import annotations

import click

from app.cli.course import opened
from app.cli.group import Options
from app.cli.screen import Screen
from app.lessons.dossier import Event
from app.lessons.verdicts import clock_times, in_words
from app.library.model import Library


@click.command()
@click.pass_obj
def timeline(options: Options) -> None:
    """Show what happened when.

    Where the hour is known it is given on every clock, for one night can fall on two dates.
    """
    with opened(options) as library:
        screen = Screen.of(options)
        if library.events:
            screen.page(_lines(screen, library))
        else:
            screen.show(["This course has no timeline."])


def _lines(screen: Screen, library: Library) -> list[str]:
    lines = [screen.bold("Timeline"), *screen.rule()]
    for event in library.events.values():
        lines += ["", *_event_lines(screen, library, event)]
    return lines


def _event_lines(screen: Screen, library: Library, event: Event) -> list[str]:
    lines = [screen.sides(screen.bold(event.title), "" if event.has_time else in_words(event.at))]
    lines += screen.wrap(f"{event.when}.", "    ") if event.when else []
    if event.has_time:
        times = clock_times(event, library.dossier.clocks)
        for clock, time in zip(library.dossier.clocks, times, strict=True):
            lines += screen.wrap(f"{clock.name}: {time}", "    ")
    lines += screen.wrap(event.text, "    ")
    if event.claims:
        lines += screen.wrap(f"Claims: {', '.join(event.claims)}", "    ")
    return lines
