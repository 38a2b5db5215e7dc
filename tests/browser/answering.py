"""Answers to questions of every kind, given by the controls that a page shows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Literal

from playwright.sync_api import Locator

from app.db import db
from app.learning.service import check_order
from app.library.model import Library
from app.questions.draw import shown_order
from app.questions.model import Question
from app.questions.types import TYPES
from app.quiz.models import Attempt
from tests.browser.server import LiveServer

LESSON = "/lessons/03-every-kind"
QUIZ = "every-kind"
Wanted = Literal["right", "partly", "wrong"]
Fields = Mapping[str, Sequence[str]]


def library_of(server: LiveServer) -> Library:
    """The course that is served."""
    found: Library = server.app.extensions["offramp"]["library"]
    return found


def checks(server: LiveServer) -> list[Question]:
    """The self-checks of the lesson that has one of every kind, as they stand in it."""
    library = library_of(server)
    return [library.questions[slug] for slug in library.lessons[LESSON.rsplit("/", 1)[1]].checks]


def of_check(server: LiveServer, question: Question, wanted: Wanted = "right") -> Fields:
    """The fields that answer a self-check."""
    return fields(question, check_order(library_of(server), question.id), wanted)


def of_slot(server: LiveServer, attempt: uuid.UUID, position: int, wanted: Wanted = "right") -> Fields:
    """The fields that answer a question of an attempt."""
    with server.app.app_context():
        row = db.session.get_one(Attempt, attempt)
        slug, seed = row.slots[position - 1].question, row.seed
    question = library_of(server).questions[slug]
    return fields(question, shown_order(question, seed=seed, position=position), wanted)


def fields(question: Question, order: Sequence[str], wanted: Wanted) -> Fields:
    """Fields with an answer of that sort; what is partly right is wrong where a kind knows nothing between."""
    kind = TYPES[question.kind]
    samples = [sample for sample in kind.samples(question.body) if sample.response]
    sorts = {"right": lambda s: s in (1, None), "partly": lambda s: s and 0 < s < 1, "wrong": lambda s: not s}
    fitting = [sample.response for sample in samples if sorts[wanted](sample.score)]
    return kind.fill(
        question.body, (fitting or [sample.response for sample in samples])[-1 if not fitting else 0], order
    )


def half(given: Fields) -> Fields:
    """The first part of an answer: one of several fields, one of several boxes, the first letters of what is typed."""
    name, values = next(iter(given.items()))
    first = values[0]
    return {name: [first[: max(1, len(first) // 2)] if name == "text" else first]}


def give(form: Locator, given: Fields) -> None:
    """Put an answer into a form."""
    for name, values in given.items():
        controls = form.locator(f'[name="{name}"]')
        sort = controls.first.evaluate("it => it.type")
        for value in values:
            if sort in ("radio", "checkbox"):
                form.locator(f'[name="{name}"][value="{value}"]').check()
            elif sort == "select-one":
                controls.select_option(value)
            else:
                controls.fill(value)


def held(form: Locator) -> dict[str, list[str]]:
    """What the learner has put into a form so far."""
    found: dict[str, list[str]] = form.evaluate(
        """form => {
          const ours = new Set(["csrf_token", "answer_id", "tab", "counter", "seen", "hints", "question"]);
          const held = {};
          for (const [name, value] of new FormData(form)) {
            if (!ours.has(name) && value !== "") (held[name] ??= []).push(value);
          }
          return held;
        }"""
    )
    return found


def spoil(form: Locator) -> None:
    """Put something into a form that no kind can read, past what its controls allow."""
    form.evaluate(
        """form => {
          for (const field of form.querySelectorAll(".question :is(input, select, textarea)")) {
            field.removeAttribute("maxlength");
            if (field.type === "radio" || field.type === "checkbox") {
              field.value = "999";
              field.checked = true;
            } else if (field.tagName === "SELECT") {
              field.add(new Option("none of these", "999"));
              field.value = "999";
            } else {
              field.value = "word ".repeat(200);
            }
          }
        }"""
    )
