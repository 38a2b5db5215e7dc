"""Nothing that is shown before the answer is in gives the key away; whatever is in TYPES is held to it."""

from __future__ import annotations

import json
import random
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.questions.model import Question
from app.questions.shapes import AssignView, ChoiceView, GapsView, OrderView, SentencesView, View
from app.questions.types import TYPES
from tests.support.questions import bodies, orders, questions

pytestmark = pytest.mark.pure

every_kind = pytest.mark.parametrize("kind", sorted(TYPES))
seeds = st.integers(0, 2**32)


# ---------------------------------------------------------------- marks


MARK = "zq" + secrets.token_hex(8)
# The key of a question that is answered by a number.
NUMBER = 60413.0625
# Fields with ids of parts of a body, alone or in lists.
IDS = {"id", "match", "category", "gold", "optional"}
# Fields that are told afterwards, and entries whose words are.
TOLD = {"feedback", "misconception", "date", "reason", "rest", "true_version", "base_rate", "comment", "criterion"}
TOLD_ENTRIES = {("accept", "text"), ("wrong", "text"), ("anchors", "text"), ("resolution", "source"), ("second", "by")}


def marked(value: Any, field: str = "", inside: str = "") -> Any:
    """A dumped body with a mark in whatever tells the right answer, and in every id."""
    if isinstance(value, dict):
        names = {key: f"{key}-{MARK}" if field == "levels" else key for key in value}
        return {names[key]: marked(entry, key, field) for key, entry in value.items()}
    if isinstance(value, list):
        return [marked(entry, field, inside) for entry in value]
    if field == "key" and isinstance(value, int | float) and not isinstance(value, bool):
        return NUMBER
    if field in IDS:
        return f"{value}-{MARK}"
    if field == "misconception":
        return MARK
    if (inside, field) == ("resolution", "date"):
        return value
    told = field in TOLD or (inside, field) in TOLD_ENTRIES
    # A true version stands only where the statement is false.
    return f"{value} {MARK}" if told and (value or field != "true_version") else value


def marked_question(question: Question) -> Question:
    """The question with a mark in its explanation, in all that explains its key, and in every id of its body."""
    data = marked(question.body.model_dump(mode="json"))
    for blank in data.get("blanks", []):
        written = blank["id"].removesuffix(f"-{MARK}")
        data["text"] = data["text"].replace(f"{{{written}}}", f"{{{blank['id']}}}")
    body = TYPES[question.kind].Body.model_validate_json(json.dumps(data))
    return replace(question, head=question.head.model_copy(update={"explanation": f"Because {MARK}."}), body=body)


@every_kind
@given(data=st.data())
def test_what_is_shown_before_the_answer_has_no_word_of_the_key(kind: str, data: st.DataObject) -> None:
    question = marked_question(data.draw(questions(kind)))
    body = question.body
    assert re.search(f"{MARK}|{NUMBER}", str(body))
    for order in orders(kind, body):
        shown = repr(TYPES[kind].view(body, order))
        assert MARK not in shown
        assert str(NUMBER) not in shown


# ---------------------------------------------------------------- entries


def lists_shown(view: Any) -> list[Sequence[Any]]:
    """Every list of a view in which a learner chooses by token."""
    match view:
        case ChoiceView() | SentencesView():
            return [view.options]
        case OrderView():
            return [view.elements]
        case AssignView():
            return [view.prompts, *(prompt.options for prompt in view.prompts)]
        case GapsView():
            gaps = [part for part in view.parts if not isinstance(part, str)]
            return [gaps, *(gap.options for gap in gaps)]
    return []


@every_kind
@given(data=st.data())
def test_what_is_shown_has_tokens_and_not_the_authors_ids(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    for order in orders(kind, body):
        view = TYPES[kind].view(body, order)
        assert isinstance(view, View)
        for entries in lists_shown(view):
            assert [entry.token for entry in entries] == [str(number) for number in range(1, len(entries) + 1)]
            assert all(set(vars(entry)) <= {"token", "text", "options"} for entry in entries)


@every_kind
@given(data=st.data())
def test_every_entry_has_the_text_that_its_place_in_the_order_says(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    written = [getattr(body, field, ()) for field in ("options", "elements", "sentences", "prompts", "reasons")]
    texts = {entry.id: entry.text for entries in written for entry in entries}
    for order in orders(kind, body):
        view = TYPES[kind].view(body, order)
        if isinstance(view, ChoiceView | SentencesView | OrderView):
            assert [entry.text for entry in lists_shown(view)[0]] == [texts[key] for key in order]
        else:
            shown = {entry.text for entries in lists_shown(view) for entry in entries if hasattr(entry, "text")}
            assert {texts[key] for key in order if key in texts} <= shown


# ---------------------------------------------------------------- another key


def _options(body: Any, draw: Callable[..., Any], field: str = "options") -> dict[str, Any]:
    """Other options are the keys, and have their credits."""
    options = getattr(body, field)
    worth = draw(st.permutations([{"key": option.key, "credit": option.credit} for option in options]))
    turned = [option.model_copy(update=changes) for option, changes in zip(options, worth, strict=True)]
    return {field: tuple(turned)}


def _true_false(body: Any, draw: Callable[..., Any]) -> dict[str, Any]:
    """The other verdict, with any of the reasons that could go with it."""
    reasons = tuple(reason.model_copy(update={"goes_with": None}) for reason in body.reasons)
    return {
        **_options(body.model_copy(update={"reasons": reasons}), draw, "reasons"),
        "verdict": not body.verdict,
        "true_version": "It is otherwise." if body.verdict else "",
    }


def _assigned(body: Any, draw: Callable[..., Any], field: str, name: str) -> dict[str, Any]:
    """Prompts or elements change what belongs to them."""
    entries = getattr(body, field)
    keys = draw(st.permutations([getattr(entry, name) for entry in entries]))
    return {field: tuple(entry.model_copy(update={name: key}) for entry, key in zip(entries, keys, strict=True))}


def _source_rating(body: Any, draw: Callable[..., Any]) -> dict[str, Any]:
    """The cells change places."""
    names = draw(st.permutations([entry.cell for entry in body.cells]))
    return {
        "cells": tuple(entry.model_copy(update={"cell": name}) for entry, name in zip(body.cells, names, strict=True))
    }


# Kind → the fields of a body that shows the same and has another key.
TURNED: dict[str, Callable[[Any, Callable[..., Any]], dict[str, Any]]] = {
    "single_choice": _options,
    "multiple_response": _options,
    "true_false": _true_false,
    "matching": lambda body, draw: _assigned(body, draw, "prompts", "match"),
    "categorise": lambda body, draw: _assigned(body, draw, "elements", "category"),
    "source_rating": _source_rating,
}


@pytest.mark.parametrize("kind", sorted(TURNED))
@given(data=st.data(), seed=seeds)
def test_moving_the_key_changes_the_signature_and_nothing_that_is_shown(
    kind: str, data: st.DataObject, seed: int
) -> None:
    body = data.draw(bodies(kind))
    before = TYPES[kind].signature(body)
    other = body.model_copy(update=TURNED[kind](body, data.draw))
    assume(other != body)
    assume(kind != "source_rating" or other.credits != body.credits)
    assert TYPES[kind].Body.model_validate(other.model_dump()) == other
    assert TYPES[kind].signature(other) != before
    order = TYPES[kind].order(body, random.Random(seed))
    assert TYPES[kind].order(other, random.Random(seed)) == order
    assert TYPES[kind].view(other, order) == TYPES[kind].view(body, order)
