"""Reading a typed number: what has one meaning is read, everything else is asked again with what to type."""

from __future__ import annotations

import re
from decimal import Decimal

from app.errors import Unreadable

_SIGN = r"[+\-−–]"
_NUMBER = re.compile(rf"({_SIGN}?)\s*(?=[.,]?[0-9])([0-9]*)(?:([.,])([0-9]*))?")
_EXPONENT = re.compile(rf"{_SIGN}?\s*[0-9.,]+\s*[eE]\s*{_SIGN}?\s*[0-9]+")
_GROUPED = re.compile(rf"{_SIGN}?\s*[0-9][0-9.,'’ ]*")
_MINUS = str.maketrans({"−": "-", "–": "-", ",": ".", " ": None})


def read_number(typed: str, *, unit: str, percent: bool) -> str:
    """The number in `typed` as typed, without the unit or, with `percent`, a “%” behind it.

    One comma or one point is the decimal sign. Raises Unreadable for anything that is no number or could be two,
    and says what to type instead.
    """
    number = _without_unit(typed, unit, percent)
    match = _NUMBER.fullmatch(number)
    if match is None:
        raise Unreadable(_advice(number, unit), where="text")
    sign, whole, mark, decimals = match.groups(default="")
    if mark and len(decimals) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        minus = sign.replace("+", "")
        fraction = decimals.rstrip("0") or "0"
        fraction += "0" if len(fraction) == 3 else ""
        said = f"Write {minus}{whole}{decimals} or {minus}{whole}.{fraction}."
        raise Unreadable(f"“{number}” can be read in two ways. {said}", where="text")
    return number


def number_value(number: str) -> Decimal:
    """The value of what `read_number` gave back."""
    return Decimal(number.translate(_MINUS))


def _without_unit(typed: str, unit: str, percent: bool) -> str:
    typed = typed.strip()
    if _NUMBER.fullmatch(typed):
        return typed
    said = r"\s+".join(re.escape(word) for word in unit.split())
    endings = [ending for ending in (said, "%" if percent else "") if ending]
    match = re.fullmatch(rf"(.*?)\s*(?:{'|'.join(endings)})", typed, re.IGNORECASE) if endings else None
    return match[1] if match else typed


def _advice(number: str, unit: str) -> str:
    if "%" in number:
        return f"Leave out the “%”: this answer is given in {unit}." if unit else "Leave out the “%”."
    if _EXPONENT.fullmatch(number):
        return "Write the number out, without an “e” in it."
    if _GROUPED.fullmatch(number):
        return "Write the number without anything between its thousands, and with one decimal sign at most."
    if any(character.isnumeric() and character not in "0123456789" for character in number):
        return "Write the number with the digits 0 to 9."
    behind = f"but its unit ({unit}) behind it" if unit else "behind it"
    return f"Write one number in digits, with nothing {behind}."
