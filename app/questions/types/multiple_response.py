"""Multiple response: n options, k keys, h hits, a false alarms: f = max(0, h/k − a/(n−k)).

The formula and its reasons are in measurement.md §2. Where an option has a credit, f is the sum of the credits of
what was chosen instead, clipped to 0..1 (docs/decisions/007).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import comb
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.questions.model import Grade, Reveal
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


class MultipleResponseBody(ChoiceBody):
    """Options of which some are keys and some are not."""

    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=12)]

    @model_validator(mode="after")
    def _some_keys(self) -> MultipleResponseBody:
        if not 0 < len(self.keys) < len(self.options):
            raise ValueError("Multiple response has at least one right and one wrong option.")
        return self

    @model_validator(mode="after")
    def _credits_make_one(self) -> MultipleResponseBody:
        if not self.has_credits:
            return self
        for option in self.options:
            credit = option.credit or 0.0
            if (credit <= 0) if option.key else (credit > 0):
                message = "“{id}”: with credits, each key has one above 0, and a wrong option has 0 or less."
                raise PydanticCustomError("TY-MR", message, {"id": option.id})
        total = sum(self.credits[key] for key in self.keys)
        if abs(total - 1) > ROUNDED:
            message = "The credits of the keys make {total}; together they make 1."
            raise PydanticCustomError("TY-MR", message, {"total": f"{total:.4g}"})
        return self


class MultipleResponse(Kind[MultipleResponseBody, ChoiceResponse]):
    """Select all that apply."""

    name = "multiple_response"
    label = "Multiple response"
    Body = MultipleResponseBody
    Response = ChoiceResponse

    def order(self, body: MultipleResponseBody, rng: random.Random) -> tuple[str, ...]:
        """See Kind."""
        return option_order(body, rng)

    def view(self, body: MultipleResponseBody, order: Sequence[str]) -> ChoiceView:
        """See Kind."""
        return ChoiceView(shown_options(body, order), multiple=True)

    def read(self, body: MultipleResponseBody, raw: Raw, order: Sequence[str]) -> ChoiceResponse | None:
        """See Kind."""
        return read_choice(raw, order, multiple=True)

    def fill(self, body: MultipleResponseBody, response: ChoiceResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_choice(response, order)

    def grade(self, body: MultipleResponseBody, response: ChoiceResponse) -> Grade:
        """See Kind."""
        hits = len(body.keys & set(response.chosen))
        false_alarms = len(set(response.chosen) - body.keys)
        reason = f"{hits} of {len(body.keys)} right ones selected"
        if false_alarms:
            reason += f", {false_alarms} wrong one{'s' if false_alarms > 1 else ''} too"
        if body.has_credits:
            return Grade(clipped(sum(body.credits[option] for option in response.chosen)), reason)
        return Grade(score(hits, false_alarms, keys=len(body.keys), options=len(body.options)), reason)

    def reveal(self, body: MultipleResponseBody, response: ChoiceResponse | None) -> Reveal:
        """See Kind."""
        return reveal_options(body, response)

    def chance(self, body: MultipleResponseBody) -> float:
        """By enumeration, each option selected with probability ½."""
        k, n = len(body.keys), len(body.options)
        if body.has_credits:
            totals = [0.0]
            for credit in body.credits.values():
                totals += [total + credit for total in totals]
            return sum(map(clipped, totals)) / (1 << n)
        ways = (
            comb(k, h) * comb(n - k, a) * score(h, a, keys=k, options=n) for h in range(k + 1) for a in range(n - k + 1)
        )
        return sum(ways) / (1 << n)

    def export(self, body: MultipleResponseBody) -> tuple[str, MultipleResponseBody]:
        """See Kind."""
        return "choice", body

    def samples(self, body: MultipleResponseBody) -> tuple[Sample[ChoiceResponse], ...]:
        """See Kind."""
        everything = tuple(sorted(option.id for option in body.options))
        keys = tuple(sorted(body.keys))
        wrong = tuple(sorted(set(everything) - body.keys))
        all_of_them = clipped(sum(body.credits.values())) if body.has_credits else 0.0
        first = clipped(body.credits[keys[0]]) if body.has_credits else 1 / len(keys)
        return (
            Sample(ChoiceResponse(chosen=keys), 1.0),
            # With credits it may be the full mark, but it is no right answer.
            *([Sample(ChoiceResponse(chosen=everything), all_of_them)] if all_of_them < 1 else []),
            Sample(ChoiceResponse(chosen=wrong), 0.0),
            Sample(ChoiceResponse(chosen=keys[:1]), first),
            Sample(raw={"choice": ["0"]}),
            Sample(raw={"choice": ["1", "many"]}),
        )

    def signature(self, body: MultipleResponseBody) -> str:
        """See Kind."""
        return options_signature(body.options)


def score(hits: int, false_alarms: int, *, keys: int, options: int) -> float:
    """f = max(0, h/k − a/(n−k)); ticking everything or nothing earns 0."""
    return max(0.0, hits / keys - false_alarms / (options - keys))
