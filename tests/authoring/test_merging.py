"""A question edited elsewhere comes home: what was changed there changes here, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.authoring.draft import as_content, read_draft
from app.authoring.incoming import Here, Incoming, Known, plan
from app.authoring.likeness import named_like, shared, words_of
from app.formats import FORMATS
from app.formats.base import Entry, Limits
from app.formats.same import same_question
from app.questions.bank import load_question
from app.questions.model import Place, Question
from tests.formats.making import KINDS, full_questions, questions

pytestmark = pytest.mark.pure

# An Aiken file holds no ids, so that nothing of it comes home.
FORMATS_HOME = ("gift", "moodle_xml", "csv")
FEW = settings(suppress_health_check=list(HealthCheck), max_examples=5)
WORDS = "Told anew"


def asked(**fields: Any) -> Question:
    """A single choice with all that no other system has, under ids that nobody would make of its words."""
    content = {
        "id": "own-ferry-abcd",
        "revision": 1,
        "kind": "single_choice",
        "use": "practice",
        "objective": "sig.cost",
        "level": "apply",
        "source": {"ref": "article", "at": "P3"},
        "passage": {"text": "The board said: one coin for all. It was wet.", "status": "invented"},
        "hints": ["Think of *coins*."],
        "stem": "What does the board ask of *everybody*?",
        "options": [
            {"id": "a1", "text": "One **coin**", "key": True, "feedback": "So says the board."},
            {"id": "b2", "text": "Two coins", "feedback": "That is the way back.", "misconception": "way-back"},
            {"id": "c3", "text": "Nothing", "feedback": "Only for children.", "misconception": "children"},
        ],
        "explanation": "The board names one price.",
    }
    return load_question({**content, **fields}, lesson="", place=Place("", 1))


def returned(format: str, question: Question) -> Entry:
    """The question as its file in this format has it."""
    return (
        FORMATS[format].read(FORMATS[format].write([question], title="", images={}).data, limits=Limits()).entries[-1]
    )


def home(format: str, entry: Entry, question: Question) -> Incoming:
    """What becomes of an entry where the question is here already."""
    known = Known(question.id, question, is_mine=True)
    here = Here({question.id: known}, {entry.key: [question.id]})
    (one,) = plan([entry], here, format=FORMATS[format], new_slug=lambda words: "own-new-abcd")
    return one


def edited(entry: Entry, **fields: Any) -> Entry:
    """The entry with other fields of its question, as somebody elsewhere wrote them."""
    assert entry.question is not None
    content = {**as_content(entry.question), **fields}
    question, problems = read_draft(
        {name: value for name, value in content.items() if value is not None}, slug="x", revision=1, lesson=""
    )
    assert question is not None, problems
    return replace(entry, question=question)


def with_part(entry: Entry, field: str, number: int, **fields: Any) -> Entry:
    """The entry with another part in a list."""
    assert entry.question is not None
    parts = as_content(entry.question)[field]
    return edited(entry, **{field: [{**p, **fields} if n == number else p for n, p in enumerate(parts)]})


@pytest.mark.parametrize("format", FORMATS_HOME)
@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_what_was_not_changed_elsewhere_is_the_same(format: str, kind: str, data: st.DataObject) -> None:
    question = data.draw(st.one_of(questions(kind), full_questions(kind)))
    if not FORMATS[format].write([question], title="", images={}).left_out:
        assert home(format, returned(format, question), question).action == "same"


@pytest.mark.parametrize("format", FORMATS_HOME)
@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_another_explanation_changes_nothing_else(format: str, kind: str, data: st.DataObject) -> None:
    question = data.draw(questions(kind))
    if FORMATS[format].write([question], title="", images={}).left_out:
        return
    entry = returned(format, question)
    if entry.question is None:
        return
    one = home(format, edited(entry, explanation=WORDS), question)
    assert (one.action, one.is_doubtful) == ("update", False)
    assert one.content == {**as_content(question), "explanation": WORDS}
    assert "Different: explanation." in one.notes[0]


CHANGES = {
    "stem": lambda entry: edited(entry, stem=f"{as_content(entry.question)['stem']} {WORDS}"),
    "tags": lambda entry: edited(entry, tags=["sea", "coins"]),
    "text of an option": lambda entry: with_part(entry, "options", 1, text=WORDS),
    "feedback of an option": lambda entry: with_part(entry, "options", 2, feedback=WORDS),
    "one option less": lambda entry: edited(entry, options=as_content(entry.question)["options"][:2]),
    "one option more": lambda entry: edited(
        entry, options=[*as_content(entry.question)["options"], {"id": "told", "text": WORDS}]
    ),
}


def expected(change: str) -> dict[str, Any]:
    """What the question here is after a change elsewhere."""
    content = as_content(asked())
    options = content["options"]
    made: dict[str, dict[str, Any]] = {
        "stem": {"stem": f"{content['stem']} {WORDS}"},
        "tags": {"tags": ["sea", "coins"]},
        "text of an option": {"options": [options[0], {**options[1], "text": WORDS}, options[2]]},
        "feedback of an option": {"options": [*options[:2], {**options[2], "feedback": WORDS}]},
        "one option less": {"options": options[:2]},
        "one option more": {"options": [*options, {"id": "told", "text": WORDS}]},
    }
    return {**content, **made[change]}


@pytest.mark.parametrize("format", FORMATS_HOME)
@pytest.mark.parametrize("change", CHANGES)
def test_one_change_elsewhere_is_one_change_here(format: str, change: str) -> None:
    question = asked()
    one = home(format, CHANGES[change](returned(format, question)), question)
    assert one.content == expected(change)


@pytest.mark.parametrize("format", ["gift", "moodle_xml"])
def test_a_passage_that_was_changed_elsewhere_is_not_shown_twice(format: str) -> None:
    question = asked()
    entry = returned(format, question)
    assert entry.question is not None
    one = home(format, edited(entry, stem=f"{WORDS}: {entry.question.head.stem} {WORDS}"), question)
    assert one.content is not None
    assert "passage" not in one.content
    assert one.content["stem"].startswith(f"{WORDS}: The board said")


def test_answers_of_another_kind_come_home_only_if_they_were_changed() -> None:
    reasons = [
        {"id": "r1", "text": "It says so", "key": True, "goes_with": True},
        {"id": "r2", "text": "It says nothing", "goes_with": False, "misconception": "silence"},
    ]
    content = {name: value for name, value in as_content(asked()).items() if name != "options"}
    content |= {"kind": "true_false", "verdict": True, "reasons": reasons, "id": "own-ferry-abcd", "revision": 1}
    question = load_question(content, lesson="", place=Place("", 1))
    entry = returned("gift", question)
    assert entry.question is not None
    assert entry.question.kind == "single_choice"
    one = home("gift", edited(entry, explanation=WORDS), question)
    assert one.content == {**as_content(question), "explanation": WORDS}
    other = home("gift", with_part(entry, "options", 0, feedback=WORDS), question)
    assert (other.action, other.is_doubtful, other.is_left_at_first) == ("update", True, True)
    assert "another kind" in other.notes[1]


def test_a_change_elsewhere_and_a_change_here_both_stand() -> None:
    was = asked()
    now = asked(explanation="Here it was told anew.")
    entry = edited(returned("gift", was), tags=["sea"])
    known = Known(now.id, now, is_mine=True, earlier=(was,))
    (one,) = plan([entry], Here({now.id: known}), format=FORMATS["gift"], new_slug=str)
    assert one.content == {**as_content(now), "tags": ["sea"]}


def test_a_file_from_before_a_change_here_takes_nothing_back() -> None:
    was, now = asked(), asked(explanation="Here it was told anew.")
    known = Known(now.id, now, is_mine=True, earlier=(was,))
    (one,) = plan([returned("gift", was)], Here({now.id: known}), format=FORMATS["gift"], new_slug=str)
    assert one.action == "same"
    assert "Here it was changed since" in one.notes[0]


# Parts as a file names them, and those that are here → the ids that they get.
NAMED = [
    ([("paris", "Paris"), ("lyon", "Lyon")], [("a", "*Paris*"), ("b", "Lyon")], ["a", "b"]),
    ([("lyon", "Lyon"), ("paris", "Paris")], [("a", "Paris"), ("b", "Lyon")], ["b", "a"]),
    ([("paris", "Paris"), ("nice", "Nice")], [("a", "Paris"), ("b", "Lyon")], ["a", "b"]),
    ([("nice", "Nice"), ("paris", "Paris"), ("b", "Brest")], [("a", "Paris"), ("b", "Lyon")], ["nice", "a", "b"]),
    ([("b", "Paris"), ("a", "Nice"), ("c", "Brest")], [("a", "Paris")], ["a", "a-2", "c"]),
    ([("yes", "Yes"), ("yes-2", "Yes")], [("a", "Yes"), ("b", "Yes")], ["a", "b"]),
    ([("x", "Yes")], [], ["x"]),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "had", "ids"), NAMED)
def test_parts_get_the_ids_of_those_with_the_same_words_or_at_the_same_place(
    parts: list[tuple[str, str]], had: list[tuple[str, str]], ids: list[str]
) -> None:
    new, old = ([{"id": key, "text": text} for key, text in one] for one in (parts, had))
    assert [part["id"] for part in named_like({"options": new}, {"options": old})["options"]] == ids


def test_what_names_a_part_follows_its_id_and_a_category_of_the_same_name_does_not() -> None:
    new = {
        "category": "left",
        "categories": [{"id": "left", "text": "Port"}, {"id": "right", "text": "Starboard"}],
        "elements": [{"id": "left", "text": "Red {left}", "category": "left"}],
    }
    old = {
        "categories": [{"id": "p", "text": "Port"}, {"id": "s", "text": "Starboard"}],
        "elements": [{"id": "e1", "text": "Red {left}", "category": "p"}],
    }
    assert named_like(new, old) == {
        "category": "left",
        "categories": [{"id": "p", "text": "Port"}, {"id": "s", "text": "Starboard"}],
        "elements": [{"id": "e1", "text": "Red {left}", "category": "p"}],
    }


@given(st.sampled_from(KINDS).flatmap(questions))
def test_a_question_named_like_itself_is_itself(question: Question) -> None:
    content = as_content(question)
    again = named_like(content, content)
    assert same_question(
        load_question({**again, "id": question.id, "revision": 1}, lesson="", place=Place("", 1)), question
    )


@cache
def _one() -> dict[str, Any]:
    return as_content(asked())


ALIKE = [
    ({"stem": "What does the board ask?"}, True),
    ({"explanation": "Told anew."}, True),
    ({"options": [{"id": "a", "text": "One coin for all who cross"}, {"id": "b", "text": "No coins"}]}, True),
    ({"stem": "Which city is it?"}, False),
    ({"stem": "Name a colour.", "options": [{"id": "a", "text": "Green"}, {"id": "b", "text": "Red"}]}, False),
]


@pytest.mark.parametrize(("fields", "is_alike"), ALIKE)
def test_likeness_counts_the_words_of_question_and_answers(fields: dict[str, Any], is_alike: bool) -> None:
    bare = {"kind": "single_choice", "stem": _one()["stem"], "options": _one()["options"]}
    assert (shared(words_of(bare), words_of({**bare, **fields})) >= 0.6) is is_alike
