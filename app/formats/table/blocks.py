"""Tables in which a row says by its first cell what it is: Blackboard's lines and Brightspace's blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from app.formats.rich import TextFormat
from app.formats.table.blanks import Answer, show_answers
from app.formats.table.grid import Line
from app.formats.table.row import Row

_BLACKBOARD = frozenset(
    ("MC", "MA", "TF", "ESS", "ORD", "MAT", "FIB", "FIB_PLUS", "FIL", "NUM", "SR", "OP", "QUIZ_BOWL", "FMB")
) | {"JUMBLED_SENTENCE"}
_RIGHT = frozenset({"correct", "right", "true", "1"})

Cells = dict[str, str]


def is_blackboard(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most rows begin with one of Blackboard's words for a kind."""
    starts = Counter(cells[0].strip() in _BLACKBOARD and len(cells) > 1 for cells in rows[:50])
    return starts[True] > starts[False]


def is_brightspace(rows: Sequence[Sequence[str]]) -> bool:
    """Whether one of the first rows begins a question of Brightspace."""
    return any(cells[0].strip().casefold() == "newquestion" for cells in rows[:20])


# --- Blackboard: one question a line, its kind first


def blackboard_rows(lines: Iterable[Line], decimal: str) -> list[Row]:
    """A row for each line."""
    rows = []
    for line in lines:
        name = line.cells[0].strip()
        cells = [cell.strip() for cell in line.cells[1:]]
        while cells and not cells[-1]:
            cells.pop()
        values = {"kind": name, "question": cells[0] if cells else ""}
        if name in _SHAPES and cells:
            values |= _SHAPES[name](cells[1:])
        rows.append(Row(line.number, _filled(values), {}, "html", decimal, "\t".join(line.cells), broken=line.broken))
    return rows


def _pairs(cells: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(cells[::2], [*cells[1::2], ""], strict=False))


def _choices(cells: Sequence[str]) -> Cells:
    pairs = _pairs(cells)
    keys = [str(number) for number, (_, said) in enumerate(pairs, 1) if said.casefold() in _RIGHT]
    return {f"option {n}": text for n, (text, _) in enumerate(pairs, 1)} | {"correct": ", ".join(keys)}


def _numbered(cells: Sequence[str]) -> Cells:
    return {f"option {number}": text for number, text in enumerate(cells, 1)}


def _matches(cells: Sequence[str]) -> Cells:
    found: Cells = {}
    for number, (prompt, match) in enumerate(_pairs(cells), 1):
        found |= {f"option {number}": prompt, f"match {number}": match}
    return found


def _first(*meanings: str) -> Callable[[Sequence[str]], Cells]:
    return lambda cells: dict(zip(meanings, cells, strict=False))


def _named_blanks(cells: Sequence[str]) -> Cells:
    """Blanks with names: each name with its answers behind it, an empty cell between two of them."""
    groups: list[list[str]] = [[]]
    for cell in cells:
        if cell:
            groups[-1].append(cell)
        elif groups[-1]:
            groups.append([])
    found: Cells = {}
    for number, (name, *answers) in enumerate((group for group in groups if group), 1):
        found |= {f"name {number}": name, f"option {number}": show_answers([Answer(text) for text in answers])}
    return found


_SHAPES: dict[str, Callable[[Sequence[str]], Cells]] = {
    "MC": _choices,
    "MA": _choices,
    "TF": _first("correct"),
    "ESS": _first("explanation"),
    "SR": _first("explanation"),
    "ORD": _numbered,
    "MAT": _matches,
    "FIB": lambda cells: {"kind": "short_answer", **_numbered(cells)},
    "FIB_PLUS": _named_blanks,
    "NUM": _first("correct", "tolerance"),
}


def _filled(values: Cells) -> Cells:
    """The cells that have something in them; blanks with names are put into the text by their numbers."""
    names = {key: values.pop(key) for key in list(values) if key.startswith("name ")}
    if names:
        text = values["question"]
        for key, name in names.items():
            text = text.replace(f"[{name}]", f"{{{key.removeprefix('name ')}}}", 1)
        values |= {"text": text, "question": ""}
    return {meaning: cell for meaning, cell in values.items() if cell}


# --- Brightspace: a block of lines for each question


def brightspace_rows(lines: Iterable[Line], decimal: str) -> list[Row]:
    """A row for each block that begins with “NewQuestion”; what stands before the first is left to the notes."""
    rows = []
    for block in _blocks(lines):
        values: Cells = {"kind": _cell(block[0], 1)}
        notes: list[str] = []
        is_html = False
        for line in block[1:]:
            is_html = is_html or any(cell.strip().upper() == "HTML" for cell in line.cells[2:])
            if not _add(values, line):
                notes.append(f"Line {line.number}, “{line.cells[0].strip()[:40]}”, was left out.")
        source = "\n".join(",".join(line.cells) for line in block)
        broken = next((line.broken for line in block if line.broken), "")
        text: TextFormat = "html" if is_html else "plain"
        rows.append(Row(block[0].number, _finished(values), {}, text, decimal, source, broken=broken, notes=notes))
    return rows


def _blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        first = line.cells[0].strip().casefold()
        if first.startswith("//"):
            continue
        if first == "newquestion":
            if block:
                yield block
            block = [line]
        elif block:
            block.append(line)
    if block:
        yield block


def _cell(line: Line, place: int) -> str:
    return line.cells[place].strip() if place < len(line.cells) else ""


# What the lines of a block hold: the meaning of the second cell.
_SIMPLE = {"questiontext": "question", "id": "id", "hint": "hint 1", "feedback": "explanation", "answerkey": "rest"}
# Nothing here is lost but how the page of the other system looks, or what it counts.
_SILENT = frozenset({"title", "points", "difficulty", "scoring", "inputbox", "initialtext", ""})


def _add(values: Cells, line: Line) -> bool:
    """Put a line of a block into the cells of its row; whether it could be."""
    name = line.cells[0].strip().casefold()
    if name in _SIMPLE:
        values[_SIMPLE[name]] = _cell(line, 1)
        return True
    if name in {"true", "false"}:
        if _cell(line, 1).rstrip("%") not in {"", "0"}:
            values["correct"] = name
        return not _cell(line, 2)
    if name in {"option", "answer", "choice", "match", "item"}:
        _add_option(values, name, line)
        return True
    return name in _SILENT


def _add_option(values: Cells, name: str, line: Line) -> None:
    if name == "match":
        # “Match,1,text”: what belongs to choice 1.
        values[f"match {_cell(line, 1)}"] = _cell(line, 2)
        return
    number = _cell(line, 1) if name == "choice" else str(1 + sum(key.startswith("option ") for key in values))
    values[f"option {number}"] = _cell(line, 1 if name == "item" else 2)
    if name in {"option", "answer"}:
        values[f"credit {number}"] = _cell(line, 1)
    if name != "answer":
        values[f"feedback {number}"] = _cell(line, 3 if name == "item" else 4)


def _finished(values: Cells) -> Cells:
    """Shares as the kind wants them: of several right options each is said to be right by 1."""
    if values["kind"].strip().upper() == "MS":
        keys = [
            key.removeprefix("credit ") for key, share in values.items() if key.startswith("credit ") and share != "0"
        ]
        values = {key: cell for key, cell in values.items() if not key.startswith("credit ")}
        values["correct"] = ", ".join(keys)
    if values["kind"].strip().upper() == "SA":
        values["kind"] = "short_answer"
    if answer := values.pop("rest", ""):
        values["explanation"] = "\n\n".join(filter(None, (values.get("explanation"), answer)))
    return {meaning: cell for meaning, cell in values.items() if cell}
