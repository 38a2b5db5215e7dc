"""Rules about the author's own voice: it neither accuses, nor reads minds, nor is surer than its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from app.lessons.model import Lesson
from app.library.check.lists import (
    COMPARING,
    LIKELIHOODS,
    LOADED,
    LOADED_OF_ACTORS,
    MIND_VERBS,
    NOTHING,
    OVERSURE,
    PEOPLES,
)
from app.library.check.parts import Part, choices, paragraphs, parts, told_text
from app.library.check.patterns import ACTOR, Sentence, any_of, own_sentences
from app.library.check.rule import Finding, Rule, Said, SaidAt, Subject, each_lesson, each_question
from app.library.check.words import lower_words, words
from app.library.model import Library
from app.questions.model import Question
from app.questions.problems import Severity
from app.questions.types.highlight import HighlightBody

Look = Callable[[Sentence], Iterator[str]]

_SOMEBODY = re.compile(rf"(?<![\w-])(?:{ACTOR}|{any_of(PEOPLES)}s?)(?![\w-])")
_LOADED = re.compile(rf"(?<![\w-]){any_of(LOADED, anywhere_case=True)}(?![\w-])")
_OF_ACTORS = re.compile(rf"(?<![\w-]){any_of(LOADED_OF_ACTORS, anywhere_case=True)}(?![\w-])")
_MIND = re.compile(
    rf"(?<![\w-])({ACTOR})(?:[’']s\s+(?:leaders?|government|president|commanders?|generals?))?"
    rf"(?:\s+(?:\w+ly|also|then|still|only|just|both))?\s+{any_of(MIND_VERBS)}\s+(?!of\b|for the night)"
)
# What is only supposed, asked or set beside another reading is nobody's mind read.
_SUPPOSED = re.compile(r"\b(?:if|whether|suppose|supposing|reading|readings|would|might|may|could|had|unless)\b", re.I)
_DEFINES = re.compile(r"\b(?:defin\w+|calls?|called|titled?|names?|named)\b", re.I)
# Of the word itself, not of an event: “On this scale likely stands for 55 to 80 per cent.”
_ABOUT_WORDS = re.compile(
    r"\b(?:words?|terms?|scale|ranges?|calls?|called|stands? for|goes with|probably true|anchors?)\b", re.I
)
_OVERSURE = re.compile(rf"(?<![\w-]){any_of(OVERSURE, anywhere_case=True)}(?![\w-])")
_LIKELY = re.compile(rf"(?<![\w*_-]){any_of(LIKELIHOODS, anywhere_case=True)}(?![\w*_-])")
# A shorter answer names a word of a scale.
_SENTENCE = 4
_NUMBER = re.compile(r"\d|\bper cent\b|\bpercent\b|\b(?:in|out of) (?:two|three|four|five|six|seven|eight|nine|ten)\b")


def _loaded(sentence: Sentence) -> Iterator[str]:
    found = _LOADED.search(sentence.text)
    if (
        found is None
        and _SOMEBODY.search(sentence.text)
        and not sentence.attributed
        and not _DEFINES.search(sentence.text)
    ):
        found = _OF_ACTORS.search(sentence.text)
    if found:
        yield f"“{found[0]}” judges in the author's voice; quote whoever says so, or name what was done."


def _mind_read(sentence: Sentence) -> Iterator[str]:
    found = _MIND.search(sentence.text)
    if found and not sentence.asks and not sentence.attributed and not _SUPPOSED.search(sentence.text):
        yield f"“{found[0].strip()}” reads a mind; say who says so, or what was done."


def _oversure(sentence: Sentence) -> Iterator[str]:
    for found in _OVERSURE.finditer(sentence.text):
        word = found[0].casefold()
        around = set(lower_words(sentence.text[max(0, found.start() - 40) : found.end() + 15]))
        # That something proves nothing is the opposite of being too sure.
        if word in ("proves", "proved") and (around & NOTHING or sentence.asks or _SUPPOSED.search(sentence.text)):
            continue
        yield f"“{found[0]}” presses where evidence does the work; take it out, or show the evidence."


def _numberless(sentence: Sentence) -> Iterator[str]:
    found = _LIKELY.search(sentence.text)
    if found is None or sentence.asks or _NUMBER.search(sentence.text) or _ABOUT_WORDS.search(sentence.text):
        return
    if len(words(sentence.text)) < _SENTENCE:
        return
    before = lower_words(sentence.text[: found.start()])[-1:]
    after = lower_words(sentence.text[found.end() :])[:1]
    if not (COMPARING & set(before) or after == ["than"]):
        yield f"“{found[0]}” means something else to each reader; give the chance as a number or a range."


def _in_lesson(look: Look) -> Callable[[Library, Lesson], SaidAt]:
    def over(library: Library, lesson: Lesson) -> SaidAt:
        for paragraph in paragraphs(lesson):
            for message in _all(look, [paragraph.text]):
                yield paragraph.line, "warning", message

    return over


def _all(look: Look, texts: Iterable[str]) -> Iterator[str]:
    return (message for text in texts for sentence in own_sentences(text) for message in look(sentence))


def _others(question: Question) -> list[Part]:
    """Options that are no key, and elements; not the sentences of a passage, which are somebody's text."""
    if isinstance(question.body, HighlightBody):
        return []
    keyed = {option.id for options in choices(question.body) for option in options if option.key}
    return [part for part in parts(question.body) if part.shown and part.id not in keyed]


def _in_question(
    look: Look, *, keyed: Severity = "warning", wrong: bool = False
) -> Callable[[Library, Question], Said]:
    """Over stem and key with the severity `keyed`, and over what is told; with `wrong` over wrong options too.

    A wrong option is a mistake that somebody makes, so most rules let it be one.
    """

    def over(library: Library, question: Question) -> Said:
        keys = [option.text for options in choices(question.body) for option in options if option.key]
        for message in _all(look, [question.head.stem, *keys]):
            yield keyed, message
        rest = told_text(question) + ([part.text for part in _others(question)] if wrong else [])
        for message in _all(look, rest):
            yield "warning", message

    return over


def _everywhere(
    look: Look, *, keyed: Severity = "warning", wrong: bool = False
) -> Callable[[Subject], Iterator[Finding]]:
    def over(subject: Subject) -> Iterator[Finding]:
        def unknown(sentence: Sentence) -> Iterator[str]:
            # A word that the glossary defines is a term here, and no label.
            return (said for said in look(sentence) if not _is_term(subject.library, said))

        yield from each_lesson(_in_lesson(unknown))(subject)
        yield from each_question(_in_question(unknown, keyed=keyed, wrong=wrong))(subject)

    return over


def _is_term(library: Library, message: str) -> bool:
    word = message.split("”")[0].removeprefix("“").casefold()
    return any(word == name.casefold() for term in library.terms.values() for name in (term.term, *term.also))


RULES: dict[str, Rule] = {
    "SRC-03": Rule(
        "error in a stem or key, else warning",
        "No loaded word (reckless, rogue, puppet, regime of a state, and the like) stands in the author's voice.",
        _everywhere(_loaded, keyed="error", wrong=True),
    ),
    "SRC-05": Rule(
        "warning",
        "What a state or leader wants, intends, believes or fears is somebody's word: a speaker or a citation stands "
        "in the same sentence.",
        _everywhere(_mind_read),
    ),
    "SRC-07": Rule(
        "warning",
        "Nothing is clear, obvious or proved because the author says so.",
        _everywhere(_oversure),
    ),
    "SRC-08": Rule(
        "warning",
        "A word such as likely or probably has its number or range in the same sentence; comparisons are free.",
        _everywhere(_numberless),
    ),
}
