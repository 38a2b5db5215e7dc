"""What a reveal says in words, by shape: what was given, what was right, and why."""

from __future__ import annotations

import pytest

from app.cli.screen import Screen
from app.cli.shapes import shape_of
from app.questions.model import Reveal, RevealRow
from app.questions.shapes import NumberView, View
from tests.cli.shapes.test_typing import CHANCE, CHOICE, GAPS, LONG, NUMBER, ORDER, PAIRS, SENTENCES, VERDICT

pytestmark = pytest.mark.pure
PLAIN = Screen(plain=True)


def said(view: View, *rows: RevealRow, answer: str = "", yours: str = "", is_answered: bool = True) -> list[str]:
    """The lines of a reveal in plain words."""
    return shape_of(view).explain(PLAIN, view, Reveal(answer, rows, yours), is_answered=is_answered)


def test_option_says_whether_it_was_chosen_and_why_it_is_right_or_wrong() -> None:
    rows = (
        RevealRow("a", "One", "wrong", "Too early.", chosen=True),
        RevealRow("b", "Two", "missed", "The log says so.", is_key=True),
        RevealRow("c", "Three", "neutral", "Too late."),
    )
    assert said(CHOICE, *rows) == [
        "Option 1: One",
        "  Wrong. You chose this. Too early.",
        "Option 2: Two",
        "  Missed. This was right. The log says so.",
        "Option 3: Three",
        "  Too late.",
    ]


def test_blank_answer_is_not_told_that_it_missed() -> None:
    assert said(CHOICE, RevealRow("b", "Two", "missed", is_key=True), is_answered=False)[1] == "  This was right."


def test_sentence_is_marked_and_not_chosen() -> None:
    row = RevealRow("s", "It rained.", "right", is_key=True, chosen=True)
    assert said(SENTENCES, row) == ["Sentence 1: It rained.", "  Right. You marked this."]


def test_place_names_the_place_given() -> None:
    row = RevealRow("e", "The call", "wrong", "It came first.", place=1, yours=3)
    assert said(ORDER, row) == ["Place 1: The call", "  You gave this place 3. It came first."]


def test_pair_names_what_was_given_and_what_was_right() -> None:
    rows = (
        RevealRow("p", "The log", "wrong", "It lay there.", right="Guard", given="Paper", chosen=True),
        RevealRow("q", "The ad", "right", right="Paper", given="Paper", chosen=True),
        RevealRow("r", "The book", "missed", right="Clerk"),
    )
    assert said(PAIRS, *rows) == [
        "Number 1: The log",
        "  You gave: Paper. Right: Guard. It lay there.",
        "Number 2: The ad",
        "  Right: Paper.",
        "Number 3: The book",
        "  You left this blank. Right: Clerk.",
    ]


def test_reasons_are_counted_as_they_were_shown() -> None:
    rows = (
        RevealRow("verdict", "Your verdict", "right", right="True", given="True", chosen=True),
        RevealRow("a", "Saved", "wrong", chosen=True),
        RevealRow("b", "Read", "missed", is_key=True),
    )
    lines = said(VERDICT, *rows)
    assert lines[:3] == ["Your verdict", "  Right: True.", "Option 1: Saved"]


def test_blank_stands_under_its_text() -> None:
    row = RevealRow("talk", "Blank 1", "partly", right="cheap talk", given="talk", chosen=True)
    lines = said(GAPS, row)
    assert lines[0] == "It is ____(1). A ____(2) hears ____(3)."
    assert lines[-2:] == ["Blank 1", "  Partly right. You gave: talk. Right: cheap talk."]


def test_number_is_shown_beside_the_right_one() -> None:
    row = RevealRow("yours", "22", "wrong", "That was the other count.", chosen=True)
    assert said(NUMBER, row, answer="16 missiles", yours="22 missiles") == [
        "Your answer: 22 missiles",
        "Right answer: 16 missiles",
        "  That was the other count.",
    ]


def test_chance_stands_beside_what_happened() -> None:
    rows = (
        RevealRow("yours", "70 %", "neutral"),
        RevealRow("base-rate", "Where to start from", "neutral", "One in five."),
    )
    assert said(CHANCE, *rows, answer="The statement turned out true.", yours="70 %") == [
        "You said: 70 %",
        "What happened: The statement turned out true.",
        "Where to start from",
        "  One in five.",
    ]


def test_own_text_comes_with_the_criteria_and_the_examples() -> None:
    rows = (
        RevealRow("yours", "My text.", "neutral", chosen=True),
        RevealRow("criterion:owner", "Names who counted", "neutral", right="Names both", given="level 1"),
        RevealRow("anchor:1", "A short example.", "neutral", "No date."),
    )
    assert said(LONG, *rows, answer="A good text.", yours="First line.\nSecond line.") == [
        "Your text:",
        "  First line.",
        "  Second line.",
        "A good answer: A good text.",
        "Names who counted",
        "  You reached: level 1. At best: Names both.",
        "A short example.",
        "  No date.",
    ]


def test_signs_stand_before_rows_where_they_are_wanted() -> None:
    row = RevealRow("a", "One", "wrong", chosen=True)
    assert shape_of(CHOICE).explain(Screen(), CHOICE, Reveal("", (row,)), is_answered=True)[0] == "  ✗  1  One"


def test_an_option_that_earns_a_part_says_so() -> None:
    row = RevealRow("a", "Two", "partly", "Nearly there.", chosen=True)
    assert said(CHOICE, row) == ["Option 1: Two", "  Partly right. You chose this. Nearly there."]


def test_an_image_is_its_alternative_text() -> None:
    row = RevealRow("a", "Two ![a plan](plan.png)", "neutral")
    assert said(CHOICE, row) == ["Option 1: Two [Image: a plan]"]


def test_a_number_without_unit_is_asked_for_without_a_blank_line() -> None:
    view = NumberView("", "", 80)
    assert shape_of(view).show(PLAIN, view) == []
    assert shape_of(view).prompt(PLAIN, view, {}) == "Answer"
