"""The rule about questions that give each other away, so that they never stand in one quiz."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from app.library.check.lists import STATES, STOP_WORDS
from app.library.check.parts import parts
from app.library.check.rule import Finding, Rule, Subject
from app.library.check.words import lower_words
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.choice import ChoiceBody
from app.questions.types.cloze import ClozeBody
from app.questions.types.short_answer import ShortAnswerBody

Phrase = tuple[str, ...]

_STATES = frozenset(state.casefold() for state in STATES)
_CONTENT = 3
# What stands in more questions than this is a word of the subject and gives nothing away.
_RARE = 2
_LONGEST = 6


def _content(word: str) -> bool:
    """Whether a word carries meaning here."""
    return len(word) > 3 and word.isalpha() and word not in STOP_WORDS


def _shown(library: Library, question: Question) -> str:
    """What a quiz shows whatever the answer: the stem and the passage."""
    passage = question.head.passage
    if passage is None:
        return question.head.stem
    quote = library.quotes.get(passage.quote or "")
    return f"{question.head.stem} {quote.text if quote else passage.text or ''}"


def _phrases(words: list[str]) -> Iterator[Phrase]:
    """Every run that begins and ends with a content word and has three of them."""
    for at, word in enumerate(words):
        if not _content(word):
            continue
        count = 0
        for end in range(at, min(at + _LONGEST, len(words))):
            count += _content(words[end])
            if count == _CONTENT:
                yield tuple(words[at : end + 1])
                break


def _key_phrases(library: Library, question: Question) -> set[Phrase]:
    """What gives the key away where it is read: typed words whole, of a key to choose three content words in a row."""
    if isinstance(question.body, (ShortAnswerBody, ClozeBody)):
        typed = (lower_words(part.text) for part in parts(question.body) if part.key and not part.shown)
        terms = {name.casefold() for term in library.terms.values() for name in (term.term, *term.also)}
        # Any single word stands somewhere by chance; one of the course's terms does not.
        return {
            tuple(words)
            for words in typed
            if (sum(map(_content, words)) > 1 and not _STATES & {" ".join(words).removeprefix("the ")})
            or " ".join(words) in terms
        }
    if isinstance(question.body, ChoiceBody):
        return {p for part in parts(question.body) if part.key for p in _phrases(lower_words(part.text))}
    return set()


def _given_away(subject: Subject) -> Iterator[Finding]:
    by_use = defaultdict(list)
    for question in subject.library.questions.values():
        # Self-checks stand in their lesson and are in no quiz.
        if question.head.use != "lesson":
            by_use[question.head.use].append(question)
    for together in by_use.values():
        yield from _among(subject.library, together)


def _among(library: Library, together: list[Question]) -> Iterator[Finding]:
    keys = {question.id: _key_phrases(library, question) for question in together}
    wanted = {phrase for phrases in keys.values() for phrase in phrases}
    shown = {question.id: _found(lower_words(_shown(library, question)), wanted) for question in together}
    common = Counter(phrase for phrases in shown.values() for phrase in phrases)
    named = Counter(phrase for phrases in keys.values() for phrase in phrases)
    for question in together:
        rare = {p for p in keys[question.id] if common[p] <= _RARE and named[p] <= _RARE} - shown[question.id]
        for other in together:
            if other is question or _apart(question, other):
                continue
            if found := min(rare & shown[other.id], default=None):
                place = question.place
                message = f"Its key, “{' '.join(found)}”, can be read in {other.id}; name that under “enemies”."
                yield Finding(place.file, place.line, "warning", f"{question.id}: {message}", question.id)


def _found(words: list[str], wanted: set[Phrase]) -> set[Phrase]:
    starts = {phrase[0] for phrase in wanted}
    places = [at for at, word in enumerate(words) if word in starts]
    return wanted & {tuple(words[at : at + length]) for at in places for length in range(1, _LONGEST + 1)}


def _apart(question: Question, other: Question) -> bool:
    """Whether the two never stand in one quiz, or are meant to stand together."""
    if question.head.case and question.head.case == other.head.case and question.lesson == other.lesson:
        return True
    return other.id in question.head.enemies or question.id in other.head.enemies


RULES: dict[str, Rule] = {
    "BNK-08": Rule(
        "warning",
        "A key that can be read in another question's stem or passage makes the two “enemies”: never in one quiz.",
        _given_away,
    ),
}
