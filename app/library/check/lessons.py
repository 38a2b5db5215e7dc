"""Rules about lessons: objectives, length, reading level, figures, terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from statistics import mean

from app.lessons.model import Figure, Lesson, Note, Term
from app.library.check.lists import COLOURS, OBSERVABLE_VERBS, OTHER_CUES, VAGUE_VERBS
from app.library.check.parts import Paragraph, body_text, paragraphs
from app.library.check.rule import Finding, Rule, Said, SaidAt, Subject, each_lesson
from app.library.check.words import lower_words, reading_grade, sentences, stem, words
from app.library.model import Library

_MARKED_TERM = re.compile(r"\[([^\]]+)\]\{term=([a-z0-9-]+)\}")


def _objective_count(library: Library, lesson: Lesson) -> SaidAt:
    count = len(lesson.head.objectives)
    if not 2 <= count <= 5:
        yield lesson.line, "error", f"The lesson has {count} objectives; give it three or four."
    elif count not in (3, 4):
        yield lesson.line, "warning", f"The lesson has {count} objectives; three or four keep it in focus."


def _objective_verbs(subject: Subject) -> Iterator[Finding]:
    file = "lessons/course.yaml"
    for objective in subject.library.course.objectives:
        at, line = subject.at(file, objective.id)
        # What stands before “can” is the condition, in which any verb may stand.
        does = lower_words(re.split(r"\bcan\b", objective.text, maxsplit=1)[-1])
        said = f" {' '.join(does)} "
        vague = next((verb for verb in VAGUE_VERBS if f" {verb} " in said), None)
        if vague:
            message = f"“{vague}” cannot be observed; say what the learner does, such as identify or explain."
            yield Finding(at, line, "error", f"{objective.id}: {message}")
        elif not OBSERVABLE_VERBS & set(does):
            message = "No verb says what the learner does; use one such as identify, distinguish or explain."
            yield Finding(at, line, "error", f"{objective.id}: {message}")


def _length(library: Library, lesson: Lesson) -> SaidAt:
    body = body_text(lesson)
    total = sum(len(words(paragraph.text)) for paragraph in body)
    if total > 2200:
        yield lesson.line, "error", f"The lesson has {total} words; at most 2,200, better 900 to 1,500."
    elif not 700 <= total <= 1600:
        yield lesson.line, "warning", f"The lesson has {total} words; 900 to 1,500 suit one sitting."
    for number, segment in enumerate(lesson.segments):
        count = sum(len(words(paragraph.text)) for paragraph in body if paragraph.segment == number)
        if count > 400:
            name = f"“{segment.heading}”" if segment.heading else "The opening"
            yield segment.line, "warning", f"{name} has {count} words; split it, at most 400 a segment."


def known_words(library: Library) -> set[str]:
    """The words of the glossary's terms, but not the “of” of a bill of lading."""
    names = (name for term in library.terms.values() for name in (term.term, *term.also))
    return {word for name in names for word in lower_words(name) if len(word) > 3}


def _reading_level(library: Library, lesson: Lesson) -> SaidAt:
    known = known_words(library)
    running = [paragraph for paragraph in body_text(lesson) if not paragraph.table]
    units = [(lesson.line, "The lesson", running)]
    for number, segment in enumerate(lesson.segments):
        name = f"“{segment.heading}”" if segment.heading else "The opening"
        units.append((segment.line, name, [p for p in running if p.segment == number]))
    for line, name, unit in units:
        grade = reading_grade((paragraph.text for paragraph in unit), known)
        if grade is None or grade <= 11:
            continue
        message = f"{name} reads at grade {grade:.1f}; 9 to 11 is meant: shorter sentences, shorter words."
        yield line, "warning" if grade > 12 else "info", message


def _sentence_length(library: Library, lesson: Lesson) -> SaidAt:
    lengths = []
    for paragraph in body_text(lesson):
        if paragraph.table:
            continue
        for sentence in sentences(paragraph.text):
            length = len(words(sentence))
            lengths.append(length)
            if length > 40:
                begins = " ".join(words(sentence)[:5])
                yield (
                    paragraph.line,
                    "warning",
                    f"The sentence “{begins} …” has {length} words; at most 40.",
                )
    if lengths and mean(lengths) > 22:
        yield lesson.line, "warning", f"Sentences have {mean(lengths):.0f} words on average; at most 22."


def _figures(library: Library, lesson: Lesson) -> SaidAt:
    for segment in lesson.segments:
        for block in segment.blocks:
            if isinstance(block, Figure):
                for severity, message in _one_figure(block):
                    yield block.line, severity, f"The figure “{block.name}” {message}"


def _one_figure(figure: Figure) -> Said:
    count = len(words(figure.alt))
    if not count:
        yield "error", "has no alternative text: say under “alt:” what it shows."
    elif not 5 <= count <= 60:
        yield "warning", f"has an alternative text of {count} words; 5 to 60 say enough."
    for sentence in sentences(figure.alt) + sentences(figure.caption):
        said = set(lower_words(sentence))
        if said & COLOURS and not said & OTHER_CUES:
            colour = min(said & COLOURS)
            yield "warning", f"is told apart by “{colour}” alone; add a label, a place or a kind of line."


def _defined_in(lesson: Lesson) -> dict[str, int]:
    """Term id → the segment whose margin defines it."""
    found: dict[str, int] = {}
    for number, segment in enumerate(lesson.segments):
        for block in segment.blocks:
            if isinstance(block, Note) and block.term:
                found.setdefault(block.term, number)
    return found


@lru_cache(maxsize=1024)
def _pattern(term: Term) -> re.Pattern[str]:
    names = sorted(filter(None, (term.term, *term.also)), key=len, reverse=True) or ["-"]
    # A name in capitals, such as an abbreviation, is not the same word in small letters.
    each = (re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})" for name in names)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(each)})(?![\w-])")


def _terms(library: Library, lesson: Lesson) -> SaidAt:
    here = _defined_in(lesson)
    before = {
        term
        for other in library.lessons.values()
        if other.head.number < lesson.head.number
        for term in _defined_in(other)
    }
    text = paragraphs(lesson)
    whole = "\n".join(paragraph.text for paragraph in text)
    shown = _unmarked(whole)
    for term in library.terms.values():
        if f"={term.id}}}" not in whole and not _pattern(term).search(shown):
            continue
        if term.id not in before:
            yield from _used_early(term, here.get(term.id), text)
        yield from _two_names(term, lesson, text)


def _used_early(term: Term, defined: int | None, text: list[Paragraph]) -> SaidAt:
    """A term that this lesson defines may not stand in an earlier segment; one marked needs a definition."""
    for paragraph in text:
        marked = any(match[2] == term.id for match in _MARKED_TERM.finditer(paragraph.text))
        if defined is None and marked:
            message = f"“{term.term}” is marked as a term, but no note defines it in this lesson or before."
            yield paragraph.line, "error", f"{message} Add “::: note term={term.id}”."
            return
        used = marked or _pattern(term).search(_unmarked(paragraph.text))
        if defined is not None and paragraph.segment < defined and used:
            message = f"“{term.term}” is used before its definition; move its note to this segment."
            yield paragraph.line, "error", message
            return


@lru_cache(maxsize=4096)
def _unmarked(text: str) -> str:
    return _MARKED_TERM.sub(r"\1", text)


def _two_names(term: Term, lesson: Lesson, text: list[Paragraph]) -> SaidAt:
    seen: dict[tuple[str, ...], str] = {}
    for paragraph in text:
        for match in _pattern(term).finditer(_unmarked(paragraph.text)):
            name = match[0]
            seen.setdefault(tuple(stem(word) for word in words(name)), name)
            if len(seen) > 1:
                names = " and ".join(f"“{other}”" for other in seen.values())
                yield paragraph.line, "warning", f"{names} name one thing; keep to one of them."
                return


RULES: dict[str, Rule] = {
    "LES-01": Rule(
        "error for fewer than 2 or more than 5; warning for 2 or 5",
        "A lesson has three or four objectives.",
        each_lesson(_objective_count),
    ),
    "LES-02": Rule(
        "error",
        "An objective says with a verb what the learner can be seen to do; “understand” and “know” do not.",
        _objective_verbs,
    ),
    "LES-03": Rule(
        "warning below 700 or above 1,600 words, or for a segment above 400; error above 2,200",
        "A lesson is short enough for one sitting and is cut into segments.",
        each_lesson(_length),
    ),
    "LES-05": Rule(
        "warning above grade 12, info above 11 (texts of 150 words or more)",
        "The text reads at grade 9 to 11 (Flesch–Kincaid).",
        each_lesson(_reading_level),
    ),
    "LES-06": Rule(
        "warning for a mean above 22 words or any sentence above 40",
        "Sentences are short.",
        each_lesson(_sentence_length),
    ),
    "LES-07": Rule(
        "error without alternative text; warning below 5 or above 60 words, or with colour as the only cue",
        "A figure has an alternative text that says what it shows.",
        each_lesson(_figures),
    ),
    "LES-09": Rule(
        "error for a term before its definition; warning for two names of one term",
        "A glossary term is defined where it is first used, and keeps one name.",
        each_lesson(_terms),
    ),
}
