"""What differs between two working copies: field by field, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from textwrap import shorten
from typing import Any, Literal

from app.authoring.words import named

Mark = Literal["same", "added", "removed"]
# Comparing takes as many steps as both have words, multiplied; beyond that a text is shown as one replaced by another.
_TOO_MUCH = 4_000_000
_WHOLE = {"tags", "enemies", "sources", "evidence", "mark"}


@dataclass(frozen=True)
class Piece:
    """Some words that are in both texts, only in the new one, or only in the old one."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Change:
    """A field whose text is another; `at` is its path in the new copy, joined with “-”, as the editor names it."""

    at: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class _Field:
    at: str
    label: str
    text: str
    # For the order of a list: id → what its entry is called.
    order: Mapping[str, str] = field(default_factory=dict)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every field that was added, removed or changed, in the order of the new copy.

    Entries of a list that have an id are compared by it, whatever their place; a change of places alone is a
    change of “Order of …”.
    """
    old, new = dict(_fields(before)), dict(_fields(after))
    found = []
    for key in {**new, **old}:
        was, now = _texts(old.get(key), new.get(key))
        if was != now:
            shown = new.get(key) or old[key]
            found.append(Change(shown.at, shown.label, word_pieces(was, now)))
    return found


def _texts(old: _Field | None, new: _Field | None) -> tuple[str, str]:
    """The text of a field in both copies; of an order only what both have, since the rest is said by itself."""
    if not (old and old.order) and not (new and new.order):
        return _text(old), _text(new)
    if not old or not new:
        return "", ""
    was = "\n".join(new.order[key] for key in old.order if key in new.order)
    return was, "\n".join(text for key, text in new.order.items() if key in old.order)


def word_pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one, in which words are the same, added or removed."""
    old, new = _words(before), _words(after)
    if len(old) * len(new) > _TOO_MUCH:
        return _pieces([("removed", before), ("added", after)])
    found: list[tuple[Mark, str]] = []
    gone = come = ""
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[a:b]), "".join(new[c:d])
        if was == now and (was.strip() or not (gone or come)):
            found += [("removed", gone), ("added", come), ("same", was)]
            gone = come = ""
        else:
            # A space between two words that changed is part of the change: it is read as one.
            gone, come = gone + was, come + now
    return _pieces([*found, ("removed", gone), ("added", come)])


def _pieces(found: Sequence[tuple[Mark, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(mark, text) for mark, text in found if text)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]+", text)


def _text(found: _Field | None) -> str:
    return found.text if found else ""


def _fields(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], _Field]]:
    """Path by ids → field. What is empty is left out: to leave a field empty and to leave it out is the same."""
    for name, value in content.items():
        yield from _walk(value, (name,), (name,), named(name).capitalize())


def _walk(
    value: Any, key: tuple[str, ...], at: tuple[str, ...], label: str
) -> Iterator[tuple[tuple[str, ...], _Field]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name != "id":
                yield from _walk(inner, (*key, name), (*at, name), f"{label}: {named(name)}")
    elif isinstance(value, list | tuple) and at[-1] not in _WHOLE:
        yield from _walk_list(value, key, at, label)
    elif value is not None and value is not False and value not in ("", [], {}):
        yield key, _Field("-".join(at), label, _said(value))


def _walk_list(
    value: Sequence[Any], key: tuple[str, ...], at: tuple[str, ...], label: str
) -> Iterator[tuple[tuple[str, ...], _Field]]:
    ids = [str(entry.get("id", "")) if isinstance(entry, Mapping) else "" for entry in value]
    is_by_id = all(ids) and len(set(ids)) == len(ids)
    for number, entry in enumerate(value):
        inner = ids[number] if is_by_id else str(number)
        called = f"{label} {number + 1}"
        if is_by_id and entry.get("text"):
            called += f" (“{shorten(str(entry['text']), 40, placeholder=' …')}”)"
        yield from _walk(entry, (*key, inner), (*at, str(number)), called)
    if is_by_id and len(ids) > 1:
        order = {str(entry["id"]): str(entry.get("text") or entry["id"]) for entry in value}
        yield (*key, "order"), _Field("-".join(at), f"Order: {label.lower()}", "", order)


def _said(value: Any) -> str:
    if value is True:
        return "yes"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
