"""The signs of GIFT: what a backslash protects, and the eleven ways of being partly right that Moodle knows."""

from __future__ import annotations

import re

from app.formats.rich import TextFormat

# While a question is taken apart, a protected sign is a character that no text has (a noncharacter of Unicode).
_PROTECTED = dict(zip(":#={}~n\\", map(chr, range(0xFDD0, 0xFDD8)), strict=True))
_SIGNS = {stand_in: "\n" if sign == "n" else sign for sign, stand_in in _PROTECTED.items()}
_ESCAPE = re.compile(r"\\([:#={}~n\\])")
_STAND_IN = re.compile("[\ufdd0-\ufdef]")
_TO_ESCAPE = re.compile(r"[:#={}~\\]|\n")

_FORMATS: dict[str, TextFormat] = {"html": "html", "moodle": "moodle", "plain": "plain", "markdown": "markdown"}
_TAG = re.compile(r"\[(html|moodle|plain|markdown)\]")

# Shares of the mark that Moodle takes, in per cent as it writes them.
_SHARES = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20", "16.66667",
    "14.28571", "12.5", "11.11111", "10", "5", "0",
)  # fmt: skip
_CLOSE = 1.5e-5


def protect(text: str) -> str:
    """The text with a stand-in for each protected sign. Any other backslash stays what it is."""
    return _ESCAPE.sub(lambda found: _PROTECTED[found[1]], _STAND_IN.sub("", text))


def restore(text: str) -> str:
    """The text as it is meant: signs for their stand-ins, a line end for “\\n”."""
    return _STAND_IN.sub(lambda found: _SIGNS.get(found[0], ""), text)


def as_written(text: str) -> str:
    """The text as it stood in the file, for messages and for what is kept as source."""
    unsaid = {stand_in: "\\" + sign for sign, stand_in in _PROTECTED.items()}
    return _STAND_IN.sub(lambda found: unsaid.get(found[0], ""), text)


def escape(text: str) -> str:
    """Words as GIFT writes them: Moodle reads back what they say, also “\\nabla”, and no line is empty or a comment."""
    return _TO_ESCAPE.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", text)


def share(credit: float) -> tuple[str, bool]:
    """A share of the mark as Moodle takes it, such as “33.33333”, and whether it is the one that was meant."""
    wanted = abs(credit) * 100
    nearest = min(_SHARES, key=lambda known: abs(float(known) - wanted))
    sign = "-" if credit < 0 and nearest != "0" else ""
    return sign + nearest, abs(float(nearest) - wanted) <= _CLOSE * 100


def tagged(text: str, otherwise: TextFormat) -> tuple[TextFormat, str]:
    """The format that a text such as “[html]<b>x</b>” says it has, and the text without the tag."""
    found = _TAG.match(text)
    return (_FORMATS[found[1]], text[found.end() :]) if found else (otherwise, text)
