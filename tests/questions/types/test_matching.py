"""Matching: f = right pairs / prompts; g = 1/r with r options (measurement.md §2)."""

from __future__ import annotations

import random
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import AssignResponse
from app.questions.types.matching import Matching, MatchingBody
from tests.support.questions import bodies, orders

pytestmark = pytest.mark.pure

KIND = Matching()
# Prompt p1 is shown first, then p0; option c first, then a, b, d.
ORDER = ("prompt:p1", "prompt:p0", "prompt:p2", "option:c", "option:a", "option:b", "option:d")


def body(key: str = "abc", options: str = "abcd", **more: Any) -> MatchingBody:
    """Prompts p0, p1 … that match the letters of `key`."""
    prompts = [
        {"id": f"p{n}", "text": f"Prompt {n}", "match": letter, "feedback": f"Why {n}."} for n, letter in enumerate(key)
    ]
    written = [{"id": letter, "text": f"Option {letter}"} for letter in options]
    return MatchingBody.model_validate({"prompts": prompts, "options": written, **more})


def answer(letters: str) -> AssignResponse:
    """A letter a prompt, “-” for one left blank."""
    return AssignResponse(assigned={f"p{n}": letter for n, letter in enumerate(letters) if letter != "-"})


@pytest.mark.parametrize(
    ("given_letters", "score", "reason"),
    [
        ("abcd", 1.0, "4 of 4 matched right"),
        ("abdc", 0.5, "2 of 4 matched right"),
        ("ab--", 0.5, "2 of 4 matched right, 2 left blank"),
        ("a--e", 0.25, "1 of 4 matched right, 2 left blank"),
        ("badc", 0.0, "0 of 4 matched right"),
    ],
)
def test_each_right_pair_scores_its_share(given_letters: str, score: float, reason: str) -> None:
    grade = KIND.grade(body("abcd", "abcde"), answer(given_letters))
    assert (grade.score, grade.reason) == (score, reason)


def test_four_prompts_and_five_options_leave_a_fifth_to_chance() -> None:
    assert KIND.chance(body("abcd", "abcde")) == pytest.approx(0.2)


@pytest.mark.parametrize(("key", "options"), [("abc", "abcd"), ("abcd", "abcde"), ("ab", "abcd"), ("abc", "abc")])
def test_guessing_without_reuse_earns_one_in_so_many_options(key: str, options: str) -> None:
    question = body(key, options)
    scores = [KIND.grade(question, answer("".join(way))).score or 0 for way in permutations(options, len(key))]
    assert sum(scores) / len(scores) == pytest.approx(KIND.chance(question), abs=1e-12)


def test_guessing_with_reuse_earns_the_same() -> None:
    question = body("aab", "abc", reuse=True)
    scores = [KIND.grade(question, answer("".join(way))).score or 0 for way in product("abc", repeat=3)]
    assert sum(scores) / len(scores) == pytest.approx(KIND.chance(question), abs=1e-12)


def test_fields_are_read_by_the_order_shown() -> None:
    read = KIND.read(body(), {"assign-1": ["1"], "assign-2": [" 2 "], "assign-3": [""]}, ORDER)
    assert read == AssignResponse(assigned={"p1": "c", "p0": "a"})


@given(data=st.data())
def test_what_is_read_is_what_was_shown(data: st.DataObject) -> None:
    question = data.draw(bodies("matching"))
    prompts = {prompt.id: prompt.text for prompt in question.prompts}
    for order in orders("matching", question):
        for prompt in KIND.view(question, order).prompts:
            for option in prompt.options:
                read = KIND.read(question, {f"assign-{prompt.token}": [option.token]}, order)
                assert read is not None
                [(prompt_id, option_id)] = read.assigned.items()
                assert (prompts[prompt_id], question.texts[option_id]) == (prompt.text, option.text)


def test_an_option_used_twice_is_asked_again_unless_it_may_be() -> None:
    raw = {"assign-1": ["2"], "assign-2": ["2"]}
    with pytest.raises(Unreadable, match="used once at most") as caught:
        KIND.read(body(), raw, ORDER)
    assert caught.value.where == "assign-2"
    twice = KIND.read(body(reuse=True), raw, ORDER)
    assert twice == AssignResponse(assigned={"p1": "a", "p0": "a"})


@pytest.mark.parametrize(("reuse", "note"), [(False, "used once at most"), (True, "more than once")])
def test_the_view_says_how_often_an_option_may_be_used(reuse: bool, note: str) -> None:
    view = KIND.view(body(reuse=reuse), ORDER)
    assert note in view.note
    assert view.style == "pairs"


def test_prompts_and_options_are_both_shuffled() -> None:
    shown = [KIND.view(body(), KIND.order(body(), random.Random(seed))) for seed in range(60)]
    assert {view.prompts[0].text for view in shown} == {f"Prompt {n}" for n in range(3)}
    assert {view.prompts[0].options[0].text for view in shown} == {f"Option {letter}" for letter in "abcd"}


def test_every_prompt_is_explained_with_its_match_and_what_it_was_given() -> None:
    reveal = KIND.reveal(body(), answer("ac-"))
    assert [(row.id, row.verdict, row.right, row.given, row.why) for row in reveal.rows] == [
        ("p0", "right", "Option a", "Option a", "Why 0."),
        ("p1", "wrong", "Option b", "Option c", "Why 1."),
        ("p2", "missed", "Option c", "", "Why 2."),
    ]
    assert reveal.answer == "Prompt 0 → Option a; Prompt 1 → Option b; Prompt 2 → Option c"
    assert reveal.yours == "Prompt 0 → Option a; Prompt 1 → Option c"


def test_a_prompt_and_its_option_may_have_one_id() -> None:
    written = [{"id": letter, "text": letter} for letter in "abc"]
    prompts = [{"id": letter, "text": letter, "match": letter} for letter in "ab"]
    question = MatchingBody.model_validate({"prompts": prompts, "options": written})
    order = KIND.order(question, random.Random(1))
    assert len(set(order)) == 5
    assert KIND.read(question, KIND.fill(question, AssignResponse(assigned={"a": "b"}), order), order) is not None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": "abz"}, "“z”, which is no option"),
        ({"key": "aab"}, "“reuse: true”"),
        ({"options": "abcc"}, "The option id “c” is used twice"),
    ],
)
def test_keys_that_cannot_be_answered_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        body(**changes)


def test_two_prompts_with_one_id_are_refused() -> None:
    prompts = [{"id": "p", "text": letter, "match": letter} for letter in "ab"]
    with pytest.raises(ValidationError, match="The prompt id “p” is used twice"):
        MatchingBody.model_validate({"prompts": prompts, "options": [{"id": i, "text": i} for i in "abc"]})
