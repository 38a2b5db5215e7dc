"""How alike two questions are, and which of their parts are the same. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app.authoring.draft import Content
from app.formats.rich import to_plain

# Lists of parts that have an id and words.
_LISTS = ("options", "elements", "prompts", "categories", "reasons", "sentences", "rubric", "blanks")
# Field of a list's parts → the list whose parts it names.
_NAMED_BY = {"prompts": ("match", "options"), "elements": ("category", "categories")}
_BLANK = re.compile(r"\{([a-z0-9-]+)\}")
# A word; of scripts that have no spaces between words, a sign.
_WORD = re.compile(r"[\u2e80-\U0003ffff]|[^\W\u2e80-\U0003ffff]+")
_ANSWERS = {*_LISTS, "accept", "wrong", "text", "key", "cells"}
# Two questions that share fewer of their words than this are two questions, whatever files call them.
ALIKE = 0.6


def words_of(content: Content) -> Counter[str]:
    """The words of question and answers, with how often each is there."""
    asked = [content.get("stem", ""), *_texts({name: content[name] for name in _ANSWERS if name in content})]
    return words_of_text(" ".join(to_plain(str(text)) for text in asked))


def words_of_text(text: str) -> Counter[str]:
    """The words of a text, with how often each is there."""
    return Counter(_WORD.findall(text.casefold()))


def shared(mine: Counter[str], theirs: Counter[str]) -> float:
    """The share of words that both have, 0 to 1."""
    both = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / both if both else 1.0


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name in _ANSWERS or name == "value":
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif not isinstance(value, bool):
        yield str(value)


def named_like(content: Content, model: Content) -> Content:
    """The content with the ids of `model` for its parts: for those of the same words, or else at the same place."""
    names = {field: _names(content[field], model.get(field, [])) for field in _LISTS if field in content}
    return {field: _renamed(field, value, names, model) for field, value in content.items()}


def _names(parts: list[Content], had: list[Content]) -> dict[str, str]:
    """The id of each part → the id that it gets; all of them different."""
    waiting: dict[str, list[str]] = {}
    for part in had:
        waiting.setdefault(_words(part), []).append(part["id"])
    names = {part["id"]: waiting[_words(part)].pop(0) for part in parts if waiting.get(_words(part))}
    if len(parts) == len(had):
        free = {name for group in waiting.values() for name in group}
        places = zip(parts, had, strict=True)
        names |= {new["id"]: old["id"] for new, old in places if new["id"] not in names and old["id"] in free}
    taken = set(names.values())
    for part in parts:
        if part["id"] not in names:
            numbered = (part["id"], *(f"{part['id']}-{number}" for number in range(2, len(parts) + len(had) + 2)))
            names[part["id"]] = next(name for name in numbered if name not in taken)
            taken.add(names[part["id"]])
    return names


def _words(part: Mapping[str, Any]) -> str:
    """What a part says: its text; of a blank, what may stand in it."""
    inner = [str(one.get("text", "")) for field in ("accept", "options") for one in part.get(field, [])]
    said = str(part.get("text") or part.get("criterion") or " / ".join(inner))
    return " ".join(to_plain(said).casefold().split())


def _renamed(field: str, value: Any, names: dict[str, dict[str, str]], model: Content) -> Any:
    if field in names:
        had = {part["id"]: part for part in model.get(field, [])}
        return [_renamed_part(field, part, names, had) for part in value]
    if field in ("gold", "optional", "second"):
        return _each(value, names.get("sentences", {}))
    if field == "anchors":
        levels = names.get("rubric", {})
        return [{**one, "levels": {levels.get(key, key): it for key, it in one["levels"].items()}} for one in value]
    if field == "text" and "blanks" in names:
        return _BLANK.sub(lambda found: f"{{{names['blanks'].get(found[1], found[1])}}}", value)
    return value


def _renamed_part(field: str, part: Content, names: dict[str, dict[str, str]], had: dict[str, Content]) -> Content:
    found = {**part, "id": names[field][part["id"]]}
    if field == "blanks":
        return named_like(found, had.get(found["id"], {}))
    if field in _NAMED_BY:
        at, of = _NAMED_BY[field]
        if at in found:
            found[at] = names.get(of, {}).get(found[at], found[at])
    return found


def _each(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_each(part, names) for part in value]
    if isinstance(value, dict):
        return {**value, "gold": _each(value["gold"], names)}
    return names.get(value, value)
