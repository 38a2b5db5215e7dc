"""Sitting a quiz by button alone: start, answer, move, flag, review, hand in, result, once more."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.db import transaction
from app.library.model import Library
from app.questions.draw import shown_order
from app.questions.types import TYPES
from app.quiz.models import Answer, Attempt, Slot
from tests.factories import NOON, finished, later, raw_answer
from tests.web.visiting import Browser, Page, answer_fields, filled

Count = Callable[..., int]


def stored(session: Session, attempt_id: uuid.UUID) -> Attempt:
    """The attempt as the database has it now."""
    session.rollback()
    return session.get_one(Attempt, attempt_id)


def answer_all(browser: Browser, session: Session, library: Library, attempt_id: uuid.UUID, *, right: int = 99) -> None:
    """Answer every question of an attempt, the first so many rightly."""
    attempt = stored(session, attempt_id)
    for position in [slot.position for slot in attempt.slots]:
        raw = raw_answer(library, attempt, position, right=position <= right)
        browser.post(f"/attempts/{attempt_id}/questions/{position}", answer_fields(raw))


def question(browser: Browser, attempt: uuid.UUID, position: int) -> Page:
    """The page of a question."""
    return browser.open(f"/attempts/{attempt}/questions/{position}")


@pytest.mark.parametrize(("quiz", "size"), [("mixed", 4), ("check-02", 4), ("across", 2)])
def test_the_first_page_says_how_many_questions(browser: Browser, quiz: str, size: int) -> None:
    page = browser.open(f"/quizzes/{quiz}")
    assert f"{size} questions" in page.words
    assert page.buttons() == ["Start the quiz"]
    assert "Your attempts" not in page.words


def test_starting_leads_to_the_first_question(browser: Browser, count: Count) -> None:
    browser.open("/quizzes/mixed")
    page = browser.press("Start the quiz")
    assert page.path.endswith("/questions/1")
    assert "question 1 of 4" in page.heading
    assert count(Attempt) == 1


def test_starting_twice_goes_on_with_the_open_attempt(browser: Browser, count: Count) -> None:
    assert browser.start() == browser.start()
    assert count(Attempt) == 1


def test_going_on_begins_at_the_first_question_without_an_answer(browser: Browser) -> None:
    attempt = browser.start()
    question(browser, attempt, 1)
    browser.press("Save and continue", choice="1")
    page = browser.open("/quizzes/mixed")
    assert "1 of 4 questions answered" in page.words
    assert browser.press("Go on with the quiz").path.endswith("/questions/2")
    assert browser.open(f"/attempts/{attempt}").path.endswith("/questions/2")


def test_the_same_attempt_goes_on_on_another_device(browser: Browser, other: Browser, lee: User) -> None:
    attempt = browser.sign_in("Lee").start()
    question(browser, attempt, 1)
    browser.press("Save and continue", choice="3")
    other.sign_in("Lee").open("/quizzes/mixed")
    other.press("Go on with the quiz")
    page = question(other, attempt, 1)
    assert page.tree.one("input", name="choice", checked="*").attrs["value"] == "3"


@pytest.mark.parametrize("position", [1, 2, 3, 4])
def test_every_kind_is_asked_saved_and_filled_in_again(
    browser: Browser, session: Session, library: Library, position: int
) -> None:
    attempt = browser.start()
    raw = raw_answer(library, stored(session, attempt), position)
    assert "Not answered yet" in question(browser, attempt, position).words
    browser.press("Save and continue", **raw)
    page = question(browser, attempt, position)
    assert "Saved" in page.tree.one("p", class_="saved").text
    form = page.button("Save and continue").inside("form")
    assert form is not None
    kept = {name: [value] if isinstance(value, str) else value for name, value in filled(form).items()}
    assert {name: kept[name] for name in raw} == raw


def test_saving_moves_on_and_the_last_question_leads_to_the_review(browser: Browser) -> None:
    attempt = browser.start()
    question(browser, attempt, 3)
    assert browser.press("Save and continue", **{"place-1": "1"}).path.endswith("/questions/4")
    assert browser.press("Save and continue", text="note").path == f"/attempts/{attempt}/review"


@pytest.mark.parametrize(
    ("go", "target"),
    [("previous", "/questions/1"), ("review", "/review"), ("4", "/questions/4"), ("9", "/questions/2"),
     ("²", "/questions/2"), ("9" * 5000, "/questions/2"), ("anything", "/questions/2")],
)  # fmt: skip
def test_the_button_says_where_to_go(browser: Browser, go: str, target: str) -> None:
    attempt = browser.start()
    response = browser.post(f"/attempts/{attempt}/questions/2", answer_fields({"choice": ["1"]}, go=go))
    assert response.status_code == 303
    assert response.location == f"/attempts/{attempt}{target}"


def test_flagging_keeps_the_answer_and_stays(browser: Browser) -> None:
    attempt = browser.start()
    question(browser, attempt, 1)
    page = browser.press("Flag for later", choice="2")
    assert page.path.endswith("/questions/1")
    assert page.button("Flagged").attrs["aria-pressed"] == "true"
    assert page.tree.one("input", name="choice", checked="*").attrs["value"] == "2"
    step = page.tree.one("a", aria_current="step")
    assert step.text.endswith("answered, flagged")
    assert browser.press("Flagged").button("Flag for later").attrs["aria-pressed"] == "false"


def test_the_steps_say_what_is_answered(browser: Browser) -> None:
    attempt = browser.start()
    question(browser, attempt, 2)
    browser.press("Save and continue", choice=["1", "2"])
    steps = [it.text for it in question(browser, attempt, 1).tree.all("a", data_step="*")]
    assert steps == [f"Question {n}, {'answered' if n == 2 else 'not answered yet'}" for n in (1, 2, 3, 4)]


def test_the_review_shows_answers_in_words_blanks_and_flags(browser: Browser) -> None:
    attempt = browser.start()
    question(browser, attempt, 4)
    browser.press("Flag for later", text="due  Date")
    page = browser.open(f"/attempts/{attempt}/review")
    assert "1 of 4 questions are answered." in page.words
    assert "3 questions are blank" in page.words
    assert "due Date" in page.tree.all("tr")[4].text
    assert "Answered, flagged" in page.tree.all("tr")[4].text
    assert "Blank" in page.tree.all("tr")[1].text
    assert f"/attempts/{attempt}/questions/1" in page.links()


def test_a_full_review_has_no_warning(browser: Browser, session: Session, library: Library) -> None:
    attempt = browser.start()
    answer_all(browser, session, library, attempt)
    page = browser.open(f"/attempts/{attempt}/review")
    assert "4 of 4 questions are answered." in page.words
    assert "blank" not in page.words


def test_handing_in_shows_the_score_and_explains_every_option(
    browser: Browser, session: Session, library: Library
) -> None:
    attempt = browser.start()
    answer_all(browser, session, library, attempt, right=3)
    browser.open(f"/attempts/{attempt}/review")
    page = browser.press("Hand in")
    assert page.path == f"/attempts/{attempt}"
    assert page.tree.one("p", class_="score").text.startswith("3 of 4")
    for slot in stored(session, attempt).slots:
        asked = library.questions[slot.question]
        shown = page.tree.one("section", id=f"q{slot.position}").text.replace("’", "'")
        assert asked.head.explanation in shown
        if slot.position < 4:
            parts = getattr(asked.body, "options", None) or asked.body.elements
            for part in parts:
                assert part.text in shown
                assert part.feedback in shown
    assert "Right answer correction (also: correction note)" in page.tree.one("section", id="q4").text


def test_the_result_names_right_wrong_and_blank_in_words(browser: Browser, session: Session, library: Library) -> None:
    attempt = browser.start()
    right = raw_answer(library, stored(session, attempt), 1)
    wrong = raw_answer(library, stored(session, attempt), 4, right=False)
    browser.post(f"/attempts/{attempt}/questions/1", answer_fields(right))
    browser.post(f"/attempts/{attempt}/questions/4", answer_fields(wrong))
    browser.post(f"/attempts/{attempt}/hand-in")
    page = browser.open(f"/attempts/{attempt}")
    heads = [page.tree.one("section", id=f"q{n}").one("div", class_="result-head").text for n in (1, 2, 3, 4)]
    assert heads == ["Question 1 Right", "Question 2 Left blank", "Question 3 Left blank", "Question 4 Wrong"]


def test_handing_in_twice_does_no_harm(browser: Browser, session: Session, library: Library) -> None:
    attempt = browser.start()
    answer_all(browser, session, library, attempt, right=2)
    assert browser.post(f"/attempts/{attempt}/hand-in").status_code == 303
    first = stored(session, attempt).finished_at
    assert browser.post(f"/attempts/{attempt}/hand-in").status_code == 303
    assert stored(session, attempt).finished_at == first
    assert "quizzes handed in 1" in browser.open("/progress").words


def test_after_hand_in_question_and_review_lead_to_the_result(browser: Browser) -> None:
    attempt = browser.start()
    browser.post(f"/attempts/{attempt}/hand-in")
    assert browser.open(f"/attempts/{attempt}/questions/2").path == f"/attempts/{attempt}"
    assert browser.open(f"/attempts/{attempt}/review").path == f"/attempts/{attempt}"


def test_another_attempt_draws_what_was_not_seen_for_longest(browser: Browser, session: Session) -> None:
    bank: set[str] = {"who-counted", "two-counts", "name-the-counter"}
    before: set[str] = set()
    # A draw by chance alone would pass two rounds in three; twelve rounds it does not.
    for _ in range(12):
        attempt = browser.start("check-02")
        browser.post(f"/attempts/{attempt}/hand-in")
        drawn = {slot.question for slot in stored(session, attempt).slots if slot.objective == "src.count"}
        assert len(drawn) == 2
        assert not before or bank - before <= drawn <= bank
        before = drawn


def test_the_result_offers_another_attempt(browser: Browser, count: Count) -> None:
    attempt = browser.start()
    browser.post(f"/attempts/{attempt}/hand-in")
    browser.open(f"/attempts/{attempt}")
    page = browser.press("Another attempt")
    assert str(attempt) not in page.path
    assert count(Attempt) == 2


def test_past_attempts_are_listed_with_their_points_and_the_best(
    browser: Browser, session: Session, library: Library, lee: User
) -> None:
    with transaction() as session:
        best = finished(session, session.merge(lee), library, right=3, now=NOON).id
        finished(session, session.merge(lee), library, right=1, now=later(9))
    page = browser.sign_in("Lee").open("/quizzes/mixed")
    assert "Your best is 3 of 4." in page.words
    assert [row.all("td")[0].text for row in page.tree.one("tbody").all("tr")] == ["1 of 4", "3 of 4"]
    assert f"/attempts/{best}" in page.links()
    assert page.buttons() == ["Start another attempt"]
    assert "Your best is 3 of 4." not in browser.open(f"/attempts/{best}").words


@pytest.mark.parametrize("path", ["", "/questions/1", "/review"])
def test_somebody_elses_attempt_does_not_exist(
    browser: Browser, other: Browser, lee: User, sam: User, path: str
) -> None:
    attempt = browser.sign_in("Lee").start()
    page = other.sign_in("Sam").open(f"/attempts/{attempt}{path}")
    assert page.status == 404
    assert page.body.count("There is no such attempt among yours.") == 1


def test_somebody_elses_attempt_takes_no_answer_and_no_hand_in(
    browser: Browser, other: Browser, lee: User, sam: User, session: Session, count: Count
) -> None:
    attempt = browser.sign_in("Lee").start()
    other.sign_in("Sam")
    fields = answer_fields({"choice": ["1"]})
    assert other.post(f"/attempts/{attempt}/questions/1", fields).status_code == 404
    assert other.send(f"/attempts/{attempt}/questions/1", fields).status_code == 404
    assert other.post(f"/attempts/{attempt}/hand-in").status_code == 404
    assert count(Answer) == 0
    assert stored(session, attempt).finished_at is None


@pytest.mark.parametrize(
    "path",
    ["/quizzes/none", "/attempts/00000000-0000-7000-8000-000000000000", "/attempts/x", "/attempts/{}/questions/0",
     "/attempts/{}/questions/9", "/attempts/{}/questions/99999999999999999999", "/attempts/{}/questions/-1",
     "/attempts/{}/questions/" + "9" * 5000],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(browser: Browser, path: str) -> None:
    attempt = browser.start()
    assert browser.open(path.format(attempt)).status == 404
    assert browser.post(path.format(attempt), answer_fields({"choice": ["1"]})).status_code in {404, 405}


def test_a_quiz_without_questions_says_so(browser: Browser, count: Count) -> None:
    assert browser.post("/quizzes/none/attempts").status_code == 404
    assert count(User) == count(Attempt) == 0


def test_a_slots_order_is_the_one_of_the_attempts_seed(browser: Browser, session: Session, library: Library) -> None:
    attempt = stored(session, browser.start())
    slot = session.scalars(select(Slot).where(Slot.attempt_id == attempt.id, Slot.position == 1)).one()
    asked = library.questions[slot.question]
    order = shown_order(asked, seed=attempt.seed, position=1)
    view = TYPES[asked.kind].view(asked.body, order)
    texts = [it.text for it in question(browser, attempt.id, 1).tree.all("label", class_="option")]
    assert texts == [option.text for option in view.options]
