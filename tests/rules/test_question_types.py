"""What every kind of question promises (app/questions/types/base.py); whatever is in TYPES is held to it."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Unreadable
from app.lessons.model import Strict
from app.questions.bank import dump_question, load_question
from app.questions.grading import is_full
from app.questions.model import Grade
from app.questions.types import TYPES
from tests.support.questions import bodies, orders, questions, raw_fields

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "app" / "web" / "templates" / "questions"
# What several kinds share.
HELPERS = {"__init__", "base", "choice", "assign", "typed_answer", "typed_number"}
every_kind = pytest.mark.parametrize("kind", sorted(TYPES))
seeds = st.integers(0, 2**32)


def is_unscored(kind: str, body: Any) -> bool:
    """Whether the kind gives no score by itself: a forecast, or what waits for a person."""
    return TYPES[kind].by_hand or TYPES[kind].chance(body) is None


@every_kind
def test_it_is_called_by_its_name(kind: str) -> None:
    assert TYPES[kind].name == kind
    assert TYPES[kind].label
    # Nothing where the stem itself says what to do.
    assert TYPES[kind].instruction == "" or TYPES[kind].instruction.endswith(".")


@every_kind
@given(data=st.data())
def test_samples_are_graded_as_they_say_under_any_shuffle(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    for order in orders(kind, body):
        for sample in TYPES[kind].samples(body):
            if sample.response is None:
                continue
            raw = TYPES[kind].fill(body, sample.response, order)
            response = TYPES[kind].read(body, raw, order)
            assert response == sample.response
            score = TYPES[kind].grade(body, response).score
            assert score is None if sample.score is None else score == pytest.approx(sample.score, abs=1e-9)


@every_kind
@given(data=st.data())
def test_samples_that_cannot_be_read_are_refused_as_unreadable(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    unreadable = [sample.raw for sample in TYPES[kind].samples(body) if sample.response is None]
    assert unreadable
    for order in orders(kind, body):
        for raw in unreadable:
            with pytest.raises(Unreadable) as caught:
                TYPES[kind].read(body, raw, order)
            assert caught.value.message.endswith(".")
            assert caught.value.where


@every_kind
@given(data=st.data())
def test_there_is_a_sample_that_is_right_and_one_that_is_wrong(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    scores = [sample.score for sample in TYPES[kind].samples(body) if sample.response]
    if is_unscored(kind, body):
        assert set(scores) == {None}
    else:
        assert any(is_full(score) for score in scores)
        assert 0.0 in scores


@every_kind
@given(data=st.data(), raw=raw_fields, seed=seeds)
def test_whatever_is_sent_is_a_response_blank_or_unreadable(
    kind: str, data: st.DataObject, raw: dict[str, list[str]], seed: int
) -> None:
    body = data.draw(bodies(kind))
    order = TYPES[kind].order(body, random.Random(seed))
    try:
        response = TYPES[kind].read(body, raw, order)
    except Unreadable:
        return
    if response is None:
        return
    stored = TYPES[kind].Response.model_validate_json(response.model_dump_json())
    assert stored == response
    score = TYPES[kind].grade(body, response).score
    assert score is None if is_unscored(kind, body) else score is not None and 0 <= score <= 1
    assert TYPES[kind].reveal(body, response).yours
    assert TYPES[kind].read(body, TYPES[kind].fill(body, response, order), order) == response


@every_kind
@given(data=st.data())
def test_nothing_sent_is_blank(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    assert TYPES[kind].read(body, {}, orders(kind, body)[0]) is None


@every_kind
@given(data=st.data())
def test_the_order_shown_has_every_element_once(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    shown = orders(kind, body, 8)
    assert len({tuple(sorted(order)) for order in shown}) == 1
    assert all(len(set(order)) == len(order) for order in shown)


@every_kind
@given(data=st.data())
def test_guessing_earns_a_share_of_one_or_has_no_score(kind: str, data: st.DataObject) -> None:
    chance = TYPES[kind].chance(data.draw(bodies(kind)))
    assert chance is None or 0 <= chance < 1


@every_kind
@given(data=st.data())
def test_the_right_answer_is_revealed_in_words(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    for response in (None, *(sample.response for sample in TYPES[kind].samples(body) if sample.response)):
        reveal = TYPES[kind].reveal(body, response)
        assert reveal.answer
        assert bool(reveal.yours) == (response is not None)
        if response is not None:
            assert any(row.chosen for row in reveal.rows)


@every_kind
@given(data=st.data())
def test_a_right_answer_is_revealed_without_a_wrong_row(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    right = [s.response for s in TYPES[kind].samples(body) if s.response and is_full(s.score)]
    assert right or is_unscored(kind, body)
    for response in right:
        assert {row.verdict for row in TYPES[kind].reveal(body, response).rows} <= {"right", "neutral"}


@every_kind
@given(data=st.data())
def test_it_exports_as_a_known_shape(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    shape, content = TYPES[kind].export(body)
    view = TYPES[kind].view(body, orders(kind, body)[0])
    assert shape == view.shape
    assert isinstance(content, Strict)


@every_kind
@given(data=st.data())
def test_a_question_comes_back_from_what_is_written(kind: str, data: st.DataObject) -> None:
    question = data.draw(questions(kind))
    assert load_question(dump_question(question), lesson=question.lesson, place=question.place) == question


# ---------------------------------------------------------------- the files that belong to a kind


@every_kind
def test_it_has_a_template_that_asks_and_one_that_explains(kind: str) -> None:
    text = (TEMPLATES / f"{kind}.html").read_text(encoding="utf-8")
    for part in ("ask", "review"):
        assert f"block {part}" in text or f"macro {part}" in text, f"{kind}.html has no “{part}”"


@every_kind
def test_it_has_a_test_file_of_its_own(kind: str) -> None:
    assert (ROOT / "tests" / "questions" / "types" / f"test_{kind}.py").is_file()


def test_every_file_of_a_kind_is_in_the_list() -> None:
    files = {path.stem for path in (ROOT / "app" / "questions" / "types").glob("*.py")}
    assert files - HELPERS == set(TYPES)


def test_a_full_grade_allows_for_rounding() -> None:
    assert Grade(1 - 1e-12).is_right
    assert not Grade(math.nextafter(1 - 1e-9, 0)).is_right
    assert not Grade(None).is_right
