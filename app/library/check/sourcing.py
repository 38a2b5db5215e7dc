"""Rules about where statements come from: citations, publishers, translations, and when to look again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from app.lessons.model import Lesson
from app.library.check.lists import INVENTED, SUPPOSITIONS
from app.library.check.parts import Paragraph, asked_text, paragraphs, told_text
from app.library.check.patterns import ATTRIBUTED, any_of
from app.library.check.rule import Finding, Rule, Said, SaidAt, Subject, each_lesson, each_question
from app.library.check.words import normal, outside_quotes, words
from app.library.model import Library
from app.questions.model import Question

_CITATION = re.compile(r"\[\^(\w+)\]")
_QUOTATION = re.compile(r"“([^”]+)”")
# A place in the article or the course is a locator of its own; the number of a step says nothing about the world.
_PLACE = re.compile(
    r"\b(?:paragraphs?|claims?|headline)\b(?:\s+[CP]?\d+(?:(?:\s*,\s*|\s+(?:and|to|or)\s+|\s*[–-]\s*)[CP]?\d+)*)?", re.I
)
_COURSE_PLACE = re.compile(r"\b(?:lessons?|steps?|rows?|columns?|rungs?|questions?|lines?|sentences?)\s+\d+\b", re.I)
# A year, a day, a count of ten or more; shares and chances (“80 per cent”, 0.7) are mostly examples.
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_NUMBER = re.compile(
    rf"(?<![\d.,/])\d{{2,}}(?![\d]*(?:\.\d|\s*%|\s+(?:per\s?cent|and|to|or)\b))|\b\d+\s+{_MONTH}\b|\b{_MONTH}\s+\d"
)
_EXAMPLE = re.compile(r"\bif you\b|\bfor example\b", re.I)
_INVENTED = re.compile(rf"(?<![\w-]){any_of((*INVENTED, *SUPPOSITIONS), anywhere_case=True)}(?!\w)")
_TRANSLATED = re.compile(r"\btranslat(?:ed|ion|ions|es)\b", re.I)
_BY = re.compile(
    r"\btranslat(?:ed|ion)\s+(?:\w+\s+){0,4}?by\b|\bour translation\b|\w[’']s? (?:own )?translation\b", re.I
)
_ORIGINAL = re.compile(
    r"\boriginal\b|\b(?:from|in)\s+(?:the\s+)?(?:Arabic|Farsi|French|German|Hebrew|Kurdish|Persian|Portuguese|Russian"
    r"|Spanish|Turkish|Ukrainian|Chinese)\b"
)
_DOCTRINE = re.compile(r"\b(?:doctrines?|doctrinal)\b", re.I)


def _says_something(library: Library, text: str) -> str:
    """What in a paragraph wants a source: a number, a quotation, or “according to”; empty for nothing."""
    own = _COURSE_PLACE.sub(" ", outside_quotes(_CITATION.sub("", text)))
    if _NUMBER.search(own):
        return "a number"
    if re.search(r"\baccording to\b", own, re.I):
        return "“according to”"
    kept = [normal(quote.text) for quote in library.quotes.values()]
    # What nobody is said to have said is a thought in quotation marks.
    for quoted in _QUOTATION.findall(text) if ATTRIBUTED.search(own) else ():
        if len(words(quoted)) >= 4 and not any(normal(quoted).rstrip(" .,…") in fragment for fragment in kept):
            return "a quotation"
    return ""


def _uncited(library: Library, lesson: Lesson) -> SaidAt:
    text = [p for p in paragraphs(lesson) if p.box != "summary"]
    units = [list(group) for _, group in groupby(text, key=_unit)]
    for before, unit, after in zip([[], *units], units, [*units[1:], []], strict=False):
        # The sentence above or below a table often has its source.
        around = [*before[-1:], *unit, *after[:1]] if unit[0].table else unit
        if lesson.head.hypothetical or any(_is_sourced(paragraph.text) for paragraph in around):
            continue
        for paragraph in unit:
            if what := _says_something(library, paragraph.text):
                begins = " ".join(words(paragraph.text)[:5])
                message = f"The paragraph “{begins} …” has {what} and no source: cite one, or name the paragraph."
                yield paragraph.line, "warning", message
                break


def _is_sourced(text: str) -> bool:
    """Whether a text cites, names a place in the article, or says that it is invented."""
    return any(pattern.search(text) for pattern in (_CITATION, _PLACE, _INVENTED, _EXAMPLE))


def _unit(paragraph: Paragraph) -> tuple[object, ...]:
    """What is sourced as one: a box, a table, or else each paragraph alone."""
    if paragraph.box:
        return paragraph.segment, paragraph.box
    return paragraph.segment, "table" if paragraph.table else paragraph.line


def _quotations(texts: list[str]) -> Said:
    for text in texts:
        for quoted in _QUOTATION.findall(text):
            if len(words(quoted)) > 90:
                begins = " ".join(words(quoted)[:5])
                yield "warning", f"The quotation “{begins} …” has {len(words(quoted))} words; at most 90."
        if _TRANSLATED.search(outside_quotes(text)) and any(len(words(q)) >= 4 for q in _QUOTATION.findall(text)):
            missing = [
                what
                for what, known in (("who translated", _BY), ("the original's language", _ORIGINAL))
                if not known.search(text)
            ]
            if missing:
                yield "warning", f"A quotation in translation lacks {' and '.join(missing)}."


def _quoted_in_lesson(library: Library, lesson: Lesson) -> SaidAt:
    for paragraph in paragraphs(lesson):
        for severity, message in _quotations([paragraph.text]):
            yield paragraph.line, severity, message


def _quoted_in_question(library: Library, question: Question) -> Said:
    yield from _quotations([*asked_text(question), *told_text(question)])


def _quoted(subject: Subject) -> Iterator[Finding]:
    yield from each_lesson(_quoted_in_lesson)(subject)
    yield from each_question(_quoted_in_question)(subject)


def _one_publisher(library: Library, lesson: Lesson) -> SaidAt:
    cited = [ref for p in paragraphs(lesson) for ref in _CITATION.findall(p.text) if ref != "article"]
    names = [library.sources[ref].publisher or "" for ref in cited if ref in library.sources]
    for name, count in Counter(names).most_common(1):
        if len(names) >= 8 and count > 0.4 * len(names):
            message = f"{count} of {len(names)} citations are from {name}; let others speak as well."
            yield lesson.line, "warning", message


def _doctrine(library: Library, lesson: Lesson) -> SaidAt:
    for _, group in groupby(paragraphs(lesson), key=lambda paragraph: paragraph.segment):
        together = list(group)
        first = next((p for p in together if _DOCTRINE.search(outside_quotes(p.text))), None)
        cited = {ref for p in together for ref in _CITATION.findall(p.text)}
        kinds = {library.sources[ref].kind for ref in cited if ref in library.sources}
        if first and cited and not kinds & {"primary", "state"}:
            message = "It speaks of a doctrine, and its segment cites no primary document: cite the document itself."
            yield first.line, "warning", message


def _spread(subject: Subject) -> Iterator[Finding]:
    yield from each_lesson(_one_publisher)(subject)
    yield from each_lesson(_doctrine)(subject)


def _overdue(subject: Subject) -> Iterator[Finding]:
    for question in subject.questions:
        due = question.head.review_by
        if subject.today and due and due < subject.today:
            place = question.place
            message = f"{question.id}: It was to be looked at again by {due.isoformat()}."
            yield Finding(place.file, place.line, "info", message, question.id)


RULES: dict[str, Rule] = {
    "LES-10": Rule(
        "warning",
        "A paragraph, table or example with a number, a quotation or “according to” cites a source or names a place in "
        "the article; what is invented is free.",
        each_lesson(_uncited),
    ),
    "SRC-02": Rule(
        "warning",
        "A quotation has at most 90 words, and one in translation says who translated it from what language.",
        _quoted,
    ),
    "SRC-09": Rule(
        "warning above 40 % of 8 citations or more, or for a doctrine without a primary document",
        "A lesson hears more than one publisher, and a doctrine is cited from its documents.",
        _spread,
    ),
    "SRC-11": Rule("info", "The day under “review_by” is still to come.", _overdue),
}
