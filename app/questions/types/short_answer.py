"""Short answer: a few typed words. How they are compared is in typed_answer.py; g = 0 (measurement.md §2)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from app.questions.model import Grade, Reveal, RevealRow, Strict
from app.questions.shapes import Raw, TextResponse, TextView, fill_text, read_text
from app.questions.types.base import Kind, Sample
from app.questions.types.typed_answer import MAX_LENGTH, Accepted, Wordings, Wrong


class ShortAnswerBody(Strict):
    """Accepted wordings, known wrong answers, and whether slips of the finger are forgiven."""

    accept: Annotated[tuple[Accepted, ...], Field(min_length=1, max_length=40)]
    wrong: Annotated[tuple[Wrong, ...], Field(max_length=40)] = ()
    typos: bool = True

    @model_validator(mode="after")
    def _full_credit(self) -> ShortAnswerBody:
        if not any(accepted.credit == 1 for accepted in self.accept):
            raise ValueError("At least one accepted answer earns the full credit of 1.")
        return self

    @cached_property
    def wordings(self) -> Wordings:
        """All wordings, ready to be compared with."""
        return Wordings(self.accept, self.wrong, typos=self.typos)


class ShortAnswer(Kind[ShortAnswerBody, TextResponse]):
    """Type one to four words."""

    name = "short_answer"
    label = "Short answer"
    instruction = "Type one to four words."
    asks_confidence = True
    Body = ShortAnswerBody
    Response = TextResponse

    def order(self, body: ShortAnswerBody, rng: random.Random) -> tuple[str, ...]:
        """Nothing is shuffled."""
        return ()

    def view(self, body: ShortAnswerBody, order: Sequence[str]) -> TextView:
        """See Kind."""
        return TextView(max_length=MAX_LENGTH)

    def read(self, body: ShortAnswerBody, raw: Raw, order: Sequence[str]) -> TextResponse | None:
        """See Kind."""
        return read_text(raw, max_length=MAX_LENGTH)

    def fill(self, body: ShortAnswerBody, response: TextResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_text(response)

    def grade(self, body: ShortAnswerBody, response: TextResponse) -> Grade:
        """See Kind."""
        return Grade(body.wordings.credit(response.text))

    def reveal(self, body: ShortAnswerBody, response: TextResponse | None) -> Reveal:
        """See Kind."""
        rows = (_row(body.wordings, response.text),) if response else ()
        return Reveal(body.wordings.answer, rows, response.text if response else "")

    def chance(self, body: ShortAnswerBody) -> float:
        """See Kind."""
        return 0.0

    def export(self, body: ShortAnswerBody) -> tuple[str, ShortAnswerBody]:
        """See Kind."""
        return "text", body

    def samples(self, body: ShortAnswerBody) -> tuple[Sample[TextResponse], ...]:
        """See Kind."""
        return (
            *(Sample(TextResponse(text=a.text.upper()), a.credit) for a in body.accept),
            *(Sample(TextResponse(text=w.text), 0.0) for w in body.wrong),
            Sample(TextResponse(text="qqq zzz"), 0.0),
            Sample(raw={"text": ["x" * (MAX_LENGTH + 1)]}),
        )

    def signature(self, body: ShortAnswerBody) -> str:
        """Adding a variant mends the key of a question, so it needs a new revision."""
        return body.wordings.signature()


def _row(wordings: Wordings, text: str) -> RevealRow:
    verdict = wordings.verdict(text)
    return RevealRow("yours", text, verdict, wordings.feedback(text), is_key=verdict == "right", chosen=True)
