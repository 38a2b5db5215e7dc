"""How a quiz can be set: checked at once, practised, timed, on one page, explained later, so many attempts."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.clock import utc_now
from app.library.model import Library
from app.quiz.models import Attempt, Slot
from tests.factories import raw_answer
from tests.web.visiting import Browser, Page, answer_fields


def stored(session: Session, attempt_id: uuid.UUID) -> Attempt:
    """The attempt as the database has it now."""
    session.rollback()
    return session.get_one(Attempt, attempt_id)


def slot(session: Session, attempt_id: uuid.UUID, position: int) -> Slot:
    """A slot as the database has it now."""
    return stored(session, attempt_id).slots[position - 1]


def ask(browser: Browser, attempt: uuid.UUID, position: int) -> Page:
    """The page of a question."""
    return browser.open(f"/attempts/{attempt}/questions/{position}")


def answer(
    browser: Browser, session: Session, library: Library, attempt: uuid.UUID, position: int, button: str, *, right: bool
) -> Page:
    """Fill in a right or wrong answer on the question's page and press a button."""
    ask(browser, attempt, position)
    raw = raw_answer(library, stored(session, attempt), position, right=right)
    return browser.press(button, **{name: list(values) for name, values in raw.items()})


def hand_in(browser: Browser, attempt: uuid.UUID) -> Page:
    """Hand in from the review."""
    browser.open(f"/attempts/{attempt}/review")
    return browser.press("Hand in")


# ---------------------------------------------------------------- before it is begun


@pytest.mark.parametrize(
    ("quiz", "says"),
    [
        ("practice", "There are hints, and up to three tries"),
        ("practice", "As often as you like, with hints."),
        ("at-once", "checked and explained at once"),
        ("timed", "You have 10 minutes."),
        ("one-page", "You pass with 60 %."),
        ("later", "from 1 January 2099 on"),
        ("later", "You have 1 of 1 attempt left."),
        ("unmarked", "There is no mark."),
    ],
)
def test_the_first_page_says_how_it_is_sat(browser: Browser, quiz: str, says: str) -> None:
    assert says in browser.open(f"/quizzes/{quiz}").words


def test_quizzes_over_several_lessons_stand_on_the_course_page(browser: Browser) -> None:
    page = browser.open("/")
    signalling = page.tree.all("section", class_="strand")[0]
    assert "/quizzes/at-once" in [it.attrs["href"] for it in signalling.all("a", href="*")]
    assert "/quizzes/practice" in [it.attrs["href"] for it in page.tree.one("section", class_="whole-course").all("a")]


# ---------------------------------------------------------------- explained at once


def test_a_checked_question_is_explained_and_closed(browser: Browser, session: Session, library: Library) -> None:
    attempt = browser.start("at-once")
    page = answer(browser, session, library, attempt, 1, "Check answer", right=False)
    assert "Wrong" in page.words
    assert "Right, the crew cannot be called back" in page.words
    assert page.tree.all("input", name="choice") == []
    assert slot(session, attempt, 1).locked_at is not None


def test_before_it_is_checked_nothing_is_explained(browser: Browser, session: Session, library: Library) -> None:
    attempt = browser.start("at-once")
    page = answer(browser, session, library, attempt, 1, "Skip", right=True)
    assert "question 2 of 3" in page.heading
    assert "Right, the crew" not in ask(browser, attempt, 1).words
    assert slot(session, attempt, 1).answer_id is not None


def test_checking_nothing_asks_for_an_answer_first(browser: Browser, session: Session) -> None:
    attempt = browser.start("at-once")
    ask(browser, attempt, 1)
    page = browser.press("Check answer")
    assert page.status == 422
    assert "Give an answer first, or say that you don't know." in page.words
    assert slot(session, attempt, 1).tries == 0


def test_an_answer_after_the_check_is_refused_in_words(browser: Browser, session: Session, library: Library) -> None:
    attempt = browser.start("at-once")
    answer(browser, session, library, attempt, 1, "Check answer", right=False)
    raw = raw_answer(library, stored(session, attempt), 1)
    response = browser.send(f"/attempts/{attempt}/questions/1", answer_fields(raw, counter=9))
    assert response.status_code == 409
    assert "has been checked and is closed" in response.get_json()["message"]


@pytest.mark.parametrize("action", ["check", "hint", "show"])
def test_nothing_is_checked_where_answers_are_explained_later(
    browser: Browser, session: Session, library: Library, action: str
) -> None:
    attempt = browser.start("mixed")
    raw = raw_answer(library, stored(session, attempt), 1)
    response = browser.post(f"/attempts/{attempt}/questions/1/{action}", answer_fields(raw))
    assert response.status_code == 404
    assert slot(session, attempt, 1).tries == 0


# ---------------------------------------------------------------- practice


def test_in_practice_a_wrong_answer_may_be_tried_again_for_less(
    browser: Browser, session: Session, library: Library
) -> None:
    attempt = browser.start("practice")
    page = answer(browser, session, library, attempt, 1, "Check answer", right=False)
    assert "Not right yet." in page.words
    assert "2 tries left; the next one is worth two thirds." in page.words
    assert "Right, the crew" not in page.words
    page = answer(browser, session, library, attempt, 1, "Check answer", right=True)
    assert "Partly right after 2 tries, 0.7 of 1" in page.words
    assert slot(session, attempt, 1).score == pytest.approx(2 / 3)
    assert slot(session, attempt, 1).first_score == 0


def test_hints_come_one_after_the_other_and_keep_what_was_given(browser: Browser, session: Session) -> None:
    attempt = browser.start("practice")
    page = ask(browser, attempt, 1)
    assert "Ask of each step" not in page.words
    page = browser.press("Give me a hint", choice="2")
    assert "Hint. Ask of each step" in page.words
    assert page.tree.one("input", name="choice", checked="*").attrs["value"] == "2"
    page = browser.press("Another hint")
    assert "Hint 2. Words can be followed" in page.words
    assert "Another hint" not in page.buttons()
    assert slot(session, attempt, 1).hints == 2


def test_the_answer_is_shown_on_request_after_a_try(browser: Browser, session: Session, library: Library) -> None:
    attempt = browser.start("practice")
    assert "Show the answer" not in ask(browser, attempt, 1).buttons()
    answer(browser, session, library, attempt, 1, "Check answer", right=False)
    page = browser.press("Show the answer")
    assert "Right, the crew cannot be called back" in page.words
    assert slot(session, attempt, 1).shown


# ---------------------------------------------------------------- I don't know, and how sure


def test_i_dont_know_is_an_answer_of_its_own(browser: Browser, session: Session) -> None:
    attempt = browser.start("mixed")
    ask(browser, attempt, 1)
    page = browser.press("I don't know", choice="1")
    assert "question 2 of 4" in page.heading
    page = hand_in(browser, attempt)
    assert "You said: I don't know" in page.words
    assert "Left blank" in page.words
    assert [it.status for it in stored(session, attempt).slots] == ["dont_know", "blank", "blank", "blank"]


def test_answering_takes_i_dont_know_back(browser: Browser, session: Session) -> None:
    attempt = browser.start("mixed")
    ask(browser, attempt, 1)
    browser.press("I don't know")
    page = ask(browser, attempt, 1)
    assert "checked" in page.tree.one("input", name="dont_know").attrs
    browser.press("Save and continue", choice="1")
    page = ask(browser, attempt, 1)
    assert "checked" not in page.tree.one("input", name="dont_know").attrs
    assert page.tree.one("input", name="choice", checked="*").attrs["value"] == "1"


def test_how_sure_one_is_is_asked_kept_and_reported(browser: Browser, session: Session, library: Library) -> None:
    attempt = browser.start("mixed")
    page = ask(browser, attempt, 1)
    assert "It does not change your mark." in page.words
    raw = raw_answer(library, stored(session, attempt), 1)
    browser.press("Save and continue", confidence="85", **{name: list(values) for name, values in raw.items()})
    assert ask(browser, attempt, 1).tree.one("input", name="confidence", checked="*").attrs["value"] == "85"
    page = hand_in(browser, attempt)
    assert "You were 85 % sure, and you were right. When you say 85 %, you are right 1 of 1 time." in page.words
    assert "Certainty mark" not in page.words
    page = browser.open("/progress")
    assert "85 % sure 1 of 1 time" in page.words


def test_a_quiz_can_leave_the_question_out(browser: Browser) -> None:
    attempt = browser.start("unmarked")
    assert "How sure are you?" not in ask(browser, attempt, 1).words


def test_steps_that_a_guess_reaches_are_not_taken(browser: Browser) -> None:
    attempt = browser.start("mixed")
    response = browser.send(f"/attempts/{attempt}/questions/1", answer_fields({"choice": ["1"]}, confidence=41))
    assert response.status_code == 422


# ---------------------------------------------------------------- against the clock


def run_out(session: Session, attempt_id: uuid.UUID) -> None:
    """Let an attempt's time be up."""
    session.rollback()
    session.get_one(Attempt, attempt_id).deadline = utc_now() - timedelta(seconds=1)
    session.commit()


def test_the_deadline_stands_on_the_page(browser: Browser, session: Session) -> None:
    attempt = browser.start("timed")
    line = ask(browser, attempt, 1).tree.one("p", class_="time-left")
    deadline = stored(session, attempt).deadline
    assert deadline is not None
    assert line.attrs["data-deadline"] == deadline.isoformat()
    assert line.text.startswith("Time until")


def test_extra_time_moves_the_deadline(browser: Browser, session: Session, lee: User) -> None:
    session.merge(lee).extra_time = 50
    session.commit()
    assert "You have 15 minutes, your 50 % extra time included." in browser.sign_in("Lee").open("/quizzes/timed").words
    found = stored(session, browser.start("timed"))
    assert found.deadline is not None
    assert found.deadline - found.started_at == timedelta(minutes=15)


def test_after_the_deadline_an_answer_is_kept_and_does_not_count(
    browser: Browser, session: Session, library: Library
) -> None:
    attempt = browser.start("timed")
    raw = raw_answer(library, stored(session, attempt), 1)
    browser.post(f"/attempts/{attempt}/questions/1", answer_fields(raw))
    run_out(session, attempt)
    response = browser.send(f"/attempts/{attempt}/questions/2", answer_fields({"choice": ["1"]}))
    assert response.status_code == 409
    assert "the time was up" in response.get_json()["message"]
    page = ask(browser, attempt, 2)
    assert page.heading == "Time is up"
    assert "1 of 3 questions were answered" in page.words
    page = browser.press("See the result")
    assert "1 of 3" in page.words
    assert "2 questions were not reached." in page.words
    assert [it.status for it in stored(session, attempt).slots] == ["answered", "not_reached", "not_reached"]


def test_looking_at_an_attempt_that_is_over_changes_nothing(browser: Browser, session: Session) -> None:
    attempt = browser.start("timed")
    run_out(session, attempt)
    browser.open(f"/attempts/{attempt}")
    assert stored(session, attempt).finished_at is None


# ---------------------------------------------------------------- one page, later, so many attempts


def test_all_questions_stand_on_one_page_and_are_saved_one_by_one(
    browser: Browser, session: Session, library: Library
) -> None:
    browser.open("/quizzes/one-page")
    page = browser.press("Start the quiz")
    assert page.path.endswith("/questions")
    assert len(page.tree.all("form", class_="answer-form")) == 3
    attempt = uuid.UUID(page.path.split("/")[2])
    raw = raw_answer(library, stored(session, attempt), 2)
    response = browser.post(f"/attempts/{attempt}/questions/2", {**answer_fields(raw), "go": "stay"})
    assert response.location.endswith(f"/attempts/{attempt}/questions#q2")
    assert [it.answer_id is not None for it in stored(session, attempt).slots] == [False, True, False]
    ids = [it.attrs["id"] for it in browser.open(f"/attempts/{attempt}/questions").tree.all("input", id="*")]
    assert len(ids) == len(set(ids))


def test_what_cannot_be_read_stands_at_its_question_on_the_one_page(browser: Browser) -> None:
    attempt = browser.start("one-page")
    response = browser.post(f"/attempts/{attempt}/questions/3", answer_fields({"text": ["1,000"]}))
    page = Page(response)
    assert page.status == 422
    section = page.tree.one("section", id="q3")
    assert section.one("input", name="text").attrs["value"] == "1,000"
    assert section.all("p", class_="error")
    assert page.tree.one("section", id="q2").all("p", class_="error") == []


@pytest.mark.parametrize(("right", "says"), [(3, "Passed."), (1, "Not passed.")])
def test_the_result_says_whether_the_pass_mark_was_reached(
    browser: Browser, session: Session, library: Library, right: int, says: str
) -> None:
    attempt = browser.start("one-page")
    for position in (1, 2, 3):
        raw = raw_answer(library, stored(session, attempt), position, right=position <= right)
        browser.post(f"/attempts/{attempt}/questions/{position}", answer_fields(raw))
    page = hand_in(browser, attempt)
    assert f"{says} The pass mark is 60 %." in page.words


def test_before_its_day_the_result_is_not_shown(browser: Browser, session: Session, library: Library) -> None:
    attempt = browser.start("later")
    answer(browser, session, library, attempt, 1, "Save and continue", right=True)
    page = hand_in(browser, attempt)
    assert page.heading == "Handed in"
    assert "from 1 January 2099 on" in page.words
    assert "Right, the crew" not in page.body
    assert "1 of 2" not in browser.open("/quizzes/later").words
    for page in ("/", "/progress"):
        words = browser.open(page).words
        assert "handed in" in words, page
        assert "1 of 2" not in words, page


def test_no_more_attempts_than_allowed(browser: Browser) -> None:
    hand_in(browser, browser.start("later"))
    page = browser.open("/quizzes/later")
    assert "You have used all your attempts." in page.words
    assert page.buttons() == []
    assert browser.post("/quizzes/later/attempts").status_code == 409


def test_a_quiz_without_a_mark_is_explained_and_leaves_no_progress(
    browser: Browser, session: Session, library: Library
) -> None:
    attempt = browser.start("unmarked")
    answer(browser, session, library, attempt, 1, "Save and continue", right=True)
    page = hand_in(browser, attempt)
    assert "These questions are not marked." in page.words
    assert "Right, the crew" in page.words
    assert "Nothing to show yet" in browser.open("/progress").words


# ---------------------------------------------------------------- on paper


def test_the_paper_has_the_options_of_the_screen_and_no_key(browser: Browser) -> None:
    attempt = browser.start("mixed")
    shown = [label.text for label in ask(browser, attempt, 1).tree.all("label", class_="option")]
    paper = browser.open(f"/attempts/{attempt}/paper")
    first = paper.tree.all("section", class_="paper-question")[0]
    assert [item.text for item in first.one("ol", class_="paper-options").all("li")] == shown
    assert "Right," not in paper.body
    assert paper.tree.one("main").all("input") == []
