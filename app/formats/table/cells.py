"""What stands in one cell: guarded formulas, numbers and shares of both decimal signs, lists, damage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

# A spreadsheet runs a cell that begins with one of these, also in their wide forms.
_FORMULA = "=+\\-@\t\r\n＝＋－＠"
_RUN = re.compile(rf"'*[{_FORMULA}]")
_GUARDED = re.compile(rf"'+[{_FORMULA}]")
_BAR = re.compile(r"(\\*)\|")
_NUMBER = re.compile(r"[+\-−–]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+\-]?\d{1,2})?")
_GROUPED = re.compile(r"[+\-−–]?\d{1,3}([,.' ’])\d{3}(?:(\1)\d{3})*(?:([.,])\d+)?")
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "ja", "wahr", "oui", "vrai", "sí", "si", "verdadero"})
_NO = frozenset({"no", "n", "false", "f", "0", "nein", "falsch", "non", "faux", "falso"})

# Abbreviated as spreadsheets do it; people write “3 March”.
_MONTH = r"(?:jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\.?"
_DATE = re.compile(
    rf"\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?|\d{{2}}\. {_MONTH}|{_MONTH}-\d{{2}}|\d{{4}}-\d\d-\d\d 00:00:00", re.IGNORECASE
)
_BROKEN = re.compile(
    r"#(?:NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!|N/A|WERT!|BEZUG!|ZAHL!|NV|VALEUR!|NOM\?|¿NOMBRE\?|#{4,})"
)
_SCIENTIFIC = re.compile(r"-?\d(?:[.,]\d+)?E[+-]\d{2,3}")
_POINT_NOUGHT = re.compile(r"-?\d+[.,]0")


def guard(cell: str) -> str:
    """The cell so that no spreadsheet runs it as a formula; `unguard` gives it back."""
    return f"'{cell}" if _RUN.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell without the apostrophe that guards it."""
    return cell[1:] if _GUARDED.match(cell) else cell


def join_list(entries: Iterable[str]) -> str:
    """Entries in one cell, a bar between them; `split_list` gives them back."""
    return " | ".join(_BAR.sub(lambda match: f"{match[1]}{match[1]}\\|", entry) for entry in entries)


def split_list(cell: str) -> list[str]:
    """The entries of a cell that bars divide; “\\|” is a bar within an entry."""
    parts, start, built = [], 0, ""
    for match in _BAR.finditer(cell):
        slashes = len(match[1])
        built += cell[start : match.start()] + "\\" * (slashes // 2)
        if slashes % 2:
            built += "|"
        else:
            parts.append(built)
            built = ""
        start = match.end()
    return [part.strip() for part in (*parts, built + cell[start:]) if part.strip()]


def yes_or_no(cell: str) -> bool | None:
    """What a cell says in one of several languages; None when it is neither."""
    word = cell.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def number_in(cell: str, decimal: str) -> Decimal | None:
    """The number in a cell, None when it is none. `decimal` is the sign that the file has before decimals.

    With a single comma or point that is not `decimal`, three digits behind it are thousands.
    """
    text = cell.strip().replace("\u00a0", " ")
    grouped = _GROUPED.fullmatch(text)
    if grouped and (grouped[1] != decimal or grouped[2]) and grouped[3] != grouped[1]:
        text = text.replace(grouped[1], "")
    if not _NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace("−", "-").replace("–", "-").replace(",", "."))


def share_in(cell: str, decimal: str) -> Decimal | None:
    """The share of the mark in a cell: “50%”, “50” and “0.5” are a half; None when it is none."""
    text = cell.strip()
    number = number_in(text.removesuffix("%"), decimal)
    if number is None:
        return None
    return number / 100 if text.endswith("%") or abs(number) > 1 else number


def show_share(share: float) -> str:
    """A share of the mark as per cents, exactly: `share_in` gives it back."""
    return f"{show_number(Decimal(repr(share)) * 100)}%"


def show_number(number: float | Decimal) -> str:
    """A number with a point and no exponent, exactly."""
    text = format(number if isinstance(number, Decimal) else Decimal(repr(number)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def is_broken(cell: str) -> bool:
    """Whether a spreadsheet has put an error where a text was, such as “#NAME?” for a text that began with “=”."""
    return _BROKEN.fullmatch(cell.strip()) is not None


def damage(cell: str) -> str:
    """What a spreadsheet may have made of a cell, in a sentence; empty when nothing is seen."""
    text = cell.strip()
    if _DATE.fullmatch(text):
        return f"“{text}” looks like a date: a spreadsheet makes one of texts such as 1/2. Look at it."
    if _SCIENTIFIC.fullmatch(text):
        return f"“{text}” is a long number that a spreadsheet has rounded. Look at it."
    if _POINT_NOUGHT.fullmatch(text):
        return f"“{text}” may have been {re.split('[.,]', text)[0]} before a spreadsheet had it. Look at it."
    return ""
