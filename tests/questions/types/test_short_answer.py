"""Short answer: normalising, credits, and slips of the finger (measurement.md §2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import TextResponse
from app.questions.types.short_answer import ShortAnswer, ShortAnswerBody
from app.questions.types.typed_answer import distance, normalise

pytestmark = pytest.mark.pure

KIND = ShortAnswer()


def body(*accept: object, wrong: tuple[str, ...] = (), typos: bool = True) -> ShortAnswerBody:
    return ShortAnswerBody.model_validate({"accept": list(accept), "wrong": list(wrong), "typos": typos})


def score(question: ShortAnswerBody, text: str) -> float | None:
    return KIND.grade(question, TextResponse(text=text)).score


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("compellance", "compellence", 1),
        ("detergence", "deterrence", 1),
        ("", "", 0),
        ("", "abc", 3),
        ("abc", "abc", 0),
        ("ab", "ba", 1),
        ("abcd", "acbd", 1),
        ("ca", "abc", 3),
        ("kitten", "sitting", 3),
    ],
)
def test_the_distance_counts_edits_and_swaps_of_neighbours(one: str, other: str, expected: int) -> None:
    assert distance(one, other) == distance(other, one) == expected


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_distance_is_nought_for_the_same_words_only(one: str, other: str) -> None:
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= max(len(one), len(other))


@given(st.text("abc", max_size=9), st.text("abc", max_size=9), st.integers(0, 4))
def test_a_distance_cut_short_is_the_distance_or_above_the_cut(one: str, other: str, at_most: int) -> None:
    cut = distance(one, other, at_most=at_most)
    assert (cut == distance(one, other)) if cut <= at_most else (distance(one, other) > at_most)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("  Correction   NOTE ", "correction note"),
        ("as-of date", "as of date"),
        ("“Costly signal!”", "costly signal"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁgure", "figure"),
        ("ＵＰＤＡＴＥ", "update"),
        ("under_score", "under score"),
        ("…", ""),
    ],
)
def test_words_are_compared_without_case_width_and_punctuation(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@pytest.mark.parametrize("text", ["compellence", "Compellence.", "compellance", "compelence", "ocmpellence"])
def test_a_slip_is_forgiven_in_a_long_word(text: str) -> None:
    assert score(body("compellence"), text) == 1


@pytest.mark.parametrize(
    ("accepted", "typed", "expected"),
    [
        ("cable", "cabel", 0),  # 5 letters: none
        ("cables", "cabels", 1),  # 6: one
        ("cables", "cabel", 0),
        ("declaration", "declartin", 0),  # 11: one only
        ("declarations", "declartins", 1),  # 12: two
        ("declarations", "declartns", 0),
    ],
)
def test_the_room_for_slips_grows_with_the_length(accepted: str, typed: str, expected: float) -> None:
    assert score(body(accepted), typed) == expected


def test_a_known_wrong_answer_that_is_as_near_is_wrong() -> None:
    assert score(body("deterrence"), "detergence") == 1
    assert score(body("deterrence", wrong=("detergence",)), "detergence") == 0


def test_a_slip_nearer_to_the_right_word_than_to_a_wrong_one_is_forgiven() -> None:
    question = body("deterrence", wrong=("detergence",))
    assert score(question, "deterrance") == 1
    # As near to one as to the other:
    assert score(question, "deterence") == 0
    assert score(question, "detergense") == 0


@pytest.mark.parametrize("typed", ["2021 report", "2020 reports"])
def test_digits_allow_no_slip(typed: str) -> None:
    assert score(body("2020 report"), typed) == 0
    assert score(body("2020 report"), "2020  Report") == 1


def test_digits_typed_by_the_learner_allow_no_slip_either() -> None:
    assert score(body("reporter"), "report3r") == 0


def test_slips_can_be_switched_off() -> None:
    assert score(body("compellence", typos=False), "compellance") == 0


def test_a_part_of_the_answer_earns_its_credit() -> None:
    question = body("correction note", {"text": "correction", "credit": 0.5})
    assert score(question, "correction") == 0.5
    assert score(question, "corection") == 0.5
    assert score(question, "correction note") == 1


def test_the_better_of_two_wordings_that_read_alike_counts() -> None:
    assert score(body({"text": "As of", "credit": 0.5}, "as-of"), "as of") == 1


def test_one_wording_at_least_earns_everything() -> None:
    with pytest.raises(ValidationError, match="full credit of 1"):
        body({"text": "correction", "credit": 0.5})


@pytest.mark.parametrize("credit", [0, -0.5, 1.5, float("nan")])
def test_a_credit_is_above_nought_and_at_most_one(credit: float) -> None:
    with pytest.raises(ValidationError):
        body("a", {"text": "b", "credit": credit})


def test_guessing_earns_nothing() -> None:
    assert KIND.chance(body("correction")) == 0


def test_too_many_words_are_asked_again() -> None:
    with pytest.raises(Unreadable, match="at most 100 characters; this has 101"):
        KIND.read(body("a"), {"text": ["x" * 101]}, ())


def test_what_cannot_be_shown_is_asked_again() -> None:
    with pytest.raises(Unreadable, match="cannot be shown"):
        KIND.read(body("a"), {"text": ["a\x00b"]}, ())


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_spaces_alone_are_blank(text: str) -> None:
    assert KIND.read(body("a"), {"text": [text]}, ()) is None


def test_the_explanation_names_all_full_answers_and_what_was_typed() -> None:
    question = body("coast guard", "coastguard", {"text": "guard", "credit": 0.5, "feedback": "Which guard?"})
    reveal = KIND.reveal(question, TextResponse(text="Guard"))
    assert reveal.answer == "coast guard (also: coastguard)"
    assert (reveal.yours, reveal.rows[0].verdict, reveal.rows[0].why) == ("Guard", "partly", "Which guard?")


def test_a_known_wrong_answer_is_explained() -> None:
    question = ShortAnswerBody.model_validate(
        {"accept": ["correction"], "wrong": [{"text": "update", "feedback": "An update has no mistake in it."}]}
    )
    row = KIND.reveal(question, TextResponse(text="UPDATE")).rows[0]
    assert (row.verdict, row.why, row.is_key) == ("wrong", "An update has no mistake in it.", False)
