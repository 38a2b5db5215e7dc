"""One row of a table by the meanings of its columns, with what has been read of it and what is to be said."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from app.formats.base import OWN_KEY
from app.formats.common import NotAQuestion
from app.formats.images import IN_TEXT
from app.formats.rich import TextFormat, to_markdown, to_plain
from app.formats.table.cells import damage, is_broken, number_in, share_in, split_list, unguard, yes_or_no

# What our Markdown holds, and what it does not: other tags, pictures from elsewhere.
_OURS = re.compile(rf"</?su[bp]>|<br ?/?>|{IN_TEXT.pattern}")
_FOREIGN = re.compile(r"(?<!\\)<[a-zA-Z/!?]|!\[")


@dataclass
class Row:
    """The cells of a row: `values` by meaning (none is empty), and `columns`, what a person calls those columns.

    `line` is that of the file. `text` says how texts are written. Whatever is asked for counts as read; `unread`
    names the rest. `notes` grow while the row is read.
    """

    line: int
    values: Mapping[str, str]
    columns: Mapping[str, str]
    text: TextFormat = "markdown"
    decimal: str = "."
    source: str = ""
    # The kind that the row names, as we call it.
    was: str = ""
    # Why the row cannot be read at all.
    broken: str = ""
    notes: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    watched: set[str] = field(default_factory=set)

    @property
    def is_ours(self) -> bool:
        """Whether its id says that we have written it."""
        return self.values.get("id", "").startswith(OWN_KEY)

    def get(self, meaning: str) -> str:
        """The cell as it stands, trimmed; empty when there is none."""
        self.seen.add(meaning)
        return unguard(self.values.get(meaning, "")).strip()

    def has(self, meaning: str) -> bool:
        """Whether a cell has anything in it."""
        return bool(self.values.get(meaning, "").strip())

    def where(self, meaning: str) -> str:
        """What a person calls the column, such as “Column F (option 2)”."""
        return self.columns.get(meaning) or f"“{meaning}”"

    def note(self, meaning: str, message: str) -> None:
        """Say something about a cell."""
        self.notes.append(f"{self.where(meaning)}: {message}")

    def refused(self, meaning: str, message: str) -> NotAQuestion:
        """What to raise when a cell cannot be taken."""
        return NotAQuestion(f"{self.where(meaning)}: {message}")

    def formatted(self, meaning: str) -> str:
        """A text as our Markdown. Raises NotAQuestion where a spreadsheet left an error instead."""
        return self.as_text(meaning, self.get(meaning))

    def as_text(self, meaning: str, cell: str) -> str:
        """A part of the cell of `meaning` as our Markdown."""
        if is_broken(cell):
            advice = "the spreadsheet took a text for a formula. Type it again with an apostrophe (') before it."
            raise self.refused(meaning, f"“{cell}” is an error: {advice}")
        if cell.isalnum() or (self.text == "markdown" and not _FOREIGN.search(_OURS.sub("", cell))):
            return cell
        words, lost = to_markdown(cell, self.text)
        for loss in lost:
            self.note(meaning, loss)
        return words

    def plain(self, cell: str) -> str:
        """A part of a cell as words that are compared with what is typed."""
        words = to_plain(to_markdown(cell, "html")[0]) if self.text == "html" else cell
        return " ".join(words.split())

    def watch(self, meaning: str) -> None:
        """Say so when a spreadsheet may have damaged a cell."""
        said = damage(self.values.get(meaning, "")) if meaning not in self.watched else ""
        self.watched.add(meaning)
        if said:
            self.note(meaning, said)

    def numbers(self, name: str) -> list[int]:
        """The numbers of the cells called `name` that have something in them, in order."""
        given = (meaning.removeprefix(f"{name} ") for meaning in self.values if meaning.startswith(f"{name} "))
        return sorted(int(number) for number in given if number.isdigit() and self.has(f"{name} {number}"))

    def options(self) -> list[int]:
        """The numbers of the options given."""
        for number in self.numbers("option"):
            self.watch(f"option {number}")
        return self.numbers("option")

    def listed(self, meaning: str) -> list[str]:
        """The entries of a cell, which bars divide."""
        return split_list(self.get(meaning))

    def yes(self, meaning: str, otherwise: bool) -> bool:
        """What a yes-or-no cell says; `otherwise` when it is empty. Raises NotAQuestion when it says neither."""
        cell = self.get(meaning)
        if not cell:
            return otherwise
        said = yes_or_no(cell)
        if said is None:
            raise self.refused(meaning, f"“{cell[:40]}” is neither yes nor no.")
        return said

    def number(self, meaning: str) -> float:
        """The number in a cell. Raises NotAQuestion when there is none."""
        cell = self.get(meaning)
        return self._checked(meaning, cell, number_in(cell, self.decimal))

    def share(self, meaning: str, otherwise: float) -> float:
        """The share of the mark in a cell; `otherwise` when it is empty. Raises NotAQuestion when it is none."""
        cell = self.get(meaning)
        return self._checked(meaning, cell, share_in(cell, self.decimal)) if cell else otherwise

    def _checked(self, meaning: str, cell: str, number: Decimal | None) -> float:
        if number is None or not math.isfinite(float(number)):
            said = f"“{cell[:40]}” is no number" if cell else "a number is missing"
            raise self.refused(meaning, f"{said}; write it in digits, such as 12{self.decimal}5.")
        return float(number)

    def unread(self) -> list[str]:
        """The meanings of cells that have something in them and that nobody asked for."""
        return [meaning for meaning, cell in self.values.items() if cell.strip() and meaning not in self.seen]
