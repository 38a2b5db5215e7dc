"""One question of each kind, written in the browser without a script, from nothing to published."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.authoring.draft import as_content, read_draft
from app.library.load import load_course
from app.questions.model import Head
from app.questions.types import TYPES
from app.web.forms.questions import FORMS, QuestionForm
from app.web.forms.questions.rows import Part, Shape
from tests.support.databases import COURSE
from tests.web.teach.writing import Fields, begin, content_of, named, own
from tests.web.visiting import Browser

STEM = {"stem": "Which part of the page is the newest of all?", "explanation": "The last line was added at night."}


def rows(name: str, *texts: str, **others: list[str]) -> Fields:
    """The fields of rows: their texts, and lists of other fields of theirs."""
    fields: Fields = {f"{name}-{n}-text": text for n, text in enumerate(texts)}
    for field, values in others.items():
        fields |= {f"{name}-{n}-{field}": value for n, value in enumerate(values) if value}
    return fields


# Kind → what is typed, a save after each, and what the bank then has.
WRITTEN: dict[str, tuple[list[Fields], dict[str, Any]]] = {
    "single_choice": (
        [rows("options", "The head", "The last line", "The date", key=["", "yes"])],
        {
            "options": [
                {"id": "the-head", "text": "The head"},
                {"id": "the-last-line", "text": "The last line", "key": True},
            ]
        },
    ),
    "multiple_response": (
        [rows("options", "A", "B", "C", "D", key=["yes", "yes"]) | {"options-2-feedback": "No."}],
        {"options": [{"id": "a", "text": "A", "key": True}, {"id": "b", "text": "B", "key": True}]},
    ),
    "true_false": (
        [
            {"verdict": "false", "true_version": "It is old."}
            | rows("reasons", "R", "S", "T", key=["yes"], goes_with=["", "true"])
        ],
        {"verdict": False, "true_version": "It is old."},
    ),
    "matching": (
        [
            rows("options", "Wind", "Speed", "Weight", "Damp", "Warmth"),
            rows("prompts", "Vane", "Cups", "Tube", "Hair"),
        ],
        {
            "prompts": [
                {"id": "vane", "text": "Vane", "match": "wind"},
                {"id": "cups", "text": "Cups", "match": "speed"},
            ]
        },
    ),
    "ordering": (
        [rows("elements", "First", "Second", "Third") | {"principle": "Earliest at the top"}],
        {"elements": [{"id": "first", "text": "First"}, {"id": "second", "text": "Second"}]},
    ),
    "categorise": (
        [
            rows("categories", "Seen", "Told"),
            rows("elements", "A", "B", "C", "D", category=["seen", "told", "seen", "told"]),
        ],
        {"elements": [{"id": "a", "text": "A", "category": "seen"}, {"id": "b", "text": "B", "category": "told"}]},
    ),
    "numeric": (
        [{"key": "12,5", "unit": "m/s", "tolerance-way": "relative", "tolerance-size": "0.05"}],
        {"key": 12.5, "unit": "m/s", "tolerance": {"relative": 0.05}},
    ),
    "short_answer": (
        [rows("accept", "the tower", "tower") | {"accept-1-credit": "0.5", "accept-1-feedback": "Which one?"}],
        {"accept": ["the tower", {"text": "tower", "credit": 0.5, "feedback": "Which one?"}]},
    ),
    "cloze": (
        [{"text": "The {tower} writes at {high noon}."}, {"blanks-0-feedback": "It has the instruments."}],
        {
            "text": "The {tower} writes at {high-noon}.",
            "blanks": [
                {"id": "tower", "accept": ["tower"], "feedback": "It has the instruments."},
                {"id": "high-noon", "accept": ["high noon"]},
            ],
        },
    ),
    "highlight": (
        [
            rows(
                "sentences",
                "One.",
                "Two.",
                "Three.",
                "Four.",
                gold=["yes"],
                others=["2", "2"],
                optional=["", "", "yes"],
            )
        ],
        {"status": "invented", "gold": [["one"], ["one", "two"]], "optional": ["three"]},
    ),
    "probability": (
        [
            {
                "outcome": "false",
                **{"resolution-source": "S01", "resolution-at": "page 4", "resolution-date": "2024-05-04"},
                "resolution-criterion": "A row of the log gives more.",
            }
        ],
        {"outcome": False},
    ),
    "free_response": (
        [
            {f"rubric-{n}-criterion": word for n, word in enumerate(("Claim", "Reason", "Source"))}
            | {f"rubric-{n}-levels": "Nothing\nSome\r\nAll" for n in range(3)}
        ],
        {"max_words": 120, "rubric": [{"id": "claim", "criterion": "Claim", "levels": ["Nothing", "Some", "All"]}]},
    ),
    "source_rating": (
        [{"cells-B2-credit": "1", "cells-B2-reason": "Few failures.", "cells-C3-credit": "0.5"}],
        {"cells": [{"cell": "B2", "credit": 1, "reason": "Few failures."}, {"cell": "C3", "credit": 0.5}]},
    ),
}


def type_in(browser: Browser, fields: Fields) -> None:
    """Type into the form and press Save."""
    page = browser.press("Save", **named(fields))
    assert page.status == 200, page.words


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_is_written_from_nothing_to_published(tess_at: Browser, session: Session, kind: str) -> None:
    steps, wanted = WRITTEN[kind]
    slug = begin(tess_at, kind)
    for fields in (STEM, *steps):
        type_in(tess_at, fields)
    content = content_of(session, slug)
    for name, value in wanted.items():
        got = content[name][: len(value)] if isinstance(value, list) else content[name]
        assert got == value
    tess_at.open(f"/teach/questions/{slug}/publish")
    assert "Published" in tess_at.press("Publish").words
    assert own(session, slug).is_served


@pytest.mark.parametrize("kind", TYPES)
def test_saving_what_stands_there_changes_nothing(tess_at: Browser, session: Session, kind: str) -> None:
    slug = begin(tess_at, kind)
    for fields in (STEM, *WRITTEN[kind][0]):
        type_in(tess_at, fields)
    before = content_of(session, slug)
    type_in(tess_at, {})
    assert content_of(session, slug) == before


def all_fields(shape: Shape) -> set[str]:
    """The names of the fields of a form, those of its parts and of a row of its rows."""
    names: set[str] = set()
    for field in shape.fields():
        names.add(field.short_name)
        if isinstance(field, Part):
            names |= all_fields(field.form)
        elif hasattr(field, "pattern"):
            names |= all_fields(field.pattern.form)
    return names


@pytest.mark.pure
@pytest.mark.parametrize("kind", TYPES)
def test_the_form_has_every_field_that_a_bank_can_have(kind: str) -> None:
    fields = all_fields(FORMS[kind]())
    # The id and the revision are nobody's to type.
    assert set(Head.model_fields) - {"id", "revision", "kind"} <= fields
    assert set(TYPES[kind].Body.model_fields) <= fields


def posted(form: QuestionForm) -> Fields:
    """What a browser would send of a form as it stands."""
    sent: Fields = {}

    def walk(shape: Shape) -> None:
        for field in shape.fields():
            if isinstance(field, Part):
                walk(field.form)
            elif hasattr(field, "rows"):
                for row in field.rows:
                    walk(row.form)
            elif field.shape == "yes":
                sent.update({field.name: "yes"} if field.data else {})
            elif field.shape == "levels":
                sent.update({f"{field.name}-{key}": str(level) for key, level in field.data.items()})
            else:
                sent[field.name] = field.typed

    walk(form)
    return sent


@pytest.mark.pure
def test_every_question_of_the_course_goes_through_its_form_unchanged() -> None:
    from werkzeug.datastructures import MultiDict

    questions = list(load_course(COURSE)[0].questions.values())
    assert {question.kind for question in questions} == set(TYPES)
    for question in questions:
        content = json.loads(json.dumps(as_content(question)))
        form = FORMS[question.kind](content=content, lesson=question.lesson)
        again = FORMS[question.kind](MultiDict(posted(form)))
        read, wrong = read_draft(
            again.content(), slug=question.id, revision=question.head.revision, lesson=str(again["lesson"].data)
        )
        assert wrong == []
        assert read
        # The grid has its own order of cells.
        assert _sorted(as_content(read)) == _sorted(as_content(question)), question.id


def _sorted(content: dict[str, Any]) -> dict[str, Any]:
    cells = content.get("cells")
    return content | ({"cells": sorted(cells, key=lambda it: it["cell"])} if cells else {})
