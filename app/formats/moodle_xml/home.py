"""Questions of ours that stand in Moodle as something else, such as a categorise as a matching, back to themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.formats.common import NotAQuestion, ids_for
from app.formats.typed import FULL
from app.questions.model import SLACK
from app.questions.types.source_rating import CELLS

# What begins a tag that says for which kind of ours a question stands in Moodle.
STANDS_FOR = "kind:"

LEAD = "Judge this statement and give the reason."

# Its kind here, and the fields of head and body that it has.
Draft = dict[str, Any]


def home(kind: str, draft: Draft) -> Draft:
    """The fields of a question of `kind` from those of its stand-in. Raises NotAQuestion when they do not say it."""
    if kind not in _BACK:
        raise NotAQuestion(f"It stands for a question of the kind “{kind}”; change that one, for this is a copy.")
    try:
        back = _BACK[kind](draft)
        return {**draft, "kind": kind, **back}
    except (KeyError, ValueError, StopIteration) as problem:
        said = f"It stands for a question of the kind “{kind}”, and was changed so that this cannot be seen any more."
        raise NotAQuestion(said) from problem


def _categorise(draft: Draft) -> Draft:
    prompts = draft.pop("prompts")
    del draft["reuse"]
    elements = [{"id": prompt["id"], "text": prompt["text"], "category": prompt["match"]} for prompt in prompts]
    return {"categories": draft.pop("options"), "elements": elements}


def _true_false(draft: Draft) -> Draft:
    options = _options(draft)
    said = [(*option["text"].split(": ", 1), option) for option in options]
    labels = list(dict.fromkeys(label for label, _, _ in said))
    if set(labels) <= {"True", "False"}:
        labels = ["True", "False"]
    true_label, false_label = labels
    right = next(label for label, _, option in said if option["key"])
    reasons: dict[str, dict[str, Any]] = {}
    for label, text, option in said:
        new = {"text": text, "feedback": option["feedback"], "key": False, "goes_with": set()}
        reason = reasons.setdefault(text, new)
        reason["goes_with"].add(label == true_label)
        reason["key"] |= option["key"]
    return {
        **_without_lead(draft, true=right == true_label),
        "verdict": right == true_label,
        "true_label": true_label,
        "false_label": false_label,
        "reasons": [
            {**reason, "id": key, "goes_with": None if len(reason["goes_with"]) > 1 else min(reason["goes_with"])}
            for key, reason in zip(ids_for(reasons), reasons.values(), strict=True)
        ],
    }


def _without_lead(draft: Draft, *, true: bool) -> Draft:
    stem = draft["stem"].replace(f"{LEAD}\n\n", "", 1)
    version, _, explanation = ("", "", draft["explanation"]) if true else draft["explanation"].partition("\n\n")
    return {"stem": stem, "explanation": explanation, "true_version": version}


def _source_rating(draft: Draft) -> Draft:
    cells, rest = [], ""
    for option in _options(draft):
        cell, credit = option["text"][:2], 1.0 if option["key"] else option.get("credit") or 0.0
        if cell not in CELLS:
            raise ValueError(cell)
        if credit > SLACK:
            cells.append({"cell": cell, "credit": 1.0 if credit > FULL else credit, "reason": option["feedback"]})
        else:
            rest = rest or option["feedback"]
    return {"cells": cells, "rest": rest}


def _options(draft: Draft) -> list[dict[str, Any]]:
    draft.pop("shuffle", None)
    draft.pop("shuffle_reason", None)
    options: list[dict[str, Any]] = draft.pop("options")
    return options


_BACK: dict[str, Callable[[Draft], Draft]] = {
    "categorise": _categorise,
    "true_false": _true_false,
    "source_rating": _source_rating,
}
