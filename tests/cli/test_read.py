"""`offramp read`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.learning.models import LessonProgress, SelfCheck
from app.library.model import Library
from app.questions.types import TYPES
from tests.cli.conftest import typed_line


def stored_check(session: Session, slug: str) -> SelfCheck | None:
    """The stored answer to a self-check."""
    session.rollback()
    return session.query(SelfCheck).filter(SelfCheck.question == slug).one_or_none()


def stored_progress(session: Session) -> LessonProgress:
    """The only row of progress in lessons."""
    session.rollback()
    return session.query(LessonProgress).one()


def check_line(library: Library, slug: str, *, right: bool = True) -> str:
    """What to type at a self-check."""
    from app.learning.service import check_order

    question = library.questions[slug]
    kind = TYPES[question.kind]
    wanted = [s.response for s in kind.samples(question.body) if s.response and s.score == float(right)]
    order = check_order(library, slug)
    return typed_line(kind.view(question.body, order), kind.fill(question.body, wanted[0], order))


def test_whole_text_has_every_block(run: Callable[..., Any]) -> None:
    out = run("read", "2").output
    for words in (
        "Two counts",
        "The first count is early",
        "“nobody was hurt”",
        "Note: Claim C01, paragraph",
        "Note: Disputed",
        "Figure: A line of two dots, low on 3 March and high on 9 March.",
        "The count rose within six days.",
        "Worked example: How to date a count",
        "Your turn: Now with the last step left out",
        "Which of these did the coast guard count itself?",
        "Our three lines",
        "The log of the night https://example.org/log",
        "Sources",
    ):
        assert words in out, words


def test_citations_are_numbers_and_markup_is_gone(run: Callable[..., Any]) -> None:
    out = run("read", "1").output
    assert "will not sail.[1]" in out
    assert "That is a costly signal." in out
    assert not [mark for mark in ("[^", "{term", ":::", "**") if mark in out]
    assert "\n[1] " in out


def test_table_is_columns_in_a_pipe_and_sentences_in_plain_words(run: Callable[..., Any]) -> None:
    assert "Who          What\n-----------  ----------\nCoast guard  boats\n" in run("read", "2").output
    assert "Who Coast guard. What: boats.\nWho Company. What: passengers.\n" in run("--plain", "read", "2").output


@pytest.mark.parametrize("name", ["2", "02-two-counts", "02-t"])
def test_lesson_is_found_by_number_id_or_beginning(run: Callable[..., Any], name: str) -> None:
    result = run("read", name)
    assert result.exit_code == 0
    assert "The first count is early" in result.output


@pytest.mark.parametrize(
    ("name", "said"),
    [("99", "There is no lesson '99'."), ("0", "There is no lesson '0'."), ("x", "no lesson 'x'")],
)
def test_unknown_lesson_lists_those_there_are(run: Callable[..., Any], name: str, said: str) -> None:
    result = run("read", name)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "1 (A costly word), 2 (Two counts)" in result.stderr


def test_whole_text_tells_no_key(run: Callable[..., Any], library: Library) -> None:
    out = run("read", "1").output
    for slug in library.lessons["01-a-costly-word"].checks:
        question = library.questions[slug]
        assert question.head.explanation not in " ".join(out.split())
        for option in question.body.options:
            assert " ".join(option.feedback.split()) not in " ".join(out.split())


def test_self_check_is_stored_and_explained(run: Callable[..., Any], session: Session, library: Library) -> None:
    out = run("read", "1", "--ask", input=f"\n\n\n{check_line(library, 'cost-check')}\n").output
    found = stored_check(session, "cost-check")
    assert found is not None
    assert found.score == 1.0
    assert "Right. You chose this." in out
    assert "A ferry that stays at the quay carries nobody" in out


def test_unreadable_self_check_is_asked_again_and_costs_nothing(
    run: Callable[..., Any], session: Session, library: Library
) -> None:
    out = run("read", "1", "--ask", input=f"\n\n\n9\n{check_line(library, 'cost-check')}\n").output
    assert "There is no option '9'; choose from 1 to 3." in out
    found = stored_check(session, "cost-check")
    assert found is not None
    assert found.score == 1.0


def test_prequestion_is_explained_only_when_the_lesson_is_finished(run: Callable[..., Any], library: Library) -> None:
    wrong = check_line(library, "cost-guess", right=False)
    explanation = "The tied-up ship costs its owner a day of fares"
    before = run("read", "1", "--ask", input=f"{wrong}\nq\n").output
    assert "Kept. It is explained when you have finished the lesson." in before
    assert explanation not in before
    assert explanation not in run("read", "1").output
    after = run("read", "1", "--ask", input="n\n" + "\n" * 20).output
    assert after.index("Finish lesson?") < after.index(explanation)


def test_place_is_kept_and_offered_again(run: Callable[..., Any], session: Session) -> None:
    stopped = run("read", "1", "--ask", input="\n\nq\n").output
    assert "Your place is kept. Go on with: offramp read 1" in stopped
    assert stored_progress(session).anchor == "a-warning-that-costs-nothing"
    again = run("read", "1", "--ask", input="y\nq\n").output
    assert "You stopped at “A warning that costs nothing”. Go on there?" in again
    assert "A warning can be cheap or dear" not in again


def test_end_of_input_finishes_nothing(run: Callable[..., Any], session: Session) -> None:
    run("read", "1", "--ask", input="\n\n\n\n")
    assert stored_progress(session).finished_at is None


def test_own_summary_is_kept_before_ours_is_shown(run: Callable[..., Any], session: Session) -> None:
    out = run("read", "1", "--ask", input="\n\n\n\nWords are free.\nDeeds cost.\n\n").output
    assert stored_progress(session).summary == "Words are free.\nDeeds cost."
    assert out.index("2: Deeds cost.") < out.index("Our three lines")


def test_skipped_summary_shows_none_of_ours(run: Callable[..., Any]) -> None:
    out = run("read", "1", "--ask", input="\n" * 20).output
    assert "Skipped. Ours is shown when you have written yours." in out
    assert "Our three lines" not in out


def test_finishing_leads_to_the_quiz(run: Callable[..., Any], session: Session) -> None:
    out = run("read", "1", "--ask", input="\n" * 20).output
    assert stored_progress(session).finished_at is not None
    assert "Next: offramp quiz 1" in out


def test_terminal_asks_on_the_way(terminal: Callable[..., Any]) -> None:
    screen = terminal("read", "1")
    screen.says("Before you read: what would you guess?")
    screen.says("Answer (Enter skips, :q stops):")
    screen.type(":q")
    screen.says("Your place is kept.")
    assert screen.ends() == 0


def test_long_text_goes_through_the_pager(terminal: Callable[..., Any]) -> None:
    screen = terminal("read", "1", "--no-ask", PAGER="sed s/^/PAGED:/")
    assert screen.ends() == 0
    assert "PAGED:" in screen.seen
    assert "A costly word" in screen.seen
