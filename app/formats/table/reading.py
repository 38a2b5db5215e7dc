"""Rows → entries: each is taken, guessed, kept or refused, with what to mend and where."""

from __future__ import annotations

from collections.abc import Sequence

from app.formats.base import OWN_KEY, Entry, Limits, Outcome
from app.formats.common import NotAQuestion, make_question, own_slug, slug_of, title_of
from app.formats.images import images_in
from app.formats.table.answers import BODIES
from app.formats.table.head import read_head
from app.formats.table.kinds import NotHeld, kind_of
from app.formats.table.meanings import label_of
from app.formats.table.row import Row
from app.questions.model import Question


def read_rows(rows: Sequence[Row], limits: Limits) -> tuple[list[Entry], tuple[str, ...]]:
    """An entry for each row up to the limit, and a note when there are more."""
    taken = {slug for row in rows if (slug := _own(row))}
    keys: set[str] = set()
    entries = []
    for number, row in enumerate(rows[: limits.max_questions], 1):
        entries.append(_entry(row, taken, keys))
        limits.tick(number, min(len(rows), limits.max_questions))
    if len(rows) > limits.max_questions:
        said = f"The file has {len(rows)} questions; the first {limits.max_questions} were read. Split it into several."
        return entries, (said,)
    return entries, ()


def _own(row: Row) -> str | None:
    cell = row.get("id")
    return own_slug(cell.removeprefix(OWN_KEY)) if cell.startswith(OWN_KEY) else None


def _entry(row: Row, taken: set[str], keys: set[str]) -> Entry:
    title = row.get("question") or row.get("text") or row.source
    title = title_of(title) if row.text == "markdown" else " ".join(title.split())[:80]
    try:
        question = question_of(row)
    except NotHeld as problem:
        return Entry(row.line, title, "kept", notes=(problem.message,), source=row.source, was=row.get("kind"))
    except NotAQuestion as problem:
        return Entry(row.line, title, "refused", notes=(problem.message,), source=row.source, was=row.get("kind"))
    key = row.get("id")
    if key and key in keys:
        row.note("id", f"“{key[:60]}” stands at another row too, so this one was given an id of its own.")
        key = ""
    keys.add(key)
    slug = (_own(row) if key else None) or slug_of(title, taken)
    question = Question(question.head.model_copy(update={"id": slug}), question.body, "", question.place)
    outcome: Outcome = "guessed" if row.notes else "taken"
    return Entry(row.line, title, outcome, question, tuple(row.notes), row.source, key, row.get("kind"))


def question_of(row: Row) -> Question:
    """The question in a row, with an id that is still to be given; `row.notes` say what was assumed.

    Raises NotAQuestion, or NotHeld for a kind that we do not have.
    """
    if row.broken:
        raise NotAQuestion(row.broken)
    row.get("id")
    named = kind_of(row)
    if named == "cloze" and not row.has("text") and row.has("question"):
        row.values = {**row.values, "text": row.values["question"], "question": ""}
        row.columns = {**row.columns, "text": row.where("question")}
    head = read_head(row)
    kind, body = BODIES[named](row)
    question = make_question({"id": "x", "kind": kind, **head}, body)
    for meaning in row.unread():
        what = label_of(meaning) if meaning not in row.columns else row.where(meaning)
        row.notes.append(f"{what} was left out: questions of this kind have nothing of the sort.")
    for name in images_in(*(cell for cell in row.values.values() if "![" in cell)):
        row.notes.append(f"The picture {name} is named, but a table holds no pictures.")
    return question
