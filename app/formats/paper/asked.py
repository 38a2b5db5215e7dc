"""Questions as they stand on paper: in the author's order, options shuffled, with the answer in words and letters."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from app.questions.draw import shown_order
from app.questions.model import Question, Reveal
from app.questions.shapes import AssignView, ChoiceView, OrderView, SentencesView, View
from app.questions.types import TYPES

_TYPED = re.compile(r"^Type\b")


@dataclass(frozen=True)
class Asked:
    """A question on paper: what is shown, and what the key says. `order` are the author's ids as shown."""

    number: int
    question: Question
    view: View
    order: tuple[str, ...]
    reveal: Reveal
    instruction: str
    lead: str

    @property
    def letters(self) -> str:
        """The right options by letter, such as “B, C”, “1 B, 2 A” or, for places, “A 2, B 1”; empty without letters."""
        if isinstance(self.view, ChoiceView | SentencesView):
            keys = {row.id for row in self.reveal.rows if row.is_key}
            return ", ".join(letter_of(place) for place, key in enumerate(self.order) if key in keys)
        if isinstance(self.view, AssignView) and self.view.style == "pairs":
            return _pairs(self.view, self.reveal)
        if isinstance(self.view, OrderView):
            places = {row.id: row.place for row in self.reveal.rows}
            return ", ".join(f"{letter_of(place)} {places[key]}" for place, key in enumerate(self.order))
        return ""

    @property
    def told(self) -> list[tuple[str, str]]:
        """What the key says of single options or parts, beside the answer: its letter and words, and the reason."""
        rows = [row for row in self.reveal.rows if row.why or (row.right and row.right not in self.reveal.answer)]
        if not isinstance(self.view, ChoiceView | SentencesView | OrderView):
            return [(row.text + (f": {row.right}" if row.right else ""), row.why) for row in rows]
        places = {key: place for place, key in enumerate(self.order)}
        rows.sort(key=lambda row: places.get(row.id, len(places)))
        return [(f"{letter_of(places[row.id])}. {row.text}" if row.id in places else row.text, row.why) for row in rows]


def asked(questions: Sequence[Question], *, seed: int | None = None) -> list[Asked]:
    """The questions as shown; the same list always gives the same order of options.

    With a `seed` the order is that of an attempt with this seed that asks them in this order.
    """
    return [_asked(number, question, seed) for number, question in enumerate(questions, 1)]


def _asked(number: int, question: Question, seed: int | None) -> Asked:
    kind, body = TYPES[question.kind], question.body
    if seed is None:
        order = kind.order(body, random.Random(question.id))  # noqa: S311
    else:
        order = shown_order(question, seed=seed, position=number)
    # On paper nothing is typed; an author may have written the instruction into the stem already.
    instruction = _TYPED.sub("Write", kind.instruction)
    if question.head.stem.rstrip().endswith(kind.instruction):
        instruction = ""
    return Asked(number, question, kind.view(body, order), order, kind.reveal(body, None), instruction, kind.lead)


def letter_of(place: int) -> str:
    """A, B, C … for places from 0."""
    return ascii_uppercase[place] if place < 26 else str(place + 1)


def _pairs(view: AssignView, reveal: Reveal) -> str:
    """The letter of each prompt; prompts with the same words have their matches in turn."""
    matches: dict[str, list[str]] = {}
    for row in reveal.rows:
        matches.setdefault(row.text, []).append(row.right)
    texts = [option.text for option in view.prompts[0].options]
    found = []
    for prompt in view.prompts:
        right = matches[prompt.text].pop(0)
        found.append(f"{prompt.token} {letter_of(texts.index(right))}")
    return ", ".join(found)
