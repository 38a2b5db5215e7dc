"""Free response: a short text, marked by a person with a rubric. Until then there is no score; g = 0."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from app.errors import Unreadable
from app.questions.model import Grade, Reveal, RevealRow
from app.questions.rubric import Anchor, Rubric, rubric_score
from app.questions.shapes import Raw, TextResponse, TextView, fill_text, read_lines
from app.questions.types.base import Kind, Sample

# Room for the longest words, so that the limit in words is the one that is met.
_LETTERS_A_WORD = 20


class FreeResponseBody(Rubric):
    """How long the text may be, the rubric to mark it with, and answers that have been marked."""

    max_words: Annotated[int, Field(ge=10, le=1000)]

    @property
    def max_length(self) -> int:
        """How many characters are read at all."""
        return self.max_words * _LETTERS_A_WORD

    @property
    def best_anchor(self) -> Anchor | None:
        """The anchor with the highest score; None when there are no anchors."""
        return max(self.anchors, key=lambda anchor: rubric_score(self, anchor.levels), default=None)


class FreeResponse(Kind[FreeResponseBody, TextResponse]):
    """Write a short text."""

    name = "free_response"
    label = "Free response"
    instruction = "Write in full sentences."
    by_hand = True
    Body = FreeResponseBody
    Response = TextResponse

    def order(self, body: FreeResponseBody, rng: random.Random) -> tuple[str, ...]:
        """Nothing is shuffled."""
        return ()

    def view(self, body: FreeResponseBody, order: Sequence[str]) -> TextView:
        """See Kind."""
        return TextView(body.max_length, lines=max(4, min(20, body.max_words // 12)), max_words=body.max_words)

    def read(self, body: FreeResponseBody, raw: Raw, order: Sequence[str]) -> TextResponse | None:
        """The text with its lines. Raises Unreadable when it has too many words."""
        response = read_lines(raw, max_length=body.max_length)
        count = count_words(response.text) if response else 0
        if count > body.max_words:
            raise Unreadable(f"Use at most {body.max_words} words; this has {count}.", where="text")
        return response

    def fill(self, body: FreeResponseBody, response: TextResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_text(response)

    def grade(self, body: FreeResponseBody, response: TextResponse) -> Grade:
        """No score: a person gives it, with `rubric_score`."""
        return Grade(None, "waits for a mark")

    def reveal(self, body: FreeResponseBody, response: TextResponse | None) -> Reveal:
        """The best anchor as the answer; a row for each criterion with its best level, then one for each anchor."""
        yours = response.text if response else ""
        best = body.best_anchor
        return Reveal(
            answer=best.text if best and best.text else "; ".join(c.levels[-1] for c in body.rubric),
            rows=(
                *((RevealRow("yours", yours, "neutral", chosen=True),) if yours else ()),
                *(RevealRow(f"criterion:{c.id}", c.criterion, "neutral", right=c.levels[-1]) for c in body.rubric),
                *(_anchor_row(body, number, anchor) for number, anchor in enumerate(body.anchors, 1)),
            ),
            yours=yours,
        )

    def chance(self, body: FreeResponseBody) -> float:
        """See Kind."""
        return 0.0

    def export(self, body: FreeResponseBody) -> tuple[str, FreeResponseBody]:
        """See Kind."""
        return "text", body

    def samples(self, body: FreeResponseBody) -> tuple[Sample[TextResponse], ...]:
        """See Kind."""
        return (
            Sample(TextResponse(text="Two counts differ.\n\nThe later one is complete."), None),
            Sample(TextResponse(text="word " * (body.max_words - 1) + "word"), None),
            Sample(raw={"text": ["word " * (body.max_words + 1)]}),
            Sample(raw={"text": ["x" * (body.max_length + 1)]}),
        )

    def signature(self, body: FreeResponseBody) -> str:
        """Criteria with their weights and numbers of levels: what a mark is made of."""
        return " ".join(sorted(f"{c.id}:{c.weight:g}/{c.top}" for c in body.rubric))


def count_words(text: str) -> int:
    """How many words a text has: whatever stands between spaces and holds a letter or a digit."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _anchor_row(body: FreeResponseBody, number: int, anchor: Anchor) -> RevealRow:
    given = ", ".join(f"{c.criterion} {anchor.levels[c.id]} of {c.top}" for c in body.rubric)
    return RevealRow(f"anchor:{number}", anchor.text, "neutral", " ".join(filter(None, (anchor.comment, f"({given})"))))
