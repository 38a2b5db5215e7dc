"""Type a few words on one line, or a text of several."""

from __future__ import annotations

from app.cli.screen import Screen
from app.cli.shapes.base import RULE, Fields, Shape, value
from app.cli.shapes.rows import further_rows
from app.errors import Unreadable
from app.questions.model import Reveal
from app.questions.shapes import Raw, TextView

# The id of the row that says what became of the words typed; every other row is a criterion or an example.
YOURS = "yours"


def said_lines(screen: Screen, reveal: Reveal, names: tuple[str, str]) -> list[str]:
    """What was typed beside what is right, the feedback on it, and any further rows."""
    yours, right = names
    lines = _after(screen, yours, reveal.yours or "left blank")
    lines += _after(screen, right, reveal.answer) if reveal.answer else []
    for row in reveal.rows:
        if row.id == YOURS:
            lines += [screen.quiet(line) for line in screen.wrap(row.why, "  ")] if row.why else []
    return lines + further_rows(screen, [row for row in reveal.rows if row.id != YOURS])


def _after(screen: Screen, name: str, words: str) -> list[str]:
    """“Your answer: words”; a text of several lines stands below its name."""
    indent = "" if screen.plain else "  "
    if "\n" in words or len(words) > 3 * screen.prose:
        return [f"{indent}{name}:", *(line for part in words.split("\n") for line in screen.wrap(part, indent + "  "))]
    return screen.wrap(words, f"{indent}{name}: ", indent + " " * (len(name) + 2))


class Line(Shape[TextView]):
    """Words on one line."""

    takes_words = True

    def show(self, screen: Screen, view: TextView) -> list[str]:
        """See Shape."""
        return []

    def how_to_type(self, view: TextView) -> str:
        """See Shape."""
        return "Capitals and punctuation do not matter."

    def read_line(self, view: TextView, line: str, fields: Raw) -> Fields:
        """See Shape."""
        return {"text": [line]}

    def typed(self, view: TextView, fields: Raw) -> str:
        """See Shape."""
        return value(fields, "text")

    def print_lines(self, screen: Screen, view: TextView) -> list[str]:
        """See Shape."""
        return [f"  {RULE * 2}"]

    def explain(self, screen: Screen, view: TextView, reveal: Reveal, *, is_answered: bool) -> list[str]:
        """See Shape."""
        return said_lines(screen, reveal, ("Your answer", "Right answer"))


class Lines(Shape[TextView]):
    """A text of several lines: each is kept as it is typed, and a single dot ends it."""

    takes_words = True

    def show(self, screen: Screen, view: TextView) -> list[str]:
        """See Shape."""
        return screen.wrap(f"At most {view.max_words} words.") if view.max_words else []

    def how_to_type(self, view: TextView) -> str:
        """See Shape."""
        return (
            "Type as many lines as you need; each is kept. A line with a single dot ends the text, and so do two "
            "empty lines. A line with a single - takes the last line back."
        )

    def prompt(self, screen: Screen, view: TextView, fields: Raw) -> str:
        """See Shape."""
        words = len(value(fields, "text").split())
        most = f" of {view.max_words}" if view.max_words else ""
        return f"{words}{most} words, go on" if words else "Your text"

    def wants_more(self, view: TextView, fields: Raw) -> bool:
        """See Shape."""
        return True

    def ends(self, view: TextView, line: str, fields: Raw) -> bool:
        """See Shape."""
        return line == "." or (not line and value(fields, "text").endswith("\n"))

    def read_line(self, view: TextView, line: str, fields: Raw) -> Fields:
        """The line is added to the text; an empty one begins a new paragraph, “-” takes the last line back."""
        had = value(fields, "text")
        if line == "-":
            return {"text": [had.rstrip().rpartition("\n")[0]]}
        if len(line) == 1 and not line.isdigit():
            raise Unreadable(f"{line!r} alone is no line of a text. A command has a colon before it, such as :n.")
        return {"text": [f"{had}\n{line}" if had else line]}

    def typed(self, view: TextView, fields: Raw) -> str:
        """See Shape."""
        return value(fields, "text").strip()

    def print_lines(self, screen: Screen, view: TextView) -> list[str]:
        """See Shape."""
        room = ["  " + "_" * (screen.prose - 4)]
        return self.show(screen, view) + [line for _ in range(max(4, min(view.lines, 20))) for line in ("", *room)]

    def explain(self, screen: Screen, view: TextView, reveal: Reveal, *, is_answered: bool) -> list[str]:
        """See Shape."""
        return said_lines(screen, reveal, ("Your text", "A good answer"))
