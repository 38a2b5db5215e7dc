"""What all shapes share: raw fields, options as shown, tokens instead of the author's ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.errors import Unreadable

# What a door hands over: field name → the values given, as an HTML form sends them.
Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class ShownOption:
    """An option, element or prompt as a page may show it: its token and its inline Markdown."""

    token: str
    text: str


def tokens(order: Sequence[str]) -> dict[str, str]:
    """Token → id for ids in the order shown: "1" is the first."""
    return {str(number): key for number, key in enumerate(order, 1)}


def only_value(raw: Raw, field: str) -> str:
    """The one value of a field, trimmed; empty when it was left blank. Raises Unreadable for several."""
    given = [value.strip() for value in raw.get(field, ()) if value.strip()]
    if len(given) > 1:
        raise Unreadable("Give one answer here, not several.", where=field)
    return given[0] if given else ""


def read_token(raw: Raw, field: str, known: Mapping[str, str]) -> str | None:
    """The id of the option whose token the field holds; None when blank. Raises Unreadable for another."""
    value = only_value(raw, field)
    if not value:
        return None
    if value not in known:
        raise Unreadable(f"There is no option {value[:20]!r}; choose from 1 to {len(known)}.", where=field)
    return known[value]


def one_line(text: str, *, max_length: int, where: str) -> str:
    """Typed words with single spaces. Raises Unreadable when they are too long or cannot be shown."""
    text = " ".join(text.split())
    if len(text) > max_length:
        raise Unreadable(f"Use at most {max_length} characters; this has {len(text)}.", where=where)
    if not text.isprintable():
        raise Unreadable("This has characters that cannot be shown; type the words again.", where=where)
    return text
