"""Numeric: reading numbers with care, and tolerances of three kinds (measurement.md §2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import NumberResponse, NumberView
from app.questions.types.numeric import Numeric, NumericBody, show_number
from app.questions.types.typed_number import number_value, read_number

pytestmark = pytest.mark.pure

KIND = Numeric()


def body(key: float = 16, tolerance: dict[str, float] | None = None, **more: Any) -> NumericBody:
    return NumericBody.model_validate(
        {"key": key, "unit": "missiles", "tolerance": {"absolute": 0} if tolerance is None else tolerance, **more}
    )


def read(text: str, question: NumericBody | None = None) -> str:
    response = KIND.read(question or body(), {"text": [text]}, ())
    assert response
    return response.text


def score(question: NumericBody, text: str) -> float | None:
    return KIND.grade(question, NumberResponse(text=read(text, question))).score


# ---------------------------------------------------------------- tolerances


def test_a_key_is_right_whatever_binary_fractions_do_to_it() -> None:
    assert score(body(0.1 + 0.2), "0.3") == 1


@pytest.mark.parametrize(("text", "expected"), [("1550", 1), ("1576", 0), ("1575", 1), ("1425", 1), ("1424", 0)])
def test_a_share_of_the_key(text: str, expected: float) -> None:
    assert score(body(1500, {"relative": 0.05}), text) == expected


@pytest.mark.parametrize(("text", "expected"), [("750", 1), ("3000", 1), ("749", 0), ("3001", 0)])
def test_a_factor_of_one_goes_from_half_to_double(text: str, expected: float) -> None:
    assert score(body(1500, {"factor": 1}), text) == expected


@pytest.mark.parametrize(("text", "expected"), [("14", 1), ("18", 1), ("13.9", 0), ("18.1", 0), ("-16", 0)])
def test_so_much_to_either_side(text: str, expected: float) -> None:
    assert score(body(16, {"absolute": 2}), text) == expected


@pytest.mark.parametrize(("text", "expected"), [("-1050", 1), ("-1051", 0), ("-950", 1), ("1000", 0)])
def test_a_share_of_a_key_below_nought(text: str, expected: float) -> None:
    assert score(body(-1000, {"relative": 0.05}), text) == expected


def test_guessing_earns_nothing() -> None:
    assert KIND.chance(body()) == 0


# ---------------------------------------------------------------- what is read


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("16", "16"),
        ("  16  ", "16"),
        ("+16", "16"),
        ("-16", "-16"),
        ("−16", "-16"),
        ("– 16", "-16"),
        ("3,5", "3.5"),
        ("3.5", "3.5"),
        ("−3,5", "-3.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1000.125", "1000.125"),
        ("1.2500", "1.25"),
        ("007", "7"),
        ("16 missiles", "16"),
        ("16missiles", "16"),
        ("16  Missiles", "16"),
        ("1,5 MISSILES", "1.5"),
    ],
)
def test_a_number_with_one_meaning_is_read(typed: str, value: str) -> None:
    assert number_value(read(typed)) == Decimal(value)


def test_the_unit_is_dropped_and_the_number_kept_as_typed() -> None:
    assert read("−3,5 missiles") == "−3,5"


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("1,000", "Write 1000 or 1.0."),
        ("1.000", "Write 1000 or 1.0."),
        ("-1,000", "Write -1000 or -1.0."),
        ("+1,250", "Write 1250 or 1.25."),
        ("16.125", "Write 16125 or 16.1250."),
        ("1,000 missiles", "Write 1000 or 1.0."),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_again(typed: str, advice: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(typed)
    assert caught.value.message.endswith(f"can be read in two ways. {advice}")
    assert caught.value.where == "text"


@pytest.mark.parametrize("typed", ["16125", "16.1250", "1000", "1.0"])
def test_what_the_advice_says_to_write_is_read(typed: str) -> None:
    assert read(typed) == typed


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("nan", "one number in digits"),
        ("NaN", "one number in digits"),
        ("inf", "one number in digits"),
        ("-Infinity", "one number in digits"),
        ("∞", "one number in digits"),
        ("sixteen", "one number in digits"),
        ("missiles", "one number in digits"),
        ("-", "one number in digits"),
        (".", "one number in digits"),
        ("--1", "one number in digits"),
        ("0x10", "one number in digits"),
        ("1_000", "one number in digits"),
        ("16 or 17", "one number in digits"),
        ("16 rockets", r"nothing but its unit \(missiles\)"),
        ("1e3", "without an “e”"),
        ("1e999999999", "without an “e”"),
        ("1E-5", "without an “e”"),
        ("١٦", "the digits 0 to 9"),
        ("１６", "the digits 0 to 9"),
        ("½", "the digits 0 to 9"),
        ("1,000,000", "one decimal sign"),
        ("1.000,5", "one decimal sign"),
        ("1 000", "one decimal sign"),
        ("1'000", "one decimal sign"),
        ("30%", "Leave out the “%”"),
        ("1" * 81, "at most 80 characters"),
    ],
)
def test_what_is_no_number_is_asked_again(typed: str, advice: str) -> None:
    with pytest.raises(Unreadable, match=advice):
        read(typed)


@pytest.mark.parametrize("text", ["", "   "])
def test_spaces_alone_are_blank(text: str) -> None:
    assert KIND.read(body(), {"text": [text]}, ()) is None


@pytest.mark.parametrize("typed", ["30", "30%", "30 %", "30,0 %", "30 per cent"])
def test_a_key_in_per_cent_takes_the_sign_or_leaves_it(typed: str) -> None:
    assert score(body(30, unit="per cent", percent=True), typed) == 1


def test_a_share_of_one_is_not_a_per_cent() -> None:
    assert score(body(30, unit="per cent", percent=True), "0.3") == 0


@given(st.text(max_size=12), st.booleans(), st.sampled_from(["missiles", "%", "m²", "1", "e5", ".", "-"]))
def test_any_text_is_a_number_or_asked_again(text: str, percent: bool, unit: str) -> None:
    try:
        number = read_number(text, unit=unit, percent=percent)
    except Unreadable as problem:
        number = "0" if problem.message.endswith(".") else ""
    assert number_value(number).is_finite()


@given(st.integers(-(10**15), 10**15), st.sampled_from(["", " missiles", "missiles"]))
def test_every_whole_number_is_read_as_itself(number: int, unit: str) -> None:
    assert number_value(read_number(f"{number}{unit}", unit="missiles", percent=False)) == number


# ---------------------------------------------------------------- what an author may write


@pytest.mark.parametrize(
    "fields",
    [
        {"key": float("nan")},
        {"key": float("inf")},
        {"key": 1e300},
        {"key": 1e-300},
        {"unit": "x" * 41},
        {"wrong": [{"value": 44, "credit": 1}]},
        {"wrong": [{"value": 44, "credit": -0.1}]},
        {"tolerance": {}},
        {"tolerance": {"absolute": 1, "relative": 0.1}},
        {"tolerance": {"absolute": -1}},
        {"tolerance": {"relative": float("inf")}},
    ],
)
def test_what_cannot_be_graded_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        body(**fields)


@pytest.mark.parametrize(
    ("key", "tolerance", "said"),
    [
        (0, {"relative": 0.1}, "share of nought"),
        (0, {"factor": 1}, "above nought"),
        (-4, {"factor": 1}, "above nought"),
    ],
)
def test_a_tolerance_that_this_key_makes_pointless_is_refused(
    key: float, tolerance: dict[str, float], said: str
) -> None:
    with pytest.raises(ValidationError, match=said) as caught:
        body(key, tolerance)
    assert caught.value.errors()[0]["type"] == "TY-NU"


def test_a_wrong_number_that_counts_as_right_is_refused() -> None:
    with pytest.raises(ValidationError, match="17 is listed as wrong"):
        body(16, {"absolute": 1}, wrong=[{"value": 17, "feedback": "No."}])


# ---------------------------------------------------------------- what is shown


def test_the_page_shows_unit_and_rounding_and_no_key() -> None:
    view = KIND.view(body(1234567, rounding="Give a whole number."), ())
    assert view == NumberView("missiles", "Give a whole number.", 80)
    assert "1234567" not in repr(view)


@pytest.mark.parametrize(
    ("tolerance", "answer"),
    [
        ({"absolute": 0}, "1500 missiles"),
        ({"absolute": 0.5}, "1500 missiles (anything from 1499.5 to 1500.5 counts)"),
        ({"relative": 0.05}, "1500 missiles (anything from 1425 to 1575 counts)"),
        ({"factor": 1}, "1500 missiles (anything from 750 to 3000 counts)"),
    ],
)
def test_the_answer_says_what_counts(tolerance: dict[str, float], answer: str) -> None:
    assert KIND.reveal(body(1500, tolerance), None).answer == answer


def test_a_known_wrong_number_is_explained() -> None:
    question = body(wrong=[{"value": 22, "feedback": "That is Iran's own count."}])
    reveal = KIND.reveal(question, NumberResponse(text="22,0"))
    row = reveal.rows[0]
    assert (reveal.yours, row.verdict, row.why, row.is_key) == (
        "22,0 missiles",
        "wrong",
        "That is Iran's own count.",
        False,
    )
    assert KIND.reveal(question, NumberResponse(text="23")).rows[0].why == ""


def test_the_right_number_is_said_to_be_right() -> None:
    assert KIND.reveal(body(), NumberResponse(text="16")).rows[0].verdict == "right"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(16.0, "16"), (0.1 + 0.2, "0.3"), (-2.5, "−2.5"), (1e-9, "0.000000001"), (1e15, "1000000000000000"), (-0.0, "0")],
)
def test_numbers_are_shown_as_people_write_them(value: float, shown: str) -> None:
    assert show_number(value) == shown


def test_the_signature_changes_with_key_unit_and_tolerance_alone() -> None:
    same = KIND.signature(body())
    others = (body(17), body(unit="rockets"), body(tolerance={"absolute": 1}), body(tolerance={"relative": 0}))
    assert all(KIND.signature(other) != same for other in others)
    assert KIND.signature(body(rounding="Whole.", wrong=[{"value": 22}])) == same


def test_a_changed_copy_is_graded_by_its_own_key() -> None:
    question = body(16)
    assert score(question, "16") == 1
    changed = question.model_copy(update={"key": 17.0})
    assert (score(changed, "16"), score(changed, "17")) == (0, 1)
    assert question == body(16)


def test_a_number_that_is_nearly_right_earns_its_credit() -> None:
    question = body(16, wrong=[{"value": 17, "credit": 0.5, "feedback": "One was counted twice."}])
    assert [score(question, typed) for typed in ("16", "17", "17.0", "18")] == [1, 0.5, 0.5, 0]
    row = KIND.reveal(question, NumberResponse(text="17")).rows[0]
    assert (row.verdict, row.why) == ("partly", "One was counted twice.")
    assert KIND.signature(question) != KIND.signature(body(16, wrong=[{"value": 17}]))


def test_a_number_may_have_no_unit() -> None:
    question = body(16, unit="")
    assert KIND.reveal(question, NumberResponse(text="17")).yours == "17"
    assert KIND.reveal(question, None).answer == "16"
    with pytest.raises(Unreadable, match="with nothing behind it"):
        KIND.read(question, {"text": ["16 rockets"]}, ())
