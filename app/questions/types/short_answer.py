"""Short answer: a few typed words, compared after normalising, with room for a slip of the finger.

Equal to a variant → its credit. Else optimal-string-alignment distance ≤ 1 (length ≥ 6) or ≤ 2 (≥ 12), never
for digits, and only if no listed wrong answer is as near. g = 0 (measurement.md §2).
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from app.questions.model import SLACK, Grade, Reveal, RevealRow, Strict, Text
from app.questions.shapes import Raw, TextResponse, TextView, fill_text, read_text
from app.questions.types.base import Kind, OptionText, Sample

MAX_LENGTH = 100


class _Wording(Strict):
    """Words, which may be written bare: `- correction` stands for `- {text: correction}`."""

    @model_validator(mode="before")
    @classmethod
    def _bare_words(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Editors accept both forms."""
        return {"anyOf": [{"type": "string"}, handler.resolve_ref_schema(handler(core_schema))]}


class Accepted(_Wording):
    """A wording that earns `credit`."""

    text: OptionText
    credit: Annotated[float, Field(gt=0, le=1)] = 1.0
    feedback: Text = ""


class Wrong(_Wording):
    """A wrong answer that learners give, with what to tell them."""

    text: OptionText
    feedback: Text = ""


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
        accepted = _accepted(body, response.text)
        return Grade(accepted.credit if accepted else 0.0)

    def reveal(self, body: ShortAnswerBody, response: TextResponse | None) -> Reveal:
        """See Kind."""
        full = [accepted.text for accepted in body.accept if accepted.credit >= 1 - SLACK]
        answer = full[0] + (f" (also: {', '.join(full[1:])})" if len(full) > 1 else "")
        return Reveal(answer, (_row(body, response.text),) if response else (), response.text if response else "")

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
        return " | ".join(sorted(f"{normalise(accepted.text)}={accepted.credit:g}" for accepted in body.accept))


def normalise(text: str) -> str:
    """NFKC, casefold, no punctuation, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\s]|_", " ", folded).split())


def distance(one: str, other: str) -> int:
    """Optimal string alignment distance: insert, delete, replace, or swap two neighbours, each costing 1."""
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(other, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1]


def _accepted(body: ShortAnswerBody, text: str) -> Accepted | None:
    given = normalise(text)
    for accepted in sorted(body.accept, key=lambda a: -a.credit):
        if normalise(accepted.text) == given:
            return accepted
    if not body.typos or any(character.isdigit() for character in given):
        return None
    wrong = min((distance(given, normalise(w.text)) for w in body.wrong), default=999)
    near = []
    for accepted in body.accept:
        target = normalise(accepted.text)
        room = 2 if len(target) >= 12 else 1 if len(target) >= 6 else 0
        off = distance(given, target)
        if off <= room and off < wrong and not any(character.isdigit() for character in target):
            near.append((off, -accepted.credit, accepted))
    return min(near, key=lambda entry: entry[:2])[2] if near else None


def _row(body: ShortAnswerBody, text: str) -> RevealRow:
    accepted = _accepted(body, text)
    if accepted:
        full = accepted.credit >= 1 - SLACK
        return RevealRow("yours", text, "right" if full else "wrong", accepted.feedback, is_key=full, chosen=True)
    given = normalise(text)
    known = next((wrong for wrong in body.wrong if normalise(wrong.text) == given), None)
    return RevealRow("yours", text, "wrong", known.feedback if known else "", chosen=True)
