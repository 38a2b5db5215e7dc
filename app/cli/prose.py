"""Lesson prose in the terminal: plain text from Markdown, or rich's rendering where there is a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO
from typing import TYPE_CHECKING

from app.cli.screen import Screen
from app.markdown import plain as without_marks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CITATIONS = re.compile(r"(?:\[\^[A-Za-z0-9]+\])+")
_ATTRIBUTES = re.compile(r"\[([^\]]*)\]\{[^}]*\}")


def numbered(text: str, citations: Sequence[str]) -> str:
    """`[^S13][^S20]` as “[1, 2]”, by the lesson's list of sources; `[a term]{term=…}` as its words."""

    def numbers(match: re.Match[str]) -> str:
        names = re.findall(r"\^([A-Za-z0-9]+)", match[0])
        return "[" + ", ".join(str(citations.index(name) + 1) for name in names if name in citations) + "]"

    return _ATTRIBUTES.sub(r"\1", _CITATIONS.sub(numbers, text))


def prose_lines(screen: Screen, markdown: str, citations: Sequence[str], *, indent: str = "") -> list[str]:
    """A block of Markdown as lines; `indent` stands before each."""
    text = numbered(markdown, citations)
    width = screen.prose - len(indent)
    lines = (
        _rich_lines(screen, text, width)
        if screen.is_terminal and not screen.plain
        else _text_lines(screen, text, width)
    )
    return [(indent + line).rstrip() for line in lines]


def _rich_lines(screen: Screen, text: str, width: int) -> list[str]:
    from rich.console import Console
    from rich.markdown import Markdown

    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=True,
        color_system="256" if screen.colour else None,
        no_color=not screen.colour,
        highlight=False,
        legacy_windows=False,
    )
    console.print(Markdown(text, hyperlinks=False))
    return out.getvalue().strip("\n").split("\n")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


@dataclass
class _Writer:
    """Turns Markdown's blocks into wrapped lines: lists hang, tables become sentences or columns."""

    screen: Screen
    width: int
    lines: list[str] = field(default_factory=list)
    # One entry for each list that is open: the marker to write before the next words, and its width.
    lists: list[list[int]] = field(default_factory=list)
    marker: str = ""
    rows: list[list[str]] = field(default_factory=list)
    in_table: bool = False

    @property
    def indent(self) -> str:
        """The spaces before a line that has no marker."""
        return " " * sum(width for _, width in self.lists)

    def take(self, token: Token) -> None:
        """Handle one token."""
        handler = getattr(self, f"_{token.type}", None)
        if handler:
            handler(token)

    def gap(self) -> None:
        """A blank line, unless there is one."""
        if self.lines and self.lines[-1].strip():
            self.lines.append("")

    def _bullet_list_open(self, token: Token) -> None:
        self.lists.append([0, 2])

    def _ordered_list_open(self, token: Token) -> None:
        self.lists.append([int(token.attrGet("start") or 1), 3])

    def _bullet_list_close(self, token: Token) -> None:
        self.lists.pop()
        self.gap()

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, token: Token) -> None:
        number, width = self.lists[-1]
        mark = f"{number}." if number else "-"
        self.marker = (self.indent[: -width or None] + mark).ljust(len(self.indent))
        if number:
            self.lists[-1][0] += 1

    def _paragraph_close(self, token: Token) -> None:
        if not self.lists:
            self.gap()

    def _heading_close(self, token: Token) -> None:
        self.gap()

    def _inline(self, token: Token) -> None:
        if self.in_table:
            self.rows[-1].append(without_marks(token.content))
            return
        first, self.marker = self.marker or self.indent, ""
        words = " ".join(token.content.split())
        self.lines += self.screen.wrap(words, first, self.indent)

    def _table_open(self, token: Token) -> None:
        self.gap()
        self.in_table, self.rows = True, []

    def _tr_open(self, token: Token) -> None:
        self.rows.append([])

    def _table_close(self, token: Token) -> None:
        self.in_table = False
        table = _sentences(self.rows) if self.screen.plain else _columns(self.rows, self.width - len(self.indent))
        for line in table:
            self.lines += [self.indent + line] if not self.screen.plain else self.screen.wrap(line, self.indent)
        self.gap()


def _text_lines(screen: Screen, text: str, width: int) -> list[str]:
    writer = _Writer(_narrowed(screen, width), width)
    for token in _parser().parse(text):
        writer.take(token)
    while writer.lines and not writer.lines[-1].strip():
        writer.lines.pop()
    return writer.lines


def _narrowed(screen: Screen, width: int) -> Screen:
    from dataclasses import replace

    return replace(screen, width=width)


def _sentences(rows: list[list[str]]) -> list[str]:
    """A table read aloud: “Row: column, cell; column, cell.”"""
    head, *body = rows
    said = []
    for row in body:
        cells = "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(head[1:], row[1:], strict=False))
        said.append(f"{f'{head[0]} ' if head[0] else ''}{row[0]}. {cells}.")
    return said


def _columns(rows: list[list[str]], width: int) -> list[str]:
    """A table in columns of spaces; the last column is cut to what fits, by wrapping."""
    import textwrap

    widths = [max(len(row[i]) for row in rows if i < len(row)) for i in range(len(rows[0]))]
    room = max((width - 2 * (len(widths) - 1)) // len(widths), 8)
    spare = width - 2 * (len(widths) - 1) - sum(min(w, room) for w in widths)
    wide = sum(w > room for w in widths)
    widths = [min(w, room + max(spare, 0) // wide) if w > room else w for w in widths]
    lines = []
    for number, row in enumerate(rows):
        cells = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, widths, strict=False)]
        for level in range(max(len(cell) for cell in cells)):
            parts = [
                (cell[level] if level < len(cell) else "").ljust(size)
                for cell, size in zip(cells, widths, strict=False)
            ]
            lines.append("  ".join(parts).rstrip())
        if number == 0:
            lines.append("  ".join("-" * size for size in widths))
    return lines
