"""Words of a text and of a search for it: case, accents and marks do not matter. Pure."""

from __future__ import annotations

import re
from unicodedata import normalize

_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"</?\w[^>]*>")
_ACCENT = re.compile("[\u0300-\u036f]")
_ASKED_FOR = re.compile(r'"([^"]*)"|[“„]([^”“]*)[”“]|«([^»]*)»|(\S+)')


def fold(text: str) -> str:
    """The words of a text with single spaces between them, without case, accents and marks."""
    bare = _MARKUP.sub("", text).casefold()
    if not bare.isascii():
        bare = _ACCENT.sub("", normalize("NFKD", bare)).casefold()
    return " ".join(_WORD.findall(bare))


def needles(query: str) -> tuple[str, ...] | None:
    """What a row's `words` must all contain: beginnings of words, and phrases that stood in quotation marks.

    Empty for a search for nothing; None for one that has signs but no words, which nothing fits.
    """
    found = []
    for *quoted, word in _ASKED_FOR.findall(query):
        phrase = fold("".join(quoted))
        if phrase or (word and fold(word)):
            found.append(f" {phrase} " if phrase else f" {fold(word)}")
    return tuple(dict.fromkeys(found)) if found or not query.strip() else None
