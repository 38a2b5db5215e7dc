"""Highlight: F1 of sentences, less what marking everything earns (measurement.md §2)."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pytest
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import ChoiceResponse
from app.questions.types.highlight import Highlight, HighlightBody

pytestmark = pytest.mark.pure

KIND = Highlight()


def body(
    n: int = 10, gold: tuple[tuple[int, ...], ...] = ((2, 5),), optional: tuple[int, ...] = (), **more: Any
) -> HighlightBody:
    return HighlightBody.model_validate(
        {
            "status": "invented",
            "sentences": [{"id": f"s{i}", "text": f"Sentence {i}."} for i in range(1, n + 1)],
            "gold": [[f"s{i}" for i in marked] for marked in gold],
            "optional": [f"s{i}" for i in optional],
            **more,
        }
    )


def response(*numbers: int) -> ChoiceResponse:
    return ChoiceResponse(chosen=tuple(sorted(f"s{i}" for i in numbers)))


def score(question: HighlightBody, *numbers: int) -> float:
    found = KIND.grade(question, response(*numbers)).score
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("marked", "expected"),
    [((2, 5), 1), ((2, 5, 7), 0.7), ((2,), 0.5), (tuple(range(1, 11)), 0), ((1,), 0), ((1, 3, 4), 0)],
)
def test_ten_sentences_with_two_gold(marked: tuple[int, ...], expected: float) -> None:
    assert score(body(), *marked) == pytest.approx(expected, abs=1e-9)


def test_an_optional_sentence_counts_neither_way() -> None:
    question = body(optional=(7,))
    assert score(question, 2, 5, 7) == score(question, 2, 5) == 1
    assert score(question, 7) == 0
    assert score(question, *range(1, 11)) == 0


def test_the_best_of_several_gold_sets_counts() -> None:
    question = body(gold=((2, 5), (2, 8, 9)))
    assert score(question, 2, 8, 9) == score(question, 2, 5) == 1
    assert score(question, 8, 9) == pytest.approx((0.8 - 6 / 13) / (1 - 6 / 13))


def test_marking_everything_earns_nothing_by_any_gold_set() -> None:
    assert score(body(gold=((2, 5), (1, 3, 4, 6)), optional=(7,)), *range(1, 11)) == 0


def test_blind_guessing_among_ten_with_two_gold_earns_a_ninth() -> None:
    assert KIND.chance(body()) == pytest.approx(0.1111, abs=5e-5)


@pytest.mark.parametrize(
    "question",
    [
        body(),
        body(optional=(7,)),
        body(6, ((1,),), (2, 3)),
        body(8, ((1, 2), (2, 3, 4))),
        body(9, ((1, 2, 3), (3, 4, 5), (1, 5, 6)), (7,)),
        body(2, ((1,),)),
    ],
)
def test_guessing_is_the_mean_over_every_way_to_mark_as_many_as_the_smallest_set(question: HighlightBody) -> None:
    size = min(len(gold) for gold in question.gold)
    scores = [KIND.grade(question, ChoiceResponse(chosen=way)).score or 0.0 for way in combinations(question.ids, size)]
    assert KIND.chance(question) == pytest.approx(sum(scores) / len(scores), abs=1e-12)


def test_the_reason_counts_found_and_surplus_sentences() -> None:
    question = body(optional=(7,))
    assert KIND.grade(question, response(2, 7)).reason == "1 of 2 sentences found"
    assert KIND.grade(question, response(2, 1, 3)).reason == "1 of 2 sentences found, 2 marked that should not be"


# ---------------------------------------------------------------- what is shown and read


def test_sentences_keep_the_order_of_the_passage() -> None:
    question = body()
    assert {KIND.order(question, random.Random(seed)) for seed in range(9)} == {question.ids}
    view = KIND.view(question, question.ids)
    assert [option.text for option in view.options] == [f"Sentence {i}." for i in range(1, 11)]


@pytest.mark.parametrize(
    ("status", "words"), [("invented", "Invented"), ("paraphrase", "Retold"), ("quotation", "Quoted")]
)
def test_the_page_says_what_the_passage_is(status: str, words: str) -> None:
    question = body(status=status)
    assert KIND.view(question, question.ids).note.startswith(words)


def test_sentences_are_read_by_their_numbers() -> None:
    question = body()
    assert KIND.read(question, {"choice": ["5", "2"]}, question.ids) == response(2, 5)
    assert KIND.read(question, {"choice": []}, question.ids) is None
    with pytest.raises(Unreadable, match="choose from 1 to 10"):
        KIND.read(question, {"choice": ["11"]}, question.ids)


# ---------------------------------------------------------------- what an author may write


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"gold": ()}, "at least 1 item"),
        ({"gold": ((),)}, "at least 1 item"),
        ({"gold": ((2, 99),)}, "“gold” names “s99”"),
        ({"gold": ((2, 2),)}, "names “s2” twice"),
        ({"optional": (99,)}, "“optional” names “s99”"),
        ({"optional": (5,)}, "“s5” is both gold and optional"),
        ({"n": 4, "gold": ((1, 2),), "optional": (3, 4)}, "No sentence is left"),
        ({"n": 3, "gold": ((1, 2), (3,))}, "No sentence is left"),
        ({"second": {"by": "Mina", "gold": ["s99"]}}, "“second” names “s99”"),
        ({"status": "copied"}, "Input should be"),
    ],
)
def test_sets_that_do_not_fit_the_passage_are_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        body(**fields)


def test_two_sentences_with_one_id_are_refused() -> None:
    twice = [{"id": "s1", "text": "A."}, {"id": "s1", "text": "B."}, {"id": "s2", "text": "C."}]
    with pytest.raises(ValidationError, match="“s1” is used twice"):
        HighlightBody.model_validate({"status": "invented", "sentences": twice, "gold": [["s1"]]})


# ---------------------------------------------------------------- what is explained


def test_every_sentence_is_explained_in_the_order_of_the_passage() -> None:
    sentences = [
        {"id": f"s{i}", "text": f"Sentence {i}.", "feedback": "Its own." if i < 3 else ""} for i in range(1, 7)
    ]
    question = body(6, ((1, 2),), (3,), sentences=sentences, rest="Beside the point.")
    reveal = KIND.reveal(question, response(1, 3, 4))
    assert [(row.verdict, row.chosen) for row in reveal.rows] == [
        ("right", True),
        ("missed", False),
        ("neutral", True),
        ("wrong", True),
        ("neutral", False),
        ("neutral", False),
    ]
    assert [row.why for row in reveal.rows] == ["Its own."] * 2 + ["Beside the point."] * 4
    assert [row.is_key for row in reveal.rows] == [True, True, False, False, False, False]
    assert reveal.answer == "Sentence 1. Sentence 2."
    assert reveal.yours == "Sentence 1. Sentence 3. Sentence 4."


def test_the_explanation_goes_by_the_set_that_earned_the_score() -> None:
    question = body(gold=((2, 5), (2, 8)))
    reveal = KIND.reveal(question, response(2, 8))
    assert {row.id for row in reveal.rows if row.is_key} == {"s2", "s8"}
    assert reveal.answer == "Sentence 2. Sentence 8. Or: Sentence 2. Sentence 5."


def test_a_sentence_of_another_gold_set_is_not_called_wrong() -> None:
    rows = KIND.reveal(body(gold=((2, 5), (2, 8))), response(2, 5, 8)).rows
    assert [row.verdict for row in rows if row.chosen] == ["right", "right", "neutral"]


def test_the_signature_changes_with_ids_gold_and_optional_alone() -> None:
    same = KIND.signature(body(gold=((2, 5), (3,))))
    assert KIND.signature(body(gold=((3,), (5, 2)), rest="x", status="paraphrase")) == same
    for other in (body(9, ((2, 5), (3,))), body(gold=((2, 5), (4,))), body(gold=((2, 5), (3,)), optional=(7,))):
        assert KIND.signature(other) != same


def test_a_changed_copy_is_graded_by_its_own_gold() -> None:
    question = body()
    assert (score(question, 2, 5), KIND.chance(question)) == (1, pytest.approx(1 / 9))
    changed = question.model_copy(update={"gold": (("s1",),)})
    assert (score(changed, 1), KIND.chance(changed)) == (1, pytest.approx(0.1))
    assert question == body()
