"""A question of any kind on a printed sheet: something to tick or write on for each thing asked, and no controls."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, get_template_attribute

from app.library.model import Library
from app.markdown import plain
from app.questions.model import Question
from app.questions.types import TYPES
from app.quiz.sheet import ShownSlot, shown_slot
from tests.web.markup import Element, read_html

# Kind → how many things of which class a sheet has for it, from what the page would show.
MARKS: dict[str, Any] = {
    "single_choice": lambda view: ("tick", len(view.options)),
    "multiple_response": lambda view: ("tick is-box", len(view.options)),
    "true_false": lambda view: ("tick", sum(len(prompt.options) for prompt in view.prompts)),
    "source_rating": lambda view: ("tick", 12),
    "matching": lambda view: ("paper-blank", len(view.prompts)),
    "categorise": lambda view: ("tick", len(view.prompts) * len(view.prompts[0].options)),
    "ordering": lambda view: ("paper-blank", len(view.elements)),
    "short_answer": lambda view: ("paper-line", 1),
    "numeric": lambda view: ("paper-blank is-wide", 1),
    "cloze": lambda view: ("paper-blank is-wide", sum(not isinstance(part, str) for part in view.parts)),
    "highlight": lambda view: ("tick is-box", len(view.options)),
    "probability": lambda view: ("paper-blank is-wide", 1),
    "free_response": lambda view: ("paper-line", view.lines),
}


def question_of(library: Library, kind: str) -> Question:
    """A question of a kind out of the quizzes of the small course."""
    return next(it for it in library.questions.values() if it.kind == kind and it.head.use == "practice")


def sheet(app: Flask, slot: ShownSlot) -> Element:
    """A question as it is printed."""
    with app.test_request_context():
        return read_html(str(get_template_attribute(f"questions/{slot.question.kind}.html", "paper")(slot)))


@pytest.mark.parametrize("kind", TYPES)
def test_a_sheet_has_the_stem_and_something_to_mark_for_each_thing_asked(
    app: Flask, library: Library, kind: str
) -> None:
    slot = shown_slot(question_of(library, kind), seed=7, position=1, response=None, flagged=False)
    tree = sheet(app, slot)
    assert plain(slot.question.head.stem).split()[-1] in tree.text
    assert slot.lead in tree.text
    name, count = MARKS[kind](slot.view)
    assert len(tree.all("span", class_=name)) == count
    assert tree.all("input", "select", "textarea", "button") == []


@pytest.mark.parametrize("kind", TYPES)
def test_a_sheet_is_printed_alike_whether_or_not_the_question_was_answered(
    app: Flask, library: Library, kind: str
) -> None:
    question = question_of(library, kind)
    response = next(it.response for it in TYPES[kind].samples(question.body) if it.response)
    blank = shown_slot(question, seed=7, position=1, response=None, flagged=False)
    answered = shown_slot(question, seed=7, position=1, response=response.model_dump_json(), flagged=False)
    assert sheet(app, answered).text == sheet(app, blank).text
