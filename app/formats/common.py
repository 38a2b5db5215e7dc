"""What all formats share: decoding, slugs, titles, tags, and questions made from what a file says."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic import ValidationError

from app.formats.base import FormatError
from app.formats.rich import to_plain
from app.formats.same import same_question
from app.questions.model import Head, Level, Place, Question, Use
from app.questions.types import TYPES

__all__ = [
    "NotAQuestion",
    "decode",
    "ids_for",
    "make_question",
    "own_slug",
    "same_question",
    "slug_of",
    "tags_in",
    "tags_out",
    "title_of",
]

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OBJECTIVE = re.compile(r"[a-z]+\.[a-z0-9]+(?:-[a-z0-9]+)*")
# Letters that no decomposition turns into plain ones.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "œ": "oe", "ı": "i"})
_LEVELS = frozenset(get_args(Level))
_USES = frozenset(get_args(Use))


class NotAQuestion(ValueError):
    """What a file says makes no sound question; `message` says why, in words for a teacher."""

    def __init__(self, message: str) -> None:
        """Keep `message`, a whole sentence."""
        super().__init__(message)
        self.message = message


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file with “\\n” at the end of lines, and a note when its encoding had to be guessed.

    A byte order mark decides; without one it is UTF-8, else Windows-1252. Raises FormatError when it is no text.
    """
    text, notes = _text(data)
    if "\0" in text:
        raise FormatError("This is not a text file. Export the questions as text, or choose the format of the file.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), notes


def _text(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), _broken_notes(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
    said = "The file is not in UTF-8 (see line {}) and was read as Windows-1252; look at accents and quotation marks."
    try:
        return data.decode("cp1252"), (said.format(line),)
    except UnicodeDecodeError:
        return data.decode("latin-1"), (said.format(line).replace("Windows-1252", "Latin-1"),)


def _broken_notes(data: bytes, encoding: str) -> tuple[str, ...]:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return ("Some characters of the file are broken and were replaced by “\ufffd”; look for that sign.",)
    return ()


def slug_of(text: str, taken: set[str]) -> str:
    """A slug from the words of `text`, unlike all in `taken`, to which it is added."""
    slug = _free(_slugged(text, 60) or "question", taken)
    taken.add(slug)
    return slug


def _slugged(text: str, most: int) -> str:
    folded = unicodedata.normalize("NFKD", text[:300].casefold().translate(_LETTERS))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    slug = _NOT_SLUG.sub("-", plain).strip("-")
    if len(slug) <= most:
        return slug
    return slug[: most + 1].rpartition("-")[0] or slug[:most]


def _free(slug: str, taken: set[str]) -> str:
    """The slug, with a number behind it when it is taken; few steps, also when thousands share a title."""
    if slug not in taken:
        return slug
    low, high = 1, 2
    while f"{slug}-{high}" in taken:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{slug}-{middle}" in taken else (low, middle)
    return f"{slug}-{high}"


def own_slug(slug: str) -> str | None:
    """The slug when it is one, and None for anything else: what stands behind OWN_KEY in a file."""
    return slug if len(slug) <= 80 and _SLUG.fullmatch(slug) else None


def ids_for(texts: Iterable[str]) -> list[str]:
    """Ids for options, from their words: equal texts have equal ids wherever they stand, but for doubles."""
    taken: set[str] = set()
    ids = []
    for number, text in enumerate(texts, 1):
        ids.append(_free(_slugged(to_plain(text[:200]), 30) or f"option-{number}", taken))
        taken.add(ids[-1])
    return ids


def title_of(markdown: str) -> str:
    """The first line of a text as words, at most 80 characters."""
    words = " ".join(to_plain(markdown[:1000]).strip().partition("\n")[0].split())
    return words if len(words) <= 80 else words[:79].rpartition(" ")[0] + "…"


def tags_out(question: Question) -> list[str]:
    """The tags of a question, with its objective, its level and its use as tags that `tags_in` understands."""
    head = question.head
    own = [("objective", head.objective), ("level", head.level), ("use", head.use if head.use != "practice" else None)]
    return [*head.tags, *(f"{name}:{value}" for name, value in own if value)]


def tags_in(tags: Iterable[str]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of a head that tags hold: tags, objective, level and use; a note for each that is none of these."""
    fields: dict[str, Any] = {}
    slugs: dict[str, None] = {}
    notes = []
    for tag in tags:
        name, _, value = tag.strip().partition(":")
        if _is_own(name, value):
            fields[name] = value
        elif slug := _slugged(tag, 80):
            slugs[slug] = None
        elif tag.strip():
            notes.append(f"The tag “{tag.strip()[:40]}” was left out: tags have letters a to z and digits.")
    if slugs:
        fields["tags"] = tuple(slugs)
    return fields, tuple(notes)


def _is_own(name: str, value: str) -> bool:
    if name == "objective":
        return len(value) <= 80 and _OBJECTIVE.fullmatch(value) is not None
    return (name == "level" and value in _LEVELS) or (name == "use" and value in _USES)


def make_question(head: Mapping[str, Any], body: Mapping[str, Any]) -> Question:
    """A question of what a file says: `head` with at least id, kind and stem; revision 1 and practice unless given.

    Raises NotAQuestion with the first problem in plain words.
    """
    try:
        made = Head.model_validate({"revision": 1, "use": "practice", **head})
        return Question(made, TYPES[made.kind].Body.model_validate(dict(body)), "", Place("", 1))
    except ValidationError as problem:
        errors = problem.errors(include_url=False, include_input=False)
        raise NotAQuestion(_in_words(errors[0])) from problem


_FIELDS = {
    "stem": "question text",
    "explanation": "general feedback",
    "options": "options",
    "prompts": "pairs",
    "elements": "elements",
    "accept": "accepted answers",
    "wrong": "wrong answers",
    "blanks": "blanks",
    "categories": "categories",
    "text": "text",
    "feedback": "feedback",
    "key": "number",
    "value": "number",
    "credit": "credit",
}


def _in_words(error: Any) -> str:
    """pydantic's problem as a sentence about what the teacher wrote."""
    steps = error["loc"]
    names = [step for step in steps if isinstance(step, str)]
    name = _FIELDS.get(names[-1], names[-1].replace("_", " ")) if names else "question"
    where = name + _within(steps)
    limits = error.get("ctx", {})
    kind = error["type"]
    if kind == "too_long":
        return f"There are {limits['actual_length']} {name}; at most {limits['max_length']} can be held."
    if kind == "too_short":
        return f"Too few {name}: {limits['actual_length']}; at least {limits['min_length']} are needed."
    if kind == "string_too_long":
        return f"The {where} is too long: at most {limits['max_length']} characters can be held."
    if kind == "string_too_short":
        return f"The {where} is empty."
    if kind in {"greater_than_equal", "less_than_equal", "greater_than", "less_than", "finite_number"}:
        return f"The {where} is out of range."
    message = str(error["msg"]).removeprefix("Value error, ")
    sentence = message if message.endswith(".") else f"The {where} cannot be held: {message.lower()}."
    return sentence[0].upper() + sentence[1:]


def _within(steps: Sequence[Any]) -> str:
    """Which entry of a list it is: “ of number 2 of the options”."""
    if len(steps) < 3 or not isinstance(steps[-2], int):
        return ""
    return f" of number {steps[-2] + 1} of the {_FIELDS.get(str(steps[-3]), str(steps[-3]))}"
