"""Multiple response: enough of both, and nothing that tells the number of keys."""

from __future__ import annotations

import re

from app.library.check.rule import Rule, Said, each_question
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.choice import clipped
from app.questions.types.multiple_response import MultipleResponseBody

_COUNT = r"(?:two|three|four|five|six|[2-6])"
_TELLS_COUNT = re.compile(
    rf"\b(?:which|select|choose|pick|mark|tick|name)\s+(?:the\s+|exactly\s+)?{_COUNT}\b"
    rf"|\b{_COUNT}\s+(?:of\s+(?:these|them|the\s+following|the\s+(?:statements|options|answers))"
    r"|(?:statements|options|answers)\s+(?:are|hold|apply|fit))\b",
    re.IGNORECASE,
)


def _multiple_response(library: Library, question: Question) -> Said:
    body: MultipleResponseBody = question.body
    options, keys = len(body.options), len(body.keys)
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
    if body.has_credits and clipped(sum(body.credits.values())) == 1:
        yield "warning", "Whoever ticks everything earns the full mark; give wrong options a “credit” below 0."


RULES: dict[str, Rule] = {
    "TY-MR": Rule(
        "error for fewer than 2 keys or 2 wrong options, more than 7 options, no “all that apply”, a number "
        "of keys in the stem, or credits of the keys that do not make 1; warning unless 5 or 6 options, at most 3 "
        "keys, 30 to 70 % right, or where ticking everything earns the full mark",
        "A multiple response says “Select all that apply”, keeps the number of keys to itself, and has enough of both.",
        each_question(_multiple_response, MultipleResponseBody),
    ),
}
