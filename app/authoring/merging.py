"""A question that was edited elsewhere, brought home: what was changed there is taken, the rest stays as it is here.

Formats of other systems cannot hold all of a question. So its text in a file is compared with what the same format
would have made of the question as it is here: only where these two differ has somebody changed something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from app.authoring.draft import Content, as_content
from app.questions.model import Question

_SPACE = re.compile(r"\s+")
_LISTS = ("options", "elements", "prompts", "categories", "reasons", "sentences", "rubric")
# Fields that name a part by its id, alone or in lists.
_REFERENCES = {"match", "category", "goes_with", "gold", "optional"}


def merged(new: Question, old: Question, base: Question | None) -> Content:
    """The working copy that `old` becomes when `new` comes home; `base` is `old` as the format gives it back.

    Parts keep the ids that parts of the same words have in `old`. Without a `base` of its kind everything that the
    file says is taken, and what it does not say stays.
    """
    before = as_content(old)
    after = with_ids_of(as_content(new), before)
    if base is None or base.kind != new.kind or base.kind != old.kind:
        return {**{key: before[key] for key in _UNSAID if key in before}, **after}
    return _three_way(after, with_ids_of(as_content(base), before), before)


# Fields that a file of another system does not say.
_UNSAID = (
    "objective", "level", "source", "sources", "as_of", "contested", "hypothetical", "enemies", "case", "author",
    "review_by", "evidence", "lint_ok", "category", "hints",
)  # fmt: skip


def _three_way(new: Content, base: Content, old: Content) -> Content:
    """Field by field: what differs from `base` is taken from `new`, the rest from `old`."""
    names = [*old, *(name for name in new if name not in old)]
    found: Content = {}
    for name in names:
        if new.get(name) == base.get(name):
            value = old.get(name)
        elif name in _LISTS and isinstance(new.get(name), list):
            value = _parts(new[name], base.get(name) or [], old.get(name) or [])
        else:
            value = new.get(name)
        if value is not None:
            found[name] = value
    return found


def _parts(new: list[Any], base: list[Any], old: list[Any]) -> list[Any]:
    """A list of parts: those that are here by their id are merged field by field, others are new."""
    had, was = _by_id(old), _by_id(base)
    return [
        _three_way(part, was.get(part["id"], {}), had[part["id"]])
        if isinstance(part, dict) and part.get("id") in had
        else part
        for part in new
    ]


def _by_id(parts: list[Any]) -> dict[str, Content]:
    return {part["id"]: part for part in parts if isinstance(part, dict) and "id" in part}


def with_ids_of(content: Content, before: Content) -> Content:
    """The content with the ids that `before` has for parts of the same words; blanks go by their order."""
    names: dict[str, str] = {}
    for field in _LISTS:
        old = {_words(part): part["id"] for part in before.get(field, []) if isinstance(part, dict) and "id" in part}
        names |= {
            part["id"]: old[_words(part)]
            for part in content.get(field, [])
            if isinstance(part, dict) and "id" in part and _words(part) in old
        }
    blanks, had = content.get("blanks", []), before.get("blanks", [])
    if len(blanks) == len(had):
        names |= {new["id"]: old["id"] for new, old in zip(blanks, had, strict=True)}
    names = _without_clashes(names, content)
    return {key: _renamed(key, value, names) for key, value in content.items()}


def _without_clashes(names: Mapping[str, str], content: Content) -> dict[str, str]:
    """The new names, and others for parts whose own id becomes that of another part."""
    own = {part["id"] for field in (*_LISTS, "blanks") for part in content.get(field, []) if "id" in part}
    clashes = {key: f"{key}-2" for key in own & set(names.values()) if key not in names}
    return {**names, **clashes}


def _words(part: Mapping[str, Any]) -> str:
    return _SPACE.sub(" ", str(part.get("text") or part.get("criterion") or "")).strip().casefold()


def _renamed(field: str, value: Any, names: Mapping[str, str]) -> Any:
    """The value of a field with every id in it renamed."""
    if field in _REFERENCES or field == "id":
        return _each(value, lambda key: names.get(key, key))
    if field == "levels" and isinstance(value, dict):
        return {names.get(key, key): level for key, level in value.items()}
    if field == "text" and isinstance(value, str):
        return re.sub(r"\{([a-z0-9-]+)\}", lambda match: f"{{{names.get(match[1], match[1])}}}", value)
    if isinstance(value, dict):
        return {key: _renamed(key, inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [
            {key: _renamed(key, inner, names) for key, inner in part.items()} if isinstance(part, dict) else part
            for part in value
        ]
    return value


def _each(value: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_each(part, rename) for part in value]
    return rename(value) if isinstance(value, str) else value
