"""Categorise: with c ≥ 3 categories f = right/m and g = 1/c; with two f = max(0, TPR + TNR − 1).

TPR and TNR are the shares right within each of the two categories, so that putting everything into one earns
nothing; an element left out counts as wrong (measurement.md §2).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from math import comb
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.questions.model import Grade, Reveal, Slug, Strict
from app.questions.shapes import AssignResponse, AssignView, Raw, fill_assign, read_assign
from app.questions.types.assign import (
    Entry,
    Explained,
    all_wrong,
    assign_rows,
    count_right,
    key_signature,
    numbered,
    same_options,
    unique_ids,
)
from app.questions.types.base import Kind, Sample


class Member(Explained):
    """An element, and the id of the category that it belongs to."""

    category: Slug


class CategoriseBody(Strict):
    """Categories, shown as written, and elements to be put into them."""

    categories: Annotated[tuple[Entry, ...], Field(min_length=2, max_length=6)]
    elements: Annotated[tuple[Member, ...], Field(min_length=2, max_length=20)]

    @model_validator(mode="after")
    def _sound(self) -> CategoriseBody:
        unique_ids(self.categories, "category")
        unique_ids(self.elements, "element")
        for element in self.elements:
            if element.category not in self.texts:
                known = f"“{element.category}”, which is no category of this question"
                raise ValueError(f"“{element.id}” belongs to {known}.")
        for category in self.categories:
            if category.id not in self.sizes:
                message = "No element belongs to the category “{category}”."
                raise PydanticCustomError("TY-CA", message, {"category": category.id})
        return self

    @cached_property
    def key(self) -> dict[str, str]:
        """Element id → category id."""
        return {element.id: element.category for element in self.elements}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Category id → its name."""
        return {category.id: category.text for category in self.categories}

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Category id → how many elements belong to it."""
        return Counter(self.key.values())

    @cached_property
    def first_members(self) -> tuple[str, ...]:
        """The elements of the first category."""
        return tuple(element for element, category in self.key.items() if category == self.categories[0].id)

    @cached_property
    def guess(self) -> float:
        """The expected score of a blind guess, by enumeration for two categories."""
        if len(self.categories) > 2:
            return 1 / len(self.categories)
        one, both = len(self.first_members), len(self.elements)
        ways = (
            comb(one, i) * comb(both - one, j) * score_of_two(i, j, one, both)
            for i in range(one + 1)
            for j in range(both - one + 1)
        )
        return sum(ways) / (1 << both)


class Categorise(Kind[CategoriseBody, AssignResponse]):
    """Put each element into a category."""

    name = "categorise"
    label = "Categorise"
    instruction = "Give each a category."
    Body = CategoriseBody
    Response = AssignResponse

    def order(self, body: CategoriseBody, rng: random.Random) -> tuple[str, ...]:
        """The elements, shuffled; categories stay as written."""
        ids = list(body.key)
        rng.shuffle(ids)
        return tuple(ids)

    def view(self, body: CategoriseBody, order: Sequence[str]) -> AssignView:
        """See Kind."""
        categories = numbered(body.categories, list(body.texts))
        return AssignView(same_options(numbered(body.elements, order), categories), "grid")

    def read(self, body: CategoriseBody, raw: Raw, order: Sequence[str]) -> AssignResponse | None:
        """See Kind."""
        return read_assign(raw, dict.fromkeys(order, tuple(body.texts)))

    def fill(self, body: CategoriseBody, response: AssignResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_assign(response, dict.fromkeys(order, tuple(body.texts)))

    def grade(self, body: CategoriseBody, response: AssignResponse) -> Grade:
        """See Kind."""
        given = response.assigned
        right, reason = count_right(body.key, given, "in the right category")
        if len(body.categories) > 2:
            return Grade(right / len(body.key), reason)
        in_one = sum([given.get(element) == body.categories[0].id for element in body.first_members])
        return Grade(score_of_two(in_one, right - in_one, len(body.first_members), len(body.key)), reason)

    def reveal(self, body: CategoriseBody, response: AssignResponse | None) -> Reveal:
        """See Kind."""
        given = response.assigned if response else {}
        return Reveal(
            answer=_by_category(body, body.key),
            rows=assign_rows(body.elements, key=body.key, texts=body.texts, given=given),
            yours=_by_category(body, given),
        )

    def chance(self, body: CategoriseBody) -> float:
        """See Kind."""
        return body.guess

    def export(self, body: CategoriseBody) -> tuple[str, CategoriseBody]:
        """See Kind."""
        return "assign", body

    def samples(self, body: CategoriseBody) -> tuple[Sample[AssignResponse], ...]:
        """See Kind."""
        first = body.categories[0].id
        share = body.sizes[first] / len(body.key) if len(body.categories) > 2 else 0.0
        only_first = {element: category for element, category in body.key.items() if category == first}
        return (
            Sample(AssignResponse(assigned=body.key), 1.0),
            Sample(AssignResponse(assigned=all_wrong(body.key, list(body.texts))), 0.0),
            Sample(AssignResponse(assigned=dict.fromkeys(body.key, first)), share),
            Sample(AssignResponse(assigned=only_first), share),
            Sample(raw={"assign-1": ["99"]}),
            Sample(raw={"assign-2": ["1", "2"]}),
        )

    def signature(self, body: CategoriseBody) -> str:
        """See Kind."""
        return key_signature(body.key, body.texts)


def score_of_two(right_in_one: int, right_in_other: int, one: int, both: int) -> float:
    """TPR + TNR − 1, floored at 0: `one` elements belong to one category, the rest of `both` to the other."""
    return max(0.0, right_in_one / one + right_in_other / (both - one) - 1)


def _by_category(body: CategoriseBody, assigned: Mapping[str, str]) -> str:
    """Every category that is used, with its elements in words, as a sentence each."""
    members = [
        (category.text, [e.text.rstrip(".") for e in body.elements if assigned.get(e.id) == category.id])
        for category in body.categories
    ]
    return " ".join(f"{name}: {'; '.join(elements)}." for name, elements in members if elements)
