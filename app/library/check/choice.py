"""Rules about options of which some are the key, whatever the kind: nothing but knowledge may tell them apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean

from app.library.check.lists import ABSOLUTES
from app.library.check.parts import choices
from app.library.check.rule import Finding, Rule, Said, Subject, each_question
from app.library.check.shapes import agrees, comparable, ends_sentence, number_range, tense
from app.library.check.words import content_stems, jaccard, lower_words, normal, words
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.base import Option
from app.questions.types.choice import ChoiceBody
from app.questions.types.single_choice import SingleChoiceBody

_OF_THE_ABOVE = re.compile(r"\b(?:all|both|each|any|two)\s+(?:of\s+)?(?:the\s+above|these\s+(?:answers|options))", re.I)
_LETTERS = re.compile(
    r"^(?:both|only)?\s*\(?[A-H]\)?(?:\s*,\s*\(?[A-H]\)?)*,?\s+(?:and|or|&)\s+\(?[A-H]\)?(?:\s+only)?\.?$"
)
_NUMBERS = re.compile(
    r"^(?:(?:both|only)\s+(?:\d|[IV]+)(?:\s*,\s*(?:\d|[IV]+))*,?\s+and\s+(?:\d|[IV]+)"
    r"|(?:\d|[IV]+)(?:\s*,\s*(?:\d|[IV]+))*,?\s+and\s+(?:\d|[IV]+)\s+only|[IV]+(?:\s*,\s*[IV]+)*,?\s+and\s+[IV]+)\.?$"
)
_NONE = re.compile(r"\bnone\s+of\s+(?:the\s+above|these(?:\s+(?:answers|options))?)\b", re.I)


@dataclass(frozen=True)
class Choice:
    """The stem of a question and one list of options in it."""

    stem: str
    options: Sequence[Option]

    @property
    def keys(self) -> list[Option]:
        """The right options."""
        return [option for option in self.options if option.key]

    @property
    def wrong(self) -> list[Option]:
        """The distractors."""
        return [option for option in self.options if not option.key]


def each_choice(find: Callable[[Choice], Said], *bodies: type) -> Callable[[Subject], Iterator[Finding]]:
    """A rule over every list of options that has keys and distractors: those of a choice, reasons for a verdict.

    With `bodies` it looks at questions with one of these bodies only.
    """

    def over(library: Library, question: Question) -> Said:
        for options in choices(question.body):
            choice = Choice(question.head.stem, options)
            if choice.keys and choice.wrong:
                yield from find(choice)

    return each_question(over, *bodies)


def _long_key(choice: Choice) -> Said:
    others = [len(words(option.text)) for option in choice.wrong]
    length = min(len(words(option.text)) for option in choice.keys)
    if length >= max(others) + 3 and length >= 1.4 * mean(others):
        yield "warning", f"The key has {length} words and stands out as the longest; even the options out."


def _combined(choice: Choice) -> Said:
    for option in choice.options:
        text = option.text.strip()
        if _OF_THE_ABOVE.search(text) or _LETTERS.match(text) or _NUMBERS.match(text):
            yield (
                "error",
                f"The option “{text}” combines others; write out what it says, or ask for all that apply.",
            )


def _none_of_the_above(choice: Choice) -> Said:
    for option in choice.options:
        if _NONE.search(option.text):
            yield "warning", f"“{option.text}” shows what learners rule out, not what they know."


def _absolutes(choice: Choice) -> Said:
    strong = [option for option in choice.wrong if ABSOLUTES & set(lower_words(option.text))]
    in_key = any(ABSOLUTES & set(lower_words(option.text)) for option in choice.keys)
    if strong and len(strong) >= len(choice.wrong) - 1 and not in_key:
        word = min(ABSOLUTES & set(lower_words(strong[0].text)))
        yield "warning", f"Words such as “{word}” stand in the wrong options only and give them away."


def _overlaps(choice: Choice) -> Said:
    for one, other in combinations(choice.options, 2):
        pair = f"“{one.id}” and “{other.id}”"
        first, second = number_range(one.text), number_range(other.text)
        if normal(one.text).rstrip(" .!") == normal(other.text).rstrip(" .!"):
            yield "error", f"The options {pair} say the same."
        elif first and second and first.unit == second.unit and first.low <= second.high and second.low <= first.high:
            yield "error", f"The ranges of {pair} overlap; a value could be in both."
        elif jaccard(lower_words(one.text), lower_words(other.text)) >= 0.8:
            yield "warning", f"The options {pair} are almost the same; make the difference plain."


def _grammar(choice: Choice) -> Said:
    last = (lower_words(choice.stem) or [""])[-1]
    if last not in ("a", "an", "is", "are"):
        return
    misfits = [option for option in choice.wrong if agrees(last, option.text) is False]
    if misfits and all(agrees(last, option.text) for option in choice.keys):
        yield "warning", f"The stem ends in “{last}”, which fits the key but not “{misfits[0].id}”."


def _echo(choice: Choice) -> Said:
    asked = content_stems(choice.stem)
    echoes = [asked & content_stems(option.text) for option in choice.keys]
    if all(echoes) and not any(asked & content_stems(option.text) for option in choice.wrong):
        yield "warning", f"Only the key echoes the stem (“{min(echoes[0])}…”); put it otherwise."


def _option_count(library: Library, question: Question) -> Said:
    count = len(question.body.options)
    if not 3 <= count <= 7:
        yield "error", f"It has {count} options; three good ones are best, five the most."
    elif count > 5:
        yield "warning", f"It has {count} options; three good ones are best, five the most."


def _fixed_order(library: Library, question: Question) -> Said:
    body = question.body
    if body.shuffle:
        return
    if not body.shuffle_reason.strip():
        yield "error", "“shuffle: false” needs a “shuffle_reason”; without one options are shuffled."
    values = [comparable(option.text) for option in body.options]
    known = [value for value in values if value is not None]
    if len(known) == len(values) and known not in (sorted(known), sorted(known, reverse=True)):
        yield "warning", "Numbers or dates in a fixed order go from low to high, or from high to low."


def _parallel(choice: Choice) -> Said:
    texts = [option.text for option in choice.options]
    if len({ends_sentence(text) for text in texts}) > 1:
        yield "warning", "Some options are sentences with an end mark and some are not; give all one form."
        return
    tenses = {found for text in texts if (found := tense(text))}
    if len(tenses) > 1:
        yield "warning", f"The options mix {' and '.join(sorted(tenses))} tense; give all one form."


def _common_start(choice: Choice) -> Said:
    starts = {tuple(lower_words(option.text)[:3]) for option in choice.options}
    if len(starts) == 1 and len(next(iter(starts))) == 3:
        yield "warning", f"All options begin with “{' '.join(next(iter(starts)))}”; move it to the stem."


def _one_key(library: Library, question: Question) -> Said:
    """The loader refuses any other number under this very id; this guards what does not come from a file."""
    if len(question.body.keys) != 1:
        yield "error", f"Single choice has one key, not {len(question.body.keys)}."


def _misconceptions(choice: Choice) -> Said:
    for option in choice.wrong:
        if option.misconception is None:
            yield "warning", f"“{option.id}” names no misconception: which belief makes it tempting?"


RULES: dict[str, Rule] = {
    "MC-01": Rule(
        "warning",
        "The key is not the longest option by 3 words and 1.4 times the mean of the others.",
        each_choice(_long_key),
    ),
    "MC-02": Rule(
        "error",
        "No option is “all of the above”, “A and C” or “1 and 2 only”.",
        each_choice(_combined),
    ),
    "MC-03": Rule("warning", "No option is “none of the above”.", each_choice(_none_of_the_above)),
    "MC-04": Rule(
        "warning",
        "Words such as always, never, all, only and must do not stand in the wrong options alone.",
        each_choice(_absolutes),
    ),
    "MC-05": Rule(
        "error for equal options or overlapping ranges; warning from 80 % alike",
        "Options differ, and ranges of numbers do not overlap.",
        each_choice(_overlaps),
    ),
    "MC-06": Rule(
        "warning",
        "A stem that ends in a, an, is or are fits every option, not only the key.",
        each_choice(_grammar, ChoiceBody),
    ),
    "MC-07": Rule(
        "warning",
        "The key is not the only option that repeats a word of the stem.",
        each_choice(_echo),
    ),
    "MC-08": Rule(
        "warning for 6 or 7; error below 3 or above 7",
        "A single choice has three to five options.",
        each_question(_option_count, SingleChoiceBody),
    ),
    "MC-09": Rule(
        "error without a reason; warning for numbers out of order",
        "Options are shuffled unless a reason is given; fixed numbers and dates stand in order.",
        each_question(_fixed_order, ChoiceBody),
    ),
    "MC-10": Rule(
        "warning",
        "Options have one form: all sentences or all fragments, in one tense.",
        each_choice(_parallel),
    ),
    "MC-11": Rule(
        "warning",
        "Three or more words that begin every option belong in the stem.",
        each_choice(_common_start, ChoiceBody),
    ),
    "MC-12": Rule(
        "error",
        "A single choice has exactly one key, and a “credit” of 1 for no other option.",
        each_question(_one_key, SingleChoiceBody),
    ),
    "MC-13": Rule(
        "warning",
        "Every wrong option names the misconception that makes it tempting.",
        each_choice(_misconceptions),
    ),
}
