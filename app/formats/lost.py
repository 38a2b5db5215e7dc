"""What the files of other systems have no place for in the head of a question, in sentences."""

from __future__ import annotations

from collections.abc import Collection

from app.questions.model import Head, Question

_NAMES = {
    "source": "its source",
    "sources": "its further sources",
    "as_of": "the day as of which it holds",
    "contested": "the mark that it is contested",
    "hypothetical": "the mark that its case is invented",
    "enemies": "the questions that must not stand beside it",
    "case": "its case",
    "hints": "its hints",
    "author": "its author",
    "review_by": "the day of its next review",
    "evidence": "its evidence",
    "lint_ok": "the reasons why a finding stays",
}


def head_losses(question: Question, *, holds: Collection[str] = ()) -> list[str]:
    """A sentence that names what of the head is left out, if anything is; `holds` are fields that the format has."""
    defaults = Head.model_fields
    given = [
        name
        for field, name in _NAMES.items()
        if field not in holds and getattr(question.head, field) not in (defaults[field].default, ())
    ]
    return [f"The file has no place for {_listed(given)}."] if given else []


def with_passage(question: Question) -> tuple[str, list[str]]:
    """The stem with the passage before it, for files that know no passage, and a sentence that says so."""
    passage, stem = question.head.passage, question.head.stem
    if passage is None:
        return stem, []
    if passage.text is None:
        return stem, [f"The passage is the quotation “{passage.quote}” of the course, which is not in the file."]
    return f"{passage.text}\n\n{stem}", ["The passage stands before the question, as a part of its text."]


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
