"""A lesson's page: its blocks, its self-checks, the reader's summary, and finishing it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.learning.models import LessonProgress, SelfCheck
from app.library.model import Library
from tests.web.markup import Element
from tests.web.visiting import Browser, Page

Count = Callable[..., int]
ONE, TWO = "/lessons/01-a-costly-word", "/lessons/02-two-counts"


def at(page: Page, slug: str) -> Element:
    """The place of a self-check on its lesson's page."""
    return page.tree.one("section", "div", id=f"check-{slug}")


def check(browser: Browser, lesson: str, slug: str, **fields: str) -> Page:
    """Answer a self-check and see the lesson again."""
    assert browser.post(f"{lesson}/checks/{slug}", {"question": slug, **fields}).status_code in {303, 422}
    return browser.open(lesson)


def option(page: Page, slug: str, text: str) -> str:
    """The value of the option that reads so."""
    return next(it for it in at(page, slug).all("label") if it.text == text).one("input").attrs["value"]


def test_the_head_says_what_it_takes_and_what_it_gives(browser: Browser) -> None:
    head = browser.open(TWO).tree.one("header", class_="lesson-head").text
    assert head.startswith("Source evaluation · Lesson 2 Two counts 8 minutes 2 checks")
    assert "Date a report Tell who counted what" in head
    assert "is disputed" in head


def test_every_kind_of_block_is_shown(browser: Browser) -> None:
    page = browser.open(TWO).tree.one("div", class_="prose")
    assert page.one("blockquote").text == "“nobody was hurt” The article, paragraph 2"
    notes = {it.attrs["aria-label"]: it.text for it in page.all("aside", class_="note")}
    assert "Nobody aboard the ferry was hurt. The paper gives no as-of date." in notes["Note on claim C01"]
    assert "has no author" in notes["Note: Disputed"]
    assert page.one("div", role="img").attrs["aria-label"].startswith("A line of two dots")
    assert page.one("figcaption").text == "The count rose within six days."
    assert page.all("section", aria_label="Worked example: How to date a count")
    assert page.all("section", aria_label="Your turn: Now with the last step left out")
    assert [it.attrs["scope"] for it in page.one("table").all("th")] == ["col", "col"]


def test_a_term_of_the_glossary_is_explained_in_the_margin(browser: Browser) -> None:
    page = browser.open(ONE).tree
    assert page.one("aside", id="term-costly-signal").text == "Costly signal. A signal that its sender pays for."
    assert page.one("a", href="/glossary/costly-signal", class_="term").text == "costly signal"


def test_sources_are_numbered_as_they_are_cited(browser: Browser) -> None:
    page = browser.open(TWO).tree
    assert [it.attrs["href"] for it in page.all("a", aria_label="*") if it.inside("sup")] == [
        "#source-S01",
        "#source-article",
    ]
    sources = page.one("section", class_="sources")
    assert [it.attrs["id"] for it in sources.one("ol").all("li")] == ["source-S01", "source-article"]
    assert sources.all("li")[0].text.startswith("Coast guard, “Log of the night”, 3 Mar 2031.")


def test_lessons_lead_to_their_neighbours(browser: Browser) -> None:
    assert [it.attrs["href"] for it in browser.open(ONE).tree.one("nav", class_="pager").all("a")] == [TWO]
    neighbours = [it.attrs["href"] for it in browser.open(TWO).tree.one("nav", class_="pager").all("a")]
    assert neighbours == [ONE, "/lessons/03-every-kind"]


@pytest.mark.parametrize("path", ["", "/checks/cost-check", "/position", "/summary", "/finish"])
def test_a_lesson_that_does_not_exist_is_not_found(browser: Browser, path: str, count: Count) -> None:
    browser.open("/")
    response = browser.post(f"/lessons/none{path}", {"choice": "1", "anchor": "x", "summary": "x"})
    assert response.status_code in {404, 405}
    assert browser.open("/lessons/none").status == 404
    assert count(User) == 0


def test_a_check_is_explained_at_its_place_once_answered(browser: Browser, library: Library) -> None:
    browser.open(ONE)
    wrong = option(browser.page, "cost-check", "The licence to sail")
    page = browser.press("Check answer", choice=wrong)
    shown = at(page, "cost-check").text
    assert "Check yourself · answered" in shown
    assert "Wrong. You chose this." in shown
    for part in library.questions["cost-check"].body.options:
        assert part.feedback in shown
    assert library.questions["cost-check"].head.explanation in shown
    assert not at(page, "cost-check").all("form")


def test_the_answer_leads_back_to_its_place(browser: Browser) -> None:
    response = browser.post(f"{ONE}/checks/cost-check", {"choice": "1"})
    assert response.location == f"{ONE}#check-cost-check"


def test_a_second_answer_to_a_check_changes_nothing(browser: Browser, session: Session, count: Count) -> None:
    browser.open(ONE)
    right, wrong = (option(browser.page, "cost-check", text) for text in ("The fares of the day", "Nothing at all"))
    check(browser, ONE, "cost-check", choice=wrong)
    page = check(browser, ONE, "cost-check", choice=right)
    assert "Wrong. You chose this." in at(page, "cost-check").text
    assert count(SelfCheck) == 1


@pytest.mark.parametrize(
    ("slug", "fields", "message"),
    [
        ("count-check", {}, "Give an answer first; a guess will do."),
        ("date-check", {"text": "x" * 101}, "Use at most 100 characters; this has 101."),
        ("sort-check", {"place-1": "2", "place-2": "2"}, "Two elements have place 2; give each its own."),
    ],
)
def test_a_check_that_cannot_be_taken_keeps_what_was_typed(
    browser: Browser, count: Count, slug: str, fields: dict[str, str], message: str
) -> None:
    response = browser.post(f"{TWO}/checks/{slug}", {"question": slug, **fields})
    assert response.status_code == 422
    form = at(Page(response), slug).one("form")
    assert message in form.text
    for name, value in fields.items():
        field = form.one("input", "select", name=name)
        chosen = field.all("option", selected="*")
        assert (chosen[0] if chosen else field).attrs["value"] == value
    assert count(SelfCheck) == count(LessonProgress) == 0


def test_a_question_of_another_lesson_is_not_asked_here(browser: Browser, count: Count) -> None:
    assert browser.post(f"{ONE}/checks/date-check", {"text": "x"}).status_code == 404
    assert browser.post(f"{ONE}/checks/word-or-deed", {"choice": "1"}).status_code == 404
    assert count(SelfCheck) == count(User) == 0


def test_a_guess_is_kept_and_explained_only_after_the_lesson(browser: Browser, library: Library) -> None:
    guess = library.questions["cost-guess"]
    browser.open(ONE)
    wrong = option(browser.page, "cost-guess", "The poster at the quay")
    page = browser.press("Keep my guess", choice=wrong)
    kept = at(page, "cost-guess")
    assert "Your guess is kept: The poster at the quay" in kept.text
    assert guess.head.explanation not in page.body
    assert "Wrong" not in kept.text
    browser.press("Finish lesson")
    shown = at(browser.open(ONE), "cost-guess").text
    assert guess.head.explanation in shown
    assert "Wrong. You chose this." in shown


def test_finishing_leads_to_the_lessons_quiz(browser: Browser) -> None:
    browser.open(ONE)
    assert browser.press("Finish lesson").path == "/quizzes/mixed"
    page = browser.open(ONE)
    assert "You have finished this lesson" in page.words
    assert "Finished" in page.tree.one("p", class_="lesson-meta").text


def test_finishing_can_be_taken_back(browser: Browser) -> None:
    browser.open(ONE)
    browser.press("Finish lesson")
    browser.open(ONE)
    page = browser.press("Not finished after all")
    assert page.path == ONE
    assert "That was the lesson" in page.words


def test_finishing_twice_keeps_the_first_time(browser: Browser, session: Session) -> None:
    browser.post(f"{ONE}/finish")
    session.rollback()
    first = session.query(LessonProgress).one().finished_at
    browser.post(f"{ONE}/finish")
    session.rollback()
    assert session.query(LessonProgress).one().finished_at == first


def test_the_readers_summary_comes_first_and_ours_beside_it(browser: Browser) -> None:
    page = browser.open(ONE)
    assert "Words are cheap." not in page.body
    page = browser.press("Compare with ours", summary="First line\n<b>Second</b>\0\n\n")
    shown = page.tree.one("section", id="summary").text
    assert "Yours First line <b>Second</b> Ours Words are cheap." in shown


def test_the_summary_can_be_changed(browser: Browser) -> None:
    browser.open(ONE)
    browser.press("Compare with ours", summary="Mine")
    assert browser.page.tree.one("textarea").text == "Mine"
    page = browser.press("Compare with ours", summary="Mine, again")
    assert "Yours Mine, again Ours" in page.words


@pytest.mark.parametrize(
    ("text", "message"),
    [("  \n ", "Write your three lines first"), ("x" * 2001, "Use at most 2000 characters; this has 2001.")],
)
def test_a_summary_that_cannot_be_kept_stays_in_the_form(
    browser: Browser, count: Count, text: str, message: str
) -> None:
    browser.open(ONE)
    page = browser.press("Compare with ours", summary=text)
    assert page.status == 422
    assert message in page.tree.one("section", id="summary").text
    assert page.tree.one("textarea").attrs["aria-invalid"] == "true"
    assert "".join(map(str, page.tree.one("textarea").pieces)).strip("\n") == text.strip("\n")
    assert count(LessonProgress) == 0


def test_the_position_is_remembered(browser: Browser, session: Session) -> None:
    response = browser.post(f"{ONE}/position", {"anchor": "a-warning-that-costs-nothing"})
    assert response.status_code == 204
    session.rollback()
    assert session.query(LessonProgress).one().anchor == "a-warning-that-costs-nothing"


def test_a_position_that_the_lesson_does_not_have_is_refused(browser: Browser, count: Count) -> None:
    assert browser.send(f"{ONE}/position", {"anchor": str(uuid.uuid4())}).status_code == 400
    assert count(LessonProgress) == count(User) == 0


def test_a_strangers_answers_are_not_on_the_page(browser: Browser, other: Browser, lee: User, sam: User) -> None:
    check(browser.sign_in("Lee"), ONE, "cost-check", choice="1")
    assert "Check yourself · answered" not in other.sign_in("Sam").open(ONE).words
