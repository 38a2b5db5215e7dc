"""Matching: enough prompts, options to spare, and nothing that two prompts could share by accident."""

from __future__ import annotations

from itertools import combinations

from app.library.check.parts import Part, parts
from app.library.check.rule import Rule, Said, each_question
from app.library.check.words import normal, words
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.matching import MatchingBody


@parts.register
def _parts(body: MatchingBody) -> list[Part]:
    matched = set(body.key.values())
    prompts = [Part(prompt.id, prompt.text, prompt.feedback, key=True) for prompt in body.prompts]
    return prompts + [Part(o.id, o.text, "", key=o.id in matched, explains=False) for o in body.options]


def _matching(library: Library, question: Question) -> Said:
    body: MatchingBody = question.body
    count, spare = len(body.prompts), len(body.options) - len(body.prompts)
    if not 4 <= count <= 8:
        yield "error", f"It has {count} prompts; four to eight can be matched."
    if spare < 1 and not body.reuse:
        yield "error", "It has no option to spare, so that the last pair solves itself; add one or two."
    elif spare > 2 and not body.reuse:
        yield "warning", f"It has {spare} options to spare; one or two are enough."
    for one, other in combinations(body.options, 2):
        if normal(one.text).rstrip(" .!") == normal(other.text).rstrip(" .!"):
            yield "error", f"The options “{one.id}” and “{other.id}” say the same."
    for option in body.options:
        length = len(words(option.text))
        if length > 12:
            yield "warning", f"The option “{option.id}” has {length} words; put the longer texts into the prompts."


RULES: dict[str, Rule] = {
    "TY-MA": Rule(
        "error for fewer than 4 or more than 8 prompts, no option to spare without “reuse”, or two equal options; "
        "warning for more than 2 to spare or an option above 12 words",
        "A matching has four to eight prompts and one or two short options more.",
        each_question(_matching, MatchingBody),
    ),
}
