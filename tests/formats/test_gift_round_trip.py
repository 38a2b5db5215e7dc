"""GIFT there and back: the same question, or the loss is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.base import Limits, Written
from app.formats.gift import Gift
from app.formats.same import content, same_question
from app.questions.model import Question
from app.questions.types import TYPES
from tests.formats.making import FEW, KINDS, bare_questions, full_questions, lists_of_questions, questions

pytestmark = pytest.mark.pure

GIFT = Gift()
NEVER = {"probability", "source_rating"}
written_kinds = st.sampled_from(sorted(set(KINDS) - NEVER))
# Kinds whose text stays a text of its own.
untouched = st.sampled_from(["single_choice", "multiple_response", "short_answer", "true_false", "free_response"])


def write(*asked: Question) -> Written:
    return GIFT.write(asked, title="A test", images={})


def read(data: bytes) -> list[Question]:
    found = GIFT.read(data, limits=Limits())
    assert [entry for entry in found.entries if entry.outcome in {"refused", "kept"}] == []
    return [entry.question for entry in found.entries if entry.question]


@pytest.mark.parametrize("kind", ["single_choice", "multiple_response", "matching", "numeric", "short_answer"])
@given(data=st.data())
def test_a_question_that_gift_can_hold_comes_back_the_same(kind: str, data: st.DataObject) -> None:
    question = data.draw(bare_questions(kind))
    written = write(question)
    # Moodle knows no share of an eleventh, nor “->” in a typed answer.
    shares = [loss for loss in written.losses if "Moodle knows no share" in loss.message]
    assert [loss for loss in written.losses if loss not in shares] == []
    (back,) = read(written.data)
    if not shares:
        assert content(back) == content(question)


@given(written_kinds.flatmap(full_questions))
def test_what_is_written_can_be_read_again_whatever_it_says(question: Question) -> None:
    written = write(question)
    if written.left_out:
        assert [loss.question for loss in written.losses] == [question.id]
    elif question.head.stem.strip():
        found = GIFT.read(written.data, limits=Limits())
        assert [entry.key for entry in found.entries] == [f"offramp:{question.id}"]
        assert found.entries[0].outcome != "refused", found.entries[0].notes


@given(untouched.flatmap(questions))
def test_head_and_text_come_back_whatever_the_answers_lose(question: Question) -> None:
    (back,) = read(write(question).data)
    assert same_question(
        back, question, but={"kind", *TYPES[question.kind].Body.model_fields, *type(back.body).model_fields}
    )


@FEW
@given(lists_of_questions())
def test_many_questions_keep_to_themselves(asked: list[Question]) -> None:
    written = write(*asked)
    kept = [f"offramp:{question.id}" for question in asked if question.id not in written.left_out]
    if kept:
        found = GIFT.read(written.data, limits=Limits())
        assert sorted(entry.key for entry in found.entries) == sorted(kept)
        assert found.count("refused") == 0


@given(st.sampled_from(sorted(NEVER)).flatmap(questions))
def test_what_gift_has_no_form_for_is_left_out_with_a_reason(question: Question) -> None:
    written = write(question)
    assert written.left_out == (question.id,)
    assert written.losses[0].message
    assert b"offramp:" not in written.data
