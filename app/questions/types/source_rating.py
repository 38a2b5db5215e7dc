"""Source rating on the Admiralty grid: f = the credit of the chosen cell, else 0; g = the mean credit of all 36.

Exactly one cell, the best reading, has the credit 1. F and 6 are cells like others: “cannot be judged” is a
judgement, not a skipped answer (measurement.md §2).
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.questions.model import Grade, Reveal, RevealRow, Strict, Text, Verdict
from app.questions.shapes import (
    AssignPrompt,
    AssignResponse,
    AssignView,
    Raw,
    ShownOption,
    fill_assign,
    read_assign,
)
from app.questions.types.base import Kind, Sample

SOURCE = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CONTENT = {
    "1": "confirmed",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
CELLS = tuple(letter + number for letter in SOURCE for number in CONTENT)
_SHOWN: Mapping[str, Sequence[str]] = {"source": tuple(SOURCE), "content": tuple(CONTENT)}


class RatedCell(Strict):
    """A cell that can be defended: what it earns, and why."""

    cell: Annotated[str, StringConstraints(pattern=r"^[A-F][1-6]$")]
    credit: Annotated[float, Field(gt=0, le=1)]
    reason: Text = ""


class SourceRatingBody(Strict):
    """The cells that earn something, and why the others do not fit."""

    # The two scales, for those who draw the grid.
    letters: ClassVar[Mapping[str, str]] = SOURCE
    numbers: ClassVar[Mapping[str, str]] = CONTENT

    cells: Annotated[tuple[RatedCell, ...], Field(min_length=1, max_length=36)]
    rest: Text = ""

    @model_validator(mode="after")
    def _one_best(self) -> SourceRatingBody:
        names = [entry.cell for entry in self.cells]
        if len(self.credits) < len(names):
            raise ValueError(f"The cell “{next(cell for cell in names if names.count(cell) > 1)}” is used twice.")
        best = [entry for entry in self.cells if entry.credit == 1]
        if len(best) != 1:
            message = "Exactly one cell, the best reading, has the credit 1; here {count} have."
            raise PydanticCustomError("TY-AR", message, {"count": len(best)})
        return self

    @cached_property
    def credits(self) -> dict[str, float]:
        """Cell → what it earns, for the cells that earn something."""
        return {entry.cell: entry.credit for entry in self.cells}

    @property
    def best(self) -> str:
        """The cell with the credit 1."""
        return next(entry.cell for entry in self.cells if entry.credit == 1)


class SourceRating(Kind[SourceRatingBody, AssignResponse]):
    """Grade a source by a letter and its content by a number."""

    name = "source_rating"
    label = "Source rating"
    instruction = "Choose a letter for the source and a number for what it says."
    Body = SourceRatingBody
    Response = AssignResponse

    def order(self, body: SourceRatingBody, rng: random.Random) -> tuple[str, ...]:
        """Nothing is shuffled."""
        return ()

    def view(self, body: SourceRatingBody, order: Sequence[str]) -> AssignView:
        """See Kind."""
        source = AssignPrompt("1", "How reliable is the source?", _scale(SOURCE))
        content = AssignPrompt("2", "How likely is it that the content is true?", _scale(CONTENT))
        return AssignView((source, content), "tiers")

    def read(self, body: SourceRatingBody, raw: Raw, order: Sequence[str]) -> AssignResponse | None:
        """See Kind."""
        return read_assign(raw, _SHOWN)

    def fill(self, body: SourceRatingBody, response: AssignResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_assign(response, _SHOWN)

    def grade(self, body: SourceRatingBody, response: AssignResponse) -> Grade:
        """See Kind."""
        given = response.assigned
        if len(given) < 2:
            return Grade(0.0, "number missing" if "source" in given else "letter missing")
        credit = body.credits.get(_cell(given), 0.0)
        if credit == 1:
            return Grade(1.0, "the best reading")
        return Grade(credit, "can be defended, but is not the best reading" if credit else "does not fit the report")

    def reveal(self, body: SourceRatingBody, response: AssignResponse | None) -> Reveal:
        """See Kind."""
        chosen = _cell(response.assigned) if response else ""
        rows = tuple(_row(entry, chosen) for entry in body.cells)
        if chosen and chosen not in body.credits:
            why = body.rest if chosen in CELLS else "A grade has a letter and a number."
            rows += (RevealRow(chosen, cell_text(chosen), "wrong", why, chosen=True),)
        return Reveal(cell_text(body.best), rows, cell_text(chosen))

    def chance(self, body: SourceRatingBody) -> float:
        """See Kind."""
        return sum(body.credits.values()) / len(CELLS)

    def export(self, body: SourceRatingBody) -> tuple[str, SourceRatingBody]:
        """See Kind."""
        return "assign", body

    def samples(self, body: SourceRatingBody) -> tuple[Sample[AssignResponse], ...]:
        """Every cell, half an answer, and what cannot be read."""
        return (
            *(Sample(_response(cell), body.credits.get(cell, 0.0)) for cell in CELLS),
            Sample(AssignResponse(assigned={"source": body.best[0]}), 0.0),
            Sample(AssignResponse(assigned={"content": body.best[1]}), 0.0),
            Sample(raw={"assign-1": ["B"], "assign-2": ["2"]}),
            Sample(raw={"assign-1": ["2"], "assign-2": ["7"]}),
            Sample(raw={"assign-1": ["1", "2"]}),
        )

    def signature(self, body: SourceRatingBody) -> str:
        """See Kind."""
        return " ".join(f"{cell}={credit:g}" for cell, credit in sorted(body.credits.items()))


def cell_text(cell: str) -> str:
    """A cell in words: “B2, usually reliable and probably true”; half a cell as far as it goes."""
    said = [words[sign] for words in (SOURCE, CONTENT) for sign in cell if sign in words]
    return f"{cell}, {' and '.join(said)}" if said else ""


def _scale(words: Mapping[str, str]) -> tuple[ShownOption, ...]:
    return tuple(ShownOption(str(number), f"{sign}: {said}") for number, (sign, said) in enumerate(words.items(), 1))


def _cell(given: Mapping[str, str]) -> str:
    return given.get("source", "") + given.get("content", "")


def _response(cell: str) -> AssignResponse:
    return AssignResponse(assigned={"source": cell[0], "content": cell[1]})


def _row(entry: RatedCell, chosen: str) -> RevealRow:
    best, is_chosen = entry.credit == 1, entry.cell == chosen
    taken: Verdict = "right" if best else "partly"
    left: Verdict = "missed" if best else "neutral"
    return RevealRow(
        entry.cell,
        cell_text(entry.cell),
        taken if is_chosen else left,
        entry.reason,
        is_key=best,
        chosen=is_chosen,
    )
