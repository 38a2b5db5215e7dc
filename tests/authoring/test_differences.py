"""What differs between two working copies, in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from app.authoring.differences import Change, differences, word_pieces
from app.authoring.draft import as_content
from app.questions.model import Question
from tests.authoring.making import CONTENT, changed, with_option
from tests.support.questions import questions, texts

pytestmark = pytest.mark.pure


def told(change: Change) -> str:
    """A change with what went in [-…-] and what came in {+…+}."""
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return f"{change.label} | {''.join(signs[piece.mark].format(piece.text) for piece in change.pieces)}"


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (changed(), []),
        (changed(hints=[], category="", contested=False), []),
        (changed(stem="What does the new ferry cost?"), ["Question | What does the [-old-]{+new+} ferry cost?"]),
        (changed(stem="All of them"), ["Question | [-What does the old ferry cost?-]{+All of them+}"]),
        (changed(tags=["boats", "money"]), ["Tags | {+boats, money+}"]),
        (changed(contested=True), ["Contested | {+yes+}"]),
        (with_option(1, text="Two new coins"), ["Option 2 (“Two new coins”): text | Two {+new +}coins"]),
        (with_option(1, key=True), ["Option 2 (“Two coins”): right answer | {+yes+}"]),
        (
            changed(options=CONTENT["options"][:2]),
            ["Option 3 (“Nothing”): text | [-Nothing-]", "Option 3 (“Nothing”): feedback | [-Only for children.-]"],
        ),
        (
            changed(options=[CONTENT["options"][i] for i in (1, 0, 2)]),
            ["Order: option | {+Two coins\n+}One coin\n[-Two coins\n-]Nothing"],
        ),
        (changed(hints=["Look at the board."]), ["Hint 1 | {+Look at the board.+}"]),
    ],
)
def test_a_change_is_told_field_by_field(after: dict[str, Any], said: list[str]) -> None:
    assert [told(change) for change in differences(CONTENT, after)] == said


def test_a_number_that_is_nought_is_not_the_same_as_none() -> None:
    before, after = {"kind": "numeric", "tolerance": 0}, {"kind": "numeric"}
    assert [told(change) for change in differences(before, after)] == ["Tolerance | [-0-]"]


@given(texts, texts)
def test_the_pieces_make_both_texts(before: str, after: str) -> None:
    pieces = word_pieces(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark != "added") == before
    assert "".join(piece.text for piece in pieces if piece.mark != "removed") == after


@given(questions())
def test_a_question_does_not_differ_from_itself(question: Question) -> None:
    assert differences(as_content(question), as_content(question)) == []


def test_two_very_long_texts_are_told_apart_at_once() -> None:
    marks = [piece.mark for piece in word_pieces("old word " * 20_000, "new word " * 20_000)]
    assert marks == ["removed", "added"]


@pytest.mark.parametrize(
    "content", [{"options": 3}, {"options": ["a", {"id": 1}]}, {"stem": {"x": [1]}}, {"tags": "x"}]
)
def test_whatever_a_draft_holds_can_be_compared(content: dict[str, Any]) -> None:
    assert differences(CONTENT, content)
    assert differences({}, content)
