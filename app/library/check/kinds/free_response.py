"""Free response: a rubric of what can be seen, and answers that have been marked with it."""

from __future__ import annotations

from app.library.check.lists import SCALE_WORDS, SHORT_STOP_WORDS, STOP_WORDS
from app.library.check.parts import Part, parts
from app.library.check.rule import Rule, Said, each_question
from app.library.check.words import lower_words, words
from app.library.model import Library
from app.questions.model import Question
from app.questions.rubric import Criterion
from app.questions.types.free_response import FreeResponseBody, count_words

_GRADING = SCALE_WORDS | STOP_WORDS | SHORT_STOP_WORDS


@parts.register
def _parts(body: FreeResponseBody) -> list[Part]:
    return [
        Part(f"anchor {number}", anchor.text, anchor.comment, key=False, shown=False)
        for number, anchor in enumerate(body.anchors, 1)
    ]


def _free_response(library: Library, question: Question) -> Said:
    body: FreeResponseBody = question.body
    if not 3 <= len(body.rubric) <= 5:
        yield "error", f"Its rubric has {len(body.rubric)} criteria; three to five can be marked."
    for criterion in body.rubric:
        yield from _criterion(criterion)
    if len(body.anchors) < 2:
        yield "error", "It has fewer than two anchors: answers that are marked, to compare others with."
    for number, anchor in enumerate(body.anchors, 1):
        if not 0 < count_words(anchor.text) <= body.max_words:
            yield "error", f"Anchor {number} has {count_words(anchor.text)} words; learners may write {body.max_words}."
    if question.head.use == "held_out":
        yield "error", "What is held out is marked by the program, and this waits for a person."


def _criterion(criterion: Criterion) -> Said:
    if not 3 <= len(criterion.levels) <= 5:
        yield "error", f"“{criterion.id}” has {len(criterion.levels)} levels; three to five can be told apart."
    for number, level in enumerate(criterion.levels):
        if len(words(level)) < 6:
            yield "error", f"Level {number} of “{criterion.id}” has fewer than 6 words; say what can be seen."
        elif all(word in _GRADING for word in lower_words(level)):
            yield "warning", f"Level {number} of “{criterion.id}” only grades; say what can be seen in the text."


RULES: dict[str, Rule] = {
    "TY-FR": Rule(
        "error unless 3 to 5 criteria with 3 to 5 levels each, for a level of fewer than 6 words, fewer than 2 "
        "anchors, an anchor that is empty or too long, or one that is held out; warning for a level that only grades",
        "A free response has a rubric of what can be seen in a text, and two answers or more marked with it.",
        each_question(_free_response, FreeResponseBody),
    ),
}
