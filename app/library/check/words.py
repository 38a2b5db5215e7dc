"""Counting and comparing words: tokens, sentences, syllables, reading level, overlap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from app import markdown
from app.library.check.lists import STOP_WORDS

# A run with a letter or digit in it: dashes alone are no word.
_WORD = re.compile(r"(?=['’_-]*[^\W_])[\w'’-]+")
_BREAK = re.compile(r"[.!?…]+[\"”’')\]*_]*\s+(?=[“‘\"'(\[*_]*[A-ZÀ-Þ0-9])")
_SHORTENED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Capt|Sgt|St|No|vs|cf|pp?|e\.g|i\.e|approx|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘[^’]*(?:’(?=\w)[^’]*)*’")
# “care” and “cares”, “moved”; but “table”, “pages”, “started”, “agreed”.
_SILENT_END = re.compile(r"[^aeiouyl]e$|[^aeiouytd]ed$|(?<!sh)(?<!ch)[^aeiouyscxzg]es$")
# “Iranian”, “period”, “being”; but “nation”, “special”.
_PARTED = re.compile(r"(?<![tcsxg])i[ao](?!u)|[aeouy]ing$")
_SUFFIXES = ("ingly", "edly", "ings", "ing", "ed", "es", "ly", "s")


def words(text: str) -> list[str]:
    """The words of a text: runs of letters, digits, apostrophes and hyphens."""
    return list(_words(text))


# Many rules look at the same texts, so what takes time is kept.
@lru_cache(maxsize=16384)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(markdown.plain(text)))


def sentences(text: str) -> list[str]:
    """The sentences of one paragraph. Abbreviations and initials end none."""
    return list(_sentences(text))


@lru_cache(maxsize=16384)
def _sentences(text: str) -> tuple[str, ...]:
    text = " ".join(markdown.plain(text).split())
    found, start = [], 0
    for match in _BREAK.finditer(text):
        if _SHORTENED.search(text[start : match.start() + 1]):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if words(sentence))


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """About how many syllables a word has: its groups of vowels, less a silent e; at least 1."""
    letters = re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", word).casefold().removesuffix("’s"))
    groups = len(re.findall(r"[aeiouy]+", letters))
    groups += len(_PARTED.findall(letters))
    if _SILENT_END.search(letters):
        groups -= 1
    return max(1, groups)


def grade_level(n_words: int, n_sentences: int, n_syllables: int) -> float:
    """The Flesch–Kincaid grade level."""
    return 0.39 * n_words / n_sentences + 11.8 * n_syllables / n_words - 15.59


def reading_grade(text: Iterable[str], known: Collection[str]) -> float | None:
    """The grade level of some paragraphs; None for fewer than 150 words.

    Names, and words in `known` (in lower case), count two syllables: a reader meets them as one thing.
    """
    found = [words(sentence) for paragraph in text for sentence in sentences(paragraph)]
    n_words = sum(len(sentence) for sentence in found)
    if n_words < 150:
        return None
    names = {word for sentence in found for word in sentence[1:] if word[:1].isupper()}
    total = sum(
        2 if word in names or word.casefold() in known else syllables(word) for sentence in found for word in sentence
    )
    return grade_level(n_words, len(found), total)


@lru_cache(maxsize=16384)
def outside_quotes(text: str) -> str:
    """The text without what stands in quotation marks."""
    return _QUOTED.sub(" “” ", text)


def normal(text: str) -> str:
    """A text for comparing: one form of letters, spaces and quotation marks, no case, no Markdown."""
    table = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})
    folded = unicodedata.normalize("NFKC", markdown.plain(text)).translate(table).casefold()
    return " ".join(folded.split())


def lower_words(text: str) -> list[str]:
    """The words in lower case, with straight apostrophes."""
    return list(_lower_words(text))


@lru_cache(maxsize=16384)
def _lower_words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold().replace("’", "'") for word in words(text))


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word without its commonest English endings: “announced” and “announces” are one."""
    word = word.casefold().replace("’", "'").removesuffix("'s").strip("'-")
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and not word.endswith("ss") and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)].removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


def content_stems(text: str) -> set[str]:
    """The stems of the words that carry meaning: four letters or more, no numbers, no stop-words."""
    bare = (word.removesuffix("'s") for word in lower_words(text))
    return {stem(word) for word in bare if len(word) > 3 and word.isalpha() and word not in STOP_WORDS}


def jaccard(one: Collection[object], other: Collection[object]) -> float:
    """The share of two sets that is common to both; 0 when both are empty."""
    first, second = set(one), set(other)
    union = len(first | second)
    return len(first & second) / union if union else 0.0


def three_grams(text: str) -> set[tuple[str, ...]]:
    """Every run of three words; a shorter text is one run."""
    found = lower_words(text)
    if len(found) < 3:
        return {tuple(found)} if found else set()
    return {tuple(found[at : at + 3]) for at in range(len(found) - 2)}


def contains_run(text: Sequence[str], run: Sequence[str]) -> bool:
    """Whether `run` stands in `text` as consecutive words."""
    return any(list(text[at : at + len(run)]) == list(run) for at in range(len(text) - len(run) + 1))
