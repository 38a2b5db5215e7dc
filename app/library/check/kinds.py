"""Rules that belong to one kind of question."""

from __future__ import annotations

import re

from app.library.check.lists import ORDER_WORDS
from app.library.check.rule import Rule, Said, each_question
from app.library.check.words import lower_words, words
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.multiple_response import MultipleResponseBody
from app.questions.types.ordering import OrderingBody
from app.questions.types.short_answer import Accepted, ShortAnswerBody, normalise

_COUNT = r"(?:two|three|four|five|six|[2-6])"
_TELLS_COUNT = re.compile(
    rf"\b(?:which|select|choose|pick|mark|tick|name)\s+(?:the\s+|exactly\s+)?{_COUNT}\b"
    rf"|\b{_COUNT}\s+(?:of\s+(?:these|them|the\s+following|the\s+(?:statements|options|answers))"
    r"|(?:statements|options|answers)\s+(?:are|hold|apply|fit))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1\d{3}|20\d{2})\b")


def _multiple_response(library: Library, question: Question) -> Said:
    options, keys = len(question.body.options), len(question.body.keys)
    if keys < 2:
        yield "error", "It has one key; with one key it is a single choice."
    if options - keys < 2:
        yield "error", "It has fewer than two wrong options."
    if "all that apply" not in question.head.stem.casefold():
        yield "error", "The stem lacks “Select all that apply”."
    if found := _TELLS_COUNT.search(question.head.stem):
        yield "error", f"“{found[0]}” tells how many are right; leave the number out."
    if options > 7:
        yield "error", f"It has {options} options; at most 7, better 5 or 6."
    elif options not in (5, 6):
        yield "warning", f"It has {options} options; 5 or 6 are best."
    if keys > 3:
        yield "warning", f"It has {keys} keys; 2 or 3 are best."
    if not 0.3 <= keys / options <= 0.7:
        yield "warning", f"{keys} of {options} options are right; keep that between 30 and 70 %."


def _ordering(library: Library, question: Question) -> Said:
    body: OrderingBody = question.body
    count = len(body.elements)
    if not 3 <= count <= 7:
        yield "error", f"It has {count} elements; three to seven can be put in order."
    if not body.principle.strip():
        yield "error", "It has no “principle”: say by what the elements are ordered, and which end is first."
    yield from _ties(body)
    for element in body.elements:
        cue = _YEAR.search(element.text)
        cues = [cue[0]] if cue else [word for word in lower_words(element.text) if word in ORDER_WORDS]
        if cues:
            yield "warning", f"“{cues[0]}” in the element “{element.id}” tells its place."


def _ties(body: OrderingBody) -> Said:
    if len(set(body.ranks.values())) < 2:
        yield "error", "All elements have one rank, so there is nothing to order."
    dated: dict[str, str] = {}
    seen: list[int] = []
    for element in body.elements:
        rank = body.ranks[element.id]
        if element.date and element.date in dated and body.ranks[dated[element.date]] != rank:
            pair = f"“{dated[element.date]}” and “{element.id}”"
            yield "error", f"{pair} have one date but two ranks; give them one “rank”."
        if element.date:
            dated.setdefault(element.date, element.id)
        if rank in seen and seen[-1] != rank:
            yield "error", f"“{element.id}” shares rank {rank} but stands apart; write tied elements together."
        seen.append(rank)


def _short_answer(library: Library, question: Question) -> Said:
    body = question.body
    for accepted in body.accept:
        if len(words(accepted.text)) > 4:
            yield "error", f"The answer “{accepted.text}” has more than four words."
    wrong = {normalise(answer.text): answer.text for answer in body.wrong}
    for accepted in body.accept:
        if normalise(accepted.text) in wrong:
            yield "error", f"“{accepted.text}” is both accepted and listed as wrong."
    variants = {normalise(accepted.text) for accepted in body.accept}
    if len(variants) < 2 and not _is_number_or_name(body.accept[0]):
        yield "warning", "It accepts one wording only; list the others that learners write."


def _is_number_or_name(accepted: Accepted) -> bool:
    return all(word[0].isdigit() or word[0].isupper() for word in words(accepted.text))


RULES: dict[str, Rule] = {
    "TY-MR": Rule(
        "error for fewer than 2 keys or 2 wrong options, more than 7 options, no “all that apply”, or a number "
        "of keys in the stem; warning unless 5 or 6 options, at most 3 keys, 30 to 70 % right",
        "A multiple response says “Select all that apply”, keeps the number of keys to itself, and has enough of both.",
        each_question(_multiple_response, MultipleResponseBody),
    ),
    "TY-OR": Rule(
        "error for fewer than 3 or more than 7 elements, ties not grouped, or no principle; warning for a year "
        "or an order word in an element",
        "An ordering states its principle, groups ties, and gives no place away.",
        each_question(_ordering, OrderingBody),
    ),
    "TY-SA": Rule(
        "error for more than 4 words or an answer both accepted and wrong; warning for one wording only "
        "(numbers and names excepted)",
        "A short answer has one to four words, and lists the wordings that learners write.",
        each_question(_short_answer, ShortAnswerBody),
    ),
}
