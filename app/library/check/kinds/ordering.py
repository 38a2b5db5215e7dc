"""Ordering: a stated principle, grouped ties, and no element that gives its place away."""

from __future__ import annotations

import re

from app.library.check.lists import ORDER_WORDS
from app.library.check.parts import Part, parts, shown_besides
from app.library.check.rule import Rule, Said, each_question
from app.library.check.words import lower_words
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.ordering import OrderingBody

_YEAR = re.compile(r"\b(?:1\d{3}|20\d{2})\b")


@parts.register
def _parts(body: OrderingBody) -> list[Part]:
    return [Part(element.id, element.text, element.feedback, key=True) for element in body.elements]


@shown_besides.register
def _shown(body: OrderingBody) -> list[str]:
    return [body.principle]


def _ordering(library: Library, question: Question) -> Said:
    body: OrderingBody = question.body
    count = len(body.elements)
    if not 3 <= count <= 7:
        yield "error", f"It has {count} elements; three to seven can be put in order."
    if not body.principle.strip():
        yield "error", "It has no “principle”: say by what the elements are ordered, and which end is first."
    yield from _ties(body)
    for element in body.elements:
        cue = _YEAR.search(element.text)
        cues = [cue[0]] if cue else [word for word in lower_words(element.text) if word in ORDER_WORDS]
        if cues:
            yield "warning", f"“{cues[0]}” in the element “{element.id}” tells its place."


def _ties(body: OrderingBody) -> Said:
    if len(set(body.ranks.values())) < 2:
        yield "error", "All elements have one rank, so there is nothing to order."
    dated: dict[str, str] = {}
    seen: list[int] = []
    for element in body.elements:
        rank = body.ranks[element.id]
        if element.date and element.date in dated and body.ranks[dated[element.date]] != rank:
            pair = f"“{dated[element.date]}” and “{element.id}”"
            yield "error", f"{pair} have one date but two ranks; give them one “rank”."
        if element.date:
            dated.setdefault(element.date, element.id)
        if rank in seen and seen[-1] != rank:
            yield "error", f"“{element.id}” shares rank {rank} but stands apart; write tied elements together."
        seen.append(rank)


RULES: dict[str, Rule] = {
    "TY-OR": Rule(
        "error for fewer than 3 or more than 7 elements, ties not grouped, or no principle; warning for a year "
        "or an order word in an element",
        "An ordering states its principle, groups ties, and gives no place away.",
        each_question(_ordering, OrderingBody),
    ),
}
