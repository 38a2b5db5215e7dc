"""Rules about the wording of a question: its length, its age, its echoes of the lesson, its abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from app.lessons.model import Lesson
from app.library.check.lists import AGEING, FREQUENCIES, KNOWN_CAPITALS
from app.library.check.parts import asked_text, choices, guess, paragraphs, parts, told_text
from app.library.check.patterns import any_of, own_sentences
from app.library.check.rule import Finding, Rule, Said, Subject, each_question
from app.library.check.words import lower_words, outside_quotes, sentences, words
from app.library.model import Library
from app.questions.model import Question

_RUN = 8
_AGEING = re.compile(rf"(?<![\w'’-]){any_of(AGEING, anywhere_case=True)}(?![\w'’-]|(?<=so far) (?:as|the)\b)")
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{2,}(?![\w-])")


def _long_stem(library: Library, question: Question) -> Said:
    head = question.head
    count = len(words(head.stem))
    if count > 60 and head.passage is None and head.case is None:
        yield "warning", f"The stem has {count} words; put the case into “passage”, or keep to 60."
    for sentence in sentences(head.stem):
        length = len(words(outside_quotes(sentence)))
        if length > 30:
            begins = " ".join(words(sentence)[:5])
            yield "warning", f"The sentence “{begins} …” of the stem has {length} words; at most 30."


def _ageing(library: Library, question: Question) -> Said:
    head = question.head
    if head.as_of or head.hypothetical:
        return
    shown = [part.text for part in parts(question.body) if part.key]
    for text in (head.stem, *shown, *told_text(question)):
        for sentence in own_sentences(text):
            found = _AGEING.search(sentence.text)
            # With a capital inside a sentence it is a name, such as that of a journal.
            if found and (found[0].islower() or not found.start()):
                yield "warning", f"“{found[0]}” grows old: say when, or give the day under “as_of”."
                return


def _vague_frequency(library: Library, question: Question) -> Said:
    for options in choices(question.body):
        for option in options:
            vague = FREQUENCIES & set(lower_words(outside_quotes(option.text)))
            if vague:
                yield "warning", f"“{min(vague)}” in the option “{option.id}” means something else to each reader."


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of eight words of the author's own."""
    for piece in outside_quotes(text).split("“”"):
        found = lower_words(piece)
        for at in range(len(found) - _RUN + 1):
            yield tuple(found[at : at + _RUN])


def _copied(subject: Subject) -> Iterator[Finding]:
    @cache
    def taught(lesson_id: str) -> frozenset[tuple[str, ...]]:
        lesson: Lesson | None = subject.library.lessons.get(lesson_id)
        return frozenset(run for p in (paragraphs(lesson) if lesson else ()) for run in _runs(p.text))

    for question in subject.questions:
        keys = [part.text for part in parts(question.body) if part.key]
        for text in (question.head.stem, *keys):
            if found := next((run for run in _runs(text) if run in taught(question.lesson)), None):
                place = question.place
                said = f"{question.id}: “{' '.join(found)}” stands in the lesson too; ask in other words."
                yield Finding(place.file, place.line, "warning", said, question.id)
                break


def _abbreviations(subject: Subject) -> Iterator[Finding]:
    library = subject.library
    names = [name for term in library.terms.values() for name in (term.term, *term.also)]
    names += [source.publisher or "" for source in library.sources.values()]
    known = KNOWN_CAPITALS | {token for name in names for token in _CAPITALS.findall(name)}

    def unexplained(library: Library, question: Question) -> Said:
        text = " ".join(asked_text(question))
        for token in sorted(set(_CAPITALS.findall(outside_quotes(text))) - known):
            if f"({token})" not in text:
                yield "warning", f"“{token}” is explained nowhere: write it out, or put it into the glossary."

    yield from each_question(unexplained)(subject)


def _guessed(library: Library, question: Question) -> Said:
    g = guess(question)
    if g is not None and g > 0.35:
        yield (
            "error" if g > 0.5 else "warning",
            f"A blind guess earns {g:.2f} on average; more options or elements make it tell more.",
        )


RULES: dict[str, Rule] = {
    "Q-07": Rule(
        "warning above 60 words without a passage, or for a sentence above 30",
        "A stem is short; a long case stands in the passage.",
        each_question(_long_stem),
    ),
    "Q-11": Rule(
        "warning",
        "A question that says now, recently, currently, latest or the like gives its day under “as_of”.",
        each_question(_ageing),
    ),
    "Q-12": Rule(
        "warning",
        "No option rests on often, usually, sometimes, rarely or the like.",
        each_question(_vague_frequency),
    ),
    "Q-13": Rule(
        "warning",
        "Stem and key share no run of eight words with the lesson, quotations aside.",
        _copied,
    ),
    "Q-14": Rule(
        "warning",
        "An abbreviation in capitals is in the glossary, is written out once, or is known to everybody.",
        _abbreviations,
    ),
    "Q-17": Rule(
        "warning above 0.35; error above 0.5",
        "A blind guess earns little: g of the kind's scoring.",
        each_question(_guessed),
    ),
}
