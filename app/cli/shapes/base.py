"""What every shape promises the terminal: how it is shown, typed, printed and explained."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from string import ascii_lowercase
from typing import Any, ClassVar, Generic, TypeVar

from app.cli.screen import Screen
from app.cli.shapes.rows import option_rows
from app.errors import Unreadable
from app.questions.model import Reveal
from app.questions.shapes import Raw

V = TypeVar("V")

# The fields of a form, as a kind reads them and as its `fill` gives them back.
Fields = dict[str, list[str]]

RULE = "_" * 24


class Shape(ABC, Generic[V]):
    """One shape of question in the terminal. Instances hold no state.

    An answer grows line by line: `read_line` gets the fields so far and gives the fields with what the line
    adds. Shapes with several parts ask for one part after the other, and read all parts from one line too.
    """

    # Letters or words are typed as answers, so a command needs a colon before it.
    takes_words: ClassVar[bool] = False

    @abstractmethod
    def show(self, screen: Screen, view: V) -> list[str]:
        """What stands under the stem: options, prompts, the text with its blanks. Nothing of the answer."""

    @abstractmethod
    def how_to_type(self, view: V) -> str:
        """What a line of input looks like, in a sentence or two."""

    @abstractmethod
    def read_line(self, view: V, line: str, fields: Raw) -> Fields:
        """The fields with what the line adds. Raises Unreadable, which says what to type instead."""

    @abstractmethod
    def typed(self, view: V, fields: Raw) -> str:
        """A line that `read_line` would read as these fields; empty for none."""

    @abstractmethod
    def print_lines(self, screen: Screen, view: V) -> list[str]:
        """The same as `show`, on paper: with room to write or to tick."""

    def prompt(self, screen: Screen, view: V, fields: Raw) -> str:
        """What asks for the next line, without a colon at its end."""
        return "Answer"

    def blanks(self, view: V, fields: Raw) -> list[str]:
        """The parts that have no answer yet, by the names that a sentence gives them."""
        return []

    def wants_more(self, view: V, fields: Raw) -> bool:
        """Whether another line is asked for."""
        return bool(self.blanks(view, fields))

    def ends(self, view: V, line: str, fields: Raw) -> bool:
        """Whether a line says that the answer is done; the first line of all does so only when it is empty."""
        return not line

    def explain(self, screen: Screen, view: V, reveal: Reveal, *, is_answered: bool) -> list[str]:
        """The right answer and every option explained, in words. The view's options may be in any order."""
        return option_rows(screen, reveal.rows, is_answered=is_answered)


AnyShape = Shape[Any]


def numbered(screen: Screen, label: str, text: str, *, word: str) -> list[str]:
    """A line that can be named by its label: “3  text”, or “Option 3: text” where words are wanted."""
    first = f"{word} {label}: " if screen.plain else f"  {screen.bold(label.rjust(2))}  "
    return screen.wrap(text, first)


def tick_lines(screen: Screen, label: str, text: str, *, many: bool) -> list[str]:
    """A line to tick on paper: round for one, square for all that apply."""
    box = "[ ]" if many else "( )"
    return screen.wrap(text, f"  {box} {label.rjust(2)}  ")


def copied(fields: Raw) -> Fields:
    """The fields as ones that can be added to."""
    return {name: list(values) for name, values in fields.items()}


def value(fields: Raw, name: str) -> str:
    """The first value of a field; empty when there is none."""
    return next(iter(fields.get(name, ())), "")


def letters(count: int) -> str:
    """a, b, c … for so many options."""
    return ascii_lowercase[:count]


def listed(names: Sequence[str], *, last: str = "and") -> str:
    """“1, 2 and 3”."""
    return f" {last} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def span(names: Sequence[str]) -> str:
    """“a to d” for what can be chosen; “a or b” for two."""
    return listed(names, last="or") if len(names) < 3 else f"{names[0]} to {names[-1]}"


def no_such(word: str, given: str, known: Sequence[str]) -> Unreadable:
    """There is no number 9; the numbers are 1 to 4."""
    return Unreadable(f"There is no {word} {given[:20]!r}; the {word}s are {span(known).replace(' or ', ' and ')}.")
