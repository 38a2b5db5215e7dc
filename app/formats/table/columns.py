"""What is in a table: how its cells are divided, where its header is, what each column means."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import Literal

from app.formats.base import FormatError
from app.formats.rich import TextFormat
from app.formats.table.blocks import is_blackboard, is_brightspace
from app.formats.table.grid import Line, decimal_of, delimiter_of, lines_of, text_of
from app.formats.table.meanings import (
    IGNORED,
    MOST,
    NUMBERED,
    SINGLE,
    is_meaning,
    known_names,
    label_of,
    meanings_of,
)
from app.formats.table.row import Row

Layout = Literal["rows", "blackboard", "brightspace"]
_PREVIEW = 5
_ANKI = re.compile(r"#(separator|html|columns|notetype|deck|tags|guid)(?: column)?:(.*)", re.IGNORECASE)
_NO_QUESTION = "Say which column holds the question: without it no row can be read."


@dataclass(frozen=True)
class Columns:
    """A table as it looks, before its rows are read.

    `meanings` has one for each column: a name as in SINGLE, or of NUMBERED with a number behind it, or nothing for
    a column that is not read. `header` are the cells of line `header_line`, which is 0 when there is no header.
    `preview` are the first rows. A `layout` other than rows has no columns to choose. `text` says how texts are
    written: ours are Markdown, others plain or HTML.
    """

    delimiter: str
    encoding: str
    decimal: str
    layout: Layout
    header_line: int
    header: tuple[str, ...]
    meanings: tuple[str, ...]
    preview: tuple[tuple[str, ...], ...]
    text: TextFormat
    notes: tuple[str, ...] = ()

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headers of the columns that are not read."""
        return tuple(
            self.name(place) for place, meaning in enumerate(self.meanings) if meaning == IGNORED and self.name(place)
        )

    def name(self, place: int) -> str:
        """The header of a column, empty when it has none."""
        return self.header[place].strip() if place < len(self.header) else ""

    def with_meanings(self, meanings: Sequence[str]) -> Columns:
        """The same table with columns that a person chose.

        Raises FormatError for a meaning that there is not, one given twice, and when no column is the question.
        """
        chosen = tuple(meanings)
        for meaning in chosen:
            if not is_meaning(meaning):
                raise FormatError(f"There is no such column as “{meaning[:40]}”.")
            if meaning != IGNORED and chosen.count(meaning) > 1:
                raise FormatError(f"Two columns are “{label_of(meaning)}”. Choose each once.")
        if self.layout == "rows" and not {"question", "text"} & set(chosen):
            raise FormatError(_NO_QUESTION)
        return replace(self, meanings=chosen)


def column_choices() -> list[tuple[str, str]]:
    """Every meaning that a column can have, with its label; the first is a column that is not read."""
    numbered = [f"{name} {number}" for name in NUMBERED for number in range(1, min(MOST[name], 12) + 1)]
    return [(IGNORED, "Not read"), *((meaning, label_of(meaning)) for meaning in (*SINGLE, *numbered))]


@dataclass(frozen=True)
class Table:
    """The columns of a file and all its lines below the header."""

    columns: Columns
    lines: tuple[Line, ...]


def table_of(data: bytes, delimiter: str | None = None) -> Table:
    """A file as a table with its columns guessed. Raises FormatError when it is no text, or empty."""
    source = text_of(data)
    sign = delimiter or delimiter_of(source.text, known_names)
    lines = [line for line in lines_of(source.text, sign) if not line.is_empty]
    said, lines = _anki_head(lines)
    if not lines:
        raise FormatError("There is nothing in the file.")
    cells = [line.cells for line in lines]
    layout: Layout = "brightspace" if is_brightspace(cells) else "blackboard" if is_blackboard(cells) else "rows"
    at = _header_at(lines) if layout == "rows" else None
    header = lines[at].cells if at is not None else ()
    below = lines if at is None else lines[at + 1 :]
    is_ours = at is not None and _is_ours(header)
    columns = Columns(
        delimiter=sign,
        encoding=source.encoding,
        decimal="." if is_ours and sign == "," else decimal_of(below, sign),
        layout=layout,
        header_line=lines[at].number if at is not None else 0,
        header=header,
        meanings=meanings_of(header) if at is not None else _without_header(below, said) if layout == "rows" else (),
        preview=tuple(line.cells for line in below[:_PREVIEW]),
        text="markdown" if is_ours else "html" if said.get("html", "") == "true" else "plain",
        notes=source.notes,
    )
    return Table(columns, tuple(below))


def _anki_head(lines: list[Line]) -> tuple[dict[str, str], list[Line]]:
    """What the lines at the top of an Anki export say, and the lines below them; “sep=;” goes too."""
    said: dict[str, str] = {}
    for place, line in enumerate(lines):
        match = _ANKI.fullmatch(",".join(line.cells).strip())
        if match:
            said[match[1].casefold()] = match[2].strip().casefold()
        elif not (place == 0 and re.fullmatch(r"sep=.?", "".join(line.cells).strip(), re.IGNORECASE)):
            return said, lines[place:]
    return said, []


def _header_at(lines: Sequence[Line]) -> int | None:
    """Which of the first lines names the columns: a question among them."""
    best, most = None, 0
    for place, line in enumerate(lines[:12]):
        named = meanings_of(line.cells)
        count = sum(meaning != IGNORED for meaning in named)
        if count > most and {"question", "text"} & set(named) and (count > 1 or len(line.cells) == 1):
            best, most = place, count
    return best


def _is_ours(header: Sequence[str]) -> bool:
    """Whether all columns are called as ours are: then texts are Markdown."""
    return {"kind", "question"} <= set(header) and all(meaning and is_meaning(meaning) for meaning in header)


def _without_header(lines: Sequence[Line], said: dict[str, str]) -> tuple[str, ...]:
    """A guess at columns that have no names: question and answer, with options between them if there are more."""
    width = max(len(line.cells) for line in lines)
    if "columns" in said:
        return meanings_of([*said["columns"].split(","), *[""] * width][:width])
    special = {int(said[name]) - 1 for name in ("guid", "notetype", "deck") if said.get(name, "").isdigit()}
    tags = int(said["tags"]) - 1 if said.get("tags", "").isdigit() else -1
    free = [place for place in range(width) if place not in special and place != tags]
    names = ["question", "correct"]
    if not said and width > 3:
        names = ["question", *(f"option {number}" for number in range(1, width - 1)), "correct"]
    found = dict(zip(free, names, strict=False)) | {tags: "tags"}
    return tuple(found.get(place, IGNORED) for place in range(width))


def rows_of(table: Table) -> list[Row]:
    """The rows of a table by the meanings of its columns; a broken line is a row without cells, with a note."""
    columns = table.columns
    names = {
        meaning: f"Column {letter_of(place)} ({columns.name(place) or label_of(meaning)})"
        for place, meaning in enumerate(columns.meanings)
        if meaning != IGNORED
    }
    return [_row(line, columns, names) for line in table.lines]


def _row(line: Line, columns: Columns, names: dict[str, str]) -> Row:
    values = {
        meaning: cell
        for meaning, cell in zip(columns.meanings, line.cells, strict=False)
        if meaning != IGNORED and cell.strip()
    }
    if not columns.header_line and "tags" in values:
        values["tags"] = values["tags"].replace(" ", ",")
    row = Row(line.number, values, names, columns.text, columns.decimal, source_of(line.cells), broken=line.broken)
    beyond = [cell for cell in line.cells[len(columns.meanings) :] if cell.strip()]
    if beyond:
        said = (
            "stands beyond the last column. A text that holds the sign between columns needs quotation marks around it."
        )
        row.notes.append(f"“{beyond[0].strip()[:40]}” {said}")
    return row


def source_of(cells: Sequence[str]) -> str:
    """A row as text."""
    out = StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def letter_of(place: int) -> str:
    """What spreadsheets call the column at `place`, which counts from 0."""
    return (letter_of(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
