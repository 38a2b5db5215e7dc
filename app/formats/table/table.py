"""Tables as spreadsheets save them: our own CSV both ways, and what others write, by the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.formats.base import OWN_KEY, FormatError, Found, Limits, Loss, Reader, Writer, Written, check_size
from app.formats.common import NotAQuestion, same_question
from app.formats.images import images_in
from app.formats.same import content
from app.formats.table.blocks import blackboard_rows, brightspace_rows
from app.formats.table.cells import guard
from app.formats.table.columns import Columns, rows_of, table_of
from app.formats.table.columns import Table as Lines
from app.formats.table.grid import write_lines
from app.formats.table.head import write_head
from app.formats.table.lacking import losses_of, without_unheld
from app.formats.table.meanings import known_names, sort_key
from app.formats.table.reading import question_of, read_rows
from app.formats.table.row import Row
from app.formats.table.template import template_rows
from app.formats.table.writing import CELLS
from app.questions.model import Question

# Named in the note on a file however many there are.
_SHOWN = 8
# Always there, so that a file looks like the template.
_ALWAYS = ("id", "kind", "question", "option 1", "option 2", "correct", "explanation")


class Table(Reader, Writer):
    """A question a row."""

    name = "csv"
    label = "Table (CSV)"
    suffixes = (".csv", ".tsv", ".txt")
    media_type = "text/csv"

    def sniff(self, data: bytes) -> bool:
        """See Format."""
        try:
            table = table_of(data[:50_000])
        except FormatError:
            return False
        columns = table.columns
        if columns.layout != "rows":
            return True
        return columns.header_line > 0 and known_names(columns.header) > 1

    def template(self) -> bytes:
        """A table to fill in: a header, and an example for each kind that a row holds well."""
        return write_lines([[guard(cell) for cell in row] for row in template_rows()])

    def columns(self, data: bytes, *, limits: Limits | None = None) -> Columns:
        """How the file is divided and what each of its columns seems to mean.

        Raises FormatError when it is no text, or too large.
        """
        check_size(data, limits or Limits())
        return table_of(data).columns

    def read(self, data: bytes, *, limits: Limits) -> Found:
        """See Format."""
        check_size(data, limits)
        table = table_of(data)
        return _found(Lines(table.columns.with_meanings(table.columns.meanings), table.lines), limits)

    def read_mapped(self, data: bytes, columns: Columns, *, limits: Limits) -> Found:
        """As `read`, with the meanings, the delimiter, the decimal sign and the way of texts that `columns` say.

        Raises FormatError as `Columns.with_meanings` does.
        """
        check_size(data, limits)
        checked = columns.with_meanings(columns.meanings)
        return _found(Lines(checked, table_of(data, columns.delimiter).lines), limits)

    def write(self, questions: Sequence[Question], *, title: str, images: Mapping[str, bytes]) -> Written:
        """See Format. Each row is read again at once, so that nothing is lost without a word."""
        rows: list[dict[str, str]] = []
        losses: list[Loss] = []
        left_out: list[str] = []
        for question in questions:
            cells, lost = _cells(question)
            try:
                lost += _unlike(question, cells)
                rows.append(cells)
            except NotAQuestion as problem:
                left_out.append(question.id)
                lost = [f"A row cannot hold this question, so it is not in the file. {problem.message}"]
            losses += [Loss(question.id, said) for said in lost]
        names = sorted({*_ALWAYS, *(name for row in rows for name in row)}, key=sort_key)
        lines = [names, *([guard(row.get(name, "")) for name in names] for row in rows)]
        return Written(write_lines(lines), tuple(losses), tuple(left_out))


def _found(table: Lines, limits: Limits) -> Found:
    columns = table.columns
    if columns.layout == "rows":
        rows = rows_of(table)
    else:
        read = blackboard_rows if columns.layout == "blackboard" else brightspace_rows
        rows = read(table.lines, columns.decimal)
    entries, notes = read_rows(rows, limits)
    return Found(tuple(entries), notes=(*columns.notes, *_said(columns), *notes))


def _said(columns: Columns) -> Iterable[str]:
    if columns.ignored:
        names = ", ".join(f"“{name[:40]}”" for name in columns.ignored[:_SHOWN])
        more = f" and {len(columns.ignored) - _SHOWN} more" if len(columns.ignored) > _SHOWN else ""
        yield f"Columns that were not read: {names}{more}."
    if columns.layout == "rows" and not columns.header_line:
        yield "The first row names no columns, so the first column was taken as the question. Look at the columns."


def _cells(question: Question) -> tuple[dict[str, str], list[str]]:
    """The cells of a question by meaning, and what they lack."""
    cells = {
        "id": f"{OWN_KEY}{question.id}",
        "kind": question.kind,
        **write_head(question.head),
        **CELLS[question.kind](question.body),
    }
    pictures = images_in(*(cell for cell in cells.values() if "![" in cell))
    lost = losses_of(question) + [f"The picture {name} is named in the file, and is not in it." for name in pictures]
    return {name: cell.replace("\r\n", "\n").replace("\r", "\n") for name, cell in cells.items() if cell}, lost


def _unlike(question: Question, cells: Mapping[str, str]) -> list[str]:
    """What reading the row again does not give back, in sentences. Raises NotAQuestion when it gives no question."""
    again = question_of(Row(1, {name: guard(cell) for name, cell in cells.items()}, {}))
    if again.kind != question.kind:
        raise NotAQuestion("It would be read as a question of another kind.")
    held = without_unheld(question)
    if same_question(held, again, but={"id"}):
        return []
    one, other = content(held, but={"id"}), content(again, but={"id"})
    names = [name for name in one if one[name] != other[name] and name != "body"]
    names += [name for name in one["body"] if one["body"][name] != other["body"].get(name)]
    return [f"A row cannot hold exactly what stands under: {', '.join(name.replace('_', ' ') for name in names)}."]
