"""What every question has, whatever its kind: row ⇄ head."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from app.formats.cloze import has_blanks
from app.formats.common import NotAQuestion, tags_in
from app.formats.table.cells import join_list
from app.formats.table.row import Row
from app.questions.model import Head

_BLANKS_STEM = "Fill each blank."
_OBJECTIVE = re.compile(r"[a-z]+\.[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LEVELS = ("remember", "understand", "apply", "evaluate")
_USES = ("lesson", "practice", "held_out", "drill")


def _day(row: Row, meaning: str) -> date:
    cell = row.get(meaning)
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise row.refused(meaning, f"“{cell[:40]}” is no day; write it as 2026-03-09.") from None


def _words(row: Row, meaning: str) -> str:
    return row.formatted(meaning)


def _one_of(*known: str) -> Callable[[Row, str], str]:
    def read(row: Row, meaning: str) -> str:
        word = row.get(meaning).casefold().replace(" ", "_")
        if word not in known:
            raise row.refused(meaning, f"“{word[:40]}” is none of {', '.join(known)}; it was left out.")
        return word

    return read


def _objective(row: Row, meaning: str) -> str:
    cell = row.get(meaning)
    if len(cell) > 80 or not _OBJECTIVE.fullmatch(cell):
        raise row.refused(meaning, f"“{cell[:40]}” is no id of an objective, such as src.update; it was left out.")
    return cell


def _slugs(row: Row, meaning: str) -> tuple[str, ...]:
    given = [part for part in re.split(r"[,;|\s]+", row.get(meaning)) if part]
    wrong = next((part for part in given if not _SLUG.fullmatch(part)), None)
    if wrong is not None:
        raise row.refused(meaning, f"“{wrong[:40]}” is no id of a question; it was left out.")
    return tuple(given)


# Meaning → field and how it is read; what cannot be read is left out with a note.
_FIELDS: dict[str, tuple[str, Callable[[Row, str], Any]]] = {
    "explanation": ("explanation", _words),
    "category": ("category", lambda row, meaning: row.get(meaning)[:200]),
    "objective": ("objective", _objective),
    "level": ("level", _one_of(*_LEVELS)),
    "use": ("use", _one_of(*_USES)),
    "sources": ("sources", lambda row, meaning: tuple(row.listed(meaning))),
    "as of": ("as_of", _day),
    "review by": ("review_by", _day),
    "contested": ("contested", lambda row, meaning: row.yes(meaning, False)),
    "hypothetical": ("hypothetical", lambda row, meaning: row.yes(meaning, False)),
    "enemies": ("enemies", _slugs),
    "author": ("author", lambda row, meaning: row.get(meaning)),
    "evidence": ("evidence", lambda row, meaning: tuple(row.listed(meaning))),
}


def read_head(row: Row) -> dict[str, Any]:
    """The fields of a head but id and kind. Raises NotAQuestion when the question has no text."""
    head: dict[str, Any] = {"stem": _stem(row)}
    fields, notes = tags_in(re.split(r"[,;|]", row.get("tags")))
    row.notes += notes
    head |= fields
    for meaning, (field, read) in _FIELDS.items():
        if row.has(meaning):
            try:
                head[field] = read(row, meaning)
            except NotAQuestion as problem:
                row.notes.append(problem.message)
    head["hints"] = tuple(row.formatted(f"hint {number}") for number in row.numbers("hint"))
    if row.has("source") or row.has("source place"):
        head["source"] = {"ref": row.get("source"), "at": row.get("source place")}
    if row.has("passage"):
        head["passage"] = {"text": row.formatted("passage"), "status": _passage_status(row)}
    return head


def _passage_status(row: Row) -> str:
    status = row.get("passage status").casefold()
    if status not in {"invented", "paraphrase"}:
        row.note("passage", "it does not say what the passage is; taken as a paraphrase.")
        return "paraphrase"
    return status


def _stem(row: Row) -> str:
    stem = row.formatted("question")
    if stem:
        return stem
    if row.has("text") and (row.was == "cloze" or "{" in row.get("text") or has_blanks(row.get("text"))):
        return _BLANKS_STEM
    raise row.refused("question", "the text of the question is missing.")


def write_head(head: Head) -> dict[str, str]:
    """The cells of a head by meaning."""
    cells: dict[str, str] = {
        "question": head.stem,
        "explanation": head.explanation,
        "category": head.category,
        "tags": ", ".join(head.tags),
        "objective": head.objective or "",
        "level": head.level or "",
        "use": head.use,
        "sources": join_list(head.sources),
        "as of": str(head.as_of or ""),
        "review by": str(head.review_by or ""),
        "contested": "yes" if head.contested else "",
        "hypothetical": "yes" if head.hypothetical else "",
        "enemies": ", ".join(head.enemies),
        "author": head.author or "",
        "evidence": join_list(head.evidence),
        **{f"hint {number}": hint for number, hint in enumerate(head.hints, 1)},
    }
    if head.source:
        cells |= {"source": head.source.ref, "source place": head.source.at}
    if head.passage and head.passage.text is not None:
        cells |= {"passage": head.passage.text, "passage status": head.passage.status or ""}
    return cells
