"""Cloze: weighted blanks, typed or chosen (measurement.md §2)."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import Gap, GapsResponse, ShownOption
from app.questions.types.cloze import Cloze, ClozeBody

pytestmark = pytest.mark.pure

KIND = Cloze()
TALK = {
    "id": "talk",
    "accept": ["cheap talk", {"text": "talk", "credit": 0.5, "feedback": "Which kind of talk?"}],
    "wrong": [{"text": "costly signal", "feedback": "That one costs something."}],
    "feedback": "The name is Farrell's.",
}


def chosen(blank: str, options: int = 3, **more: Any) -> dict[str, Any]:
    entries = [{"id": f"o{n}", "key": n == 0, "text": f"Word {n}", "feedback": f"Because {n}."} for n in range(options)]
    return {"id": blank, "options": entries, **more}


def body(*blanks: dict[str, Any], text: str = "") -> ClozeBody:
    text = text or "".join(f"Before {{{blank['id']}}} " for blank in blanks) + "the end."
    return ClozeBody.model_validate({"text": text, "blanks": list(blanks)})


def score(question: ClozeBody, **filled: str) -> float | None:
    return KIND.grade(question, GapsResponse(filled=filled)).score


def test_weights_1_2_1_with_right_half_and_wrong_make_half() -> None:
    question = body(chosen("a"), {**TALK, "weight": 2}, chosen("b"))
    assert score(question, a="o0", talk="talk", b="o1") == pytest.approx(0.5)


def test_a_blank_left_empty_earns_nothing() -> None:
    assert score(body(chosen("a"), chosen("b")), a="o0") == 0.5


def test_a_slip_in_a_typed_blank_is_forgiven() -> None:
    question = body(TALK)
    assert score(question, talk="Cheap tolk") == 1
    assert score(body({**TALK, "typos": False}), talk="Cheap tolk") == 0


def test_a_slip_as_near_to_a_listed_wrong_answer_is_not_forgiven() -> None:
    question = body({"id": "a", "accept": ["deterrence"], "wrong": ["detergence"]})
    assert (score(question, a="deterrance"), score(question, a="detergense")) == (1, 0)


@pytest.mark.parametrize(
    ("blanks", "expected"),
    [
        ([TALK], 0),
        ([chosen("a")], 1 / 3),
        ([chosen("a", 4)], 0.25),
        ([{**TALK, "weight": 1}, chosen("a", 3, weight=2)], 2 / 9),
        ([chosen("a", 2, weight=2), chosen("b", 4)], 5 / 12),
    ],
)
def test_blind_guessing_earns(blanks: list[dict[str, Any]], expected: float) -> None:
    assert KIND.chance(body(*blanks)) == pytest.approx(expected)


def test_guessing_is_the_mean_over_every_way_to_choose() -> None:
    question = body(chosen("a", 3, weight=2), chosen("b", 4), TALK)
    ways = [score(question, a=a, b=b) or 0.0 for a, b in product(("o0", "o1", "o2"), ("o0", "o1", "o2", "o3"))]
    assert len(ways) == 12
    assert KIND.chance(question) == pytest.approx(sum(ways) / 12)


def test_the_reason_counts_full_blanks() -> None:
    grade = KIND.grade(body(chosen("a"), TALK), GapsResponse(filled={"a": "o0", "talk": "talk"}))
    assert grade.reason == "1 of 2 blanks right"


# ---------------------------------------------------------------- what is shown and read


def test_text_and_blanks_are_shown_in_turn() -> None:
    question = body(chosen("a", 2), TALK, text="{talk} tells a {a} little.")
    view = KIND.view(question, ("a:o1", "a:o0"))
    options = (ShownOption("1", "Word 1"), ShownOption("2", "Word 0"))
    assert view.parts == (Gap("1"), " tells a ", Gap("2", options), " little.")


def test_options_are_shuffled_within_their_list() -> None:
    question = body(chosen("a", 4), chosen("b", 3))
    orders = {KIND.order(question, random.Random(seed)) for seed in range(20)}
    assert len(orders) > 10
    assert all(entry.startswith("a:") for order in orders for entry in order[:4])
    assert all(sorted(order) == sorted(KIND.order(question, random.Random(0))) for order in orders)


def test_blanks_are_read_by_their_number_in_the_text() -> None:
    question = body(chosen("a", 2), TALK, text="{talk} tells a {a} little.")
    read = KIND.read(question, {"gap-1": [" Cheap  talk "], "gap-2": ["1"]}, ("a:o1", "a:o0"))
    assert read == GapsResponse(filled={"talk": "Cheap talk", "a": "o1"})


def test_nothing_filled_is_blank() -> None:
    assert KIND.read(body(TALK), {"gap-1": ["  "]}, ()) is None


@pytest.mark.parametrize("value", ["0", "4", "o1", "x"])
def test_an_option_that_was_not_shown_is_asked_again(value: str) -> None:
    with pytest.raises(Unreadable, match="choose from 1 to 3") as caught:
        KIND.read(body(chosen("a")), {"gap-1": [value]}, ("a:o0", "a:o1", "a:o2"))
    assert caught.value.where == "gap-1"


# ---------------------------------------------------------------- what an author may write


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("No blank here.", "The blank {talk} is missing"),
        ("{talk} and {talk}", "more than once"),
        ("{talk} and {other}", "has the blank {other}"),
        ("{talk} and {", "nowhere else"),
        ("{talk} and {}", "has the blank {}"),
        ("{{talk}}", "nowhere else"),
    ],
)
def test_text_and_blanks_belong_together(text: str, said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        body(TALK, text=text)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"accept": []}, "either “accept”"),
        ({"options": chosen("x")["options"]}, "either “accept”"),
        ({"accept": [{"text": "talk", "credit": 0.5}]}, "full credit"),
        ({"weight": 0}, "greater than 0"),
        ({"weight": float("inf")}, "less than or equal"),
    ],
)
def test_a_typed_blank_has_a_full_answer(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        body({**TALK, **changes})


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([("a", True)], "two options or more"),
        ([("a", True), ("b", True)], "one of them with “key: true”"),
        ([("a", False), ("b", False)], "one of them with “key: true”"),
        ([("a", True), ("a", False)], "one id"),
    ],
)
def test_a_list_has_one_key(options: list[tuple[str, bool]], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        body({"id": "x", "options": [{"id": i, "text": "T", "key": key} for i, key in options]})


def test_a_list_has_no_wrong_wordings() -> None:
    with pytest.raises(ValidationError, match="its wrong answers are options"):
        body({**chosen("a"), "wrong": ["x"]})


def test_two_blanks_with_one_id_are_refused() -> None:
    with pytest.raises(ValidationError, match="used twice"):
        body(TALK, TALK, text="{talk}")


# ---------------------------------------------------------------- what is explained


def test_every_blank_is_explained_with_its_own_words_first() -> None:
    question = body(chosen("a"), TALK)
    reveal = KIND.reveal(question, GapsResponse(filled={"a": "o1", "talk": "Costly signal"}))
    assert [(row.right, row.given, row.verdict, row.why) for row in reveal.rows] == [
        ("Word 0", "Word 1", "wrong", "Because 1."),
        ("cheap talk", "Costly signal", "wrong", "That one costs something. The name is Farrell's."),
    ]
    assert reveal.answer == "Word 0; cheap talk"
    assert reveal.yours == "Word 1; Costly signal"


def test_part_of_the_credit_is_partly_right_and_an_empty_blank_is_missed() -> None:
    reveal = KIND.reveal(body(chosen("a"), TALK), GapsResponse(filled={"talk": "talk"}))
    assert [(row.verdict, row.chosen, row.given) for row in reveal.rows] == [
        ("missed", False, ""),
        ("partly", True, "talk"),
    ]
    assert reveal.rows[1].why == "Which kind of talk? The name is Farrell's."


def test_the_signature_changes_with_keys_options_and_weights_alone() -> None:
    same = KIND.signature(body(chosen("a"), TALK))
    assert KIND.signature(body(TALK, chosen("a"), text="Another text {a} {talk}")) == same
    assert KIND.signature(body(chosen("a"), {**TALK, "wrong": [], "feedback": ""})) == same
    for other in (
        body(chosen("b"), TALK),
        body(chosen("a", 4), TALK),
        body(chosen("a", weight=2), TALK),
        body(chosen("a"), {**TALK, "accept": ["cheap talk"]}),
    ):
        assert KIND.signature(other) != same
