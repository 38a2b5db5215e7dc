"""Highlight: few gold sentences among enough others, and a second reader who finds the same."""

from __future__ import annotations

from app.library.check.parts import Part, parts
from app.library.check.rule import Rule, Said, each_question
from app.library.model import Library
from app.library.references import find_quote
from app.questions.agreement import set_overlap
from app.questions.model import Question
from app.questions.types.highlight import HighlightBody

_AGREED = 0.8


@parts.register
def _parts(body: HighlightBody) -> list[Part]:
    gold = frozenset.union(*body.golds)
    found = [
        Part(s.id, s.text, s.feedback, s.id in gold, explains=s.id in gold | body.loose or not body.rest)
        for s in body.sentences
    ]
    return [*found, Part("rest", "", body.rest, key=False, explains=False, shown=False)]


def _highlight(library: Library, question: Question) -> Said:
    """The loader refuses sets that do not fit the passage, under this very id."""
    body: HighlightBody = question.body
    count = len(body.sentences)
    if question.head.passage:
        yield "error", "It has a “passage” beside its sentences; the sentences are the passage."
    largest = max(len(gold) for gold in body.golds)
    if largest > count / 2:
        yield "error", f"{largest} of {count} sentences are gold; at most half can be, better a third."
    elif largest > count / 3:
        yield "warning", f"{largest} of {count} sentences are gold; a third or less is better."
    if not 6 <= count <= 25:
        yield "warning", f"It has {count} sentences; 6 to 20 make a passage to search."
    if body.status == "quotation":
        for sentence in body.sentences:
            if not find_quote(library, sentence.text):
                yield "error", f"“{sentence.id}” is a quotation, but is not in lessons/article/quotes.yaml."
    yield from _second_reader(body)


def _second_reader(body: HighlightBody) -> Said:
    if body.second is None or not body.second.by:
        yield (
            "warning",
            "No second reader has marked it; let one mark it without the key, and write that under “second”.",
        )
        return
    found = frozenset(body.second.gold) - body.loose
    agreed = max(set_overlap(gold, found).f1 for gold in body.golds)
    if agreed < _AGREED:
        yield "warning", f"The second reader agrees with the key by F1 {agreed:.2f}; below 0.8 the key is in doubt."


RULES: dict[str, Rule] = {
    "TY-HL": Rule(
        "error for gold that is not in the passage, optional too, all that is not optional, or above half of it, for "
        "a passage beside the sentences, or a quotation that is not in quotes.yaml; warning above a third, for fewer "
        "than 6 or more than 25 sentences, no second reader, or agreement below F1 0.8",
        "A passage to mark has few gold sentences among enough others, and a second reader finds the same ones.",
        each_question(_highlight, HighlightBody),
    ),
}
