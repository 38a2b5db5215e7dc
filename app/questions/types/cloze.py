"""Cloze: a text with blanks to type into or to choose for. f = Σwf/Σw over the blanks (measurement.md §2).

A typed blank is graded as a short answer (g = 0), a list earns 1 for its key (g = 1/k); g = Σwg/Σw.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.questions.model import Grade, Reveal, RevealRow, Slug, Strict, Text, Verdict
from app.questions.shapes import Gap, GapsResponse, GapsView, Raw, ShownOption, fill_gaps, read_gaps
from app.questions.types.base import Kind, Option, Sample
from app.questions.types.choice import options_signature
from app.questions.types.typed_answer import MAX_LENGTH, Accepted, Wordings, Wrong

_MARK = re.compile(r"\{([^{}]*)\}")


class Blank(Strict):
    """A blank: with `accept` it is typed into, with `options` chosen for."""

    id: Slug
    accept: Annotated[tuple[Accepted, ...], Field(max_length=40)] = ()
    wrong: Annotated[tuple[Wrong, ...], Field(max_length=40)] = ()
    typos: bool = True
    options: Annotated[tuple[Option, ...], Field(max_length=12)] = ()
    weight: Annotated[float, Field(gt=0, le=100)] = 1.0
    feedback: Text = ""

    @model_validator(mode="after")
    def _typed_or_chosen(self) -> Blank:
        if bool(self.accept) == bool(self.options):
            raise ValueError(f"The blank “{self.id}” has either “accept” (typed) or “options” (a list).")
        if self.accept and not any(accepted.credit == 1 for accepted in self.accept):
            raise ValueError(f"The blank “{self.id}” accepts no answer with the full credit of 1.")
        if self.options and self.wrong:
            raise ValueError(f"The blank “{self.id}” is a list: its wrong answers are options, not “wrong”.")
        ids = [option.id for option in self.options]
        if len(set(ids)) < len(ids):
            raise ValueError(f"The blank “{self.id}” has two options with one id.")
        if any(option.credit is not None for option in self.options):
            raise ValueError(f"An option of the blank “{self.id}” has a “credit”, which only choices have.")
        if self.options and (len(ids) < 2 or sum(option.key for option in self.options) != 1):
            raise ValueError(f"The blank “{self.id}” has two options or more, one of them with “key: true”.")
        return self

    @cached_property
    def wordings(self) -> Wordings:
        """The wordings of a typed blank, ready to be compared with."""
        return Wordings(self.accept, self.wrong, typos=self.typos)

    @cached_property
    def key(self) -> str:
        """The id of the right option of a list; empty for a typed blank."""
        return next((option.id for option in self.options if option.key), "")

    @property
    def answer(self) -> str:
        """What fills the blank rightly, in words."""
        return self.said(self.key) if self.options else self.wordings.answer

    def said(self, given: str) -> str:
        """What the learner gave, in words: the text of an option, or what was typed."""
        return next((option.text for option in self.options if option.id == given), "") if self.options else given

    def credit(self, given: str) -> float:
        """What an option's id, or typed words, earn: 0..1."""
        return float(given == self.key) if self.options else self.wordings.credit(given)

    def why(self, given: str) -> str:
        """What is said to this very answer, then what is said in any case."""
        if self.options:
            own = next((option.feedback for option in self.options if option.id == given), "")
        else:
            own = self.wordings.feedback(given) if given else ""
        return " ".join(part for part in (own, self.feedback) if part)


class ClozeBody(Strict):
    """A text in which `{id}` stands for each blank."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
    blanks: Annotated[tuple[Blank, ...], Field(min_length=1, max_length=10)]

    @model_validator(mode="after")
    def _blanks_are_those_of_the_text(self) -> ClozeBody:
        marks = _MARK.findall(self.text)
        if "{" in _MARK.sub("", self.text) or "}" in _MARK.sub("", self.text):
            raise ValueError("In “text”, “{” and “}” stand around the id of a blank and nowhere else.")
        for blank in (blank.id for blank in self.blanks):
            if sum(blank == other.id for other in self.blanks) > 1:
                raise ValueError(f"The blank id “{blank}” is used twice.")
            if marks.count(blank) != 1:
                said = "stands in “text” more than once" if blank in marks else "is missing in “text”"
                raise ValueError(f"The blank {{{blank}}} {said}; write it once.")
        strangers = [mark for mark in marks if mark not in {blank.id for blank in self.blanks}]
        if strangers:
            raise ValueError(f"“text” has the blank {{{strangers[0]}}}, but “blanks” has none with this id.")
        return self

    @cached_property
    def in_text(self) -> tuple[Blank, ...]:
        """The blanks in the order of the text."""
        by_id = {blank.id: blank for blank in self.blanks}
        return tuple(by_id[mark] for mark in _MARK.findall(self.text))

    @cached_property
    def total_weight(self) -> float:
        """The sum of all weights."""
        return sum(blank.weight for blank in self.blanks)

    @cached_property
    def guess(self) -> float:
        """g: what a blind guess earns on average."""
        guesses = (blank.weight / len(blank.options) for blank in self.blanks if blank.options)
        return sum(guesses) / self.total_weight

    def shown(self, order: Sequence[str]) -> dict[str, list[str]]:
        """Blank id → ids of its options in `order`, none for a typed one; in the order of the text."""
        shown: dict[str, list[str]] = {blank.id: [] for blank in self.in_text}
        for entry in order:
            blank, _, option = entry.partition(":")
            shown[blank].append(option)
        return shown


class Cloze(Kind[ClozeBody, GapsResponse]):
    """Fill the blanks of a text."""

    name = "cloze"
    label = "Cloze"
    instruction = "Fill each blank."
    Body = ClozeBody
    Response = GapsResponse

    def order(self, body: ClozeBody, rng: random.Random) -> tuple[str, ...]:
        """“blank:option” for every option, shuffled within its list; blanks stay where the text has them."""
        shown: list[str] = []
        for blank in body.in_text:
            options = [f"{blank.id}:{option.id}" for option in blank.options]
            rng.shuffle(options)
            shown += options
        return tuple(shown)

    def view(self, body: ClozeBody, order: Sequence[str]) -> GapsView:
        """See Kind."""
        gaps = {}
        for number, (blank, options) in enumerate(zip(body.in_text, body.shown(order).values(), strict=True), 1):
            shown = tuple(ShownOption(str(n), blank.said(option)) for n, option in enumerate(options, 1))
            gaps[blank.id] = Gap(str(number), shown)
        # A split by a pattern with a group has text and ids in turn.
        parts = (gaps[part] if n % 2 else part for n, part in enumerate(_MARK.split(body.text)))
        return GapsView(tuple(part for part in parts if part != ""), MAX_LENGTH)

    def read(self, body: ClozeBody, raw: Raw, order: Sequence[str]) -> GapsResponse | None:
        """See Kind."""
        return read_gaps(raw, body.shown(order), max_length=MAX_LENGTH)

    def fill(self, body: ClozeBody, response: GapsResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_gaps(response, body.shown(order))

    def grade(self, body: ClozeBody, response: GapsResponse) -> Grade:
        """See Kind."""
        earned, right = 0.0, 0
        for blank in body.blanks:
            given = response.filled.get(blank.id)
            credit = blank.credit(given) if given else 0.0
            earned += blank.weight * credit
            right += credit == 1
        return Grade(min(1.0, earned / body.total_weight), f"{right} of {len(body.blanks)} blanks right")

    def reveal(self, body: ClozeBody, response: GapsResponse | None) -> Reveal:
        """See Kind."""
        filled = response.filled if response else {}
        rows = tuple(_row(blank, number, filled.get(blank.id, "")) for number, blank in enumerate(body.in_text, 1))
        return Reveal(
            answer="; ".join(row.right for row in rows),
            rows=rows,
            yours="; ".join(row.given or "–" for row in rows) if filled else "",
        )

    def chance(self, body: ClozeBody) -> float:
        """See Kind."""
        return body.guess

    def export(self, body: ClozeBody) -> tuple[str, ClozeBody]:
        """See Kind."""
        return "gaps", body

    def samples(self, body: ClozeBody) -> tuple[Sample[GapsResponse], ...]:
        """See Kind."""
        right = {blank.id: blank.key or _best(blank) for blank in body.in_text}
        wrong = {b.id: next((o.id for o in b.options if not o.key), "qqq zzz") for b in body.in_text}
        first = body.in_text[0]
        share = first.weight / body.total_weight
        unreadable = {
            f"gap-{n}": ["99" if b.options else "x" * (MAX_LENGTH + 1)] for n, b in enumerate(body.in_text, 1)
        }
        return (
            Sample(GapsResponse(filled=right), 1.0),
            Sample(GapsResponse(filled=wrong), 0.0),
            Sample(GapsResponse(filled={first.id: right[first.id]}), share),
            *(Sample(raw={field: values}) for field, values in unreadable.items()),
        )

    def signature(self, body: ClozeBody) -> str:
        """Every blank with its weight and its key; writing them in another order changes nothing."""
        return "; ".join(sorted(f"{blank.id} {blank.weight:g} {_key(blank)}" for blank in body.blanks))


def _best(blank: Blank) -> str:
    return next(accepted.text for accepted in blank.accept if accepted.credit == 1)


def _key(blank: Blank) -> str:
    return options_signature(blank.options) if blank.options else blank.wordings.signature()


def _row(blank: Blank, number: int, given: str) -> RevealRow:
    credit = blank.credit(given) if given else 0.0
    verdict: Verdict = "right" if credit == 1 else "partly" if credit else "wrong" if given else "missed"
    return RevealRow(
        blank.id,
        f"Blank {number}",
        verdict,
        blank.why(given),
        is_key=True,
        chosen=bool(given),
        right=blank.answer,
        given=blank.said(given),
    )
