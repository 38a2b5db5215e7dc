"""Rows → bodies of the kinds in which something is given to each element, or typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from app.formats.bodies import essay
from app.formats.cloze import has_blanks, read_cloze
from app.formats.common import NotAQuestion, ids_for
from app.formats.table.blanks import Answer, answers_in
from app.formats.table.cells import number_in, yes_or_no
from app.formats.table.choices import Body, choice, highlight, true_false
from app.formats.table.row import Row

_UNDERLINES = re.compile(r"_{3,}|\[blank\]|\[\s*\]", re.IGNORECASE)


def matching(row: Row) -> Body:
    """Prompts with their matches; a match without a prompt is one too many."""
    numbers = sorted({*row.options(), *row.numbers("match")})
    if not row.numbers("match"):
        raise row.refused("match 1", "the matches are missing. Each option needs its match.")
    reuse = row.yes("reuse", otherwise=_repeats(row))
    texts: list[str] = []
    prompts: list[dict[str, Any]] = []
    for number in numbers:
        text = row.formatted(f"match {number}")
        if not text:
            raise row.refused(f"match {number}", f"option {number} has no match.")
        if not (reuse and text in texts):
            texts.append(text)
        if row.has(f"option {number}"):
            prompts.append(_explained(row, number) | {"at": texts.index(text) if reuse else len(texts) - 1})
    ids = ids_for(texts)
    options = [{"id": key, "text": text} for key, text in zip(ids, texts, strict=True)]
    return "matching", {"prompts": _placed(prompts, ids, "match"), "options": options, "reuse": reuse}


def _repeats(row: Row) -> bool:
    """Whether two prompts have one match."""
    given = [row.get(f"match {number}") for number in row.options()]
    return len(set(given)) < len(given)


def _explained(row: Row, number: int) -> dict[str, Any]:
    return {"text": row.formatted(f"option {number}"), "feedback": row.formatted(f"feedback {number}")}


def _placed(entries: list[dict[str, Any]], ids: list[str], name: str) -> list[dict[str, Any]]:
    """Entries with ids, and under `name` the id that each has by its place."""
    own = ids_for(entry["text"] for entry in entries)
    return [
        {"id": key, "text": entry["text"], "feedback": entry["feedback"], name: ids[entry["at"]]}
        for key, entry in zip(own, entries, strict=True)
    ]


def categorise(row: Row) -> Body:
    """Elements with their categories, in the order of “categories” or else of their first elements."""
    names = [row.as_text("categories", name) for name in row.listed("categories")]
    if len(set(names)) < len(names):
        raise row.refused("categories", "two categories have the same words.")
    elements = []
    for number in row.options():
        name = row.formatted(f"match {number}")
        if not name:
            raise row.refused(f"match {number}", f"option {number} has no category.")
        if name not in names:
            names.append(name)
        elements.append(_explained(row, number) | {"at": names.index(name)})
    ids = ids_for(names)
    categories = [{"id": key, "text": text} for key, text in zip(ids, names, strict=True)]
    return "categorise", {"categories": categories, "elements": _placed(elements, ids, "category")}


def ordering(row: Row) -> Body:
    """Elements in the right order, or with their places."""
    numbers = row.options()
    elements = [_explained(row, number) for number in numbers]
    for number, element in zip(numbers, elements, strict=True):
        if row.has(f"place {number}"):
            element["rank"] = int(row.number(f"place {number}"))
        if row.has(f"date {number}"):
            element["date"] = row.get(f"date {number}")
    ids = ids_for(element["text"] for element in elements)
    named = [{"id": key, **element} for key, element in zip(ids, elements, strict=True)]
    return "ordering", {"principle": row.formatted("principle"), "elements": named}


def numeric(row: Row) -> Body:
    """A number with its tolerance; options are wrong numbers, or the key where “correct” is empty."""
    numbers = row.options()
    at = "correct" if row.has("correct") or not numbers else f"option {numbers.pop(0)}"
    wrong = [
        {
            "value": row.number(f"option {number}"),
            "feedback": row.formatted(f"feedback {number}"),
            "credit": row.share(f"credit {number}", 0.0),
        }
        for number in numbers
    ]
    return "numeric", {
        "key": row.number(at),
        "unit": row.get("unit"),
        "tolerance": _tolerance(row),
        "percent": row.yes("percent", False),
        "estimate": row.yes("estimate", False),
        "rounding": row.formatted("rounding"),
        "wrong": wrong,
    }


def _tolerance(row: Row) -> dict[str, float]:
    """“0.5” is absolute, “5%” a share of the key, “×1.5” a factor."""
    cell = row.get("tolerance") or "0"
    factor = cell[0] in "×xX*"
    size = number_in(cell.strip("×xX*% \u00a0±"), row.decimal)
    if size is None or size < (1 if factor else 0):
        raise row.refused("tolerance", f"“{cell[:40]}” is no tolerance; write 0.5, 5% or ×1.5.")
    if factor:
        return {"factor": float(size - 1)}
    return {"relative": float(size / 100)} if cell.endswith("%") else {"absolute": float(size)}


def short_answer(row: Row) -> Body:
    """Accepted wordings, in options or in “correct” with bars between them; a share of 0 makes a wrong one."""
    given = [
        (row.plain(row.get(f"option {n}")), row.formatted(f"feedback {n}"), row.share(f"credit {n}", 1.0))
        for n in row.options()
    ]
    known = {text for text, _, _ in given}
    given += [(text, "", 1.0) for text in map(row.plain, row.listed("correct")) if text not in known]
    row.watch("correct")
    accept = [{"text": text, "feedback": said, "credit": share} for text, said, share in given if share > 0]
    wrong = [{"text": text, "feedback": said} for text, said, share in given if share <= 0]
    if not accept:
        raise row.refused("correct", "no accepted answer is given.")
    return "short_answer", {"accept": accept, "wrong": wrong, "typos": not row.yes("exact", False)}


def cloze(row: Row) -> Body:
    """A text with {1}, {2} … for the blanks, whose answers are the options; or one with blanks as Moodle has them."""
    text = row.get("text")
    if has_blanks(text):
        body, notes = read_cloze(text, row.text)
        row.notes += notes
        return "cloze", body
    numbers = row.options()
    text = row.formatted("text")
    if "{" not in text:
        text = _with_numbers(row)
    if not numbers and row.has("correct"):
        return "cloze", {"text": text, "blanks": [_blank(row, 1, "correct")]}
    return "cloze", {"text": text, "blanks": [_blank(row, number, f"option {number}") for number in numbers]}


def _with_numbers(row: Row) -> str:
    """The text with {1}, {2} … where a foreign one has lines or “[blank]”."""
    pieces = [row.as_text("text", piece) if piece.strip() else "" for piece in _UNDERLINES.split(row.get("text"))]
    joined = pieces[0]
    for number, piece in enumerate(pieces[1:], 1):
        joined += f" {{{number}}} {piece}"
    return joined


def _blank(row: Row, number: int, meaning: str) -> dict[str, Any]:
    answers = answers_in(row.get(meaning))
    is_list = any(answer.is_key for answer in answers)
    return {
        "id": str(number),
        "weight": row.number(f"weight {number}") if row.has(f"weight {number}") else 1.0,
        "feedback": row.formatted(f"feedback {number}"),
        "typos": not row.yes(f"exact {number}", False),
        **(_list(row, meaning, answers) if is_list else _typed(row, meaning, answers)),
    }


def _list(row: Row, meaning: str, answers: list[Answer]) -> dict[str, Any]:
    texts = [row.as_text(meaning, answer.text) for answer in answers]
    return {
        "options": [
            {"id": key, "text": text, "key": answer.is_key, "feedback": row.as_text(meaning, answer.feedback)}
            for key, text, answer in zip(ids_for(texts), texts, answers, strict=True)
        ]
    }


def _typed(row: Row, meaning: str, answers: list[Answer]) -> dict[str, Any]:
    entries = [
        ({"text": row.plain(answer.text), "feedback": row.as_text(meaning, answer.feedback)}, answer.credit)
        for answer in answers
    ]
    return {
        "accept": [{**entry, "credit": credit} for entry, credit in entries if credit > 0],
        "wrong": [entry for entry, credit in entries if credit <= 0],
    }


def probability(row: Row) -> Body:
    """A forecast: whether it came true, and how that was settled."""
    resolution = {
        "source": row.get("resolution source"),
        "at": row.get("resolution place"),
        "date": row.get("resolution date"),
        "criterion": row.formatted("criterion"),
    }
    outcome = yes_or_no(row.get("correct"))
    if outcome is None:
        raise row.refused("correct", "whether the statement came true is missing; write true or false.")
    return "probability", {"outcome": outcome, "resolution": resolution, "base_rate": row.formatted("base rate")}


def free_response(row: Row) -> Body:
    """A text marked by a person: options are criteria, each with its levels; without them it is marked as a whole."""
    criteria = [
        {
            "criterion": row.formatted(f"option {number}"),
            "levels": [row.as_text(f"match {number}", level) for level in row.listed(f"match {number}")],
            "weight": row.number(f"weight {number}") if row.has(f"weight {number}") else 1.0,
        }
        for number in row.options()
        if row.has(f"match {number}")
    ]
    ids = ids_for(str(criterion["criterion"]) for criterion in criteria)
    rubric = [{"id": key, **criterion} for key, criterion in zip(ids, criteria, strict=True)]
    body: dict[str, Any] = {"max_words": 300, "rubric": rubric}
    if not rubric:
        whole = essay()
        body = whole.body
        row.notes.append(whole.notes[0])
    if row.has("words"):
        body = {**body, "max_words": int(row.number("words"))}
    return "free_response", body


def source_rating(row: Row) -> Body:
    """Cells of the grid with what they earn and why."""
    cells = [
        {
            "cell": row.get(f"option {number}").upper(),
            "credit": row.share(f"credit {number}", 1.0),
            "reason": row.formatted(f"feedback {number}"),
        }
        for number in row.options()
    ]
    if not cells:
        raise NotAQuestion("The cells that earn something are missing; write them as options, such as B2.")
    return "source_rating", {"cells": cells, "rest": row.formatted("rest")}


BODIES: dict[str, Callable[[Row], Body]] = {
    "single_choice": choice,
    "multiple_response": choice,
    "true_false": true_false,
    "matching": matching,
    "ordering": ordering,
    "categorise": categorise,
    "numeric": numeric,
    "short_answer": short_answer,
    "cloze": cloze,
    "highlight": highlight,
    "probability": probability,
    "free_response": free_response,
    "source_rating": source_rating,
}
