"""Every kind of question in the terminal, from the first line typed to the explanation."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.library.model import Library
from app.quiz.models import Answer, Attempt

Run = Callable[..., Any]
Lines = Callable[..., list[str]]
Find = Callable[[str], Attempt]
DRAWN = re.compile("[\u2500-\u257f✓✗·│…]")


def typed(*lines: str) -> str:
    """Lines as they are typed."""
    return "".join(f"{line}\n" for line in lines)


def position_of(library: Library, kind: str) -> int:
    """Where the quiz with every kind asks this one."""
    slugs = library.quizzes["every-kind"].questions
    return next(place for place, slug in enumerate(slugs, 1) if library.questions[slug].kind == kind)


def responses(session: Session) -> list[str | None]:
    """The stored responses, the oldest first."""
    session.rollback()
    return [row.response for row in session.query(Answer).order_by(Answer.id)]


@pytest.mark.parametrize("plain", [(), ("--plain",)])
def test_right_answers_to_every_kind_earn_every_point(run: Run, lines: Lines, plain: tuple[str, ...]) -> None:
    run("quiz", "every-kind", input="q\n")
    out = run(*plain, "quiz", "every-kind", input=typed(*lines("every-kind"), "h", "n")).output
    assert "Result: 7 of 7" in out
    assert "A forecast: no mark" in out
    assert "Waits for a mark" in out
    assert "1 answer waits for a mark: this score is provisional." in out


def test_plain_mode_draws_nothing_for_any_kind(run: Run, lines: Lines) -> None:
    run("quiz", "every-kind", input="q\n")
    out = run(
        "--plain", "quiz", "every-kind", input=typed(*lines("every-kind", right=False), "r", "h", "y", "n")
    ).output
    assert not DRAWN.findall(out)


def test_no_kind_overruns_80_columns(run: Run, lines: Lines) -> None:
    run("quiz", "every-kind", input="q\n")
    out = run(
        "quiz", "every-kind", input=typed(*lines("every-kind", right=False), "r", "h", "y", "n"), COLUMNS=""
    ).output
    assert max(len(line) for line in out.splitlines()) <= 80


def test_no_kind_tells_its_key_before_hand_in(run: Run, library: Library, lines: Lines) -> None:
    run("quiz", "every-kind", input="q\n")
    out = " ".join(run("quiz", "every-kind", input=typed(*lines("every-kind"), "q")).output.split())
    for slug in library.quizzes["every-kind"].questions:
        assert library.questions[slug].head.explanation not in out
    assert not [word for word in ("Right", "Wrong", "✓", "✗", "Result") if word in out]


def test_parts_are_saved_one_by_one_and_asked_for_in_turn(run: Run, session: Session, library: Library) -> None:
    at = position_of(library, "matching")
    out = run("quiz", "every-kind", input=typed(f":g {at}", "a", ":q")).output
    assert "Letter for 1: a\nLetter for 2:" in out
    assert len(responses(session)) == 1
    again = run("quiz", "every-kind", input=typed(f":g {at}", "b", "", ":q")).output
    assert "Your answer so far: 1a (Enter keeps it)" in again
    assert re.search(r"Saved. 3.* are still blank.", again)


def test_option_given_twice_is_told_and_the_rest_is_kept(run: Run, library: Library) -> None:
    at = position_of(library, "matching")
    out = run("quiz", "every-kind", input=typed(f":g {at}", "a", "a", "b", ":p", ":q")).output
    assert "Two prompts have the same option" in out
    assert "Letter for 2: b\nLetter for 3:" in out


def test_letter_that_no_option_has_may_have_been_a_command(run: Run, library: Library) -> None:
    at = position_of(library, "matching")
    out = run("quiz", "every-kind", input=typed(f":g {at}", "n", ":q")).output
    assert "There is no letter 'n'" in out
    assert "If you meant a command, put a colon before it: :n" in out


def test_grade_is_typed_as_it_is_spoken(run: Run, session: Session, library: Library) -> None:
    at = position_of(library, "source_rating")
    out = run("quiz", "every-kind", input=typed(f":g {at}", "c", "3", ":q")).output
    assert "How reliable is the source? (A to F): c" in out
    assert responses(session)[-1] == '{"assigned":{"source":"C","content":"3"}}'


def test_text_of_several_lines_is_kept_line_by_line(run: Run, session: Session, library: Library) -> None:
    at = position_of(library, "free_response")
    out = run("quiz", "every-kind", input=typed(f":g {at}", "The guard counted boats.", "The company")).output
    assert "4 of 150 words, go on:" in out
    assert responses(session)[-1] == '{"text":"The guard counted boats.\\nThe company"}'
    again = run("quiz", "every-kind", input=typed(f":g {at}", "counted tickets.", ".", "r", "q")).output
    assert "Your text so far:\n  The guard counted boats.\n  The company\n" in again
    assert responses(session)[-1] == '{"text":"The guard counted boats.\\nThe company\\ncounted tickets."}'


def test_text_that_grows_too_long_keeps_what_fits(run: Run, session: Session, library: Library) -> None:
    at = position_of(library, "free_response")
    out = run("quiz", "every-kind", input=typed(f":g {at}", "One line.", "word " * 160, "Another.", ".", "q")).output
    assert "Use at most 150 words; this has 162." in out
    assert responses(session)[-1] == '{"text":"One line.\\nAnother."}'


@pytest.mark.parametrize("line", ["1,000", "many", "½", "1 2", "e"])
def test_unreadable_number_is_asked_again_and_costs_nothing(
    run: Run, session: Session, library: Library, line: str
) -> None:
    at = position_of(library, "numeric")
    run("quiz", "every-kind", input=typed(f":g {at}", line, "q"))
    assert responses(session) == []


def test_lesson_asks_every_kind_on_the_way(run: Run) -> None:
    out = run("read", "3", "--ask", input="\n" * 60).output
    assert "Letter for 1 (Enter skips, :q stops):" in out
    assert "Your text (Enter skips, :q stops):" in out
    assert "Lesson finished." in out
