"""Ordering: f = max(0, (C − D)/P) (measurement.md §2)."""

from __future__ import annotations

import random

import pytest
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import OrderResponse
from app.questions.types.ordering import Ordering, OrderingBody

pytestmark = pytest.mark.pure

KIND = Ordering()


def body(ranks: dict[str, int] | str) -> OrderingBody:
    """From "ABC", or from ids with ranks."""
    if isinstance(ranks, str):
        written = [{"id": key.lower(), "text": key} for key in ranks]
    else:
        written = [{"id": key.lower(), "text": key, "rank": rank} for key, rank in ranks.items()]
    return OrderingBody.model_validate({"principle": "Earliest first", "elements": written})


TIE = {"A": 1, "B": 2, "C": 2, "D": 3}


def placed(order: str) -> OrderResponse:
    return OrderResponse(places={key.lower(): place for place, key in enumerate(order, 1)})


@pytest.mark.parametrize(
    ("key", "answer", "expected"),
    [
        ("ABCDE", "ABCDE", 1),
        ("ABCDE", "ABDCE", 0.8),
        ("ABCDE", "BCDEA", 0.2),
        ("ABCDE", "BACED", 0.6),
        ("ABCDE", "EDCBA", 0),
        ("ABCDE", "ABC", 0.3),
        ("ABCDE", "A", 0),
        (TIE, "ACBD", 1),
        (TIE, "ABCD", 1),
        (TIE, "BADC", 0.2),
    ],
)
def test_the_worked_examples(key: dict[str, int] | str, answer: str, expected: float) -> None:
    assert KIND.grade(body(key), placed(answer)).score == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("ABC", 0.2778),
        ("ABCD", 0.1944),
        ("ABCDE", 0.1633),
        ("ABCDEF", 0.1448),
        ({"A": 1, "B": 2, "C": 2}, 0.3333),
        (TIE, 0.2333),
    ],
)
def test_blind_guessing_earns(key: dict[str, int] | str, expected: float) -> None:
    assert KIND.chance(body(key)) == pytest.approx(expected, abs=5e-5)


def test_the_reason_counts_the_pairs() -> None:
    assert KIND.grade(body("ABCDE"), placed("ABDCE")).reason == "9 of 10 pairs in the right order"


@pytest.mark.parametrize("key", ["AB", "ABC", TIE, {"A": 3, "B": 1, "C": 2}, {"A": 2, "B": 1, "C": 1}])
def test_it_is_never_shown_in_a_right_order(key: dict[str, int] | str) -> None:
    question = body(key)
    for seed in range(80):
        order = KIND.order(question, random.Random(seed))
        as_shown = OrderResponse(places={element: place for place, element in enumerate(order, 1)})
        grade = KIND.grade(question, as_shown)
        assert sorted(order) == sorted(question.ranks)
        assert not grade.is_right, f"seed {seed} shows {order}"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"place-1": ["1"], "place-2": ["1"]}, "have place 1"),
        ({"place-1": ["0"]}, "from 1 to 3"),
        ({"place-1": ["4"]}, "from 1 to 3"),
        ({"place-1": ["-1"]}, "from 1 to 3"),
        ({"place-1": ["first"]}, "from 1 to 3"),
        ({"place-1": ["²"]}, "from 1 to 3"),
        ({"place-1": ["1", "2"]}, "from 1 to 3"),
    ],
)
def test_places_that_cannot_be_are_asked_again(raw: dict[str, list[str]], message: str) -> None:
    with pytest.raises(Unreadable, match=message) as caught:
        KIND.read(body("ABC"), raw, ("c", "a", "b"))
    assert caught.value.where in raw


def test_places_are_read_by_the_order_shown() -> None:
    read = KIND.read(body("ABC"), {"place-1": ["3"], "place-2": [" 1 "], "place-3": [""]}, ("c", "a", "b"))
    assert read == OrderResponse(places={"c": 3, "a": 1})


def test_no_places_at_all_are_blank() -> None:
    assert KIND.read(body("ABC"), {"place-1": [""], "other": ["x"]}, ("c", "a", "b")) is None


def test_the_explanation_gives_right_and_given_places() -> None:
    reveal = KIND.reveal(body("ABC"), placed("BA"))
    assert [(r.id, r.place, r.yours, r.verdict) for r in reveal.rows] == [
        ("a", 1, 2, "wrong"),
        ("b", 2, 1, "wrong"),
        ("c", 3, None, "missed"),
    ]
    assert (reveal.answer, reveal.yours) == ("A → B → C", "B → A")


def test_either_of_two_tied_places_is_right() -> None:
    reveal = KIND.reveal(body(TIE), placed("ACBD"))
    assert {row.verdict for row in reveal.rows} == {"right"}
    assert [row.place for row in reveal.rows] == [1, 2, 2, 4]


def test_the_principle_is_shown_and_dates_are_not() -> None:
    question = OrderingBody.model_validate(
        {
            "principle": "Earliest first",
            "elements": [{"id": "a", "text": "A", "date": "1999"}, {"id": "b", "text": "B", "date": "2001"}],
        }
    )
    view = KIND.view(question, ("b", "a"))
    assert view.principle == "Earliest first"
    assert "1999" not in repr(view)


@pytest.mark.parametrize(
    ("elements", "message"),
    [
        ([("a", 1), ("b", 1)], "nothing to order"),
        ([("a", 1), ("b", None)], "every element a “rank”"),
        ([("a", None), ("a", None)], "used twice"),
    ],
)
def test_keys_that_order_nothing_are_refused(elements: list[tuple[str, int | None]], message: str) -> None:
    written = [{"id": key, "text": key, "rank": rank} for key, rank in elements]
    with pytest.raises(ValidationError, match=message):
        OrderingBody.model_validate({"elements": written})
