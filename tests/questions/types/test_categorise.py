"""Categorise: right/m from three categories on; max(0, TPR + TNR − 1) for two (measurement.md §2)."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import AssignResponse
from app.questions.types.categorise import Categorise, CategoriseBody
from tests.support.questions import bodies, orders

pytestmark = pytest.mark.pure

KIND = Categorise()


def body(key: str = "aaabbb", categories: str = "ab") -> CategoriseBody:
    """Elements e0, e1 … that belong to the categories of `key`."""
    return CategoriseBody.model_validate(
        {
            "categories": [{"id": letter, "text": letter.upper()} for letter in categories],
            "elements": [
                {"id": f"e{n}", "text": f"Element {n}.", "category": letter, "feedback": f"Why {n}."}
                for n, letter in enumerate(key)
            ],
        }
    )


def answer(letters: str) -> AssignResponse:
    """A category an element, “-” for one left out."""
    return AssignResponse(assigned={f"e{n}": letter for n, letter in enumerate(letters) if letter != "-"})


@pytest.mark.parametrize(
    ("given_letters", "expected"),
    [
        ("aaabbb", 1),
        ("aaabba", 0.6667),
        ("aaa---", 0),
        ("aaaaaa", 0),
        ("bbbbbb", 0),
        ("bbbaaa", 0),
        ("aaabb-", 0.6667),
        ("aabbba", 0.3333),
        ("a--b--", 0),
    ],
)
def test_two_categories_are_scored_above_chance(given_letters: str, expected: float) -> None:
    assert KIND.grade(body(), answer(given_letters)).score == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("given_letters", "expected"),
    [("aabbcc", 1), ("aabbca", 5 / 6), ("aaaaaa", 1 / 3), ("aa----", 1 / 3), ("b-----", 0)],
)
def test_three_categories_are_scored_by_the_share_right(given_letters: str, expected: float) -> None:
    assert KIND.grade(body("aabbcc", "abc"), answer(given_letters)).score == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("given_letters", "reason"),
    [("aaabba", "5 of 6 in the right category"), ("aaa---", "3 of 6 in the right category, 3 left blank")],
)
def test_the_reason_counts_the_elements(given_letters: str, reason: str) -> None:
    assert KIND.grade(body(), answer(given_letters)).reason == reason


def test_three_and_three_elements_leave_this_to_chance() -> None:
    assert KIND.chance(body()) == pytest.approx(0.15625, abs=1e-12)


@pytest.mark.parametrize(
    ("key", "categories"), [("aaabbb", "ab"), ("aabbbb", "ab"), ("abbb", "ab"), ("aabbcc", "abc"), ("aabbccdd", "abcd")]
)
def test_chance_is_the_mean_score_over_all_ways_to_place_them(key: str, categories: str) -> None:
    question = body(key, categories)
    scores = [KIND.grade(question, answer("".join(way))).score or 0 for way in product(categories, repeat=len(key))]
    assert KIND.chance(question) == pytest.approx(sum(scores) / len(scores), abs=1e-12)


def test_categories_stay_as_written_and_elements_are_shuffled() -> None:
    shown = [KIND.view(body(), KIND.order(body(), random.Random(seed))) for seed in range(60)]
    assert {tuple(option.text for option in view.prompts[0].options) for view in shown} == {("A", "B")}
    assert {view.prompts[0].text for view in shown} == {f"Element {n}." for n in range(6)}
    assert {view.style for view in shown} == {"grid"}


@given(data=st.data())
def test_what_is_read_is_what_was_shown(data: st.DataObject) -> None:
    question = data.draw(bodies("categorise"))
    elements = {element.id: element.text for element in question.elements}
    for order in orders("categorise", question):
        for prompt in KIND.view(question, order).prompts:
            for option in prompt.options:
                read = KIND.read(question, {f"assign-{prompt.token}": [option.token]}, order)
                assert read is not None
                [(element, category)] = read.assigned.items()
                assert (elements[element], question.texts[category]) == (prompt.text, option.text)


def test_a_category_that_was_not_shown_is_asked_again() -> None:
    with pytest.raises(Unreadable, match="choose from 1 to 2") as caught:
        KIND.read(body(), {"assign-2": ["3"]}, tuple(f"e{n}" for n in range(6)))
    assert caught.value.where == "assign-2"


def test_every_element_is_explained_with_its_category_and_the_one_given() -> None:
    reveal = KIND.reveal(body("aabb"), answer("ab-b"))
    assert [(row.id, row.verdict, row.right, row.given, row.why) for row in reveal.rows] == [
        ("e0", "right", "A", "A", "Why 0."),
        ("e1", "wrong", "A", "B", "Why 1."),
        ("e2", "missed", "B", "", "Why 2."),
        ("e3", "right", "B", "B", "Why 3."),
    ]
    assert reveal.answer == "A: Element 0; Element 1. B: Element 2; Element 3."
    assert reveal.yours == "A: Element 0. B: Element 1; Element 3."


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": "aaabbz"}, "“z”, which is no category"),
        ({"key": "aaaaaa"}, "No element belongs to the category “b”"),
        ({"categories": "abb"}, "The category id “b” is used twice"),
    ],
)
def test_unsound_bodies_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        body(**changes)


def test_two_elements_with_one_id_are_refused() -> None:
    elements = [{"id": "e", "text": letter, "category": letter} for letter in "ab"]
    with pytest.raises(ValidationError, match="The element id “e” is used twice"):
        CategoriseBody.model_validate({"categories": [{"id": i, "text": i} for i in "ab"], "elements": elements})
