"""What is written comes back the same, but for what the losses name: every kind, generated questions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.formats.base import OWN_KEY, Entry, Limits
from app.formats.moodle_xml import MoodleXml
from app.formats.same import content
from app.questions.model import Question
from tests.formats.making import FEW, KINDS, full_questions, lists_of_questions, questions

pytestmark = pytest.mark.pure

FORMAT = MoodleXml()
SLOW = settings(suppress_health_check=list(HealthCheck))

# The beginning of a loss → the fields that it lets differ; None lets the whole question come back as source text.
NAMED: dict[str, set[str] | None] = {
    "The names of misconceptions": {"misconception"},
    "Blank “": {"feedback", "misconception", "typos"},
    "Why the options keep their order": {"shuffle_reason"},
    "Credits that are those of the usual": {"credit"},
    "Moodle takes certain shares": {"credit"},
    "Moodle asks for verdict and reason": set(),
    "The words for true and false": None,
    "Entries with the same words": None,
    "That options may be used again": {"reuse"},
    "Moodle scores each element": set(),
    "The categories stand in the order": {"categories"},
    "What is told about each pair": {"feedback"},
    "The answer of a pair has words only": {"options", "right", "categories", "category"},
    "Elements of equal rank": {"elements"},
    "The dates of the elements": {"date"},
    "The principle of the order": {"principle", "stem"},
    "The tolerance, ": {"tolerance", "key", "wrong"},
    "That the number is an estimate": {"estimate", "percent"},
    "How exact the number": {"rounding", "stem"},
    "Slips of the finger": {"typos"},
    "The weights of the blanks": {"weight"},
    "Paragraphs before the first blank": {"stem", "text"},
    "In the rubric": {"rubric", "anchors"},
    "Moodle shows the sentences": None,
    "Only the first set": None,
    "Moodle shows the grid": set(),
    "The cells stand in the order": {"cells", "rest"},
    "Not in the file": {
        "source", "sources", "as_of", "contested", "hypothetical", "enemies", "author", "review_by", "evidence",
    },
    "The passage stands before": {"passage", "stem"},
    "The quotation": {"passage"},
}  # fmt: skip


def without(value: Any, fields: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: without(item, fields) for key, item in value.items() if key not in fields}
    return [without(item, fields) for item in value] if isinstance(value, list) else value


def home_again(question: Question) -> tuple[list[str], Entry | None]:
    written = FORMAT.write([question], title="Bank", images={})
    if written.left_out:
        return [loss.message for loss in written.losses], None
    return [loss.message for loss in written.losses], FORMAT.read(written.data, limits=Limits()).entries[-1]


def check(question: Question) -> None:
    losses, entry = home_again(question)
    if entry is None:
        assert losses
        return
    named = [next(NAMED[begin] for begin in NAMED if loss.startswith(begin)) for loss in losses]
    assert entry.key == OWN_KEY + question.id
    if None in named or (entry.question is None and any(loss.startswith("The tolerance") for loss in losses)):
        return
    assert entry.question is not None, entry.notes
    assert entry.question.id == question.id
    lost = set().union(*(fields for fields in named if fields))
    assert without(content(entry.question), lost) == without(content(question), lost)


@pytest.mark.parametrize("kind", KINDS)
@SLOW
@given(data=st.data())
def test_a_question_comes_back_the_same_but_for_what_the_losses_name(kind: str, data: st.DataObject) -> None:
    check(data.draw(questions(kind)))


@SLOW
@given(full_questions())
def test_so_does_one_with_all_that_a_question_can_have(question: Question) -> None:
    check(question)


@FEW
@given(lists_of_questions())
def test_every_question_of_a_file_comes_home_to_its_own_id_or_is_named_as_left_out(asked: list[Question]) -> None:
    written = FORMAT.write(asked, title="Bank", images={})
    found = FORMAT.read(written.data, limits=Limits())
    keys = [entry.key.removeprefix(OWN_KEY) for entry in found.entries]
    assert sorted([*keys, *written.left_out]) == sorted(question.id for question in asked)


@pytest.mark.parametrize("kind", ["single_choice", "multiple_response", "free_response", "short_answer"])
@SLOW
@given(data=st.data())
def test_kinds_that_moodle_has_come_back_without_a_note(kind: str, data: st.DataObject) -> None:
    losses, entry = home_again(data.draw(questions(kind)))
    if not losses:
        assert entry is not None
        assert (entry.outcome, entry.notes) == ("taken", ())
