"""Probability: how likely is a statement? A forecast has no score: f = None, no g (measurement.md §2).

It stays out of marks, mastery and reviews. What is shown is its loss (p − o)², which nobody can lower by saying
anything else than what they believe.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from app.questions.model import Grade, Reveal, RevealRow, Strict, Text
from app.questions.shapes import ChanceResponse, ChanceView, Raw, fill_chance, read_chance
from app.questions.types.base import Kind, Sample

# Per cents that can be given: nobody is wholly sure.
STEPS = (1, *range(5, 100, 5), 99)
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class Resolution(Strict):
    """What settled the statement: a source and the place in it, the day, and what would have counted as true."""

    source: Said
    at: Said
    date: date
    criterion: Said


class ProbabilityBody(Strict):
    """Whether the statement came true, how that was settled, and what a reader could start from."""

    outcome: bool
    resolution: Resolution
    base_rate: Text = ""


class Probability(Kind[ProbabilityBody, ChanceResponse]):
    """Say how likely a statement is."""

    name = "probability"
    label = "Probability"
    lead = "How likely is it that this statement is true?"
    is_forecast = True
    instruction = f"Give a chance from {STEPS[0]} to {STEPS[-1]} %."
    Body = ProbabilityBody
    Response = ChanceResponse

    def order(self, body: ProbabilityBody, rng: random.Random) -> tuple[str, ...]:
        """Nothing is shuffled."""
        return ()

    def view(self, body: ProbabilityBody, order: Sequence[str]) -> ChanceView:
        """See Kind."""
        return ChanceView(STEPS)

    def read(self, body: ProbabilityBody, raw: Raw, order: Sequence[str]) -> ChanceResponse | None:
        """See Kind."""
        return read_chance(raw, STEPS)

    def fill(self, body: ProbabilityBody, response: ChanceResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_chance(response)

    def grade(self, body: ProbabilityBody, response: ChanceResponse) -> Grade:
        """No score, whatever was said."""
        return Grade(None, "a forecast has no mark")

    def reveal(self, body: ProbabilityBody, response: ChanceResponse | None) -> Reveal:
        """The outcome, how it was settled, and what a reader could have started from."""
        settled = body.resolution
        day = f"{settled.date.day} {settled.date:%B %Y}"
        yours = f"{response.percent} %" if response else ""
        told = (
            RevealRow("yours", yours, "neutral", chosen=True) if response else None,
            RevealRow("resolution", f"{settled.source}, {settled.at}, {day}", "neutral", settled.criterion),
            RevealRow("base-rate", "Where to start from", "neutral", body.base_rate) if body.base_rate else None,
        )
        answer = f"The statement turned out {'true' if body.outcome else 'false'}."
        return Reveal(answer, tuple(row for row in told if row), yours)

    def chance(self, body: ProbabilityBody) -> None:
        """There is no score to guess."""
        return

    def export(self, body: ProbabilityBody) -> tuple[str, ProbabilityBody]:
        """See Kind."""
        return "chance", body

    def samples(self, body: ProbabilityBody) -> tuple[Sample[ChanceResponse], ...]:
        """See Kind."""
        return (
            *(Sample(ChanceResponse(percent=step), None) for step in STEPS),
            Sample(raw={"chance": ["0"]}),
            Sample(raw={"chance": ["100"]}),
            Sample(raw={"chance": ["often"]}),
        )

    def signature(self, body: ProbabilityBody) -> str:
        """See Kind."""
        return "true" if body.outcome else "false"


def brier_loss(probability: float, outcome: bool) -> float:
    """(p − o)²: 0 for certainty that came true, 1 for certainty that did not; never floored."""
    return (probability - outcome) ** 2
