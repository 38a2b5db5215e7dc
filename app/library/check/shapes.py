"""What form the words of an option have: a range, a number or date, a sentence, a tense, a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.library.check.words import lower_words, outside_quotes

_NUMBER = r"\d+(?:[.,]\d+)*"
_RANGE = re.compile(rf"^(\D*?)({_NUMBER})\s*(%?)\s*(?:-|–|—|to|and)\s*({_NUMBER})\s*(\D*)$")
_DATE = re.compile(r"^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_DAY = re.compile(rf"^(?:(\d{{1,2}})\s+)?({'|'.join(_MONTHS)})(?:\s+(\d{{4}}))?$")
_CLAUSE = re.compile(r"[,;:]|\b(?:who|whom|whose|which|that|what|when|where|while|because|since|if|as|so)\b", re.I)
_PRESENT = frozenset({"is", "are", "has", "have", "does", "do", "isn't", "aren't", "hasn't", "doesn't", "don't"})
_PAST = frozenset({"was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't"})
_PLURAL_STARTS = (
    "two", "three", "four", "five", "six", "several", "many", "some", "most", "few", "all", "both", "these",
    "those",
)  # fmt: skip
_SINGULAR_STARTS = ("a", "an", "one", "this", "that", "each", "every")


@dataclass(frozen=True)
class NumberRange:
    """From `low` to `high` of something; `unit` is all the words around the numbers."""

    low: float
    high: float
    unit: str


def _value(text: str) -> float:
    """The number that `text` writes, with commas between thousands."""
    whole = text.replace(",", "")
    parts = whole.split(".")
    return float(parts[0] + "." + "".join(parts[1:]) if len(parts) > 1 else whole)


def number_range(text: str) -> NumberRange | None:
    """The range that an option is, such as “10–20 %”; None for anything else."""
    match = _RANGE.match(text.strip())
    if match is None:
        return None
    low, high = _value(match[2]), _value(match[4])
    unit = " ".join(f"{match[1]} {match[5]}".replace("%", " % ").casefold().strip(" .").split())
    return NumberRange(low, high, unit) if low < high else None


def comparable(text: str) -> tuple[float, ...] | None:
    """A number or date as something to sort by; None when the option is neither."""
    plain = text.strip(" .").casefold()
    if match := _DATE.match(plain):
        return tuple(float(part or 0) for part in match.groups())
    if match := _DAY.match(plain):
        return (float(match[3] or 0), float(_MONTHS.index(match[2])), float(match[1] or 0))
    match = re.match(rf"^(?:about\s+)?([-−+]?)({_NUMBER})\b", plain)
    if match is None:
        return None
    return (-_value(match[2]) if match[1] in ("-", "−") else _value(match[2]),)


def ends_sentence(text: str) -> bool:
    """Whether an option closes with an end mark, inside or before closing quotation marks or emphasis."""
    return bool(re.search(r"[.!?…]$", text.rstrip(" ”\"’')*_")))


def tense(text: str) -> str | None:
    """past, present or future, by the first auxiliary of the main clause, if that opens the option.

    None when there is none; words in quotation marks are somebody else's.
    """
    for word in lower_words(_CLAUSE.split(outside_quotes(text))[0]):
        if word in _PRESENT:
            return "present"
        if word in _PAST:
            return "past"
        if word in ("will", "won't", "shall"):
            return "future"
    return None


def agrees(last: str, option: str) -> bool | None:
    """Whether `option` can follow a stem that ends in `last` (a, an, is, are); None when that is unclear."""
    found = lower_words(option)
    if not found:
        return None
    if last in ("a", "an"):
        return (found[0][0] in "aeiou") == (last == "an")
    plural = _is_plural(found)
    return None if plural is None else plural == (last == "are")


def _is_plural(found: list[str]) -> bool | None:
    if found[0] in _SINGULAR_STARTS:
        return False
    if found[0] in _PLURAL_STARTS:
        return True
    noun = found[1] if found[0] == "the" and len(found) > 1 else found[0]
    if not noun.isalpha() or len(noun) < 3:
        return None
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
