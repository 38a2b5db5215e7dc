"""The teacher's page of a lesson and its handout."""

from __future__ import annotations

from tests.web.visiting import Browser

LESSON = "/lessons/01-a-costly-word"


def test_a_lesson_ends_with_a_link_for_teachers(browser: Browser) -> None:
    assert f"{LESSON}/teaching" in browser.open(LESSON).links()


def test_a_lesson_without_a_page_has_no_such_link(browser: Browser) -> None:
    assert not [link for link in browser.open("/lessons/02-two-counts").links() if link.endswith("/teaching")]


def test_the_content_note_comes_first(browser: Browser) -> None:
    words = browser.open(f"{LESSON}/teaching").words
    assert words.index("a sailor who did not come home") < words.index("The plan") < words.index("Three discussions")
    assert "Think of a promise between friends." in words


def test_the_clock_runs_beside_the_steps(browser: Browser) -> None:
    table = browser.open(f"{LESSON}/teaching").tree.one("table")
    clocks = [it.text for it in table.all("td", class_="plan-clock num")]
    assert clocks == ["0:00–0:10 10 min", "0:10–0:30 20 min", "0:30–0:45 15 min"]


def test_a_step_leads_to_its_parts_and_its_quiz(browser: Browser) -> None:
    links = browser.open(f"{LESSON}/teaching").links()
    assert {f"{LESSON}#a-warning-that-costs-nothing", f"{LESSON}#a-warning-that-costs-something"} <= set(links)
    assert "/quizzes/every-kind" in links


def test_good_answers_wait_behind_each_question(browser: Browser) -> None:
    discussions = browser.open(f"{LESSON}/teaching").tree.all("section", class_="discussion")
    assert discussions[0].one("h3").text == "1. What does a warning cost?"
    assert len(discussions) == 3
    hidden = discussions[0].one("details").text
    assert "The fares of the day, if the ship stays." in hidden
    assert "A ship that never sails in fog would lose nothing." in hidden


def test_sources_are_numbered_and_listed(browser: Browser) -> None:
    page = browser.open(f"{LESSON}/teaching").tree
    assert [it.text for it in page.all("sup", class_="cite")] == ["1", "2", "1"]
    assert page.one("li", id="source-S01").text.startswith("Coast guard, “Log of the night”")


def test_the_handout_has_a_name_line_a_quotation_and_room_to_write(browser: Browser) -> None:
    sheet = browser.open(f"{LESSON}/handout").tree.one("article")
    assert sheet.one("p", class_="sheet-name").text == "Name Date"
    assert sheet.one("blockquote").text == "“nobody was hurt” The article, paragraph 2"
    assert [it.text for it in sheet.all("td")] == ["The ferry stays", ""]
    assert len(sheet.one("div", class_="sheet-lines").all("div")) == 1 + 3  # itself, and the lines


def test_a_lesson_without_a_page_says_so(browser: Browser) -> None:
    for page in ("teaching", "handout"):
        found = browser.open(f"/lessons/02-two-counts/{page}")
        assert found.status == 404
        assert "There is nothing for teachers on this lesson." in found.words


def test_there_is_no_page_for_no_lesson(browser: Browser) -> None:
    assert browser.open("/lessons/none/teaching").status == 404
