"""Ordering: of the P pairs whose key ranks differ, C in order and D reversed: f = max(0, (C − D)/P).

Without ties this is Kendall's τ floored at 0; a pair with an unplaced element counts in P only
(measurement.md §2).
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import combinations, permutations
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.questions.model import Grade, Reveal, RevealRow, Slug, Strict, Text
from app.questions.shapes import OrderResponse, OrderView, Raw, ShownOption, fill_order, read_order
from app.questions.types.base import Kind, OptionText, Sample


class Element(Strict):
    """One thing to be put in order. Equal `rank`s are ties; `date` is for the author and is not shown."""

    id: Slug
    text: OptionText
    feedback: Text = ""
    rank: Annotated[int, Field(ge=1)] | None = None
    date: str | None = None


class OrderingBody(Strict):
    """Elements written in the right order, and the principle that orders them."""

    principle: Text = ""
    elements: Annotated[tuple[Element, ...], Field(min_length=2, max_length=10)]

    @model_validator(mode="after")
    def _sound(self) -> OrderingBody:
        ids = [element.id for element in self.elements]
        if len(set(ids)) < len(ids):
            raise ValueError(f"The element id “{next(i for i in ids if ids.count(i) > 1)}” is used twice.")
        if len({element.rank is None for element in self.elements}) > 1:
            raise ValueError("Give every element a “rank”, or none of them.")
        if len(set(self.ranks.values())) < 2:
            raise PydanticCustomError("TY-OR", "All elements have one rank, so there is nothing to order.")
        return self

    @cached_property
    def chance(self) -> float:
        """The mean score over all orders; worked out once, for seven elements have 5,040."""
        ids = list(self.ranks)
        scores = []
        for shuffled in permutations(range(1, len(ids) + 1)):
            concordant, discordant, pairs = count_pairs(self.ranks, dict(zip(ids, shuffled, strict=True)))
            scores.append(max(0.0, (concordant - discordant) / pairs))
        return sum(scores) / len(scores)

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Element id → rank in the key."""
        return {element.id: element.rank or number for number, element in enumerate(self.elements, 1)}


class Ordering(Kind[OrderingBody, OrderResponse]):
    """Put in order."""

    name = "ordering"
    label = "Ordering"
    instruction = "Give each a place."
    Body = OrderingBody
    Response = OrderResponse

    def order(self, body: OrderingBody, rng: random.Random) -> tuple[str, ...]:
        """Shuffled, and never by chance in a right order, which would answer the question."""
        ranks = body.ranks
        ids = list(ranks)
        rng.shuffle(ids)
        while [ranks[key] for key in ids] == sorted(ranks.values()):
            rng.shuffle(ids)
        return tuple(ids)

    def view(self, body: OrderingBody, order: Sequence[str]) -> OrderView:
        """See Kind."""
        texts = {element.id: element.text for element in body.elements}
        shown = tuple(ShownOption(str(number), texts[key]) for number, key in enumerate(order, 1))
        return OrderView(shown, body.principle)

    def read(self, body: OrderingBody, raw: Raw, order: Sequence[str]) -> OrderResponse | None:
        """See Kind."""
        return read_order(raw, order)

    def fill(self, body: OrderingBody, response: OrderResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_order(response, order)

    def grade(self, body: OrderingBody, response: OrderResponse) -> Grade:
        """See Kind."""
        concordant, discordant, pairs = count_pairs(body.ranks, response.places)
        return Grade(max(0.0, (concordant - discordant) / pairs), f"{concordant} of {pairs} pairs in the right order")

    def reveal(self, body: OrderingBody, response: OrderResponse | None) -> Reveal:
        """See Kind."""
        places = response.places if response else {}
        rows = tuple(_row(element, places.get(element.id), body) for element in _sorted(body))
        by_place = sorted((r for r in rows if r.yours), key=lambda r: r.yours or 0)
        return Reveal(
            answer=" → ".join(row.text for row in rows),
            rows=rows,
            yours=" → ".join(row.text for row in by_place),
        )

    def chance(self, body: OrderingBody) -> float:
        """See Kind."""
        return body.chance

    def export(self, body: OrderingBody) -> tuple[str, OrderingBody]:
        """See Kind."""
        return "order", body

    def samples(self, body: OrderingBody) -> tuple[Sample[OrderResponse], ...]:
        """See Kind."""
        right = [element.id for element in _sorted(body)]
        backwards = {key: place for place, key in enumerate(reversed(right), 1)}
        first_only = {right[0]: 1}
        return (
            Sample(OrderResponse(places={key: place for place, key in enumerate(right, 1)}), 1.0),
            Sample(OrderResponse(places=backwards), 0.0),
            Sample(OrderResponse(places=first_only), 0.0),
            Sample(raw={"place-1": ["1"], "place-2": ["1"]}),
            Sample(raw={"place-1": ["first"]}),
            Sample(raw={"place-1": ["77"]}),
        )

    def signature(self, body: OrderingBody) -> str:
        """See Kind."""
        return " ".join(f"{key}:{rank}" for key, rank in sorted(body.ranks.items()))


def count_pairs(ranks: Mapping[str, int], places: Mapping[str, int]) -> tuple[int, int, int]:
    """C, D and P: pairs in order, pairs reversed, and all pairs whose ranks in the key differ."""
    concordant = discordant = pairs = 0
    for one, other in combinations(ranks, 2):
        if ranks[one] == ranks[other]:
            continue
        pairs += 1
        if one in places and other in places and places[one] != places[other]:
            same_way = (ranks[one] < ranks[other]) == (places[one] < places[other])
            concordant, discordant = concordant + same_way, discordant + (not same_way)
    return concordant, discordant, pairs


def _sorted(body: OrderingBody) -> list[Element]:
    return sorted(body.elements, key=lambda element: body.ranks[element.id])


def _row(element: Element, yours: int | None, body: OrderingBody) -> RevealRow:
    below = sum(rank < body.ranks[element.id] for rank in body.ranks.values())
    tied = sum(rank == body.ranks[element.id] for rank in body.ranks.values())
    fits = yours is not None and below < yours <= below + tied
    return RevealRow(
        element.id,
        element.text,
        "right" if fits else ("missed" if yours is None else "wrong"),
        element.feedback,
        is_key=True,
        chosen=yours is not None,
        place=below + 1,
        yours=yours,
    )
