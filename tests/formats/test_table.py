"""Our own tables: what is written is read again as it was, or the loss is named; nothing in them is a formula."""

from __future__ import annotations

import contextlib
import csv
import io
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.formats.base import OWN_KEY, FormatError, Limits
from app.formats.common import make_question, same_question
from app.formats.images import image_name
from app.formats.table import Table
from app.questions.model import Question
from app.questions.types import TYPES
from tests.formats.making import FEW, KINDS, full_questions, lists_of_questions, questions

pytestmark = pytest.mark.pure

TABLE = Table()
LIMITS = Limits()
FORMULA = tuple("=+-@\t\r")
# Fields that the losses name whenever they are lost.
NAMED = {
    "passage": "passage", "anchors": "examples", "second": "second reader", "misconception": "misconceptions",
}  # fmt: skip


def cells_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def back(question: Question) -> tuple[Question, str]:
    """The question as read from the table that was written of it, and all that was said of losses."""
    written = TABLE.write([question], title="T", images={})
    assert not written.left_out, written.losses
    (entry,) = TABLE.read(written.data, limits=LIMITS).entries
    assert entry.question is not None, entry.notes
    assert entry.key == OWN_KEY + question.id
    assert entry.question.id == question.id
    return entry.question, " ".join(loss.message for loss in written.losses)


def has_twins(question: Question) -> bool:
    """Whether two categories or matches have the same words, which a row names by their words."""
    named = getattr(question.body, "categories", ()) or (question.kind == "matching" and question.body.options) or ()
    texts = [entry.text for entry in named]
    return len(set(texts)) < len(texts)


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_comes_back_as_it_was(kind: str) -> None:
    @settings(max_examples=15)
    @given(questions(kind))
    def check(question: Question) -> None:
        assume(not has_twins(question))
        again, said = back(question)
        lost = {field for field, word in NAMED.items() if word in said}
        assert same_question(question, again, but=lost), said

    check()


@given(full_questions())
def test_whatever_a_question_holds_comes_back_or_is_named(question: Question) -> None:
    written = TABLE.write([question], title="T", images={})
    if written.left_out:
        assert written.left_out == (question.id,)
        assert [loss.question for loss in written.losses] == [question.id]
        return
    again, said = back(question)
    lost = {field for field, word in NAMED.items() if word in said}
    assert same_question(question, again, but=lost) or "exactly" in said


@FEW
@given(lists_of_questions(2, 4))
def test_no_cell_is_a_formula_and_every_row_has_as_many_as_the_header(several: list[Question]) -> None:
    rows = cells_of(TABLE.write(several, title="T", images={}).data)
    assert len(rows) == len(several) + 1
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("stem", ["=1+1", "'=1+1", "''-x", "+3", "-3", "@x", "'plain", "＝1"])
def test_a_text_that_begins_like_a_formula_comes_back_clean(stem: str) -> None:
    question = make_question({"id": "x", "kind": "short_answer", "stem": stem}, {"accept": [{"text": "=2"}]})
    again, said = back(question)
    assert again.head.stem == stem
    assert again.body.accept[0].text == "=2"
    assert not said


def test_a_file_begins_with_the_mark_that_spreadsheets_need() -> None:
    assert TABLE.write([], title="T", images={}).data.startswith(b"\xef\xbb\xbfid,kind,question")


def test_credits_feedback_hints_and_the_rest_of_the_head_are_kept() -> None:
    question = make_question(
        {
            "id": "x", "kind": "single_choice", "stem": "S", "explanation": "E", "tags": ("a-b", "c"),
            "category": "Unit 1/A",
            "objective": "src.update", "level": "apply", "use": "held_out", "hints": ("One | two", "Three"),
            "source": {"ref": "S1", "at": "P3"}, "sources": ("S2", "a | b"), "contested": True,
        },
        {
            "options": [
                {"id": "a", "text": "A, “a”", "key": True, "feedback": "F\nG"},
                {"id": "b", "text": "B", "credit": -1 / 3, "misconception": "b-is-a"},
                {"id": "c", "text": "C", "credit": 0.125},
            ],
            "shuffle": False,
            "shuffle_reason": "By size",
        },
    )  # fmt: skip
    again, said = back(question)
    assert same_question(question, again)
    assert not said


def test_a_picture_is_a_named_loss_and_its_name_stays() -> None:
    name = image_name(b"\x89PNG\r\n\x1a\n")
    head = {"id": "x", "kind": "short_answer", "stem": f"![A log]({name})"}
    question = make_question(head, {"accept": [{"text": "a"}]})
    written = TABLE.write([question], title="T", images={})
    assert [name in loss.message for loss in written.losses] == [True]
    (entry,) = TABLE.read(written.data, limits=LIMITS).entries
    assert entry.outcome == "guessed"
    assert entry.question
    assert same_question(entry.question, question)


def test_a_question_that_no_row_holds_is_left_out_and_said_so() -> None:
    options = [{"id": "a", "text": "#NAME?", "key": True}, {"id": "b", "text": "B"}]
    broken = make_question({"id": "broken", "kind": "single_choice", "stem": "S"}, {"options": options})
    sound = make_question({"id": "sound", "kind": "short_answer", "stem": "S"}, {"accept": [{"text": "a"}]})
    written = TABLE.write([broken, sound], title="T", images={})
    assert written.left_out == ("broken",)
    assert [loss.question for loss in written.losses] == ["broken"]
    assert [entry.key for entry in TABLE.read(written.data, limits=LIMITS).entries] == ["offramp:sound"]


def test_the_template_is_read_without_a_note() -> None:
    found = TABLE.read(TABLE.template(), limits=LIMITS)
    assert {entry.outcome for entry in found.entries} == {"taken"}
    assert not found.notes
    kinds = {entry.question.kind for entry in found.entries if entry.question}
    assert kinds == set(TYPES) - {"highlight", "probability", "source_rating", "true_false"}


def test_what_was_saved_by_a_spreadsheet_with_semicolons_is_the_same() -> None:
    body = {"key": 1.125, "unit": "m", "tolerance": {"factor": 0.5}, "wrong": [{"value": -2.5, "credit": 0.25}]}
    question = make_question({"id": "x", "kind": "numeric", "stem": "How far, in metres?"}, body)
    rows = cells_of(TABLE.write([question], title="T", images={}).data)
    out = io.StringIO()
    as_german = [
        [cell.replace("1.125", "1,125").replace("2.5", "2,5").replace("×1.5", "×1,5") for cell in r] for r in rows
    ]
    csv.writer(out, delimiter=";").writerows(as_german)
    (entry,) = TABLE.read(out.getvalue().encode("cp1252"), limits=LIMITS).entries
    assert entry.question
    assert same_question(entry.question, question)


def test_ids_are_unique_in_a_file_and_an_id_given_twice_is_named() -> None:
    head = "id,kind,question,correct\r\n"
    row = "offramp:one,short_answer,One,a\r\n"
    found = TABLE.read((head + row + row + "mine,short_answer,One,a\r\n").encode(), limits=LIMITS)
    assert [entry.question and entry.question.id for entry in found.entries] == ["one", "one-2", "one-3"]
    assert [entry.key for entry in found.entries] == ["offramp:one", "", "mine"]
    assert [entry.outcome for entry in found.entries] == ["taken", "guessed", "taken"]


def test_too_large_a_file_is_refused_and_too_many_rows_are_said() -> None:
    with pytest.raises(FormatError, match="MB"):
        TABLE.read(b"x" * 2000, limits=Limits(max_bytes=1000))
    rows = "question,correct\n" + "Q,a\n" * 5
    found = TABLE.read(rows.encode(), limits=Limits(max_questions=3))
    assert len(found.entries) == 3
    assert any("5 questions" in note for note in found.notes)


def test_progress_is_told_after_each_row() -> None:
    told: list[tuple[int, int]] = []
    rows = "question,correct\n" + "Q,a\n" * 3
    TABLE.read(rows.encode(), limits=Limits(tick=lambda done, of: told.append((done, of))))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_five_hundred_rows_are_read_well_under_a_second() -> None:
    head = "question,option 1,option 2,option 3,option 4,correct,explanation\n"
    rows = "".join(
        f"Question {n} of many?,First {n},Second {n},Third {n},Fourth {n},2,Because of {n}\n" for n in range(500)
    )
    began = time.perf_counter()
    found = TABLE.read((head + rows).encode(), limits=LIMITS)
    assert found.count("taken") == 500
    assert time.perf_counter() - began < 2


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_word(data: bytes) -> None:
    with contextlib.suppress(FormatError):
        found = TABLE.read(data, limits=LIMITS)
        assert all(entry.question or entry.notes for entry in found.entries)


@given(st.lists(st.lists(st.text(max_size=6), max_size=6), max_size=6))
def test_any_table_gives_an_entry_for_each_row(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["question", "option 1", "option 2", "correct", "kind"], *rows])
    data = out.getvalue().replace("\0", "").encode("utf-8", "replace")
    found = TABLE.read(data, limits=LIMITS)
    for entry in found.entries:
        assert entry.question or entry.notes
