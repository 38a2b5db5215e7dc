"""Single choice: one key. f = 1 for the key, else 0; g = 1/k (measurement.md §2).

A wrong option may have a credit: then f is that, from 0 on, and g is the mean over all options.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.questions.model import Grade, Reveal, Text
from app.questions.shapes import ChoiceResponse, ChoiceView, Raw, fill_choice, read_choice
from app.questions.types.base import Kind, Option, Sample
from app.questions.types.choice import (
    ROUNDED,
    ChoiceBody,
    clipped,
    option_order,
    options_signature,
    reveal_options,
    shown_options,
)


class SingleChoiceBody(ChoiceBody):
    """Three to seven options of which one is the key."""

    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=12)]
    shuffle: bool = True
    shuffle_reason: Text = ""

    @model_validator(mode="after")
    def _one_key(self) -> SingleChoiceBody:
        if len(self.keys) != 1:
            message = "Single choice has exactly one option with “key: true”; this has {count}."
            raise PydanticCustomError("MC-12", message, {"count": len(self.keys)})
        for option in self.options:
            full = option.credit is None or option.credit >= 1 - ROUNDED
            if option.key and not full:
                raise PydanticCustomError("MC-12", "The key of a single choice has the credit 1, or says none.")
            if not option.key and full and option.credit is not None:
                message = "“{id}” is no key, so its credit is below 1."
                raise PydanticCustomError("MC-12", message, {"id": option.id})
        return self

    @cached_property
    def credits(self) -> dict[str, float]:
        """What choosing each option adds: 1 for the key, else its credit or nothing."""
        return {option.id: 1.0 if option.key else option.credit or 0.0 for option in self.options}


class SingleChoice(Kind[SingleChoiceBody, ChoiceResponse]):
    """Choose one."""

    name = "single_choice"
    label = "Single choice"
    instruction = "Choose one."
    asks_confidence = True
    Body = SingleChoiceBody
    Response = ChoiceResponse

    def order(self, body: SingleChoiceBody, rng: random.Random) -> tuple[str, ...]:
        """See Kind."""
        return option_order(body, rng)

    def view(self, body: SingleChoiceBody, order: Sequence[str]) -> ChoiceView:
        """See Kind."""
        return ChoiceView(shown_options(body, order), multiple=False)

    def read(self, body: SingleChoiceBody, raw: Raw, order: Sequence[str]) -> ChoiceResponse | None:
        """See Kind."""
        return read_choice(raw, order, multiple=False)

    def fill(self, body: SingleChoiceBody, response: ChoiceResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_choice(response, order)

    def grade(self, body: SingleChoiceBody, response: ChoiceResponse) -> Grade:
        """See Kind."""
        return Grade(clipped(body.credits[response.chosen[0]]))

    def reveal(self, body: SingleChoiceBody, response: ChoiceResponse | None) -> Reveal:
        """See Kind."""
        return reveal_options(body, response)

    def chance(self, body: SingleChoiceBody) -> float:
        """See Kind."""
        return sum(map(clipped, body.credits.values())) / len(body.options)

    def export(self, body: SingleChoiceBody) -> tuple[str, SingleChoiceBody]:
        """See Kind."""
        return "choice", body

    def samples(self, body: SingleChoiceBody) -> tuple[Sample[ChoiceResponse], ...]:
        """See Kind."""
        chosen = (Sample(ChoiceResponse(chosen=(o,)), clipped(credit)) for o, credit in body.credits.items())
        return (*chosen, Sample(raw={"choice": ["99"]}), Sample(raw={"choice": ["1", "2"]}))

    def signature(self, body: SingleChoiceBody) -> str:
        """See Kind."""
        return options_signature(body.options)
