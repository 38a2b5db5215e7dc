"""Patterns that several rules look for: names of actors, and sentences with what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.library.check.lists import ALLIANCES, ATTRIBUTIONS, LEADERS, STATES
from app.library.check.words import outside_quotes, sentences

_CITED = re.compile(r"([.!?…]+[”\"’')*_]*)((?:\[\^\w+\])+)")
_CITATION = re.compile(r"(?:\[\^\w+\])+")
_MARK = "⁑"


def any_of(names: Iterable[str], *, anywhere_case: bool = False) -> str:
    """A pattern for any of the names, the longest first; with `anywhere_case` in capitals or not."""
    each = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return f"(?i:{each})" if anywhere_case else f"(?:{each})"


# “US” is a state, “us” is not: states keep their capitals.
ACTOR = rf"(?:{any_of(STATES)}|{any_of((*ALLIANCES, *LEADERS), anywhere_case=True)})"
# As verbs these attribute, as nouns they do not: “the United States”, “a claim”, “its reports”.
_NOUNS = {"state", "states", "claim", "claims", "report", "reports", "hold", "held", "say"}
_VERBS = sorted({*ATTRIBUTIONS, "told", "asked", *(f"{noun} that" for noun in _NOUNS)} - _NOUNS)
ATTRIBUTED = re.compile(rf"(?<![\w-]){any_of(_VERBS, anywhere_case=True)}(?!\w)")


@dataclass(frozen=True)
class Sentence:
    """A sentence of the author's own, without what it quotes, and whether a source or a speaker stands behind it."""

    text: str
    cited: bool

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.text.rstrip(f" {_MARK}”\"’')*_").endswith("?")

    @property
    def attributed(self) -> bool:
        """Whether it is somebody's word: cited, or with a verb of saying."""
        return self.cited or bool(ATTRIBUTED.search(self.text))


@lru_cache(maxsize=16384)
def own_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph, quotations left out. A citation after the full stop belongs to the sentence."""
    marked = _CITATION.sub(f" {_MARK} ", _CITED.sub(r"\2\1", text))
    return tuple(
        Sentence(sentence.replace(_MARK, "").strip(), _MARK in sentence)
        for sentence in sentences(outside_quotes(marked))
    )
