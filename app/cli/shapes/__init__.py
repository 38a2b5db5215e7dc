"""Questions in the terminal, by the shape of their view. Nothing here knows a kind."""

from __future__ import annotations

from app.cli.shapes.assign import Pairs, still_blank
from app.cli.shapes.base import AnyShape, Fields
from app.cli.shapes.choice import Choice, Sentences
from app.cli.shapes.gaps import Gaps
from app.cli.shapes.number import Chance, Number
from app.cli.shapes.order import Order
from app.cli.shapes.text import Line, Lines
from app.cli.shapes.tiers import Tiers
from app.questions.shapes import (
    AssignView,
    ChanceView,
    ChoiceView,
    GapsView,
    NumberView,
    OrderView,
    SentencesView,
    TextView,
    View,
)

SHAPES: dict[type, AnyShape] = {
    ChoiceView: Choice(),
    SentencesView: Sentences(),
    OrderView: Order(),
    AssignView: Pairs(),
    GapsView: Gaps(),
    TextView: Line(),
    NumberView: Number(),
    ChanceView: Chance(),
}
TIERS, LINES = Tiers(), Lines()


def shape_of(view: View) -> AnyShape:
    """How this view is shown, typed, printed and explained."""
    if isinstance(view, AssignView) and view.style == "tiers":
        return TIERS
    if isinstance(view, TextView) and view.lines > 1:
        return LINES
    return SHAPES[type(view)]


__all__ = ["SHAPES", "AnyShape", "Fields", "shape_of", "still_blank"]
