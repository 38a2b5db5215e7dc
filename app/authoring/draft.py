"""A working copy → a question, or what keeps it from being one, field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from app.questions.bank import dump_question
from app.questions.marked import Path, words_of
from app.questions.model import Head, Place, Question
from app.questions.types import TYPES

Content = dict[str, Any]

# A question that no file holds.
IN_THE_BROWSER = Place("", 0)
# What its row says, and no working copy may say otherwise.
_FROM_ROW = ("id", "revision")


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with the field at `at`, such as ("options", 0, "text"); empty for the whole question."""

    at: Path
    message: str


def read_draft(
    content: Mapping[str, Any], *, slug: str, revision: int, lesson: str
) -> tuple[Question | None, list[FieldProblem]]:
    """The question that a working copy is, by the models of the banks; None and every problem when it is none yet."""
    kind = TYPES.get(str(content.get("kind")))
    if kind is None:
        return None, [FieldProblem(("kind",), "Choose a kind of question.")]
    ours = set(kind.Body.model_fields)
    own = {key: value for key, value in content.items() if key not in _FROM_ROW}
    head, wrong = _validated(Head, {k: v for k, v in own.items() if k not in ours} | {"id": slug, "revision": revision})
    body, also = _validated(kind.Body, {k: v for k, v in own.items() if k in ours})
    if head is not None and not head.stem:
        # A bank may leave it out of sight of its reader; here nobody would be asked anything.
        wrong = [FieldProblem(("stem",), "Write what is asked: the question has no words yet.")]
    if head is None or body is None or wrong:
        return None, [*wrong, *also]
    # What a teacher writes is checked to give advice: the course alone has the rules of the course.
    return Question(head, body, lesson, IN_THE_BROWSER, "advise"), []


def _validated(model: type[BaseModel], data: Content) -> tuple[Any, list[FieldProblem]]:
    try:
        return model.model_validate_json(json.dumps(data), strict=True), []
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
        # A list with a broken entry is also reported as too short; mending the entry mends both.
        own = [error for error in errors if "after validation" not in error["msg"]]
        return None, [_problem(error) for error in own or errors]


def _problem(error: Any) -> FieldProblem:
    return FieldProblem(tuple(step for step in error["loc"] if isinstance(step, str | int)), words_of(error)[1])


def as_content(question: Question) -> Content:
    """The working copy that a question is: what a bank would write, without id and revision."""
    content = dump_question(question)
    for name in _FROM_ROW:
        content.pop(name, None)
    return content


def renamed(question: Question, slug: str, *, revision: int = 1) -> Question:
    """The same question under another id."""
    return replace(question, head=question.head.model_copy(update={"id": slug, "revision": revision}))
