"""Numeric: a typed number within a tolerance of the key (measurement.md §2).

absolute: |x−key| ≤ tol + ε; relative: ≤ tol·|key| + ε; factor (key > 0): from key/(1+t) − ε to key·(1+t) + ε;
ε = 1e-9·max(1, |key|). g = 0. What can be read in two ways is asked again and is not wrong. A number listed as wrong
may earn part of the mark.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Context
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.questions.model import SLACK, Grade, Reveal, RevealRow, Strict, Text, Verdict
from app.questions.shapes import NumberResponse, NumberView, Raw, fill_text, read_number_text
from app.questions.types.base import Kind, Sample
from app.questions.types.typed_number import number_value, read_number

MAX_LENGTH = 80
_DIGITS = Context(prec=15)


def _typable(value: float) -> float:
    if value and abs(value) < SLACK:
        raise ValueError("The number is too close to nought to be told from it.")
    return value


Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15), AfterValidator(_typable)]
Share = Annotated[float, Field(allow_inf_nan=False, ge=0, le=1000)]


class Tolerance(Strict):
    """How far from the key still counts: by so much, by a share of the key, or by a factor of 1 + t."""

    absolute: Annotated[float, Field(allow_inf_nan=False, ge=0, le=1e15)] | None = None
    relative: Share | None = None
    factor: Share | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> Tolerance:
        if len([given for given in (self.absolute, self.relative, self.factor) if given is not None]) != 1:
            raise ValueError("A tolerance is one of “absolute”, “relative” and “factor”.")
        return self

    def bounds(self, key: float) -> tuple[float, float]:
        """The lowest and the highest number that counts, without ε."""
        if self.factor is not None:
            return key / (1 + self.factor), key * (1 + self.factor)
        off = self.relative * abs(key) if self.relative is not None else self.absolute or 0.0
        return key - off, key + off


class WrongNumber(Strict):
    """A wrong number that learners give, with what to tell them, and a `credit` where it is nearly right."""

    value: Number
    feedback: Text = ""
    credit: Annotated[float, Field(allow_inf_nan=False, ge=0, lt=1)] = 0.0

    def is_meant(self, value: float) -> bool:
        """Whether a number is this one, within rounding."""
        return abs(self.value - value) <= SLACK * max(1.0, abs(self.value))


class NumericBody(Strict):
    """A key with its unit and tolerance, and known wrong numbers."""

    key: Number
    unit: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    tolerance: Tolerance
    percent: bool = False
    estimate: bool = False
    rounding: Text = ""
    wrong: Annotated[tuple[WrongNumber, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _sound(self) -> NumericBody:
        if self.tolerance.relative is not None and self.key == 0:
            raise PydanticCustomError("TY-NU", "A share of nought is nought: give an “absolute” tolerance.")
        if self.tolerance.factor is not None and self.key <= 0:
            raise PydanticCustomError("TY-NU", "A “factor” needs a key above nought.")
        for known in self.wrong:
            if self.is_right(known.value):
                message = "{value} is listed as wrong, but the tolerance lets it count as right."
                raise PydanticCustomError("TY-NU", message, {"value": show_number(known.value)})
        return self

    @cached_property
    def accepted(self) -> tuple[float, float]:
        """The lowest and the highest number that counts, with ε."""
        low, high = self.tolerance.bounds(self.key)
        slack = SLACK * max(1.0, abs(self.key))
        return low - slack, high + slack

    def is_right(self, value: float) -> bool:
        """Whether a number counts as right."""
        low, high = self.accepted
        return low <= value <= high

    def listed(self, value: float) -> WrongNumber | None:
        """The number listed as wrong that `value` is, if any."""
        return next((known for known in self.wrong if known.is_meant(value)), None)

    def credit(self, value: float) -> float:
        """What a number earns, 0..1."""
        if self.is_right(value):
            return 1.0
        known = self.listed(value)
        return known.credit if known else 0.0


class Numeric(Kind[NumericBody, NumberResponse]):
    """Type a number."""

    name = "numeric"
    label = "Numeric"
    instruction = "Type a number."
    asks_confidence = True
    Body = NumericBody
    Response = NumberResponse

    def order(self, body: NumericBody, rng: random.Random) -> tuple[str, ...]:
        """Nothing is shuffled."""
        return ()

    def view(self, body: NumericBody, order: Sequence[str]) -> NumberView:
        """See Kind."""
        return NumberView(body.unit, body.rounding, MAX_LENGTH, body.percent)

    def read(self, body: NumericBody, raw: Raw, order: Sequence[str]) -> NumberResponse | None:
        """The number as typed, without the unit or “%” behind it."""
        text = read_number_text(raw, max_length=MAX_LENGTH)
        return NumberResponse(text=read_number(text, unit=body.unit, percent=body.percent)) if text else None

    def fill(self, body: NumericBody, response: NumberResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_text(response)

    def grade(self, body: NumericBody, response: NumberResponse) -> Grade:
        """See Kind."""
        return Grade(body.credit(float(number_value(response.text))))

    def reveal(self, body: NumericBody, response: NumberResponse | None) -> Reveal:
        """See Kind."""
        return Reveal(
            answer=f"{_with_unit(show_number(body.key), body.unit)}{_range(body)}",
            rows=(_row(body, response.text),) if response else (),
            yours=_with_unit(response.text, body.unit) if response else "",
        )

    def chance(self, body: NumericBody) -> float:
        """See Kind."""
        return 0.0

    def export(self, body: NumericBody) -> tuple[str, NumericBody]:
        """See Kind."""
        return "number", body

    def samples(self, body: NumericBody) -> tuple[Sample[NumberResponse], ...]:
        """See Kind."""
        top = max([body.accepted[1], *(known.value for known in body.wrong)])
        beyond = top + 2 * max(1.0, abs(body.key), abs(top))
        wrong = (beyond, *(known.value for known in body.wrong))
        return (
            Sample(NumberResponse(text=_typed(body.key)), 1.0),
            *(Sample(NumberResponse(text=_typed(value)), body.credit(value)) for value in wrong),
            Sample(raw={"text": ["1,000"]}),
            Sample(raw={"text": ["--1"]}),
            Sample(raw={"text": ["many"]}),
        )

    def signature(self, body: NumericBody) -> str:
        """Key, unit, tolerance and credits: each of them changes what is right."""
        kind, size = next(iter(body.tolerance.model_dump(exclude_none=True).items()))
        near = "".join(f" {known.value!r}={known.credit!r}" for known in body.wrong if known.credit)
        return f"{body.key!r} {body.unit.casefold()} {kind}={size!r}{near}"


def _with_unit(number: str, unit: str) -> str:
    return f"{number} {unit}" if unit else number


def show_number(value: float) -> str:
    """A number in words for people: no exponent, no nought behind the last digit, no dust of binary fractions."""
    text = format(_DIGITS.create_decimal(repr(value)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "−")


def _typed(value: float) -> str:
    """A number as it can be typed: with three decimals it could be read in two ways."""
    text = show_number(value)
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def _range(body: NumericBody) -> str:
    low, high = (show_number(bound) for bound in body.tolerance.bounds(body.key))
    return f" (anything from {low} to {high} counts)" if low != high else ""


def _row(body: NumericBody, text: str) -> RevealRow:
    value = float(number_value(text))
    if body.is_right(value):
        return RevealRow("yours", text, "right", is_key=True, chosen=True)
    known = body.listed(value)
    verdict: Verdict = "partly" if body.credit(value) else "wrong"
    return RevealRow("yours", text, verdict, known.feedback if known else "", chosen=True)
