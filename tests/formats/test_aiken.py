"""Aiken as Moodle reads it, and a little kinder."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.formats import sniff_format
from app.formats.aiken import Aiken
from app.formats.base import Entry, FormatError, Found, Limits
from app.formats.common import make_question
from app.formats.rich import to_plain
from app.questions.model import Question
from tests.formats.making import bare_questions, full_questions

pytestmark = pytest.mark.pure

AIKEN = Aiken()
GOOD = "What is the capital?\nA. Rome\nB) Paris\nC. Oslo\nANSWER: B\n"


def found(text: str | bytes) -> Found:
    return AIKEN.read(text.encode() if isinstance(text, str) else text, limits=Limits())


def entry(text: str) -> Entry:
    (only,) = found(text).entries
    return only


def test_a_question_is_read_with_its_key() -> None:
    read = entry(GOOD)
    assert (read.line, read.outcome, read.title) == (1, "taken", "What is the capital?")
    assert read.question
    assert read.question.head.stem == "What is the capital?"
    assert [(o.text, o.key) for o in read.question.body.options] == [("Rome", False), ("Paris", True), ("Oslo", False)]


def test_blank_lines_do_not_divide_and_need_not_stand_between() -> None:
    read = found("\n\nOne?\n\nA. a\n\nB. b\nANSWER: A\nTwo?\nA. a\nB. b\nANSWER: B\n")
    assert [(e.line, e.title, e.outcome) for e in read.entries] == [(3, "One?", "taken"), (9, "Two?", "taken")]


def test_a_line_of_one_character_is_passed_over_as_in_moodle() -> None:
    assert entry("x\n" + GOOD).outcome == "taken"


@pytest.mark.parametrize(
    "text",
    [
        "One?\na) x\nb) y\nANSWER: B",
        "One?\nA. x\nB. y\nAnswer: B",
        "One?\nA. x\nB. y\nanswer : b.",
        "One?\n(A) x\n(B) y\nANSWER: B",
        "One\ntwo?\nA. x\nB. y\nANSWER: B",
    ],
)
def test_what_people_write_all_the_same_is_read_with_a_note(text: str) -> None:
    read = entry(text)
    assert read.outcome == "guessed"
    assert read.notes
    assert read.question
    assert [o.key for o in read.question.body.options] == [False, True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One?\nA. x\nB. y", "no line such as “ANSWER: B”"),
        ("One?\nA. x\nB. y\nANSWER: C", "names no option"),
        ("One?\nA. x\nB. y\nANSWER: A and B", "names no option"),
        ("One?\nA. x\nANSWER: A", "only one option"),
        ("One?\nA. x\nA. y\nANSWER: A", "before two options"),
        ("One?\nANSWER: A", "has no options"),
        ("One?\nA. \nB. y\nANSWER: B", "has no text"),
    ],
)
def test_a_broken_question_is_refused_with_what_to_mend(text: str, said: str) -> None:
    read = entry(text)
    assert read.outcome == "refused"
    assert said in read.notes[0]
    assert read.source.strip() == text.strip()


def test_one_bad_question_never_costs_its_neighbours() -> None:
    read = found(f"{GOOD}\nNo answer?\nA. x\nB. y\n\n{GOOD}\nToo far?\nA. x\nB. y\nANSWER: Q\n\n{GOOD}")
    assert [e.outcome for e in read.entries] == ["taken", "refused", "taken", "refused", "taken"]
    assert [e.line for e in read.entries] == [1, 7, 11, 17, 22]


def test_text_is_words_and_never_html() -> None:
    read = entry("Is <b>x</b> *y*?\nA. <script>\nB. a_b\nANSWER: A")
    assert read.question
    assert to_plain(read.question.head.stem) == "Is <b>x</b> *y*?"
    assert to_plain(read.question.body.options[0].text) == "<script>"


def test_options_that_speak_of_letters_keep_their_order() -> None:
    read = entry("One?\nA. x\nB. y\nC. Both A and B\nANSWER: C")
    assert read.outcome == "guessed"
    assert read.question
    assert not read.question.body.shuffle


def test_more_options_than_a_choice_holds_are_kept() -> None:
    lines = [f"{letter}. x{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    read = entry("\n".join(["One?", *lines, "ANSWER: Z"]))
    assert read.outcome == "kept"
    assert "26 options; at most 12" in read.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    read = found("Où?\nA. à\nB. é\nANSWER: A\n".replace("\n", "\r\n").encode(encoding))
    assert read.entries[0].title == "Où?"
    assert bool(read.notes) == (encoding == "cp1252")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\0\0\0"])
def test_a_file_without_questions_says_so(data: bytes) -> None:
    with pytest.raises(FormatError):
        found(data)


@pytest.mark.parametrize("text", ["A. x\n" * 5_000, "x " * 100_000, "ANSWER: A\n" * 4_000, "answer" + " " * 100_000])
def test_whatever_stands_in_a_file_takes_no_time(text: str) -> None:
    began = time.perf_counter()
    assert found(text).count("taken") == 0
    assert time.perf_counter() - began < 2


def test_it_is_told_by_its_look() -> None:
    assert AIKEN.sniff(GOOD.encode())
    assert not AIKEN.sniff(b"::a:: b {=c ~d}")
    format = sniff_format(GOOD.encode(), "questions.txt")
    assert format
    assert format.name == "aiken"


# ---------------------------------------------------------------- out


def single(**head: Any) -> Question:
    options = [{"id": "a", "text": "*yes*", "feedback": "Why"}, {"id": "b", "text": "no", "key": True}]
    return make_question({"id": "it", "kind": "single_choice", "stem": "Is it?", **head}, {"options": options})


def test_what_is_written_and_what_is_lost() -> None:
    written = AIKEN.write([single(explanation="So.")], title="", images={})
    assert written.data == b"Is it?\nA. yes\nB. no\nANSWER: B\n"
    said = " ".join(loss.message for loss in written.losses)
    assert "general feedback" in said
    assert "what is said to each option" in said
    assert "Formatting became plain words." in said


def test_a_question_that_looks_like_an_option_is_put_in_quotation_marks() -> None:
    written = AIKEN.write([single(stem="A. Smith wrote what?")], title="", images={})
    assert written.data.decode().startswith("“A. Smith wrote what?”\n")
    assert any("quotation marks" in loss.message for loss in written.losses)


@settings(max_examples=15)
@given(full_questions())
def test_only_single_choices_go_out(question: Question) -> None:
    written = AIKEN.write([question], title="", images={})
    if question.kind != "single_choice":
        assert written.left_out == (question.id,)
        assert written.data == b""
        assert "single choices only" in written.losses[0].message


@settings(max_examples=15)
@given(st.lists(bare_questions("single_choice"), min_size=1, max_size=3))
def test_words_and_key_come_back(asked: list[Question]) -> None:
    written = AIKEN.write(asked, title="", images={})
    out = [question for question in asked if question.id not in written.left_out]
    if not out:
        return
    back = [read.question for read in found(written.data).entries]
    assert len(back) == len(out)
    for one, other in zip(back, out, strict=True):
        assert one
        said, meant = ([(" ".join(to_plain(o.text).split()), o.key) for o in q.body.options] for q in (one, other))
        assert said == meant
