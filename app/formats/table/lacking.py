"""What no column of a table holds: said in sentences, and taken out of a question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.questions.model import Passage, Question

# Field of a body → what it is without it, and what is said then.
_BODY: dict[str, tuple[Any, str]] = {
    "anchors": ((), "The answers marked as examples are not in the file."),
    "second": (None, "What the second reader marked is not in the file."),
}


def losses_of(question: Question) -> list[str]:
    """A sentence for each thing that the question has and a row cannot hold."""
    head, body = question.head, question.body
    said = {
        "The passage is a quotation kept in the course, and is not in the file.": head.passage and head.passage.quote,
        "What is marked in the passage is not in the file.": head.passage and head.passage.mark,
        "That it shares its passage with other questions of a case is not in the file.": head.case,
        "The findings that an author has weighed are not in the file.": head.lint_ok,
        "The misconceptions behind the answers of a blank are not in the file.": _has_misconceptions(body),
        **{sentence: getattr(body, name, None) for name, (_, sentence) in _BODY.items()},
    }
    return [sentence for sentence, has in said.items() if has]


def without_unheld(question: Question) -> Question:
    """The question without what `losses_of` names."""
    body = question.body
    body = body.model_copy(update={name: empty for name, (empty, _) in _BODY.items() if hasattr(body, name)})
    if _has_misconceptions(body):
        body = body.model_copy(update={"blanks": tuple(_plain(blank) for blank in body.blanks)})
    passage = _held(question.head.passage) if question.head.passage else None
    return replace(question, head=question.head.model_copy(update={"passage": passage}), body=body)


def _has_misconceptions(body: Any) -> bool:
    return any(option.misconception for blank in getattr(body, "blanks", ()) for option in blank.options)


def _plain(blank: Any) -> Any:
    options = tuple(option.model_copy(update={"misconception": None}) for option in blank.options)
    return blank.model_copy(update={"options": options})


def _held(passage: Passage) -> Passage | None:
    return None if passage.text is None else passage.model_copy(update={"mark": ()})
