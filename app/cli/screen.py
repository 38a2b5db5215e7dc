"""What the terminal shows: width, colour, wrapping, paging, and words where signs are not wanted."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import click

from app.cli.group import Options
from app.markdown import plain as without_marks

NARROWEST, PROSE, WIDEST = 20, 80, 100
# White on the strand's colour, like a road sign: readable on light and on dark terminals.
STRAND_COLOURS = {"signal": ((0, 83, 155), 25), "ramp": ((176, 67, 0), 130), "source": ((109, 53, 133), 96)}
# What fits on the screen is written without stopping, and stays above the next prompt.
LESS = "-FRX -PsSpace shows more, b goes back, q ends this text$"
SIGNS = {"right": ("✓", "green"), "wrong": ("✗", "red"), "missed": ("!", "yellow"), "partly": ("~", "yellow")}


@dataclass(frozen=True)
class Screen:
    """How to write. `prose` is the width of running text, `width` that of tables and rules."""

    plain: bool = False
    colour: bool = False
    is_terminal: bool = False
    is_interactive: bool = False
    width: int = PROSE

    @classmethod
    def of(cls, options: Options) -> Screen:
        """The screen that standard output is, as the options and NO_COLOR want it."""
        is_terminal = sys.stdout.isatty()
        columns = shutil.get_terminal_size((PROSE, 24)).columns
        return cls(
            plain=options.plain,
            colour=is_terminal
            and not options.plain
            and not os.environ.get("NO_COLOR")
            and os.environ.get("TERM") != "dumb",
            is_terminal=is_terminal,
            is_interactive=is_terminal and sys.stdin.isatty(),
            width=max(NARROWEST, min(columns, WIDEST)),
        )

    @property
    def prose(self) -> int:
        """Columns for running text."""
        return min(self.width, PROSE)

    def style(self, text: str, **how: Any) -> str:
        """`text` with colour or weight, or as it is."""
        return click.style(text, **how) if self.colour else text

    def bold(self, text: str) -> str:
        """Text that stands out."""
        return self.style(text, bold=True)

    def quiet(self, text: str) -> str:
        """Text that stands back."""
        return self.style(text, dim=True)

    def strand(self, letter: str, colour: str) -> str:
        """The sign of a strand."""
        if not self.colour:
            return f"Strand {letter}:" if self.plain else f"[{letter}]"
        exact, near = STRAND_COLOURS[colour]
        background = exact if os.environ.get("COLORTERM") in ("truecolor", "24bit") else near
        return click.style(f" {letter} ", bg=background, fg="bright_white", bold=True)

    def sign(self, name: str) -> str:
        """The sign of a verdict, and a space; nothing in plain mode, where words say it."""
        sign, colour = SIGNS.get(name, ("·", None))
        return "" if self.plain else self.style(sign, fg=colour) + " "

    def rule(self) -> list[str]:
        """A line across; nothing in plain mode."""
        return [] if self.plain else [self.quiet("─" * self.prose)]

    def wrap(self, text: str, first: str = "", rest: str | None = None) -> list[str]:
        """Markdown's words, wrapped; `first` and `rest` stand before the first and the other lines."""
        rest = " " * len(click.unstyle(first)) if rest is None else rest
        lines: list[str] = []
        for paragraph in without_marks(text).split("\n"):
            room = max(self.prose - max(len(click.unstyle(first)), len(click.unstyle(rest))), 10)
            found = textwrap.wrap(paragraph, room, break_long_words=False, break_on_hyphens=False) or [""]
            lines += [(first if number == 0 and not lines else rest) + line for number, line in enumerate(found)]
        return lines

    def sides(self, left: str, right: str) -> str:
        """Two ends of a line; in plain mode one after the other."""
        room = self.prose - len(click.unstyle(left)) - len(click.unstyle(right))
        if self.plain or room < 2:
            return f"{left}. {right}" if right else left
        return left + " " * room + right

    def show(self, lines: Iterable[str]) -> None:
        """Write lines."""
        for line in lines:
            click.echo(line.rstrip(), color=self.colour)

    def page(self, lines: Iterable[str]) -> None:
        """Write lines through the reader's pager; straight out when there is no terminal to page on."""
        text = "\n".join(without_double_blanks(lines)) + "\n"
        if self.plain or not self.is_interactive:
            click.echo(text, nl=False, color=self.colour)
            return
        os.environ.setdefault("LESS", LESS)
        click.echo_via_pager(text, color=self.colour)

    def ask(self, prompt: str) -> str | None:
        """A line from the learner; None at the end of the input."""
        if sys.stdin.isatty():
            _prepare_line_editing()
        try:
            line = input(f"{prompt} ")
        except EOFError:
            click.echo()
            return None
        if not sys.stdin.isatty():
            click.echo(line)
        return line.strip()

    def confirm(self, question: str, *, default: bool) -> bool:
        """Yes or no; the end of the input is a no."""
        while True:
            line = self.ask(f"{question} [{'Y/n' if default else 'y/N'}]")
            if line is None:
                return False
            if not line:
                return default
            if line.lower() in ("y", "yes", "n", "no"):
                return line.lower().startswith("y")
            self.show(["Type y for yes or n for no."])


def without_double_blanks(lines: Iterable[str]) -> list[str]:
    """The lines without spaces at their ends, with one blank line at most between two others."""
    kept: list[str] = []
    for line in lines:
        line = line.rstrip() if click.unstyle(line).strip() else ""
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _prepare_line_editing() -> None:
    try:
        import readline  # noqa: F401  with it, input() lets a typed line be mended with the arrow keys
    except ImportError:
        return
