"""Questions → a GIFT file that Moodle reads as it is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.formats.base import OWN_KEY, Loss, Written
from app.formats.common import tags_out
from app.formats.gift.kinds import LeftOut, answers, stem_parts
from app.formats.gift.page import Page
from app.formats.lost import head_losses, with_passage
from app.questions.model import Question

_TEXTS = {"text", "feedback", "rest", "true_label", "false_label"}


def write(questions: Sequence[Question], title: str, images: Mapping[str, bytes]) -> Written:
    """The file, what was lost, and which questions are not in it. Those without a category come first."""
    losses: list[Loss] = []
    left_out: list[str] = []
    out = [f"// {' '.join(title.split())}\n"] if title.strip() else []
    category = ""
    for question in sorted(questions, key=lambda question: bool(question.head.category)):
        try:
            text, lost = question_text(question, images)
        except LeftOut as problem:
            left_out.append(question.id)
            losses.append(Loss(question.id, str(problem)))
            continue
        if question.head.category != category:
            category = question.head.category
            out.append("$CATEGORY: $course$/top/" + category.replace("\n", " ") + "\n")
        out.append(text)
        losses += [Loss(question.id, message) for message in lost]
    return Written("\n".join(out).encode(), tuple(losses), tuple(left_out))


def question_text(question: Question, images: Mapping[str, bytes]) -> tuple[str, list[str]]:
    """One question with its comment, and what was lost. Raises LeftOut."""
    stem, lost = with_passage(question)
    asked = replace(question, head=question.head.model_copy(update={"stem": stem}))
    before, after = stem_parts(asked)
    page = Page([before, after, question.head.explanation, *_texts(question.body.model_dump())], images)
    page.lose(*head_losses(question), *lost)
    block = answers(asked, page)
    general = f"####{page.text(question.head.explanation)}" if question.head.explanation else ""
    if general and block.endswith("\n"):
        general = f"\t{general}\n"
    named = "".join(f" [tag:{tag}]" for tag in tags_out(question))
    lines = [
        f"// [id:{OWN_KEY}{question.id}]{named}",
        f"::{question.id}::{_asked(page, before, after, '{' + block + general + '}')}",
    ]
    return "\n".join(lines) + "\n", page.losses


def _asked(page: Page, before: str, after: str, block: str) -> str:
    if not after.strip():
        return f"{page.stem(before)} {block}"
    space = " " if after[0].isspace() else ""
    gap = " " if before[-1:].isspace() else ""
    return f"{page.stem(before)}{gap}{block}{space}{page.rest(after)}"


def _texts(value: Any, field: str = "") -> Iterator[str]:
    """All texts of a body that are shown."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, key)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item, field)
    elif isinstance(value, str) and field in _TEXTS:
        yield value
