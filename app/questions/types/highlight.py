"""Highlight: mark the sentences of a passage that support or undercut a claim (measurement.md §2).

Gold G, chosen R without optional sentences O, N sentences: F1 = 2|R∩G|/(|R|+|G|). Marking all earns
b = 2|G|/((N−|O|)+|G|), so f = max(0, (F1 − b)/(1 − b)); of several gold sets the best counts.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from math import comb
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.questions.model import Grade, Reveal, RevealRow, Slug, Strict, Text, Verdict
from app.questions.shapes import ChoiceResponse, Raw, SentencesView, ShownOption, fill_choice, read_choice
from app.questions.types.base import Kind, OptionText, Sample

Status = Literal["invented", "paraphrase", "quotation"]
GoldSet = Annotated[tuple[Slug, ...], Field(min_length=1, max_length=6)]
_NOTES: dict[Status, str] = {
    "invented": "Invented for this question.",
    "paraphrase": "Retold in our own words.",
    "quotation": "Quoted word for word.",
}


class Sentence(Strict):
    """A sentence of the passage."""

    id: Slug
    text: OptionText
    feedback: Text = ""


class SecondReader(Strict):
    """What somebody marked who had not seen the key."""

    by: Text
    gold: tuple[Slug, ...]


class HighlightBody(Strict):
    """Sentences in the order of the passage, acceptable sets of them, and those that count neither way."""

    status: Status
    sentences: Annotated[tuple[Sentence, ...], Field(min_length=2, max_length=30)]
    gold: Annotated[tuple[GoldSet, ...], Field(min_length=1, max_length=6)]
    optional: tuple[Slug, ...] = ()
    rest: Text = ""
    second: SecondReader | None = None

    @model_validator(mode="after")
    def _sets_fit_the_passage(self) -> HighlightBody:
        twice = [key for key, count in Counter(self.ids).items() if count > 1]
        if twice:
            raise ValueError(f"The sentence id “{twice[0]}” is used twice.")
        known = set(self.ids)
        for marked in self.gold:
            _refuse(set(marked) - known, "“gold” names {id}, which is no sentence of the passage.")
            _refuse({key for key in marked if marked.count(key) > 1}, "A set of “gold” names {id} twice.")
        _refuse(self.loose - known, "“optional” names {id}, which is no sentence of the passage.")
        _refuse(set(self.second.gold if self.second else ()) - known, "“second” names {id}, which is no sentence.")
        gold = frozenset.union(*self.golds)
        _refuse(gold & self.loose, "The sentence {id} is both gold and optional.")
        if gold | self.loose == known:
            message = "No sentence is left that would be wrong to mark; add some, or take some out of “gold”."
            raise PydanticCustomError("TY-HL", message)
        return self

    @cached_property
    def golds(self) -> tuple[frozenset[str], ...]:
        """The acceptable sets."""
        return tuple(frozenset(marked) for marked in self.gold)

    @cached_property
    def loose(self) -> frozenset[str]:
        """The sentences that count neither way."""
        return frozenset(self.optional)

    @cached_property
    def guess(self) -> float:
        """g: the mean score of marking, at random, as many sentences as the smallest gold set has."""
        size = min(len(gold) for gold in self.golds)
        # Sentences that are in the same sets are alike: how many of each sort are marked is all that counts.
        sorts = Counter((key in self.loose, *(key in gold for gold in self.golds)) for key in self.ids)
        total = 0.0
        for taken in _ways(list(sorts.values()), size):
            ways = 1
            for count, of in zip(taken, sorts.values(), strict=True):
                ways *= comb(of, count)
            total += ways * self._score_of(dict(zip(sorts, taken, strict=True)))
        return total / comb(len(self.ids), size)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all sentences, in the order of the passage."""
        return tuple(sentence.id for sentence in self.sentences)

    def _score_of(self, taken: dict[tuple[bool, ...], int]) -> float:
        marked = sum(count for (loose, *_), count in taken.items() if not loose)
        hits = (sum(count for sort, count in taken.items() if sort[n + 1]) for n in range(len(self.golds)))
        return max(self.score(hit, marked, len(gold)) for hit, gold in zip(hits, self.golds, strict=True))

    def score(self, hits: int, marked: int, gold: int) -> float:
        """f for so many hits among so many marked sentences, optional ones aside, with a gold set of this size."""
        if not hits:
            return 0.0
        f1 = 2 * hits / (marked + gold)
        everything = 2 * gold / (len(self.ids) - len(self.loose) + gold)
        return max(0.0, (f1 - everything) / (1 - everything))

    def best(self, chosen: Iterable[str]) -> tuple[float, frozenset[str]]:
        """The score of the sentences chosen, and the gold set by which they earn it: the first of the best."""
        marked = frozenset(chosen) - self.loose
        first = self.golds[0]
        score = self.score(len(marked & first), len(marked), len(first))
        for gold in self.golds[1:]:
            other = self.score(len(marked & gold), len(marked), len(gold))
            if other > score:
                score, first = other, gold
        return score, first


class Highlight(Kind[HighlightBody, ChoiceResponse]):
    """Mark sentences of a passage."""

    name = "highlight"
    label = "Highlight the evidence"
    instruction = "Mark one sentence or more."
    Body = HighlightBody
    Response = ChoiceResponse

    def order(self, body: HighlightBody, rng: random.Random) -> tuple[str, ...]:
        """The order of the passage: sentences are never shuffled."""
        return body.ids

    def view(self, body: HighlightBody, order: Sequence[str]) -> SentencesView:
        """See Kind."""
        shown = tuple(ShownOption(str(n), sentence.text) for n, sentence in enumerate(body.sentences, 1))
        return SentencesView(shown, _NOTES[body.status])

    def read(self, body: HighlightBody, raw: Raw, order: Sequence[str]) -> ChoiceResponse | None:
        """See Kind."""
        return read_choice(raw, body.ids, multiple=True)

    def fill(self, body: HighlightBody, response: ChoiceResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_choice(response, body.ids)

    def grade(self, body: HighlightBody, response: ChoiceResponse) -> Grade:
        """See Kind."""
        score, gold = body.best(response.chosen)
        chosen = frozenset(response.chosen)
        surplus = len(chosen - gold - body.loose)
        reason = f"{len(chosen & gold)} of {len(gold)} sentences found"
        return Grade(score, f"{reason}, {surplus} marked that should not be" if surplus else reason)

    def reveal(self, body: HighlightBody, response: ChoiceResponse | None) -> Reveal:
        """See Kind."""
        chosen = frozenset(response.chosen if response else ())
        _, gold = body.best(chosen)
        return Reveal(
            answer=_joined(body, gold) + "".join(f" Or: {_joined(body, g)}" for g in body.golds if g != gold),
            rows=tuple(_row(body, sentence, gold, sentence.id in chosen) for sentence in body.sentences),
            yours=_joined(body, chosen),
        )

    def chance(self, body: HighlightBody) -> float:
        """See Kind."""
        return body.guess

    def export(self, body: HighlightBody) -> tuple[str, HighlightBody]:
        """See Kind."""
        return "sentences", body

    def samples(self, body: HighlightBody) -> tuple[Sample[ChoiceResponse], ...]:
        """See Kind."""
        gold = body.golds[0]
        wrong = frozenset(body.ids) - frozenset.union(*body.golds) - body.loose
        scored = ((gold, 1.0), (gold | body.loose, 1.0), (frozenset(body.ids), 0.0), (wrong, 0.0))
        return (
            *(Sample(ChoiceResponse(chosen=tuple(sorted(chosen))), score) for chosen, score in scored),
            Sample(raw={"choice": ["0"]}),
            Sample(raw={"choice": ["1", "many"]}),
        )

    def signature(self, body: HighlightBody) -> str:
        """Sentence ids, gold sets and optional ones, each in alphabetical order."""
        golds = sorted(" ".join(sorted(gold)) for gold in body.golds)
        return f"{' '.join(sorted(body.ids))} | {' / '.join(golds)} | {' '.join(sorted(body.loose))}".rstrip()


def _refuse(ids: AbstractSet[str], message: str) -> None:
    if ids:
        raise PydanticCustomError("TY-HL", "{said}", {"said": message.format(id=f"“{min(ids)}”")})


def _ways(sizes: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """Every way to take `total` things out of heaps of these sizes: how many from each."""
    if len(sizes) == 1:
        if total <= sizes[0]:
            yield (total,)
        return
    for count in range(min(sizes[0], total) + 1):
        for others in _ways(sizes[1:], total - count):
            yield (count, *others)


def _joined(body: HighlightBody, ids: Iterable[str]) -> str:
    wanted = frozenset(ids)
    return " ".join(sentence.text for sentence in body.sentences if sentence.id in wanted)


def _row(body: HighlightBody, sentence: Sentence, gold: frozenset[str], chosen: bool) -> RevealRow:
    is_key = sentence.id in gold
    verdict: Verdict = "neutral"
    if is_key:
        verdict = "right" if chosen else "missed"
    elif chosen and not any(sentence.id in marked for marked in (body.loose, *body.golds)):
        verdict = "wrong"
    return RevealRow(sentence.id, sentence.text, verdict, sentence.feedback or body.rest, is_key=is_key, chosen=chosen)
