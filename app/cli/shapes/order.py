"""Give each element a place: all numbers are typed in order."""

from __future__ import annotations

from app.cli.screen import Screen
from app.cli.shapes.base import Fields, Shape, numbered, value
from app.cli.shapes.choice import numbers_in
from app.cli.shapes.rows import row_lines
from app.errors import Unreadable
from app.questions.model import Reveal, RevealRow
from app.questions.shapes import OrderView, Raw


class Order(Shape[OrderView]):
    """Elements by number, in places."""

    def show(self, screen: Screen, view: OrderView) -> list[str]:
        """See Shape."""
        return [line for e in view.elements for line in numbered(screen, e.token, e.text, word="Option")]

    def how_to_type(self, view: OrderView) -> str:
        """See Shape."""
        principle = f"{view.principle.rstrip('.')}. " if view.principle else ""
        return f"{principle}Type all the numbers in order, the first place first, with spaces between them."

    def read_line(self, view: OrderView, line: str, fields: Raw) -> Fields:
        """See Shape."""
        numbers = numbers_in(line)
        known = {element.token for element in view.elements}
        for number in numbers:
            if number not in known:
                raise Unreadable(f"There is no number {number[:20]!r}; the numbers are 1 to {len(known)}.")
            if numbers.count(number) > 1:
                raise Unreadable(f"Number {number} stands there twice; name each once.")
        if numbers and len(numbers) < len(known):
            raise Unreadable(f"Name all {len(known)} numbers; these are {len(numbers)}.")
        return {f"place-{number}": [str(place)] for place, number in enumerate(numbers, 1)}

    def typed(self, view: OrderView, fields: Raw) -> str:
        """See Shape."""
        places = {e.token: int(value(fields, f"place-{e.token}") or 0) for e in view.elements}
        return " ".join(sorted((token for token in places if places[token]), key=lambda token: places[token]))

    def print_lines(self, screen: Screen, view: OrderView) -> list[str]:
        """See Shape."""
        lines = screen.wrap(f"{view.principle.rstrip('.')}.") if view.principle else []
        lines += screen.wrap("Write its place, from 1, before each.")
        for element in view.elements:
            lines += screen.wrap(element.text, "  ____  ")
        return lines

    def explain(self, screen: Screen, view: OrderView, reveal: Reveal, *, is_answered: bool) -> list[str]:
        """See Shape."""
        rows = [(row, str(row.place), _place_words(row, is_answered)) for row in reveal.rows]
        return [line for row, place, words in rows for line in row_lines(screen, row, place, words, word="Place")]


def _place_words(row: RevealRow, is_answered: bool) -> str:
    if row.verdict == "right":
        return "Right place."
    if not is_answered:
        return ""
    return f"You gave this place {row.yours}." if row.yours else "You gave this no place."
