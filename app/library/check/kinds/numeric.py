"""Numeric: a unit, and a tolerance that fits the key."""

from __future__ import annotations

from app.library.check.parts import Part, parts, shown_besides
from app.library.check.rule import Rule, Said, each_question
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.numeric import NumericBody, show_number

_MOST = 0.25


@parts.register
def _parts(body: NumericBody) -> list[Part]:
    key = Part("key", f"{show_number(body.key)} {body.unit}".rstrip(), "", key=True, explains=False, shown=False)
    wrong = [(show_number(known.value), known.feedback) for known in body.wrong]
    return [key, *(Part(value, value, feedback, key=False, shown=False) for value, feedback in wrong)]


@shown_besides.register
def _shown(body: NumericBody) -> list[str]:
    return [body.unit, body.rounding]


def _numeric(library: Library, question: Question) -> Said:
    """The loader refuses a tolerance that cannot be, under this very id."""
    body: NumericBody = question.body
    if not body.unit:
        yield "warning", "It has no “unit”; say what is counted or measured, such as crates or km."
    low, high = body.tolerance.bounds(body.key)
    if low == high and not body.key.is_integer():
        yield "warning", f"It accepts {show_number(body.key)} alone; a number with decimals needs room for rounding."
    wide = body.tolerance.factor or (high - body.key) / abs(body.key or 1)
    if wide > _MOST and not body.estimate:
        yield "warning", "It accepts more than 25 % off the key; narrow that, or say “estimate: true”."
    if body.unit.startswith("%") and not body.percent:
        yield "warning", "Its unit is “%”; say “percent: true”, so that 30 and 30% are both read."


RULES: dict[str, Rule] = {
    "TY-NU": Rule(
        "error for a relative tolerance of the key 0, a factor on a key of 0 or less, or a wrong number that counts as "
        "right; warning for no unit, tolerance 0 on a number with decimals, more than 25 % without “estimate: true”, "
        "or the unit % without “percent: true”",
        "A numeric question has a unit, and a tolerance that fits its key.",
        each_question(_numeric, NumericBody),
    ),
}
