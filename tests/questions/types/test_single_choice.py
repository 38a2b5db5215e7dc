"""Single choice: f = 1 for the key, else 0; g = 1/k (measurement.md §2)."""

from __future__ import annotations

import random

import pytest
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import ChoiceResponse
from app.questions.types.single_choice import SingleChoice, SingleChoiceBody

pytestmark = pytest.mark.pure

KIND = SingleChoice()
ORDER = ("a", "b", "c", "d")


def body(key: str = "b", options: str = "abcd", **more: object) -> SingleChoiceBody:
    written = [{"id": i, "text": f"Option {i}", "key": i == key, "feedback": f"Why {i}."} for i in options]
    return SingleChoiceBody.model_validate({"options": written, **more})


@pytest.mark.parametrize(("chosen", "expected"), [("a", 0.0), ("b", 1.0), ("c", 0.0), ("d", 0.0)])
def test_only_the_key_scores(chosen: str, expected: float) -> None:
    assert KIND.grade(body(), ChoiceResponse(chosen=(chosen,))).score == expected


@pytest.mark.parametrize(("options", "chance"), [("ab", 0.5), ("abc", 1 / 3), ("abcd", 0.25)])
def test_blind_guessing_earns_one_in_so_many(options: str, chance: float) -> None:
    assert KIND.chance(body("a", options)) == pytest.approx(chance)


@pytest.mark.parametrize("keys", [(), ("a", "b")])
def test_none_or_two_keys_are_refused(keys: tuple[str, ...]) -> None:
    options = [{"id": i, "text": i, "key": i in keys} for i in "abc"]
    with pytest.raises(ValidationError, match=f"exactly one option .* this has {len(keys)}"):
        SingleChoiceBody.model_validate({"options": options})


def test_two_options_with_one_id_are_refused() -> None:
    with pytest.raises(ValidationError, match="“a” is used twice"):
        body("a", "abca")


def test_choosing_two_is_asked_again() -> None:
    with pytest.raises(Unreadable, match="one option only"):
        KIND.read(body(), {"choice": ["1", "2"]}, ORDER)


def test_sending_the_same_choice_twice_is_one_choice() -> None:
    assert KIND.read(body(), {"choice": ["2", " 2 "]}, ORDER) == ChoiceResponse(chosen=("b",))


def test_no_choice_is_blank() -> None:
    assert KIND.read(body(), {"choice": ["", " "]}, ORDER) is None


def test_every_option_is_explained_after_the_answer() -> None:
    reveal = KIND.reveal(body(), ChoiceResponse(chosen=("c",)))
    assert [(row.id, row.verdict, row.why) for row in reveal.rows] == [
        ("a", "neutral", "Why a."),
        ("b", "missed", "Why b."),
        ("c", "wrong", "Why c."),
        ("d", "neutral", "Why d."),
    ]
    assert (reveal.answer, reveal.yours) == ("Option b", "Option c")


def test_each_order_comes_up_sooner_or_later() -> None:
    first = {KIND.order(body(), random.Random(seed))[0] for seed in range(60)}
    assert first == set("abcd")


# ---------------------------------------------------------------- credits (docs/decisions/007)


def credited(**credits: float) -> SingleChoiceBody:
    written = [{"id": i, "text": i, "key": i == "b", "credit": credits.get(i)} for i in "abcd"]
    return SingleChoiceBody.model_validate({"options": written})


@pytest.mark.parametrize(("chosen", "expected"), [("a", 0.5), ("b", 1.0), ("c", 0.0), ("d", 0.0)])
def test_an_option_with_a_credit_earns_it_and_never_less_than_nothing(chosen: str, expected: float) -> None:
    assert KIND.grade(credited(a=0.5, c=-1), ChoiceResponse(chosen=(chosen,))).score == expected


def test_a_guess_earns_the_mean_of_what_the_options_earn() -> None:
    assert KIND.chance(credited(a=0.5, c=-1)) == pytest.approx(1.5 / 4)


def test_an_option_that_earns_a_part_is_revealed_as_partly_right() -> None:
    rows = KIND.reveal(credited(a=0.5), ChoiceResponse(chosen=("a",))).rows
    assert [row.verdict for row in rows] == ["partly", "missed", "neutral", "neutral"]


@pytest.mark.parametrize("credits", [{"b": 0.5}, {"a": 1}, {"a": 0.995}, {"a": 1.5}, {"a": float("nan")}])
def test_credits_that_make_another_key_are_refused(credits: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        credited(**credits)


def test_a_credit_belongs_to_the_key() -> None:
    signatures = {KIND.signature(credited(**credits)) for credits in ({}, {"a": 0.5}, {"a": 0.25}, {"c": 0.5})}
    assert len(signatures) == 4
    assert KIND.signature(credited()) == "a b* c d"
