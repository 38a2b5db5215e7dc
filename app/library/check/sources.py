"""Rules about sources, quotations and neutrality."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.lessons.model import Lesson
from app.library.check.lists import (
    ADVOCACY,
    ALLIANCES,
    ATTRIBUTIONS,
    INVENTED,
    LEADERS,
    PEOPLES,
    STATES,
    SUPPOSITIONS,
)
from app.library.check.parts import asked_text, paragraphs, told_text
from app.library.check.patterns import any_of
from app.library.check.rule import Finding, Rule, Said, SaidAt, Subject, each_lesson, each_question
from app.library.check.words import contains_run, lower_words, outside_quotes, sentences, words
from app.library.model import Library
from app.questions.model import Question

COURSE = "lessons/course.yaml"
QUOTES = "lessons/article/quotes.yaml"


# “US” is a state, “us” is not: states keep their capitals.
_REAL = re.compile(rf"(?<![\w-])(?:{any_of(STATES)}|{any_of(PEOPLES)}s?)(?!\w)")
_ACTOR = rf"(?:{any_of(STATES)}|{any_of((*ALLIANCES, *LEADERS, 'we'), anywhere_case=True)})"
_ADVICE = re.compile(
    rf"(?<![\w-]){_ACTOR}(?:\s+[A-Z]\w+)?(?:\s+(?:\w+ly|also|then|now|thus|still|always|never|simply))?"
    rf"\s+{any_of(ADVOCACY, anywhere_case=True)}(?!\w)"
)
_INVENTED = re.compile(rf"(?<![\w-]){any_of(INVENTED, anywhere_case=True)}(?!\w)")
_SUPPOSED = re.compile(rf"(?<![\w-]){any_of((*INVENTED, *SUPPOSITIONS), anywhere_case=True)}(?!\w)")
_ATTRIBUTED = re.compile(rf"(?<![\w-]){any_of(ATTRIBUTIONS, anywhere_case=True)}(?!\w)")


def _sources(subject: Subject) -> Iterator[Finding]:
    for source in subject.library.sources.values():
        file, line = subject.at("lessons/sources.yaml", source.id)
        fields = {"publisher": source.publisher, "title": source.title, "date": source.date}
        for field, value in fields.items():
            if not (value or "").strip():
                yield Finding(file, line, "error", f"The source {source.id} has no “{field}”.")
        if not (source.url or "").strip():
            yield Finding(file, line, "warning", f"The source {source.id} has no address (“url”).")


def _advice(texts: Iterable[str]) -> Iterator[str]:
    """Sentences outside quotation marks that tell a state, an alliance, a leader or “we” what to do."""
    for text in texts:
        for sentence in sentences(outside_quotes(text)):
            found = _ADVICE.search(sentence)
            if found and not sentence.rstrip(" ”\"’')").endswith("?"):
                yield f"“{found[0]}” recommends a policy; say who argues so, or what follows from what."


def _advocacy_in_lesson(library: Library, lesson: Lesson) -> SaidAt:
    for paragraph in paragraphs(lesson):
        for said in _advice([paragraph.text]):
            yield paragraph.line, "error", said


def _advocacy_in_question(library: Library, question: Question) -> Said:
    for said in _advice((*asked_text(question), *told_text(question))):
        yield "error", said


def _advocacy(subject: Subject) -> Iterator[Finding]:
    yield from each_lesson(_advocacy_in_lesson)(subject)
    yield from each_question(_advocacy_in_question)(subject)


def _positions(library: Library, ids: Iterable[str]) -> set[str]:
    found = (library.sources.get(source) for source in ids)
    return {source.position for source in found if source and source.position}


def _contested_question(library: Library, question: Question) -> Said:
    head = question.head
    if not head.contested:
        return
    if len(_positions(library, [*([head.source.ref] if head.source else []), *head.sources])) < 2:
        yield "error", "It is contested: name sources with two different “position”s."
    if not _ATTRIBUTED.search(head.stem):
        yield "error", "It is contested: the stem says whose view is asked for, such as “according to …”."


def _contested_lesson(library: Library, lesson: Lesson) -> SaidAt:
    if lesson.head.contested and len(_positions(library, lesson.citations)) < 2:
        yield lesson.line, "error", "The lesson is contested: cite sources with two different “position”s."


def _contested(subject: Subject) -> Iterator[Finding]:
    yield from each_lesson(_contested_lesson)(subject)
    yield from each_question(_contested_question)(subject)


def _invented_question(library: Library, question: Question) -> Said:
    head = question.head
    invented = head.passage is not None and head.passage.status == "invented"
    text = " ".join(asked_text(question))
    if head.hypothetical or not (invented or _SUPPOSED.search(head.stem)):
        return
    if found := _REAL.search(text):
        yield (
            "error",
            f"It invents an event with {found[0]}: add “hypothetical: true”, or invent the state too.",
        )


def _invented_lesson(library: Library, lesson: Lesson) -> SaidAt:
    for paragraph in paragraphs(lesson):
        found = _REAL.search(paragraph.text)
        if found and _INVENTED.search(paragraph.text) and not lesson.head.hypothetical:
            message = f"This invents an event with {found[0]}: add “hypothetical: true” at the top of the lesson."
            yield paragraph.line, "error", message


def _invented(subject: Subject) -> Iterator[Finding]:
    yield from each_lesson(_invented_lesson)(subject)
    yield from each_question(_invented_question)(subject)


def _long_quotes(subject: Subject) -> Iterator[Finding]:
    for quote in subject.library.quotes.values():
        count = len(words(quote.text))
        if count > 40:
            message = f"The quotation {quote.id} has {count} words; at most 40."
            yield Finding(*subject.at(QUOTES, quote.id), "error", message)


def quoted_share(library: Library) -> float:
    """The share of the article's words that the quotations hold, a word in two of them counted once."""
    total = 0
    for at in {quote.at for quote in library.quotes.values()}:
        fragments = [lower_words(quote.text) for quote in library.quotes.values() if quote.at == at]
        total += sum(len(fragment) for fragment in _merged(fragments))
    # Nobody can tell how much is quoted of an article whose length is not given.
    return total / (library.course.words_in_article or total or 1)


def _merged(fragments: list[list[str]]) -> list[list[str]]:
    """Fragments of one paragraph without those inside another, and joined where one continues another."""
    kept: list[list[str]] = []
    for fragment in sorted(fragments, key=len, reverse=True):
        if not any(contains_run(other, fragment) for other in kept):
            kept.append(fragment)
    for one in kept:
        for other in kept:
            # Three words in common at the seam are no accident; fewer may be.
            seam = next((n for n in range(min(len(one), len(other)) - 1, 2, -1) if one[-n:] == other[:n]), 0)
            if one is not other and seam:
                rest = [fragment for fragment in kept if fragment is not one and fragment is not other]
                return _merged([*rest, one + other[seam:]])
    return kept


def _much_quoted(subject: Subject) -> Iterator[Finding]:
    library = subject.library
    if library.quotes and library.course.words_in_article is None:
        message = "Say how many words the article has, under “words_in_article”; at most 35 % of it is quoted."
        yield Finding(COURSE, 1, "error", message)
        return
    share = quoted_share(library)
    if share > 0.35:
        yield Finding(QUOTES, 1, "error", f"The quotations hold {share:.1%} of the article; at most 35 %.")


RULES: dict[str, Rule] = {
    "SRC-01": Rule(
        "error for an unknown source or one without publisher, title or date; warning without address",
        "A source is in lessons/sources.yaml with publisher, title, date and address.",
        _sources,
    ),
    "SRC-04": Rule(
        "error",
        "The author's voice tells no state, alliance or leader, nor “we”, what it should or must do.",
        _advocacy,
    ),
    "SRC-06": Rule(
        "error",
        "What is contested has sources of two positions, and its stem says whose view is asked for.",
        _contested,
    ),
    "SRC-10": Rule(
        "error",
        "An invented event with real states carries “hypothetical: true”.",
        _invented,
    ),
    "QUO-01": Rule("error", "A quotation has at most 40 words.", _long_quotes),
    "QUO-02": Rule("error", "All quotations together hold at most 35 % of the article.", _much_quoted),
}
