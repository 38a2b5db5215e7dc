"""Matching: f = right pairs / prompts; g = 1/r with r options, also without reuse (measurement.md §2)."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

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

# An option may have the id of the prompt that it belongs to, and the order shown has every id once.
_PROMPT, _OPTION = "prompt:", "option:"


class Prompt(Explained):
    """A prompt, and the id of the option that belongs to it."""

    match: Slug


class MatchingBody(Strict):
    """Prompts, and options of which each is used once at most unless `reuse` is set."""

    prompts: Annotated[tuple[Prompt, ...], Field(min_length=2, max_length=12)]
    options: Annotated[tuple[Entry, ...], Field(min_length=2, max_length=14)]
    reuse: bool = False

    @model_validator(mode="after")
    def _sound(self) -> MatchingBody:
        unique_ids(self.prompts, "prompt")
        unique_ids(self.options, "option")
        used: set[str] = set()
        for prompt in self.prompts:
            if prompt.match not in self.texts:
                raise ValueError(f"“{prompt.id}” matches “{prompt.match}”, which is no option of this question.")
            if prompt.match in used and not self.reuse:
                raise ValueError(f"Two prompts match “{prompt.match}”; that needs “reuse: true”.")
            used.add(prompt.match)
        return self

    @cached_property
    def key(self) -> dict[str, str]:
        """Prompt id → option id."""
        return {prompt.id: prompt.match for prompt in self.prompts}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Option id → its words."""
        return {option.id: option.text for option in self.options}


class Matching(Kind[MatchingBody, AssignResponse]):
    """Give each prompt an option."""

    name = "matching"
    label = "Matching"
    instruction = "Give each its match."
    Body = MatchingBody
    Response = AssignResponse

    def order(self, body: MatchingBody, rng: random.Random) -> tuple[str, ...]:
        """Prompts and then options, both shuffled; each id says which of the two it is."""
        prompts, options = list(body.key), list(body.texts)
        rng.shuffle(prompts)
        rng.shuffle(options)
        return (*(_PROMPT + key for key in prompts), *(_OPTION + key for key in options))

    def view(self, body: MatchingBody, order: Sequence[str]) -> AssignView:
        """See Kind."""
        options = numbered(body.options, _ids(order, _OPTION))
        prompts = same_options(numbered(body.prompts, _ids(order, _PROMPT)), options)
        note = "An option may be used more than once." if body.reuse else "Each option is used once at most."
        return AssignView(prompts, "pairs", note)

    def read(self, body: MatchingBody, raw: Raw, order: Sequence[str]) -> AssignResponse | None:
        """See Kind."""
        return read_assign(raw, _shown(order), reuse=body.reuse)

    def fill(self, body: MatchingBody, response: AssignResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_assign(response, _shown(order))

    def grade(self, body: MatchingBody, response: AssignResponse) -> Grade:
        """See Kind."""
        right, reason = count_right(body.key, response.assigned, "matched right")
        return Grade(right / len(body.key), reason)

    def reveal(self, body: MatchingBody, response: AssignResponse | None) -> Reveal:
        """See Kind."""
        given = response.assigned if response else {}
        rows = assign_rows(body.prompts, key=body.key, texts=body.texts, given=given)
        return Reveal(
            answer="; ".join(f"{row.text} → {row.right}" for row in rows),
            rows=rows,
            yours="; ".join(f"{row.text} → {row.given}" for row in rows if row.chosen),
        )

    def chance(self, body: MatchingBody) -> float:
        """See Kind."""
        return 1 / len(body.options)

    def export(self, body: MatchingBody) -> tuple[str, MatchingBody]:
        """See Kind."""
        return "assign", body

    def samples(self, body: MatchingBody) -> tuple[Sample[AssignResponse], ...]:
        """See Kind."""
        first = next(iter(body.key.items()))
        # Each prompt with the match of the next one: no option twice where none may be.
        shifted = dict(zip(body.key, [*list(body.key.values())[1:], first[1]], strict=True))
        wrong = all_wrong(body.key, list(body.texts)) if body.reuse else shifted
        unreadable: list[Raw] = [{"assign-1": ["99"]}, {"assign-2": ["1", "2"]}]
        if not body.reuse:
            unreadable.append({"assign-1": ["1"], "assign-2": ["1"]})
        return (
            Sample(AssignResponse(assigned=body.key), 1.0),
            Sample(AssignResponse(assigned=wrong), 0.0),
            Sample(AssignResponse(assigned=dict([first])), 1 / len(body.key)),
            *(Sample(raw=raw) for raw in unreadable),
        )

    def signature(self, body: MatchingBody) -> str:
        """See Kind."""
        return key_signature(body.key, body.texts)


def _ids(order: Sequence[str], prefix: str) -> list[str]:
    return [key.removeprefix(prefix) for key in order if key.startswith(prefix)]


def _shown(order: Sequence[str]) -> Mapping[str, Sequence[str]]:
    return dict.fromkeys(_ids(order, _PROMPT), _ids(order, _OPTION))
