"""A lesson file → Lesson: front matter, Markdown, directives."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.model import Box, Check, Figure, Lesson, Note, Prose, QuoteBlock
from app.lessons.parse import BLOCKS, ONE_LINERS, read_lesson, slug

pytestmark = pytest.mark.pure

HEAD = """\
---
id: 01-a-lesson
number: 1
title: A lesson
strand: sources
minutes: 5
objectives: [src.date]
---
"""
FIRST = HEAD.count("\n") + 1


def lesson(body: str) -> Lesson:
    found, problems = read_lesson(HEAD + dedent(body), "lessons/sources/01-a-lesson.md")
    assert problems == []
    assert found is not None
    return found


def blocks(body: str) -> list[Any]:
    return [block for segment in lesson(body).segments for block in segment.blocks]


def only(body: str) -> Any:
    (block,) = blocks(body)
    return block


def problems_of(body: str) -> list[tuple[int, str, str]]:
    """Line counted from the first one after the front matter, rule and message."""
    _, problems = read_lesson(HEAD + dedent(body), "a.md")
    return [(problem.line - FIRST + 1, problem.rule, problem.message) for problem in problems]


def test_a_segment_goes_from_one_heading_to_the_next() -> None:
    found = lesson("Before.\n\n## One idea\nFirst.\n\n## Another *idea*\nSecond.\n").segments
    assert [(s.heading, s.anchor, len(s.blocks)) for s in found] == [
        ("", "", 1),
        ("One idea", "one-idea", 1),
        ("Another *idea*", "another-idea", 1),
    ]


def test_lines_are_those_of_the_file() -> None:
    found = lesson("Before.\n\n## One idea\n\nFirst.\n::: check a-question\n").segments
    assert [s.line for s in found] == [FIRST, FIRST + 2]
    assert [b.line for b in found[1].blocks] == [FIRST + 4, FIRST + 5]


def test_smaller_headings_stay_in_their_segment() -> None:
    (segment,) = lesson("## One\n### Smaller\nText\n").segments
    assert "<h3>Smaller</h3>" in segment.blocks[0].html  # type: ignore[union-attr]


def test_a_check_names_one_question() -> None:
    block = only("::: check injuries-as-of\n")
    assert isinstance(block, Check)
    assert (block.questions, block.role) == (("injuries-as-of",), "check")


def test_prequestions_name_one_question_a_line() -> None:
    block = only("::: prequestions\nfirst-guess\n\nsecond-guess\n:::\n")
    assert isinstance(block, Check)
    assert (block.questions, block.role) == (("first-guess", "second-guess"), "prequestions")


def test_a_lesson_knows_its_checks_each_once_in_order() -> None:
    found = lesson("::: prequestions\nb\n:::\n## One\n::: check a\n## Two\n::: check b\n::: check c\n")
    assert found.checks == ("b", "a", "c")


def test_a_quotation_is_named_by_its_id() -> None:
    block = only("::: quote no-losses\n")
    assert isinstance(block, QuoteBlock)
    assert block.quote == "no-losses"


@pytest.mark.parametrize(
    ("rest", "field", "value"),
    [
        ("claim=C16", "claim", "C16"),
        ("term=brain-injury", "term", "brain-injury"),
        ('title="Some words"', "title", "Some words"),
        ("title=Disputed", "title", "Disputed"),
    ],
)
def test_a_note_is_to_a_claim_a_term_or_free(rest: str, field: str, value: str) -> None:
    block = only(f"::: note {rest}\nText with *weight*.\n:::\n")
    assert isinstance(block, Note)
    assert {"claim": None, "term": None, "title": None} | {field: value} == {
        name: getattr(block, name) for name in ("claim", "term", "title")
    }
    assert "<em>weight</em>" in block.html


def test_a_note_may_be_empty() -> None:
    block = only("::: note term=brain-injury\n:::\n")
    assert (block.markdown, block.html) == ("", "")


def test_a_figure_has_alternative_text_and_caption() -> None:
    block = only("::: figure count-over-time\nalt: A line that rises.\ncaption: It rose.\n:::\n")
    assert isinstance(block, Figure)
    assert (block.name, block.alt, block.caption, block.svg) == (
        "count-over-time",
        "A line that rises.",
        "It rose.",
        "",
    )


@pytest.mark.parametrize("role", ["worked", "faded", "summary"])
def test_boxes_have_a_role_a_title_and_markdown(role: str) -> None:
    block = only(f"::: {role} How to date it\n1. Look.\n2. Write.\n:::\n")
    assert isinstance(block, Box)
    assert (block.role, block.title) == (role, "How to date it")
    assert block.html.count("<li>") == 2


def test_prose_between_directives_keeps_its_order() -> None:
    found = blocks("One.\n::: quote q\nTwo.\n\n::: check c\n\nThree.\n")
    assert [type(b) for b in found] == [Prose, QuoteBlock, Prose, Check, Prose]
    assert [b.markdown for b in found if isinstance(b, Prose)] == ["One.", "Two.", "Three."]


def test_sources_are_numbered_by_first_use_everywhere() -> None:
    found = lesson(
        """\
        Later.[^S02] First again.[^S01][^S02]
        ::: note title="N"
        Noted.[^S03]
        :::
        ## More
        Old one.[^S01] New one.[^S04]
        """
    )
    assert found.citations == ("S02", "S01", "S03", "S04")
    html = found.segments[0].blocks[0].html  # type: ignore[union-attr]
    assert html.index('href="#source-S02"') < html.index('href="#source-S01"')
    assert html.count('aria-label="Source 1"') == 2


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("Text\n::: chart x\n", 2, "no directive “chart”"),
        ("::: check\n", 1, "followed by one id"),
        ("::: check two ids\n", 1, "followed by one id"),
        ("\n::: quote No_Losses\n", 2, "followed by one id"),
        ("::: note claim=C16\nText\n", 1, "“::: note” is not closed"),
        ("::: worked A\nText\n::: check a\n", 1, "“::: worked” is not closed"),
        ("::: summary\n", 1, "“::: summary” is not closed"),
        ("Text\n\n:::\n", 3, "closes nothing"),
        ("::: Check a\n", 1, "small letters"),
        (":::: check a\n", 1, "small letters"),
        ("::: note\nText\n:::\n", 1, "claim=C16, term=some-term or title="),
        ("::: note claim=C16 term=x\n:::\n", 1, "claim=C16, term=some-term or title="),
        ("::: note colour=red\n:::\n", 1, "claim=C16, term=some-term or title="),
        ("::: figure\nalt: x\n:::\n", 1, "name of a file in lessons/figures"),
        ("::: figure ../secret\nalt: x\n:::\n", 1, "name of a file in lessons/figures"),
        ("::: figure Counts.svg\nalt: x\n:::\n", 1, "name of a file in lessons/figures"),
        ("::: figure a\nalt: x\ntitle: y\n:::\n", 1, "not “title”"),
        ("## Same\nx\n## Same\n", 3, "Two headings read “Same”"),
    ],
)
def test_a_mistake_names_its_line(body: str, line: int, says: str) -> None:
    found = problems_of(body)
    assert [(entry[0], entry[1]) for entry in found] == [(line, "FMT-06")], found
    assert says in found[0][2]


def test_a_mistake_in_a_figures_fields_names_its_line_in_the_file() -> None:
    assert [(line, rule) for line, rule, _ in problems_of("Text\n::: figure a\nalt: x\nalt: y\n:::\n")] == [
        (4, "FMT-05")
    ]


def test_all_mistakes_come_at_once() -> None:
    assert [line for line, _, _ in problems_of("::: chart\n\n:::\n::: check\n")] == [1, 3, 4]


@pytest.mark.parametrize(
    ("old", "new", "line", "rule", "says"),
    [
        ("minutes: 5\n", "", 2, "FMT-04", "“minutes” is missing"),
        ("minutes: 5", "minutes: five", 6, "FMT-03", "“minutes”"),
        ("minutes: 5", "minutes: 0", 6, "FMT-03", "“minutes”"),
        ("minutes: 5", "minutes: 5\nauthor: x", 7, "FMT-02", "no field “author”"),
        ("title: A lesson", "title: A lesson\ntitle: B", 5, "FMT-05", "given twice"),
        ("objectives: [src.date]", "objectives: [date]", 7, "FMT-03", "objectives"),
        ("id: 01-a-lesson", "id: A Lesson", 2, "FMT-03", "“id”"),
        ("title: A lesson", "title: [A lesson", 5, "FMT-01", "not YAML"),
    ],
)
def test_a_mistake_in_the_front_matter_names_its_line(old: str, new: str, line: int, rule: str, says: str) -> None:
    _, problems = read_lesson(HEAD.replace(old, new) + "Text\n", "a.md")
    assert rule in {problem.rule for problem in problems}
    found = next(problem for problem in problems if problem.rule == rule)
    assert says in found.message
    assert found.line == line


@pytest.mark.parametrize("text", ["", "Text", "---\nid: x\n", "\n---\nid: x\n---\n", "--- \n"])
def test_a_text_without_front_matter_is_no_lesson(text: str) -> None:
    found, problems = read_lesson(text, "a.md")
    assert found is None
    assert [(p.line, p.rule) for p in problems] == [(1, "FMT-01")]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "---",
                    ":::",
                    "::: note claim=C01",
                    "::: check a",
                    "::: figure f",
                    "alt: x",
                    "## H",
                    "## [",
                    "[^S01]",
                ]
            ),
            st.text(max_size=12),
        ),
        max_size=14,
    )
)
def test_any_text_at_all_is_parsed_without_an_exception(lines: list[str]) -> None:
    found, problems = read_lesson(HEAD + "\n".join(lines), "a.md")
    assert found is not None or problems
    read_lesson("\n".join(lines), "a.md")


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("A number, kept", "a-number-kept"),
        ("*Emphasis* & **more**", "emphasis-more"),
        ("Übung", "übung"),
        ("  What?  ", "what"),
        ("[a term]{term=x} here", "a-term-here"),
    ],
)
def test_a_heading_makes_a_readable_anchor(heading: str, anchor: str) -> None:
    assert slug(heading) == anchor


def test_every_directive_is_named_in_the_message_about_unknown_ones() -> None:
    message = problems_of("::: nonsense\n")[0][2]
    assert all(name in message for name in (*ONE_LINERS, *BLOCKS))


@pytest.mark.parametrize("heading", ["Summary", "Sources", "Finish", "Check yourself", "Main"])
def test_a_heading_never_takes_an_id_that_the_page_has(heading: str) -> None:
    assert lesson(f"## {heading}\n\nWords.\n").segments[-1].anchor == f"part-{slug(heading)}"
