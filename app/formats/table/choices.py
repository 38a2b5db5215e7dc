"""Rows → bodies of the kinds in which options are chosen: choices, true or false, marked sentences."""

from __future__ import annotations

from typing import Any

from app.formats.bodies import AS_WRITTEN, true_or_false
from app.formats.common import ids_for
from app.formats.table.cells import yes_or_no
from app.formats.table.keys import chosen_in, right_options
from app.formats.table.row import Row

Body = tuple[str, dict[str, Any]]


def choice(row: Row) -> Body:
    """Single choice or multiple response: the number of right options decides, unless the row says it."""
    if row.numbers("wrong"):
        options = _right_and_wrong(row)
    elif row.options():
        options = _options(row, _keys(row))
    else:
        return verdict_alone(row)
    keys = sum(option["key"] for option in options)
    kind = "multiple_response" if row.was == "multiple_response" or keys > 1 else "single_choice"
    if row.was == "single_choice" and keys > 1:
        row.note("correct", f"{keys} options are right, so it became a question with several right answers.")
    return kind, {"options": _without_plain_credits(options, kind), **_shuffle(row)}


def _keys(row: Row) -> list[int]:
    """The right options by “correct”, else those with a share of the mark: the whole of it, or any."""
    numbers = row.options()
    if row.has("correct") or not row.numbers("credit"):
        return right_options(row, numbers)
    shares = {number: row.share(f"credit {number}", 0.0) for number in numbers}
    whole = [number for number, share in shares.items() if share >= 0.999]
    several = row.was == "multiple_response" or not whole
    return [number for number, share in shares.items() if share > 0] if several else whole


def _options(row: Row, keys: list[int]) -> list[dict[str, Any]]:
    numbers = row.options()
    entries = [_option(row, number) | {"key": number in keys} for number in numbers]
    for number, entry in zip(numbers, entries, strict=True):
        if row.has(f"credit {number}"):
            entry["credit"] = row.share(f"credit {number}", 0.0)
        if misconception := row.get(f"misconception {number}"):
            entry["misconception"] = misconception
    return _named(entries)


def _option(row: Row, number: int) -> dict[str, Any]:
    return {"text": row.formatted(f"option {number}"), "feedback": row.formatted(f"feedback {number}")}


def _named(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = ids_for(entry["text"] for entry in entries)
    return [{"id": key, **entry} for key, entry in zip(ids, entries, strict=True)]


def _right_and_wrong(row: Row) -> list[dict[str, Any]]:
    """Options of a file that has the right answer in one column and the wrong ones in others."""
    if not row.has("correct"):
        raise row.refused("correct", "the right answer is missing.")
    given = [f"option {number}" for number in row.options()]
    entries = [{"text": row.formatted("correct"), "key": True}]
    for meaning in (*given, *(f"wrong {number}" for number in row.numbers("wrong"))):
        row.watch(meaning)
        text = row.formatted(meaning)
        if text != entries[0]["text"]:
            entries.append({"text": text, "key": False})
    return _named(entries)


def _without_plain_credits(options: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Shares that say no more than the key does are no credits of their own."""
    shares = [option.get("credit") for option in options]
    plain = all(
        share in (None, 0, 1) and bool(share) <= option["key"] for share, option in zip(shares, options, strict=True)
    )
    if plain and kind == "single_choice" and None not in shares:
        return [{key: value for key, value in option.items() if key != "credit"} for option in options]
    return options


def _shuffle(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {"shuffle": row.yes("shuffle", True)}
    if reason := row.formatted("shuffle reason"):
        found["shuffle_reason"] = reason
    elif not found["shuffle"] and not row.is_ours:
        found["shuffle_reason"] = AS_WRITTEN["shuffle_reason"]
    return found


def verdict_alone(row: Row) -> Body:
    """True or false without reasons: a choice of two."""
    cell = row.get("correct") or row.get("verdict")
    said = yes_or_no(cell)
    if said is None:
        raise row.refused("correct", "there are no options, and the right answer is neither true nor false.")
    made = true_or_false(said, "", "")
    return made.kind, made.body


def true_false(row: Row) -> Body:
    """A verdict with reasons; without reasons it is a choice of two."""
    numbers = row.options()
    if not row.has("verdict") or len(numbers) < 2:
        if numbers:
            return choice(row)
        return verdict_alone(row)
    reasons = _options(row, right_options(row, numbers))
    for number, reason in zip(numbers, reasons, strict=True):
        if row.has(f"goes with {number}"):
            reason["goes_with"] = row.yes(f"goes with {number}", True)
    labels = {name: row.formatted(name.replace("_", " ")) for name in ("true_version", "true_label", "false_label")}
    given = {name: text for name, text in labels.items() if text}
    return "true_false", {"verdict": row.yes("verdict", True), "reasons": reasons, **given}


def highlight(row: Row) -> Body:
    """Sentences of which some are to be marked; bars in “correct” divide several sets that are right."""
    numbers = row.options()
    sentences = _named([_option(row, number) for number in numbers])
    ids = dict(zip(numbers, (sentence["id"] for sentence in sentences), strict=True))
    sets = [chosen_in(row, "correct", part, numbers) for part in row.listed("correct")]
    if not sets:
        raise row.refused("correct", "it does not say which sentences are right. Write their numbers, such as 2, 3.")
    loose = row.get("optional")
    return "highlight", {
        "status": row.get("status").casefold() or "invented",
        "sentences": sentences,
        "gold": [[ids[number] for number in marked] for marked in sets],
        "optional": [ids[number] for number in chosen_in(row, "optional", loose, numbers)] if loose else [],
        "rest": row.formatted("rest"),
    }
