"""Multiple response: f = max(0, h/k − a/(n−k)) (measurement.md §2)."""

from __future__ import annotations

import random
from itertools import chain, combinations

import pytest
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import ChoiceResponse
from app.questions.types.multiple_response import MultipleResponse, MultipleResponseBody, score

pytestmark = pytest.mark.pure

KIND = MultipleResponse()


def body(options: int = 5, keys: int = 2, **more: object) -> MultipleResponseBody:
    written = [{"id": f"o{i}", "text": f"Option {i}", "key": i < keys} for i in range(options)]
    return MultipleResponseBody.model_validate({"options": written, **more})


@pytest.mark.parametrize(
    ("hits", "alarms", "expected"),
    [(2, 0, 1), (2, 1, 0.6667), (1, 0, 0.5), (1, 1, 0.1667), (2, 3, 0), (0, 0, 0)],
)
def test_five_options_with_two_keys(hits: int, alarms: int, expected: float) -> None:
    chosen = tuple(f"o{i}" for i in range(hits)) + tuple(f"o{i}" for i in range(2, 2 + alarms))
    assert KIND.grade(body(), ChoiceResponse(chosen=chosen)).score == pytest.approx(expected, abs=5e-5)


def test_it_never_goes_below_zero() -> None:
    assert score(0, 3, keys=2, options=5) == 0


@pytest.mark.parametrize(("keys", "options", "expected"), [(2, 5, 0.1875), (3, 6, 0.15625), (2, 4, 0.1875)])
def test_blind_guessing_earns(keys: int, options: int, expected: float) -> None:
    assert KIND.chance(body(options, keys)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("keys", "options"), [(1, 2), (2, 5), (3, 6), (1, 7)])
def test_guessing_is_the_mean_over_every_way_to_tick(keys: int, options: int) -> None:
    question = body(options, keys)
    ids = [option.id for option in question.options]
    ticked = list(chain.from_iterable(combinations(ids, n) for n in range(options + 1)))
    scores = [KIND.grade(question, ChoiceResponse(chosen=chosen)).score or 0.0 for chosen in ticked]
    assert len(scores) == 2**options
    assert KIND.chance(question) == pytest.approx(sum(scores) / len(scores))


@pytest.mark.parametrize("keys", [0, 5])
def test_all_right_or_all_wrong_options_are_refused(keys: int) -> None:
    with pytest.raises(ValidationError, match="at least one right and one wrong"):
        body(5, keys)


def test_the_reason_counts_hits_and_false_alarms() -> None:
    grade = KIND.grade(body(), ChoiceResponse(chosen=("o0", "o2", "o3")))
    assert grade.reason == "1 of 2 right ones selected, 2 wrong ones too"


def test_nothing_ticked_is_blank_and_not_wrong() -> None:
    assert KIND.read(body(), {"choice": []}, ("o0", "o1")) is None
    assert KIND.read(body(), {}, ("o0", "o1")) is None


def test_a_tick_is_read_by_its_number_in_the_order_shown() -> None:
    read = KIND.read(body(), {"choice": ["1", "3"]}, ("o4", "o3", "o0", "o1", "o2"))
    assert read == ChoiceResponse(chosen=("o0", "o4"))


@pytest.mark.parametrize("value", ["0", "6", "x", "-1", "o1", "١"])
def test_an_option_that_was_not_shown_is_asked_again(value: str) -> None:
    with pytest.raises(Unreadable, match="choose from 1 to 5"):
        KIND.read(body(), {"choice": [value]}, tuple(f"o{i}" for i in range(5)))


def test_the_explanation_tells_missed_from_wrong() -> None:
    reveal = KIND.reveal(body(4, 2), ChoiceResponse(chosen=("o0", "o2")))
    assert [row.verdict for row in reveal.rows] == ["right", "missed", "wrong", "neutral"]
    assert reveal.answer == "Option 0; Option 1"
    assert reveal.yours == "Option 0; Option 2"


def test_options_stay_as_written_when_the_author_says_so() -> None:
    order = KIND.order(body(shuffle=False, shuffle_reason="by size"), random.Random(3))
    assert order == ("o0", "o1", "o2", "o3", "o4")


# ---------------------------------------------------------------- credits (docs/decisions/007)


def credited(*credits: float | None, keys: int = 2) -> MultipleResponseBody:
    written = [{"id": f"o{i}", "text": f"{i}", "key": i < keys, "credit": credit} for i, credit in enumerate(credits)]
    return MultipleResponseBody.model_validate({"options": written})


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [((0,), 0.75), ((0, 1), 1), ((0, 2), 0.25), ((0, 3), 0.75), ((2,), 0), ((0, 1, 2, 3), 0.5)],
)
def test_credits_of_what_was_chosen_are_added_up(chosen: tuple[int, ...], expected: float) -> None:
    response = ChoiceResponse(chosen=tuple(f"o{i}" for i in chosen))
    assert KIND.grade(credited(0.75, 0.25, -0.5, None), response).score == pytest.approx(expected)


def test_three_thirds_in_two_decimals_make_a_full_mark() -> None:
    response = ChoiceResponse(chosen=("o0", "o1", "o2"))
    assert KIND.grade(credited(0.33, 0.33, 0.33, 0, keys=3), response).score == 1


def test_a_guess_earns_the_mean_over_every_way_to_tick_by_credits_too() -> None:
    question = credited(0.75, 0.25, -0.5, None)
    ticked = chain.from_iterable(combinations(["o0", "o1", "o2", "o3"], n) for n in range(5))
    scores = [KIND.grade(question, ChoiceResponse(chosen=chosen)).score or 0.0 for chosen in ticked]
    assert KIND.chance(question) == pytest.approx(sum(scores) / 16)


@pytest.mark.parametrize(
    "credits", [(0.5, 0.4, 0, 0), (0.5, 0.6, 0, 0), (1, None, 0, 0), (1.0, 0, 0, 0), (0.5, 0.5, 0.1, 0)]
)
def test_credits_that_do_not_make_one_full_mark_are_refused(credits: tuple[float | None, ...]) -> None:
    with pytest.raises(ValidationError):
        credited(*credits)
