"""What short answer and cloze share: typed words, compared after normalising, with room for a slip of the finger.

Equal to a variant → its credit. Else optimal-string-alignment distance ≤ 1 (length ≥ 6) or ≤ 2 (≥ 12), never
for digits, and only if no listed wrong answer is as near (measurement.md §2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from app.questions.model import SLACK, Strict, Text, Verdict
from app.questions.types.base import OptionText

MAX_LENGTH = 100
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_DIGIT = re.compile(r"\d")


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


class Wordings:
    """Accepted and wrong wordings, normalised once, so that many answers are compared quickly."""

    def __init__(self, accept: Iterable[Accepted], wrong: Iterable[Wrong], *, typos: bool) -> None:
        """Keep the wordings; without `typos` no slip is forgiven."""
        best_first = sorted(accept, key=lambda accepted: -accepted.credit)
        self._full = [accepted.text for accepted in best_first if accepted.credit >= 1 - SLACK]
        self._key = sorted(f"{normalise(accepted.text)}={accepted.credit:g}" for accepted in best_first)
        self._accepted: dict[str, Accepted] = {}
        for accepted in best_first:
            self._accepted.setdefault(normalise(accepted.text), accepted)
        self._wrong: dict[str, Wrong] = {}
        for answer in wrong:
            self._wrong.setdefault(normalise(answer.text), answer)
        self._forgiving = [
            (target, _room(target), accepted) for target, accepted in self._accepted.items() if typos and _room(target)
        ]

    @property
    def answer(self) -> str:
        """The wordings that earn full credit, as words: “coast guard (also: coastguard)”."""
        first, *others = self._full
        return first + (f" (also: {', '.join(others)})" if others else "")

    def accepted(self, text: str) -> Accepted | None:
        """The accepted wording that `text` is, or is a forgivable slip of; None when it is neither."""
        given = normalise(text)
        exact = self._accepted.get(given)
        if exact is not None or not self._forgiving or _DIGIT.search(given):
            return exact
        nearest = None
        for target, room, accepted in self._forgiving:
            # A second wording has to be nearer than the first; among equals the better credit came first.
            off = distance(given, target, at_most=room if nearest is None else min(room, nearest[0] - 1))
            if off <= room and (nearest is None or off < nearest[0]):
                nearest = (off, accepted)
        if nearest is None or any(distance(given, wrong, at_most=nearest[0]) <= nearest[0] for wrong in self._wrong):
            return None
        return nearest[1]

    def credit(self, text: str) -> float:
        """What `text` earns, 0..1."""
        accepted = self.accepted(text)
        return accepted.credit if accepted else 0.0

    def verdict(self, text: str) -> Verdict:
        """right, partly or wrong."""
        credit = self.credit(text)
        return "right" if credit >= 1 - SLACK else "partly" if credit else "wrong"

    def feedback(self, text: str) -> str:
        """What the author says to this very answer; empty when it is not listed."""
        listed = self.accepted(text) or self._wrong.get(normalise(text))
        return listed.feedback if listed else ""

    def signature(self) -> str:
        """The accepted wordings with their credits, in words that change when one of them does."""
        return " | ".join(self._key)


def _room(target: str) -> int:
    if _DIGIT.search(target):
        return 0
    return 2 if len(target) >= 12 else 1 if len(target) >= 6 else 0


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """NFKC, casefold, no punctuation, single spaces."""
    folded = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
    return " ".join(_PUNCTUATION.sub(" ", folded).split())


def _without_common_ends(one: str, other: str) -> tuple[str, str]:
    """What is left of two words without the letters in which they begin alike and end alike."""
    start, shorter = 0, min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


def distance(one: str, other: str, *, at_most: int = 1000) -> int:
    """Optimal string alignment distance: insert, delete, replace, or swap two neighbours, each costing 1.

    A distance above `at_most` is not worked out to the end; some number above `at_most` is returned.
    """
    if abs(len(one) - len(other)) > at_most:
        return at_most + 1
    one, other = _without_common_ends(one, other)
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(other, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        # A row is reached from the one before it, or by a swap from the one before that.
        if min(current) > at_most and min(previous) >= at_most:
            return at_most + 1
        before, previous = previous, current
    return previous[-1]
