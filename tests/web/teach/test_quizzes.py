"""A teacher's own quizzes: made, opened, given out, taken, closed."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.authoring.models import OwnQuiz
from app.db import transaction
from tests.authoring.making import SLUG, make_published
from tests.factories import make_user
from tests.web.visiting import Browser, Page


def stored(session: Session) -> list[OwnQuiz]:
    """All quizzes as they are now."""
    session.rollback()
    return list(session.scalars(select(OwnQuiz).order_by(OwnQuiz.created_at)))


def made(at: Browser, title: str = "Signals on Friday", **fields: str) -> Page:
    """A new draft with this title."""
    at.open("/teach/quizzes/new")
    return at.press("Go on to the questions", **{"q-title": title, **fields})


def with_questions(at: Browser) -> Page:
    """A draft that asks two questions of the small course."""
    page = made(at)
    at.open(f"{page.path}/pick?q=cost")
    return at.press("Add what is ticked", slug=["word-or-deed", "which-signals-cost"])


def link_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", str(page.tree.one("input", id="link").attrs["value"]))


def test_a_quiz_begins_as_a_draft_that_asks_nothing(tess_at: Browser) -> None:
    page = made(tess_at)
    assert page.heading == "Signals on Friday"
    assert "Draft" in page.words
    assert "Nothing yet. Pick questions one by one, or say what to draw." in page.words


def test_a_quiz_needs_a_title(tess_at: Browser, session: Session) -> None:
    page = made(tess_at, "  ")
    assert page.status == 422
    assert "Give it a title." in page.words
    assert stored(session) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"q-attempts": "none"}, "Write a number in digits"),
        ({"q-minutes": "0"}, "Use at least 1."),
        ({"q-feedback": "after_date"}, "name the day"),
        ({"q-practice": "yes", "q-minutes": "10"}, "Practice has no time limit"),
    ],
)
def test_a_setting_that_cannot_be_is_said_and_nothing_is_kept(
    tess_at: Browser, session: Session, fields: dict[str, str], said: str
) -> None:
    page = made(tess_at, **fields)
    assert page.status == 422
    assert said in page.words
    assert stored(session) == []


def test_picked_questions_can_be_moved_taken_out_and_put_back(tess_at: Browser, session: Session) -> None:
    page = with_questions(tess_at)
    assert "2 questions added." in page.words
    where = page.path.split("?")[0]
    tess_at.post(f"{where}/questions", {"do": "down:word-or-deed"})
    tess_at.open(where)
    tess_at.press("Take question 1 out")
    assert "1 question" in tess_at.page.words
    tess_at.press("Undo")
    [own] = stored(session)
    assert '"questions":["which-signals-cost","word-or-deed"]' in own.content


def test_what_was_written_here_stands_first_to_be_picked(tess_at: Browser, tess: User) -> None:
    with transaction() as session:
        make_published(session, session.merge(tess))
    page = tess_at.open(f"{made(tess_at).path}/pick")
    assert page.tree.all("input", name="slug")[0].attrs["value"] == SLUG


def test_a_question_retired_meanwhile_is_not_put_back_and_takes_no_other_with_it(
    tess_at: Browser, session: Session
) -> None:
    page = with_questions(tess_at)
    path = page.path.split("?")[0]
    answer = tess_at.post(f"{path}/questions", {"do": "back:gone-meanwhile@0"})
    assert answer.status_code == 409
    assert "word-or-deed" in stored(session)[0].content


def test_a_draft_is_nobody_elses(tess_at: Browser, other: Browser, session: Session) -> None:
    slug = with_questions(tess_at).path.split("?")[0].rsplit("/", 1)[1]
    assert tess_at.open(f"/quizzes/{slug}").status == 200
    assert other.open(f"/quizzes/{slug}").status == 404
    with transaction() as writing:
        tom = make_user(writing, "Tom", role="teacher")
    other.sign_in(tom)
    assert other.open(f"/teach/quizzes/{slug}").status == 404
    assert other.post(f"/teach/quizzes/{slug}/status", {"status": "open"}).status_code == 404


def test_a_quiz_that_asks_nothing_cannot_be_opened(tess_at: Browser) -> None:
    made(tess_at)
    page = tess_at.press("Open it")
    assert page.status == 400
    assert "This quiz asks nothing yet." in page.words


def test_learners_take_an_open_quiz_by_its_link(tess_at: Browser, other: Browser, lee: User) -> None:
    with_questions(tess_at)
    link = link_of(tess_at.press("Open it"))
    page = other.sign_in(lee).open(link.upper().replace("/Q/", "/q/"))
    assert page.heading == "Signals on Friday"
    other.press("Start the quiz")
    assert "1 of 2" in other.page.words
    # It is in no list but for those who have begun it.
    assert "Signals on Friday" in other.open("/").words
    assert "Signals on Friday" not in tess_at.open("/").words


def test_a_closed_quiz_can_be_finished_but_not_started(
    tess_at: Browser, other: Browser, browser: Browser, lee: User, sam: User
) -> None:
    with_questions(tess_at)
    link = link_of(tess_at.press("Open it"))
    other.sign_in(lee).open(link)
    other.press("Start the quiz")
    tess_at.press("Close it")
    page = browser.sign_in(sam).open(link)
    assert "Closed" in page.words
    assert "Start the quiz" not in page.buttons()
    assert browser.post(f"{page.path}/attempts").status_code == 409
    assert "Go on with the quiz" in other.open(link).buttons()


def test_a_link_with_a_wrong_letter_is_told(browser: Browser) -> None:
    page = browser.open("/q/nowhere1")
    assert page.status == 404
    assert "There is no quiz with this link." in page.words


def test_questions_can_be_drawn_by_objective(tess_at: Browser, other: Browser) -> None:
    made(tess_at)
    objective = tess_at.page.tree.one("select", id="d-objective").all("option")[0].attrs["value"]
    page = tess_at.press("Add the draw", **{"d-objective": objective, "d-count": "2"})
    assert "To choose from" in page.words
    assert "2 questions" in page.words
    assert tess_at.press("Open it").status == 200


def test_a_draw_that_cannot_be_is_said(tess_at: Browser) -> None:
    made(tess_at)
    page = tess_at.press("Add the draw", **{"d-count": "many"})
    assert page.status == 422
    assert "Write a number in digits" in page.words


def test_settings_saved_in_another_window_are_not_written_over(tess_at: Browser, session: Session) -> None:
    where = made(tess_at).path
    tess_at.open(f"{where}/edit")
    first = tess_at.page
    tess_at.press("Save", **{"q-title": "Another title"})
    tess_at.page = first
    page = tess_at.press("Save", **{"q-title": "A third title"})
    assert page.status == 409
    assert "changed in another window" in page.words
    assert "A third title" in page.body
    assert "Another title" in stored(session)[0].content


def test_a_copy_asks_the_same(tess_at: Browser, session: Session) -> None:
    with_questions(tess_at)
    page = tess_at.press("Copy the quiz")
    assert page.heading == "Signals on Friday (copy)"
    one, two = stored(session)
    assert one.link != two.link
    assert '"questions":["word-or-deed","which-signals-cost"]' in two.content


def test_a_quiz_can_be_looked_at_as_a_learner(tess_at: Browser) -> None:
    with_questions(tess_at)
    where = tess_at.page.path.split("?")[0]
    page = tess_at.open(f"{where}/preview")
    assert "Question 2 of 2" in page.words
    assert page.buttons() == ["Try this answer", "Try this answer"]


def test_a_quiz_that_was_taken_away_can_be_brought_back(tess_at: Browser) -> None:
    where = with_questions(tess_at).path.split("?")[0]
    page = tess_at.press("Take it away")
    assert "Taken away. Its attempts and results stay." in page.words
    tess_at.open(where)
    assert "It is a draft again." in tess_at.press("Bring it back").words


def test_texts_of_a_quiz_wait_for_its_teacher_alone(
    tess_at: Browser, other: Browser, browser: Browser, lee: User, session: Session
) -> None:
    page = made(tess_at)
    tess_at.post(f"{page.path}/questions", {"do": "add", "slug": ["kinds-words"]})
    tess_at.open(page.path)
    link = link_of(tess_at.press("Open it"))
    browser.sign_in(lee).open(link)
    browser.press("Start the quiz")
    browser.press("Save and continue", text="The harbour office counted eleven on 4 May.")
    browser.post(browser.page.path.rsplit("/", 1)[0] + "/hand-in")
    with transaction() as writing:
        tom = make_user(writing, "Tom", role="teacher")
    other.sign_in(tom)
    assert "1 text waits for a mark" in tess_at.open("/marking").words
    assert "Nothing waits for a mark." in other.open("/marking").words
    mark = next(it for it in tess_at.page.links() if re.search(r"/marking/.+/1$", it))
    assert other.open(mark).status == 404
    assert tess_at.open(mark).status == 200
