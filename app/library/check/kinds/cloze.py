"""Cloze: blanks on words that matter, with enough text around them, and no answer to be read off."""

from __future__ import annotations

import re
from itertools import pairwise

from app.library.check.lists import SHORT_STOP_WORDS, STOP_WORDS
from app.library.check.parts import Part, parts, shown_besides
from app.library.check.rule import Rule, Said, each_question
from app.library.check.words import contains_run, lower_words, words
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.cloze import Blank, ClozeBody
from app.questions.types.typed_answer import normalise

_SMALL = STOP_WORDS | SHORT_STOP_WORDS
_MARK = re.compile(r"\{[^{}]*\}")


@parts.register
def _parts(body: ClozeBody) -> list[Part]:
    return [part for blank in body.in_text for part in _of_blank(blank)]


def _of_blank(blank: Blank) -> list[Part]:
    name = f"{blank.id}: "
    found = [Part(name + o.id, o.text, o.feedback, o.key, explains=not o.key) for o in blank.options]
    for accepted in blank.accept:
        full = accepted.credit == 1
        found.append(Part(name + accepted.text, accepted.text, accepted.feedback, full, not full, shown=False))
    found += [Part(name + wrong.text, wrong.text, wrong.feedback, key=False, shown=False) for wrong in blank.wrong]
    # Said in any case, so it may be all that a blank needs.
    return [*found, Part(blank.id, "", blank.feedback, key=False, explains=False, shown=False)]


@shown_besides.register
def _shown(body: ClozeBody) -> list[str]:
    return [_MARK.sub("…", body.text)]


def _answers(blank: Blank) -> list[str]:
    """The wordings that are wholly right."""
    if blank.options:
        return [option.text for option in blank.options if option.key]
    return [accepted.text for accepted in blank.accept if accepted.credit == 1]


def _cloze(library: Library, question: Question) -> Said:
    body: ClozeBody = question.body
    around = [lower_words(part) for part in _MARK.split(body.text)]
    for blank in body.in_text:
        yield from _blank(blank, around)
    if len(body.blanks) > 4:
        yield "warning", f"It has {len(body.blanks)} blanks; one to four leave enough to read."
    if len(around[0]) < 4:
        yield "warning", "A blank stands among the first four words; let the reader in first."
    for (blank, _), between in zip(pairwise(body.in_text), around[1:-1], strict=True):
        if len(between) < 7:
            yield "warning", f"After “{blank.id}” the next blank comes within {len(between)} words; leave 7 or more."


def _blank(blank: Blank, around: list[list[str]]) -> Said:
    for answer in _answers(blank):
        run = lower_words(answer)
        if run and any(contains_run(text, run) for text in around):
            yield "error", f"The answer of “{blank.id}”, “{answer}”, stands elsewhere in the text."
        if run and all(word in _SMALL for word in run):
            yield "warning", f"The blank “{blank.id}” asks for “{answer}”; take out a word that matters."
    for accepted in blank.accept:
        if len(words(accepted.text)) > 4:
            yield "error", f"The answer “{accepted.text}” of “{blank.id}” has more than four words."
    for shared in sorted({normalise(a.text) for a in blank.accept} & {normalise(w.text) for w in blank.wrong}):
        yield "error", f"“{shared}” is both accepted and listed as wrong in “{blank.id}”."
    texts = [normalise(option.text) for option in blank.options]
    if len(set(texts)) < len(texts):
        yield "error", f"Two options of “{blank.id}” read alike."


RULES: dict[str, Rule] = {
    "TY-CL": Rule(
        "error for an answer that stands elsewhere in the text, has more than 4 words or is both accepted and wrong, "
        "or for two equal options; warning for more than 4 blanks, fewer than 7 words between two, a blank among the "
        "first 4 words or on a stop-word",
        "A cloze has one to four blanks on words that matter, and its text does not give them away.",
        each_question(_cloze, ClozeBody),
    ),
}
