"""Bytes → rows with the lines of the file: encoding, delimiter and decimal sign are found out."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO

from app.formats.base import FormatError
from app.formats.common import decode

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 20_000
# A file in which so many quotation marks are open is none that a spreadsheet wrote.
_MOST_BROKEN = 100
_LONGEST_CELL = 131_072
_SAYS_SEPARATOR = re.compile(r"(?:sep=|#separator:)([^\n]*)\n", re.IGNORECASE)
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "\\t": "\t"}
_WITH_COMMA, _WITH_POINT = re.compile(r"-?\d+,\d+%?"), re.compile(r"-?\d+\.\d+%?")


@dataclass(frozen=True)
class Line:
    """A row of the file: the line where it begins (from 1) and its cells. `broken` says why it cannot be read."""

    number: int
    cells: tuple[str, ...]
    broken: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether no cell has anything in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Text:
    """A file as text, with the name of its encoding and notes on how it was read."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def text_of(data: bytes) -> Text:
    """The file as text. Raises FormatError when it is none."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FormatError("This is a workbook. Open it in the spreadsheet, choose “Save as” and “CSV UTF-8”.")
    text, notes = decode(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Text(text, "UTF-16", notes)
    guessed = next((name for name in ("Windows-1252", "Latin-1") if notes and name in notes[0]), "UTF-8")
    return Text(text, guessed, notes)


def delimiter_of(text: str, known: Callable[[Sequence[str]], int]) -> str:
    """The sign between cells: the one that the file names, or with which it looks most like a table.

    `known` counts the cells of a row that are names of columns.
    """
    said = _SAYS_SEPARATOR.match(text)
    if said:
        name = said[1].strip("\r ")
        return _SEPARATORS.get(name.casefold(), name if name in DELIMITERS else ("\t" if not name else ","))
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    return max(DELIMITERS, key=lambda sign: _likeness(sample, sign, known))


def _likeness(sample: str, sign: str, known: Callable[[Sequence[str]], int]) -> tuple[int, float, int]:
    """How much a sample looks like a table: names known in a row, share of rows as wide as most, and their width."""
    try:
        rows = [line.cells for line in lines_of(sample, sign)[:60] if not line.is_empty]
    except FormatError:
        return 0, 0.0, 0
    widths = Counter(len(cells) for cells in rows)
    if not widths or max(widths) == 1:
        return 0, 0.0, 0
    usual, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    named = max(known(cells) for cells in rows[:10])
    return named, count / len(rows) if usual > 1 else 0.0, usual


def lines_of(text: str, delimiter: str) -> list[Line]:
    """All rows. A quotation mark that is never closed costs its own row only."""
    physical = text.split("\n")
    found: list[Line] = []
    start = broken = 0
    while start < len(physical):
        rows, stopped = _parse(physical, start, delimiter)
        found += rows
        if stopped is None:
            return found
        broken += 1
        if broken > _MOST_BROKEN:
            raise FormatError(
                "Too many quotation marks are opened and not closed. Save the table as CSV once more.",
                where=f"line {stopped + 1}",
            )
        said = "A quotation mark is opened in this row and not closed; close it, or take it out."
        found.append(Line(stopped + 1, (physical[stopped],), said))
        start = stopped + 1
    return found


def _parse(physical: list[str], start: int, delimiter: str) -> tuple[list[Line], int | None]:
    """Rows from line `start` on, up to one with an open quotation mark: then that line's index too."""
    source = (f"{line}\n" for line in physical[start:])
    reader = csv.reader(source, delimiter=delimiter)
    rows: list[Line] = []
    before = 0
    try:
        for cells in reader:
            if reader.line_num - before > 1 and _swallows(physical, start + before, start + reader.line_num, delimiter):
                return rows, start + before
            rows.append(Line(start + before + 1, tuple(cells)))
            before = reader.line_num
    except csv.Error:
        return rows, start + before
    return rows, None


def _swallows(physical: list[str], first: int, end: int, delimiter: str) -> bool:
    """Whether the row of these lines has eaten others: its quotation marks do not fit, or its lines are rows."""
    try:
        list(csv.reader((f"{line}\n" for line in physical[first:end]), delimiter=delimiter, strict=True))
    except csv.Error:
        # The mark that closes it is that which opens a cell of a later row.
        return True
    signs = [line.count(delimiter) for line in physical[first:end]]
    inner = signs[1:-1]
    return len(inner) > 1 and len(set(inner)) == 1 and inner[0] >= max(2, physical[0].count(delimiter))


def decimal_of(lines: Sequence[Line], delimiter: str) -> str:
    """The decimal sign of the numbers in the file: a comma or a point."""
    cells = [cell.strip() for line in lines[:500] for cell in line.cells]
    commas = sum(_WITH_COMMA.fullmatch(cell) is not None for cell in cells)
    points = sum(_WITH_POINT.fullmatch(cell) is not None for cell in cells)
    if commas == points:
        return "," if delimiter == ";" else "."
    return "," if commas > points else "."


def write_lines(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as CSV that spreadsheets open right: UTF-8 with its mark, commas, quotation marks where needed."""
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")
