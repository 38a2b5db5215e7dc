"""Moodle's Cloze grammar, read and written."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.formats.cloze import has_blanks, read_cloze, split_stem, write_cloze
from app.formats.common import NotAQuestion
from app.formats.same import content
from app.questions.model import Question
from app.questions.types.cloze import ClozeBody
from tests.formats.making import questions

pytestmark = pytest.mark.pure


def read(text: str) -> tuple[ClozeBody, tuple[str, ...]]:
    body, notes = read_cloze(text, "html")
    return ClozeBody.model_validate(body), notes


def blank(text: str) -> dict[str, Any]:
    return read(text)[0].blanks[0].model_dump(exclude_defaults=True)


@pytest.mark.parametrize("what", ["SHORTANSWER", "SA", "MW"])
def test_a_typed_blank_has_wordings_with_credit_and_known_wrong_answers(what: str) -> None:
    assert blank(f"<p>The {{2:{what}:=Paris~%50%Parys#Nearly.~Rome#No.}} of</p>") == {
        "id": "b1",
        "weight": 2.0,
        "accept": ({"text": "Paris"}, {"text": "Parys", "credit": 0.5, "feedback": "Nearly."}),
        "wrong": ({"text": "Rome", "feedback": "No."},),
        "typos": False,
    }


@pytest.mark.parametrize(
    "what",
    ["MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS", "MCVS", "MCHS",
     "MULTICHOICE_VS", "MULTICHOICE_HS", "MULTIRESPONSE", "MR", "MRH", "MRS", "MRHS"],
)  # fmt: skip
def test_a_list_has_options_and_one_key(what: str) -> None:
    found = blank(f"It {{1:{what}:~falls~=rises#Yes.}}.")["options"]
    assert found == (
        {"id": "falls", "text": "falls"},
        {"id": "rises", "text": "rises", "key": True, "feedback": "Yes."},
    )


def test_a_number_becomes_a_wording_and_its_tolerance_is_named() -> None:
    body, notes = read("It is {1:NUMERICAL:=23.8:0.1~%50%24} m and {:NM:=5} s.")
    assert [accepted.text for accepted in body.blanks[0].accept] == ["23.8", "24"]
    assert notes == ("Blank 1: Numbers up to 0.1 from 23.8 count in the file; here only 23.8 does.",)


@pytest.mark.parametrize(
    ("raw", "said"),
    [(r"a\}b", "a}b"), (r"a\#b", "a#b"), (r"a\~b", "a~b"), ("a &amp; b", "a & b"), ("it&#39;s", "it's"),
     ("a &lt; b", "a < b"), ("<span>a</span>", "a"), (r"5 \* 3", "5 * 3"), ("=x", "=x"), ("&#92;n", "\\n")],
)  # fmt: skip
def test_escapes_and_entities_are_read_as_the_signs_they_stand_for(raw: str, said: str) -> None:
    assert blank(f"x {{1:SA:={raw}#why}} y")["accept"][0] == {"text": said, "feedback": "why"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no blank at all", "no blank such as"),
        ("{1:SA:=Paris", "has no “}” at its end"),
        ("{1:SA:}", "has no answers"),
        ("{1:SA:a~b}", "No plain wording earns the full mark"),
        ("{1:SA:=*}", "No plain wording earns the full mark"),
        ("{1:MC:=a~=b~c}", "2 answers of the list are right"),
        ("{1:MR:%50%a~%50%b~c}", "2 answers of the list are right"),
        ("{1:MC:a~b}", "No answers of the list are right"),
        ("{1:NM:=-5}", "cannot tell -5 from 5"),
    ],
)
def test_a_blank_that_cannot_be_held_is_told_with_its_reason(text: str, said: str) -> None:
    with pytest.raises(NotAQuestion, match=re.escape(said)):
        read_cloze(text, "html")


def test_what_a_blank_loses_is_named_with_its_number() -> None:
    _, notes = read("{1:SAC:=Paris~Par*~%-20%Rome~*#Look at the map.} and {0:MC:=a~%40%b}")
    assert notes == (
        "Blank 1: Capital letters count in the file; here they do not.",
        "Blank 1: “Par*” has a “*” for any letters, which cannot be held; list the wordings you accept.",
        "Blank 1: “Rome” takes marks away in the file; here it earns nothing.",
        "Blank 1: What is said to any other answer was left out: “Look at the map.”.",
        "Blank 2: “b” earns 40 % in the file; here it earns nothing.",
        "Blank 2: It counts nothing in the file; here it counts 1.",
    )


def test_braces_around_no_blank_stay_and_break_nothing() -> None:
    body, _ = read("Let f{x} be {1:SA:=even}.")
    assert body.text == "Let f&#123;x&#125; be {b1}."
    assert write_cloze(body)[0] == "Let f&#123;x&#125; be {1:SHORTANSWER:=even}."


def test_emphasis_around_a_blank_is_taken_out_and_named() -> None:
    body, notes = read("A <b>big {1:SA:=wave} comes</b>, <b>soon</b>.")
    assert body.text == "A big {b1} comes, **soon**."
    assert notes == ("Emphasis around a blank was taken out.",)


def test_weights_above_a_hundred_keep_their_proportions() -> None:
    body, _ = read("{200:SA:=a} {50:SA:=b}")
    assert [found.weight for found in body.blanks] == [100, 25]


@pytest.mark.parametrize(
    ("text", "stem", "rest"),
    [
        ("Fill in.\n\nThe {b1}.", "Fill in.", "The {b1}."),
        ("The {b1}.\n\nMore.", "Fill each blank.", "The {b1}.\n\nMore."),
        ("f&#123;x&#125;\n\nTwo.\n\nThe {b1}", "f{x}\n\nTwo.", "The {b1}"),
    ],
)
def test_paragraphs_before_the_first_blank_are_the_question(text: str, stem: str, rest: str) -> None:
    assert split_stem(text) == (stem, rest)


def test_a_blank_is_known_by_its_beginning() -> None:
    assert has_blanks("x {1:MC:=a~b}")
    assert not has_blanks("x {1:XY:=a} {=a ~b}")


@settings(suppress_health_check=list(HealthCheck))
@given(questions("cloze"))
def test_what_is_written_is_read_back(question: Question) -> None:
    text, losses = write_cloze(question.body)
    back, _ = read_cloze(text, "html")
    made = Question(question.head, ClozeBody.model_validate(back), "", question.place)
    one, other = content(question)["body"], content(made)["body"]
    for lost, field in (("Slips", "typos"), ("misconceptions", "misconception"), ("in any case", "feedback")):
        if any(lost in loss for loss in losses):
            one, other = _without(one, field), _without(other, field)
    if not any("weights" in loss for loss in losses):
        assert one == other


def _without(value: Any, field: str) -> Any:
    if isinstance(value, dict):
        return {key: _without(item, field) for key, item in value.items() if key != field}
    return [_without(item, field) for item in value] if isinstance(value, list) else value


def test_what_is_said_to_every_answer_of_a_typed_blank_comes_back_as_said_in_any_case() -> None:
    typed = {"id": "b1", "accept": [{"text": "ebb", "feedback": "Yes."}], "typos": False, "feedback": "See the map."}
    body = ClozeBody.model_validate({"text": "The {b1} falls.", "blanks": [typed]})
    text, losses = write_cloze(body)
    assert text == "The {1:SHORTANSWER:=ebb#Yes. See the map.~*#See the map.} falls."
    assert losses == ()
    assert read(text) == (body, ())
