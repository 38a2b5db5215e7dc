"""A rubric of criteria and levels, and the score of the levels given: f = Σw·(level/max)/Σw (measurement.md §2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.errors import Invalid
from app.questions.model import Slug, Strict, Text

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class Criterion(Strict):
    """What is looked at, and what each level of it looks like, from 0."""

    id: Slug
    criterion: Words
    weight: Annotated[float, Field(gt=0, le=100)] = 1.0
    levels: Annotated[tuple[Words, ...], Field(min_length=2, max_length=8)]

    @property
    def top(self) -> int:
        """The number of the highest level."""
        return len(self.levels) - 1


class Anchor(Strict):
    """An answer that has been marked, to compare others with."""

    text: Text
    levels: dict[Slug, int]
    comment: Text = ""


class Rubric(Strict):
    """Criteria with their levels, and answers marked by them."""

    rubric: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=10)]
    anchors: Annotated[tuple[Anchor, ...], Field(max_length=10)] = ()

    @model_validator(mode="after")
    def _anchors_are_marked_by_it(self) -> Rubric:
        ids = [criterion.id for criterion in self.rubric]
        twice = [key for key in ids if ids.count(key) > 1]
        if twice:
            raise ValueError(f"The criterion id “{twice[0]}” is used twice.")
        for number, anchor in enumerate(self.anchors, 1):
            try:
                rubric_score(self, anchor.levels)
            except Invalid as problem:
                raise ValueError(f"Anchor {number}: {problem.message}") from problem
        return self


def rubric_score(body: Rubric, levels: Mapping[str, int]) -> float:
    """The score 0..1 of these levels, by criterion id. Raises Invalid unless each criterion has one of its levels."""
    known = {criterion.id: criterion for criterion in body.rubric}
    for key in levels:
        if key not in known:
            raise Invalid(f"There is no criterion “{key}”; the criteria are {', '.join(known)}.", where=key)
    earned = 0.0
    for key, criterion in known.items():
        level = levels.get(key)
        if level is None:
            raise Invalid(f"Give a level from 0 to {criterion.top} for “{criterion.criterion}” ({key}).", where=key)
        if type(level) is not int or not 0 <= level <= criterion.top:
            said = f"“{criterion.criterion}” ({key}) has levels from 0 to {criterion.top}, not {level}."
            raise Invalid(said, where=key)
        earned += criterion.weight * level / criterion.top
    return min(1.0, earned / sum(criterion.weight for criterion in body.rubric))


def needs_third_rater(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Whether two raters are more than one level apart in a criterion; otherwise the mean of both counts."""
    return any(abs(level - other[key]) > 1 for key, level in one.items())
