"""Which options a row says are right: by number, by letter or by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.formats.table.cells import split_list
from app.formats.table.row import Row

_BETWEEN = re.compile(r"\s*(?:[,;/|&+\n]|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)
_PLACE = re.compile(r"(?:option|answer|choice|antwort|nr\.?|no\.?|#)?\s*(\d{1,2}|[a-z])(?:\.0|[.)])?", re.IGNORECASE)


def right_options(row: Row, numbers: Sequence[int]) -> list[int]:
    """The numbers of the options that the cell “correct” names, out of `numbers`.

    Raises NotAQuestion when the cell is empty or names something that is no option.
    """
    cell = row.get("correct")
    if not cell:
        raise row.refused("correct", "it does not say which option is right. Write its number, such as 2.")
    return chosen_in(row, "correct", cell, numbers)


def chosen_in(row: Row, meaning: str, cell: str, numbers: Sequence[int]) -> list[int]:
    """The numbers of options that a part of the cell of `meaning` names. Raises NotAQuestion for any other word."""
    words = {number: _folded(row.get(f"option {number}")) for number in numbers}
    places = _places(cell, numbers)
    if row.is_ours and places:
        return places
    by_words = _by_words(cell, words)
    if by_words and places and by_words != places:
        said = ", ".join(str(number) for number in places)
        row.note(meaning, f"“{cell}” is taken as the number of the option ({said}), not as its words. Look at it.")
        return places
    if places or by_words:
        return places or by_words
    known = f"numbers from {min(numbers)} to {max(numbers)}" if numbers else "the words of an option"
    raise row.refused(meaning, f"“{cell[:60]}” is none of the options. Write {known}, such as {(*numbers, 1)[0]}.")


def _places(cell: str, numbers: Sequence[int]) -> list[int]:
    """The numbers that a cell such as “1, 3”, “B” or “Option 2” names; none when one of them is no option."""
    found = []
    for part in filter(None, _BETWEEN.split(cell.strip())):
        match = _PLACE.fullmatch(part)
        if match is None:
            return []
        given = match[1]
        found.append(int(given) if given.isdigit() else ord(given.casefold()) - ord("a") + 1)
    return sorted(set(found)) if found and set(found) <= set(numbers) else []


def _by_words(cell: str, words: dict[int, str]) -> list[int]:
    """The options whose words a cell gives, alone or with signs between them."""
    for parts in ([cell], split_list(cell), cell.split("\n"), cell.split(";"), cell.split(",")):
        wanted = {_folded(part) for part in parts if part.strip()}
        found = [number for number, text in words.items() if text in wanted]
        if wanted and wanted == {words[number] for number in found}:
            return found
    return []


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .")
