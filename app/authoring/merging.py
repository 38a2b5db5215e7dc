"""A question that was edited elsewhere, brought home: what was changed there is taken, the rest stays as it is here.

Formats of other systems cannot hold all of a question. So its text in a file is compared with what the same format
would have made of the question as it is here: only where these two differ has somebody changed something.
"""

from __future__ import annotations

from typing import Any

from app.authoring.draft import Content, as_content
from app.authoring.likeness import named_like
from app.formats.rich import as_seen, to_plain
from app.questions.model import Question
from app.questions.types import TYPES

# Fields that a file of another system does not say.
_UNSAID = (
    "objective", "level", "source", "sources", "as_of", "contested", "hypothetical", "enemies", "case", "author",
    "review_by", "evidence", "lint_ok", "category", "hints",
)  # fmt: skip
# What names a part of a list: the first of these that it has.
_NAMES = ("id", "text", "value", "cell", "by")


def merged(new: Question, old: Question, base: Question | None) -> Content:
    """The working copy that `old` becomes when `new` comes home; `base` is `old` as the format gives it back.

    Field by field, what differs from `base` is taken from `new`, and the rest from `old`. Parts keep the ids that
    they have in `old`: those of the same words, or at the same place. When the format makes another kind of it, its
    answers are taken only if they were changed, and then as a whole.
    """
    before, after = as_content(old), as_content(new)
    if base is None or base.kind != new.kind:
        return taken_whole(new, old)
    was = as_content(base)
    if new.kind == old.kind:
        was = named_like(was, before)
        return _without_double_passage(_three_way(named_like(after, was), was, before), after, was, before)
    ours = TYPES[new.kind].Body.model_fields
    if any(after.get(name) != was.get(name) for name in ours):
        return taken_whole(new, old)
    said, was_said = (
        {name: it for name, it in one.items() if name not in ours and name != "kind"} for one in (after, was)
    )
    return _without_double_passage(_three_way(said, was_said, before), after, was, before)


def taken_whole(new: Question, old: Question) -> Content:
    """All that the file says, and of `old` only what no file says."""
    before = as_content(old)
    kept = {name: before[name] for name in _UNSAID if name in before}
    if "quote" in before.get("passage", {}):
        kept["passage"] = before["passage"]
    return {**kept, **named_like(as_content(new), before)}


def _three_way(new: Content, base: Content, old: Content) -> Content:
    names = [*old, *(name for name in new if name not in old)]
    values = {name: _value(new.get(name), base.get(name), old.get(name)) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _value(new: Any, base: Any, old: Any) -> Any:
    if _said(new) == _said(base):
        return old
    if isinstance(new, str) and isinstance(base, str) and isinstance(old, str):
        return _carried(new, base, old)
    if isinstance(new, dict) and isinstance(base, dict) and isinstance(old, dict):
        return _three_way(new, base, old)
    if isinstance(new, list) and all(isinstance(part, dict) for part in new):
        return _parts(new, base or [], old or [])
    return new


def _said(value: Any) -> Any:
    """A value in a form that is equal for texts that look the same."""
    if isinstance(value, str):
        return as_seen(value)
    if isinstance(value, list):
        return [_said(part) for part in value]
    return {name: _said(part) for name, part in value.items()} if isinstance(value, dict) else value


def _carried(new: str, base: str, old: str) -> str:
    """The change from `base` to `new`, made in `old`: the format may have put lines around it, or cut some off."""
    around = _around(base, old)
    if around is not None:
        inner = new[len(around[0]) : len(new) - len(around[1])]
        return inner if inner.strip() and new == f"{around[0]}{inner}{around[1]}" else new
    cut_off = _around(old, base)
    return f"{cut_off[0]}{new}{cut_off[1]}" if cut_off is not None else new


def _around(whole: str, part: str) -> tuple[str, str] | None:
    """What stands before and after a part of a text, if those are words of their own."""
    before, found, after = whole.partition(part) if part else ("", "", "")
    is_apart = before[-1:].isspace() or not before
    return (before, after) if found and is_apart and (after[:1].isspace() or not after) else None


def _without_double_passage(found: Content, new: Content, base: Content, old: Content) -> Content:
    """Where the format puts the passage into the stem, and the stem is taken with it, it stands there alone."""
    is_in_stem = "text" in old.get("passage", {}) and "passage" not in base
    if is_in_stem and found.get("stem") == new.get("stem") and _said(base["stem"]) != _said(old["stem"]):
        return {name: value for name, value in found.items() if name != "passage"}
    return found


def _parts(new: list[Content], base: list[Content], old: list[Content]) -> list[Content]:
    """A list of parts: those that are here by their name are merged field by field, others are new."""
    made, was, had = _by_name(new), _by_name(base), _by_name(old)
    if len(made) != len(new) or len(had) != len(old):
        return new
    found = {
        name: _three_way(part, was.get(name, {}), had[name]) if name in had else part for name, part in made.items()
    }
    # What the format never had was not taken out of it.
    lost = [name for name in had if name not in was and name not in made]
    stayed = [name for name in made if name in was] == [name for name in was if name in made]
    if stayed and list(was) != list(had):
        order = [*(name for name in had if name in made or name in lost), *(name for name in made if name not in had)]
    else:
        order = [*made, *lost]
    return [found.get(name) or had[name] for name in order]


def _by_name(parts: list[Content]) -> dict[Any, Content]:
    names = [next((part[name] for name in _NAMES if name in part), None) for part in parts]
    return {to_plain(name) if isinstance(name, str) else name: part for name, part in zip(names, parts, strict=True)}
