"""The closed set of shapes in which a question is shown, answered and exchanged.

Doors know shapes and not kinds: the terminal asks by shape, exchange formats write shapes. Options carry
tokens (their number in the order shown) and never the author's ids, which could name the key.
"""

from __future__ import annotations

from app.questions.shapes.assign import AssignPrompt, AssignResponse, AssignView, fill_assign, read_assign
from app.questions.shapes.base import Raw, ShownOption, tokens
from app.questions.shapes.choice import ChoiceResponse, ChoiceView, SentencesView, fill_choice, read_choice
from app.questions.shapes.gaps import Gap, GapsResponse, GapsView, fill_gaps, read_gaps
from app.questions.shapes.order import OrderResponse, OrderView, fill_order, read_order
from app.questions.shapes.typed import (
    ChanceResponse,
    ChanceView,
    NumberResponse,
    NumberView,
    TextResponse,
    TextView,
    fill_chance,
    fill_text,
    read_chance,
    read_lines,
    read_number_text,
    read_text,
)

View = ChoiceView | SentencesView | OrderView | AssignView | GapsView | TextView | NumberView | ChanceView
Response = (
    ChoiceResponse | OrderResponse | AssignResponse | GapsResponse | TextResponse | NumberResponse | ChanceResponse
)

__all__ = [
    "AssignPrompt",
    "AssignResponse",
    "AssignView",
    "ChanceResponse",
    "ChanceView",
    "ChoiceResponse",
    "ChoiceView",
    "Gap",
    "GapsResponse",
    "GapsView",
    "NumberResponse",
    "NumberView",
    "OrderResponse",
    "OrderView",
    "Raw",
    "Response",
    "SentencesView",
    "ShownOption",
    "TextResponse",
    "TextView",
    "View",
    "fill_assign",
    "fill_chance",
    "fill_choice",
    "fill_gaps",
    "fill_order",
    "fill_text",
    "read_assign",
    "read_chance",
    "read_choice",
    "read_gaps",
    "read_lines",
    "read_number_text",
    "read_order",
    "read_text",
    "tokens",
]
