"""Free response: a text with a limit in words that waits for a person's mark."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import TextResponse
from app.questions.types.free_response import FreeResponse, FreeResponseBody, count_words

pytestmark = pytest.mark.pure

KIND = FreeResponse()
RUBRIC = [
    {"id": "owner", "criterion": "Names who counted", "weight": 2, "levels": ["Nobody", "One", "Some", "All"]},
    {"id": "date", "criterion": "Dates the count", "levels": ["No date", "A date"]},
]
ANCHORS = [
    {"text": "The army counted.", "levels": {"owner": 1, "date": 0}, "comment": "A name and no day."},
    {"text": "The army counted on 8 January.", "levels": {"owner": 3, "date": 1}, "comment": "Both."},
]


def body(**more: Any) -> FreeResponseBody:
    return FreeResponseBody.model_validate({"max_words": 10, "rubric": RUBRIC, "anchors": ANCHORS, **more})


def test_an_answer_waits_for_a_mark() -> None:
    grade = KIND.grade(body(), TextResponse(text="The army counted."))
    assert (grade.score, grade.reason) == (None, "waits for a mark")
    assert KIND.by_hand


def test_guessing_earns_nothing() -> None:
    assert KIND.chance(body()) == 0


def test_lines_are_kept_and_spaces_made_single() -> None:
    read = KIND.read(body(), {"text": [" One  line.\r\n\r\nAnother. "]}, ())
    assert read == TextResponse(text="One line.\n\nAnother.")


@pytest.mark.parametrize("text", ["", " \n "])
def test_spaces_alone_are_blank(text: str) -> None:
    assert KIND.read(body(), {"text": [text]}, ()) is None


def test_as_many_words_as_allowed_are_read() -> None:
    assert KIND.read(body(), {"text": ["word " * 10]}, ())


def test_more_words_are_asked_again_with_their_number() -> None:
    with pytest.raises(Unreadable, match="Use at most 10 words; this has 11") as caught:
        KIND.read(body(), {"text": ["word " * 11]}, ())
    assert caught.value.where == "text"


def test_a_dash_between_spaces_is_no_word() -> None:
    assert count_words("one – two, “three”\nfour-and-a-half 5") == 5


def test_what_cannot_be_shown_is_asked_again() -> None:
    with pytest.raises(Unreadable, match="cannot be shown"):
        KIND.read(body(), {"text": ["a\x00b"]}, ())


def test_the_page_shows_the_limit_and_no_word_of_rubric_or_anchors() -> None:
    view = KIND.view(body(max_words=150), ())
    assert (view.max_words, view.lines, view.shape) == (150, 12, "text")
    assert "count" not in repr(view)


def test_the_best_anchor_stands_for_the_answer() -> None:
    reveal = KIND.reveal(body(), TextResponse(text="The army."))
    assert reveal.answer == "The army counted on 8 January."
    assert [(row.id, row.text, row.right, row.why) for row in reveal.rows] == [
        ("yours", "The army.", "", ""),
        ("criterion:owner", "Names who counted", "All", ""),
        ("criterion:date", "Dates the count", "A date", ""),
        ("anchor:1", "The army counted.", "", "A name and no day. (Names who counted 1 of 3, Dates the count 0 of 1)"),
        ("anchor:2", "The army counted on 8 January.", "", "Both. (Names who counted 3 of 3, Dates the count 1 of 1)"),
    ]


def test_without_anchors_the_best_levels_stand_for_the_answer() -> None:
    assert KIND.reveal(body(anchors=[]), None).answer == "All; A date"


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ({"owner": 1}, "Anchor 1: Give a level from 0 to 1 for “Dates the count”"),
        ({"owner": 4, "date": 0}, "has levels from 0 to 3, not 4"),
        ({"owner": -1, "date": 0}, "has levels from 0 to 3, not -1"),
        ({"owner": 1, "date": 0, "style": 1}, "There is no criterion “style”"),
    ],
)
def test_an_anchor_is_marked_by_the_rubric(levels: dict[str, int], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        body(anchors=[{"text": "T", "levels": levels}])


@pytest.mark.parametrize(
    "fields",
    [
        {"rubric": []},
        {"rubric": [RUBRIC[0], RUBRIC[0]], "anchors": []},
        {"rubric": [{**RUBRIC[0], "levels": ["One level"]}], "anchors": []},
        {"rubric": [{**RUBRIC[0], "weight": 0}], "anchors": []},
        {"max_words": 0},
        {"max_words": None},
    ],
)
def test_what_cannot_be_marked_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        body(**fields)


def test_the_signature_changes_with_criteria_weights_and_levels_alone() -> None:
    same = KIND.signature(body())
    assert KIND.signature(body(rubric=RUBRIC[::-1], anchors=[], max_words=99)) == same
    heavier = [RUBRIC[0], {**RUBRIC[1], "weight": 3}]
    longer = [RUBRIC[0], {**RUBRIC[1], "levels": ["No", "Yes", "Twice"]}]
    for rubric in (RUBRIC[:1], heavier, longer):
        assert KIND.signature(body(rubric=rubric, anchors=[])) != same
