"""What single choice and multiple response share: options, their order, their credits, their explanations."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from pydantic import model_validator

from app.questions.model import SLACK, Reveal, RevealRow, Strict, Text, Verdict
from app.questions.shapes import ChoiceResponse, ShownOption
from app.questions.types.base import Option

# Thirds written as 0.33 or 33.33333 per cent still make a whole.
ROUNDED = 0.01 + SLACK


class ChoiceBody(Strict):
    """Options with unique ids, shuffled unless the author gives a reason."""

    options: tuple[Option, ...]
    shuffle: bool = True
    shuffle_reason: Text = ""

    @model_validator(mode="after")
    def _unique_ids(self) -> ChoiceBody:
        ids = [option.id for option in self.options]
        twice = sorted({key for key in ids if ids.count(key) > 1})
        if twice:
            raise ValueError(f"The option id “{twice[0]}” is used twice.")
        return self

    @cached_property
    def keys(self) -> set[str]:
        """The ids of the right options."""
        return {option.id for option in self.options if option.key}

    @cached_property
    def has_credits(self) -> bool:
        """Whether any option has a credit, so that the question is scored by them (docs/decisions/007)."""
        return any(option.credit is not None for option in self.options)

    @cached_property
    def credits(self) -> dict[str, float]:
        """What choosing each option adds: its credit, else nothing, except 1 for the key of a single choice."""
        return {option.id: option.credit or 0.0 for option in self.options}


def option_order(body: ChoiceBody, rng: random.Random) -> tuple[str, ...]:
    """The option ids, shuffled unless the body says not to."""
    ids = [option.id for option in body.options]
    if body.shuffle:
        rng.shuffle(ids)
    return tuple(ids)


def shown_options(body: ChoiceBody, order: Sequence[str]) -> tuple[ShownOption, ...]:
    """The options in `order`, with tokens for ids."""
    texts = {option.id: option.text for option in body.options}
    return tuple(ShownOption(str(number), texts[key]) for number, key in enumerate(order, 1))


def clipped(total: float) -> float:
    """A sum of credits as a score, 0..1."""
    return 1.0 if total >= 1 - ROUNDED else max(0.0, total)


def reveal_options(body: ChoiceBody, response: ChoiceResponse | None) -> Reveal:
    """Every option with its feedback and a verdict on the learner's choice of it."""
    rows = option_rows(body.options, response.chosen if response else ())
    if body.has_credits:
        rows = tuple(_with_credit(row, body.credits[row.id]) for row in rows)
    return Reveal(
        answer="; ".join(row.text for row in rows if row.is_key),
        rows=rows,
        yours="; ".join(row.text for row in rows if row.chosen),
    )


def option_rows(options: Iterable[Option], chosen: Collection[str]) -> tuple[RevealRow, ...]:
    """A row for each option; `chosen` are the ids of those that the learner chose."""
    return tuple(
        RevealRow(o.id, o.text, _verdict(o, o.id in chosen), o.feedback, is_key=o.key, chosen=o.id in chosen)
        for o in options
    )


def _verdict(option: Option, chosen: bool) -> Verdict:
    if option.key:
        return "right" if chosen else "missed"
    return "wrong" if chosen else "neutral"


def _with_credit(row: RevealRow, credit: float) -> RevealRow:
    """A wrong option that earns something is partly right."""
    return replace(row, verdict="partly") if row.verdict == "wrong" and credit > 0 else row


def options_signature(options: Iterable[Option]) -> str:
    """Ids in alphabetical order, keys starred, credits named: writing options in another order changes nothing."""
    return " ".join(sorted(f"{option.id}{'*' if option.key else ''}{_credit_said(option)}" for option in options))


def _credit_said(option: Option) -> str:
    return "" if option.credit is None else f"={option.credit!r}"
