"""`offramp quiz`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.db import transaction
from app.learning.service import hand_in
from app.library.model import Library
from app.quiz.models import Answer, Attempt
from app.quiz.queries import own_attempt
from tests.factories import NOON

Run = Callable[..., Any]
Lines = Callable[..., list[str]]
Find = Callable[[str], Attempt]


def typed(*lines: str) -> str:
    """Lines as they are typed."""
    return "".join(f"{line}\n" for line in lines)


def answers(session: Session) -> int:
    """How many answers are stored."""
    session.rollback()
    return session.query(Answer).count()


def test_journey_from_lesson_to_result(run: Run, lines: Lines) -> None:
    run("read", "1", "--ask", input="\n" * 20)
    first = run("quiz", input="q\n").output
    assert "Check: A costly word" in first
    assert "Question 1 of 4" in first
    out = run("quiz", input=typed(*lines("mixed"), "h", "n")).output
    assert "Result: 4 of 4" in out
    assert "Your best: 4 of 4" in out
    assert "Another attempt?" in out
    assert "best 4 of 4, 1 attempt" in run("progress").output


def test_stopped_quiz_goes_on_at_the_first_blank(run: Run, lines: Lines) -> None:
    run("quiz", "mixed", input="q\n")
    first, second, *_ = lines("mixed")
    kept = run("quiz", "mixed", input=typed(first, second, "q")).output
    assert "Kept. Go on with: offramp quiz mixed" in kept
    again = run("quiz", "mixed", input="q\n").output
    assert "You go on with an attempt: 2 of 4 questions are answered." in again
    assert "Question 3 of 4" in again
    assert "Question 1 of 4" not in again


def test_end_of_input_keeps_every_answer(run: Run, session: Session, lines: Lines) -> None:
    run("quiz", "mixed", input="q\n")
    result = run("quiz", "mixed", input=typed(lines("mixed")[0]))
    assert result.exit_code == 0
    assert "Kept." in result.output
    assert answers(session) == 1


@pytest.mark.parametrize("line", ["9", "x", "1,2", "-1", "1;9", ",", "½"])
def test_unreadable_choice_is_asked_again_and_costs_nothing(run: Run, session: Session, line: str) -> None:
    out = run("quiz", "mixed", input=typed(line, "q")).output
    assert out.count("Answer:") == 2
    assert out.count("Question 1 of 4") == 1
    assert answers(session) == 0


@pytest.mark.parametrize("line", ["1 1 2 3", "1 2", "9 8 7 6", "one two", "0"])
def test_unreadable_order_is_asked_again_and_costs_nothing(run: Run, session: Session, line: str) -> None:
    out = run("quiz", "mixed", input=typed("g 3", line, "q")).output
    assert out.count("Answer:") == 3
    assert answers(session) == 0


def test_unreadable_text_is_asked_again_and_costs_nothing(run: Run, session: Session) -> None:
    out = run("quiz", "mixed", input=typed("g 4", "x" * 101, "bell \x07", ":q")).output
    assert "Use at most 100 characters; this has 101." in out
    assert "This has characters that cannot be shown" in out
    assert answers(session) == 0


def test_order_is_typed_from_first_to_last_place(run: Run, attempt: Find, lines: Lines) -> None:
    run("quiz", "mixed", input="q\n")
    right = lines("mixed")[2]
    out = run("quiz", "mixed", input=typed("g 3", right, ":p", ":q")).output
    assert f"Your answer so far: {right} (Enter keeps it)" in out
    assert attempt("mixed").slots[2].answer_id is not None


def test_words_that_look_like_commands_are_answers_where_words_are_typed(run: Run, session: Session) -> None:
    run("quiz", "mixed", input=typed("g 4", "n", "q"))
    session.rollback()
    assert [row.response for row in session.query(Answer)] == ['{"text":"n"}']


def test_colon_marks_a_command_at_every_question(run: Run) -> None:
    out = run("quiz", "mixed", input=typed(":n", ":g 4", ":p", ":q")).output
    shown = [line.split()[1] for line in out.splitlines() if line.startswith("Question ")]
    assert shown == ["1", "2", "4", "3"]


def test_unknown_command_is_told(run: Run) -> None:
    assert "There is no command ':x'; ? shows them all." in run("quiz", "mixed", input=typed(":x", "q")).output


def test_help_at_the_prompt_lists_the_commands(run: Run) -> None:
    out = run("quiz", "mixed", input=typed("?", "q")).output
    for words in ("next question", "flag the question", "hand in", "keep everything and stop"):
        assert words in out


def test_flag_is_stored_and_taken_off(run: Run, attempt: Find) -> None:
    run("quiz", "mixed", input=typed("f", "q"))
    assert attempt("mixed").slots[0].flagged
    assert "blank, flagged" in run("quiz", "mixed", input=typed("r", "q")).output
    run("quiz", "mixed", input=typed("f", "q"))
    assert not attempt("mixed").slots[0].flagged


def test_answer_can_be_changed_and_cleared(run: Run, session: Session, attempt: Find) -> None:
    run("quiz", "mixed", input=typed("1", "p", "2", "p", "c", "q"))
    session.rollback()
    assert attempt("mixed").slots[0].answer_id is None
    assert answers(session) == 3
    assert "4 are blank" in run("quiz", "mixed", input=typed("h", "h", "n", "q")).output.replace("questions ", "")


def test_review_comes_before_handing_in(run: Run, lines: Lines, attempt: Find) -> None:
    run("quiz", "mixed", input="q\n")
    out = run("quiz", "mixed", input=typed(*lines("mixed"), "q")).output
    assert "Review before you hand in" in out
    assert "4 of 4 answered" in out
    assert attempt("mixed").is_open


def test_review_leads_to_a_question_and_back(run: Run, lines: Lines) -> None:
    run("quiz", "mixed", input="q\n")
    answer = lines("mixed")[1]
    out = run("quiz", "mixed", input=typed("r", "2", answer, "q")).output
    assert out.count("Review before you hand in") == 2
    assert "1 of 4 answered" in out


def test_handing_in_with_blanks_asks_first(run: Run, attempt: Find) -> None:
    out = run("quiz", "mixed", input=typed("h", "h", "", "q")).output
    assert "4 questions are blank and will score 0. Hand in?" in out
    assert attempt("mixed").is_open
    done = run("quiz", "mixed", input=typed("h", "h", "y", "n")).output
    assert "Result: 0 of 4" in done
    assert "Left blank" in done


def test_result_explains_every_option(run: Run, library: Library, lines: Lines) -> None:
    run("quiz", "mixed", input="q\n")
    out = " ".join(run("quiz", "mixed", input=typed(*lines("mixed", right=False), "h", "n")).output.split())
    for slug in library.quizzes["mixed"].questions:
        question = library.questions[slug]
        assert question.head.explanation in out
        for option in [*getattr(question.body, "options", ()), *getattr(question.body, "elements", ())]:
            assert option.feedback in out
    assert "Wrong. You chose this." in out
    assert "Missed. This was right." in out
    assert "Right answer:" in out


def test_nothing_tells_a_key_before_hand_in(run: Run, library: Library, lines: Lines) -> None:
    run("quiz", "mixed", input="q\n")
    lines_to_type = typed("?", *lines("mixed"), "1", "p", "f", "r", "q")
    out = " ".join(run("quiz", "mixed", input=lines_to_type).output.split())
    for slug in library.quizzes["mixed"].questions:
        question = library.questions[slug]
        assert question.head.explanation not in out
        for option in [*getattr(question.body, "options", ()), *getattr(question.body, "elements", ())]:
            assert option.feedback not in out
            assert "-" not in option.id or option.id not in out
        for accepted in getattr(question.body, "accept", ())[1:]:
            assert accepted.text not in out
    assert not [word for word in ("Right", "Wrong", "✓", "✗", "Result") if word in out]


def test_another_attempt_starts_at_once(run: Run, lines: Lines) -> None:
    run("quiz", "mixed", input="q\n")
    out = run("quiz", "mixed", input=typed(*lines("mixed"), "h", "y", "q")).output
    assert out.count("4 questions. Answers are saved as you go.") == 1
    assert "Kept. Go on with: offramp quiz mixed" in out


@pytest.mark.parametrize("name", ["1", "01-a-costly-word", "mixed", "mix"])
def test_quiz_is_found_by_lesson_or_id(run: Run, name: str) -> None:
    assert "Check: A costly word" in run("quiz", name, input="q\n").output


def test_unknown_quiz_lists_those_there_are(run: Run) -> None:
    result = run("quiz", "nothing")
    assert result.exit_code == 1
    assert "There is no quiz 'nothing'. Quizzes: mixed, check-02, across" in result.stderr


def test_hand_in_elsewhere_is_noticed(terminal: Run, offramp: Run) -> None:
    screen = terminal("quiz", "mixed")
    screen.says("Answer: ")
    elsewhere = offramp("quiz", "mixed", input=typed("h", "h", "y", "n"))
    assert "Result: 0 of 4" in elsewhere.stdout
    screen.type("1")
    screen.says("Too late: this attempt has been handed in.")
    screen.says("This attempt has been handed in from another window.")
    screen.says("Result: 0 of 4")


def test_answer_after_hand_in_is_kept_and_does_not_count(run: Run, session: Session, attempt: Find) -> None:
    run("quiz", "mixed", input=typed("1", "q"))
    found = attempt("mixed")
    with transaction() as writing:
        hand_in(writing, own_attempt(writing, found.id, user_id=found.user_id), now=NOON)
    out = run("quiz", "mixed", input="q\n").output
    assert "4 questions. Answers are saved as you go." in out
    session.rollback()
    assert session.query(Attempt).count() == 2


def test_two_terminals_share_one_attempt_and_say_so(terminal: Run, offramp: Run) -> None:
    screen = terminal("quiz", "mixed")
    screen.says("Answer: ")
    offramp("quiz", "mixed", input=typed("2", "q"))
    screen.type("1")
    screen.says("It replaces an answer given at")
