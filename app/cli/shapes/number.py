"""Type a number, or a chance in per cent."""

from __future__ import annotations

from app.cli.screen import Screen
from app.cli.shapes.base import RULE, Fields, Shape, listed, value
from app.cli.shapes.text import said_lines
from app.errors import Unreadable
from app.questions.model import Reveal
from app.questions.shapes import ChanceView, NumberView, Raw


class Number(Shape[NumberView]):
    """A number, with its unit and how exact it should be."""

    def show(self, screen: Screen, view: NumberView) -> list[str]:
        """See Shape."""
        said = _unit_and_rounding(view)
        return screen.wrap(said) if said else []

    def how_to_type(self, view: NumberView) -> str:
        """See Shape."""
        percent = " 30 and 30% are the same here." if view.percent else ""
        return f"Use digits, with a point or a comma before decimals.{percent}"

    def prompt(self, screen: Screen, view: NumberView, fields: Raw) -> str:
        """See Shape."""
        return f"Answer, in {view.unit}" if view.unit else "Answer"

    def read_line(self, view: NumberView, line: str, fields: Raw) -> Fields:
        """See Shape."""
        return {"text": [line]}

    def typed(self, view: NumberView, fields: Raw) -> str:
        """See Shape."""
        return value(fields, "text")

    def print_lines(self, screen: Screen, view: NumberView) -> list[str]:
        """See Shape."""
        rounding = screen.wrap(view.rounding) if view.rounding else []
        return [*rounding, f"  {RULE} {view.unit}".rstrip()]

    def explain(self, screen: Screen, view: NumberView, reveal: Reveal, *, is_answered: bool) -> list[str]:
        """See Shape."""
        return said_lines(screen, reveal, ("Your answer", "Right answer"))


def _unit_and_rounding(view: NumberView) -> str:
    unit = f"Unit: {view.unit}." if view.unit else ""
    return f"{unit} {view.rounding}".strip()


class Chance(Shape[ChanceView]):
    """How likely a statement is, out of the per cents that can be given."""

    def show(self, screen: Screen, view: ChanceView) -> list[str]:
        """See Shape."""
        return screen.wrap(f"Per cents to choose from: {', '.join(map(str, view.steps))}.")

    def how_to_type(self, view: ChanceView) -> str:
        """See Shape."""
        return f"Type how likely it is, such as {view.steps[len(view.steps) // 2]} for {_middle(view)} %."

    def prompt(self, screen: Screen, view: ChanceView, fields: Raw) -> str:
        """See Shape."""
        return "Chance in per cent"

    def read_line(self, view: ChanceView, line: str, fields: Raw) -> Fields:
        """See Shape."""
        text = line.lower().removesuffix("per cent").removesuffix("percent").rstrip(" %")
        if not text.isascii() or not text.isdigit() or len(text) > 3:
            raise Unreadable(f"Type a per cent from {view.steps[0]} to {view.steps[-1]}, such as {_middle(view)}.")
        if int(text) not in view.steps:
            near = sorted(sorted(view.steps, key=lambda step: (abs(step - int(text)), step))[:2])
            raise Unreadable(f"{int(text)} is not among the per cents; the nearest are {listed([*map(str, near)])}.")
        return {"chance": [str(int(text))]}

    def typed(self, view: ChanceView, fields: Raw) -> str:
        """See Shape."""
        return f"{value(fields, 'chance')} %" if value(fields, "chance") else ""

    def print_lines(self, screen: Screen, view: ChanceView) -> list[str]:
        """See Shape."""
        return [*self.show(screen, view), "  ________ %"]

    def explain(self, screen: Screen, view: ChanceView, reveal: Reveal, *, is_answered: bool) -> list[str]:
        """See Shape."""
        return said_lines(screen, reveal, ("You said", "What happened"))


def _middle(view: ChanceView) -> int:
    return view.steps[len(view.steps) // 2]
