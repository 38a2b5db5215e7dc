"""The table of questions without pages: what a search finds, what filters leave, and the order."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.authoring.bank import COLUMNS, NONE, Bank, Entry, Row, Wanted, narrowed, ordered, row_of
from app.authoring.draft import as_content
from app.authoring.searching import fold, needles
from app.library.model import EMPTY_COURSE, Library
from app.questions.types import TYPES
from app.quiz.queries import Asked
from tests.authoring.making import changed
from tests.factories import NOON

TESS, TOVE = uuid.UUID(int=1), uuid.UUID(int=2)
EMPTY = Library(EMPTY_COURSE)


def row(slug: str = "own-a", library: Library = EMPTY, lesson: str = "", **fields: Any) -> Row:
    """A row of a question with these fields of its content; `facts` are those that its row says."""
    facts = {name: fields.pop(name) for name in ("status", "owner", "owner_id", "changed_at") if name in fields}
    return row_of(slug, changed(**fields), library, lesson=lesson, **{"status": "draft", "revision": 1} | facts)


def found(query: str, **fields: Any) -> bool:
    """Whether a search finds a question with these fields."""
    return bool(narrowed([row(**fields)], Wanted(q=query)))


@pytest.mark.parametrize(
    "query",
    [
        "ferry",
        "FERRY old",
        "old ferry",
        "fer",
        '"old ferry"',
        "“old ferry”",
        "„the old“ ferry",
        "«old ferry» cost",
        "board quay",
        "coins",
        "week",
        "week-3",
        '"week 3"',
        "unit/signals",
        "own-a",
        "  ",
        "",
    ],
)
def test_a_search_finds_all_words_in_any_order_their_beginnings_and_phrases(query: str) -> None:
    assert found(query, tags=["week-3"], category="Unit 1/Unit/Signals")


@pytest.mark.parametrize(
    "query",
    ["ferries", "erry", "ferry boat", '"ferry old"', '"old fer"', "???", '"quay one"', "two board zebra", "way back"],
)
def test_a_search_finds_nothing_else(query: str) -> None:
    assert not found(query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Ménage à trois", "menage a"),
        ("Straße", "STRASSE"),
        ("H<sub>2</sub>O", "h2o"),
        ("İstanbul", "istanbul"),
        ("**Bold** claim", "bold claim"),
        ("naïve", "NAÏVE"),
    ],
)
def test_accents_case_and_markup_do_not_matter(text: str, query: str) -> None:
    assert found(query, stem=text)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(max_size=60))
def test_a_question_is_found_by_every_word_of_its_stem(stem: str) -> None:
    assert all(found(word, stem=stem) for word in fold(stem).split())


@given(st.text(max_size=60))
def test_any_search_can_be_read(query: str) -> None:
    assert all(it.startswith(" ") for it in needles(query) or ())


@pytest.mark.parametrize("kind", TYPES)
def test_what_can_be_answered_is_searched_in_every_kind(library: Library, kind: str) -> None:
    question = next(it for it in library.questions.values() if it.kind == kind)
    content = as_content(question)
    words = row_of(question.id, content, library, lesson="", status="file", revision=1).words
    for name in ("options", "elements", "prompts", "sentences", "reasons"):
        for part in content.get(name, []):
            assert f" {fold(part['text'])} " in words


def test_a_draft_may_hold_anything() -> None:
    odd = row(stem=None, tags="week", level=["apply"], options="none", category=7, kind="made_up")
    assert (odd.title, odd.tags, odd.level, odd.kind_label) == ("", (), "", "No kind yet")


def test_a_question_stands_in_the_strand_of_its_objective_or_else_of_its_lesson(library: Library) -> None:
    by_objective = row(library=library, objective="src.date", lesson="01-a-costly-word")
    by_lesson = row(library=library, objective=None, lesson="01-a-costly-word")
    nowhere = row(library=library, objective="made.up", lesson="")
    assert [it.strand for it in (by_objective, by_lesson, nowhere)] == ["sources", "signalling", ""]
    assert [it.place for it in (by_objective, by_lesson, nowhere)] == ["Date a report", "A costly word", "made.up"]


FILTERS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"kind": "single_choice"}, {"kind": "matching"}),
    ({"level": "apply"}, {"level": "remember"}),
    ({"use": "practice"}, {"use": "drill"}),
    ({"objective": "sig.cost"}, {"objective": "src.date"}),
    ({"status": "published"}, {"status": "draft"}),
    ({"owner": "Tess"}, {"owner": "Tove"}),
    ({"category": "Unit 1"}, {"category": "Unit 10"}),
    ({"tag": "ferry"}, {"tag": "fer"}),
]


@pytest.mark.parametrize(("wanted", "other"), FILTERS)
def test_a_filter_leaves_what_it_says(wanted: dict[str, Any], other: dict[str, Any]) -> None:
    name, value = next(iter(wanted.items()))
    one = row(owner="Tess", category="Unit 1/Signals", tags=["ferry"], status="published")
    assert narrowed([one], Wanted(**wanted)) == [one]
    assert narrowed([one], Wanted(**other)) == [], (name, value)


@pytest.mark.parametrize("name", ["lesson", "objective", "level", "category", "tag", "owner"])
def test_a_filter_can_ask_for_those_without(name: str) -> None:
    bare = row("own-bare", objective=None, level=None)
    full = row("own-full", lesson="01", category="Unit 1", tags=["ferry"], owner="Tess")
    assert narrowed([bare, full], Wanted(**{name: NONE})) == [bare]


def test_retired_questions_come_only_when_they_are_asked_for() -> None:
    rows = [row("own-a"), row("own-b", status="retired")]
    assert [it.slug for it in narrowed(rows, Wanted())] == ["own-a"]
    assert [it.slug for it in narrowed(rows, Wanted(status="retired"))] == ["own-b"]


def many() -> list[Row]:
    """Rows that differ in every column."""
    return [
        replace(
            row(f"own-{number}", stem=f"Stem {9 - number}", owner=f"Teacher {number}", status=status),
            kind=kind,
            level=level,
            use=use,
            place=f"Place {number}",
            place_order=(1, number),
            changed_at=NOON + timedelta(minutes=number),
        )
        for number, (status, kind, level, use) in enumerate(
            [
                ("file", "cloze", "remember", "lesson"),
                ("draft", "matching", "understand", "practice"),
                ("published", "ordering", "apply", "held_out"),
                ("retired", "true_false", "evaluate", "drill"),
            ]
        )
    ]


ASKED = {(f"own-{number}", 1): Asked(10 * number, 10, number) for number in range(1, 4)}


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_orders_both_ways(column: str) -> None:
    rows = [it for it in many() if column not in ("asked", "right") or it.slug != "own-0"]
    up, down = ordered(rows, column, ASKED), ordered(rows, f"-{column}", ASKED)
    assert up == list(reversed(down))
    assert up == (list(reversed(rows)) if column == "stem" else rows)


@pytest.mark.parametrize("sort", ["right", "-right", "asked", "-asked"])
def test_what_was_not_asked_stands_last_whichever_way_round(sort: str) -> None:
    assert ordered(many(), sort, ASKED)[-1].slug == "own-0"


def test_equal_ones_keep_their_order() -> None:
    rows = [row(f"own-{letter}") for letter in "cab"]
    assert ordered(rows, "-level", {}) == rows


def test_a_teacher_sees_no_drafts_of_others_and_their_own_changes_first() -> None:
    mine = row("own-mine", owner_id=TESS, changed_at=NOON)
    theirs = row("own-theirs", owner_id=TOVE, changed_at=NOON)
    shown = replace(row("own-shown", owner_id=TOVE, changed_at=NOON + timedelta(hours=1)), status="published")
    bank = Bank(
        (row("of-a-file", status="file"),),
        {"own-theirs": Entry(theirs, None), "own-mine": Entry(mine, None), "own-shown": Entry(theirs, shown)},
    )
    assert [it.slug for it in bank.seen_by(TESS, sees_all=False)] == ["own-shown", "own-mine", "of-a-file"]
    assert len(bank.seen_by(TESS, sees_all=True)) == 4
