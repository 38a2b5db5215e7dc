"""What came out of a teacher's own quiz: the table, one attempt, the CSV."""

from __future__ import annotations

import csv
import io
import uuid

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.db import transaction
from app.library.model import Library
from app.quiz.models import Attempt
from tests.authoring.making import QUIZ, make_quiz
from tests.factories import NOON, later, make_guest, make_user, save
from tests.rules.test_pages import statements, writes
from tests.web.markup import Element
from tests.web.teach.taking import TEXT, begun, taken
from tests.web.visiting import Browser, Page

RESULTS = f"/teach/quizzes/{QUIZ}/results"
ASKED = ("word-or-deed", "which-signals-cost", "first-report")


@pytest.fixture
def quiz(tess: User) -> str:
    """An open quiz of Tess's with three questions."""
    with transaction() as session:
        return make_quiz(session, session.merge(tess), *ASKED).slug


@pytest.fixture
def lees(quiz: str, lee: User, library: Library) -> uuid.UUID:
    """Lee's attempt: right, wrong, “I don't know”."""
    with transaction() as session:
        return taken(session, lee, library, ["right", "wrong", "dont_know"])


def rows(page: Page) -> list[list[str]]:
    """The body of the table."""
    body = page.tree.one("table", class_="dense results").all("tbody")[0]
    return [[cell.text for cell in row.all("th", "td")] for row in body.all("tr")]


def foot(page: Page) -> list[list[str]]:
    """What stands below the questions."""
    return [[cell.text for cell in row.all("th", "td")] for row in page.tree.one("tfoot").all("tr")]


def cells(page: Page) -> list[Element]:
    """The links of all cells."""
    return [it for it in page.tree.all("a") if it.attrs.get("class", "").startswith("cell ")]


def test_before_anybody_has_handed_in_the_page_has_the_link_to_give_out(tess_at: Browser, quiz: str) -> None:
    page = tess_at.open(RESULTS)
    assert "Nobody has handed in yet" in page.words
    assert page.tree.one("input", id="link").attrs["value"].endswith("/q/day-abcd")


def test_a_row_has_what_became_of_each_question_in_signs_and_words(tess_at: Browser, lees: uuid.UUID) -> None:
    page = tess_at.open(RESULTS)
    assert rows(page) == [["Lee", "33%", "1 of 3", "12 min", "1", "0", "? don’t know"]]
    assert all(it.all("svg", "span") for it in cells(page))
    assert foot(page) == [
        ["Asked", "", "1", "1", "1"],
        ["Right", "", "100%", "0%", "0%"],
        ["Don’t know", "", "0", "0", "1"],
    ]


def test_a_cell_opens_the_attempt_at_its_question(tess_at: Browser, lees: uuid.UUID) -> None:
    address = cells(tess_at.open(RESULTS))[1].attrs["href"]
    assert address == f"{RESULTS}/{lees}#q2"
    page = tess_at.open(address)
    assert page.tree.one("section", id="q2").all("h3")
    assert page.heading == "Lee"


def test_a_question_leads_to_its_page(tess_at: Browser, lees: uuid.UUID) -> None:
    head = tess_at.open(RESULTS).tree.all("th", abbr="Question 1")[0].one("a")
    assert head.text == f"1: {head.attrs['title']}"
    page = tess_at.open(head.attrs["href"])
    assert page.status == 200
    assert head.attrs["title"].removesuffix(" …") in page.words


def test_the_attempt_is_shown_as_the_learner_saw_it_and_nothing_can_be_changed(
    app: Flask, tess_at: Browser, lees: uuid.UUID, lee: User
) -> None:
    mine = Browser(app).sign_in(lee).open(f"/attempts/{lees}").tree
    theirs = tess_at.open(f"{RESULTS}/{lees}").tree
    for position in (1, 2, 3):
        assert theirs.one("section", id=f"q{position}").text == mine.one("section", id=f"q{position}").text
    assert theirs.one("main").all("form") == []


def test_best_first_last_and_all_attempts_are_a_choice(
    tess_at: Browser, lees: uuid.UUID, lee: User, library: Library
) -> None:
    with transaction() as session:
        taken(session, lee, library, ["right", "right", "right"], now=later(30))
        taken(session, lee, library, ["wrong", "wrong", "wrong"], now=later(60))
    found = {name: rows(tess_at.open(f"{RESULTS}?which={name}")) for name in ("best", "first", "last", "all", "odd")}
    assert {name: [row[1] for row in found[name]] for name in found} == {
        "best": ["100%"],
        "first": ["33%"],
        "last": ["0%"],
        "all": ["33%", "100%", "0%"],
        "odd": ["100%"],
    }
    assert [row[4] for row in found["all"]] == ["1 of 3", "2 of 3", "3 of 3"]


def test_a_column_is_sorted_by_its_head_and_the_other_way_round(
    tess_at: Browser, lees: uuid.UUID, sam: User, library: Library
) -> None:
    with transaction() as session:
        taken(session, sam, library, ["right", "right", "right"])
    page = tess_at.open(RESULTS)
    assert [row[0] for row in rows(page)] == ["Lee", "Sam"]
    for wanted, first in (("descending", "Sam"), ("ascending", "Lee")):
        head = next(it for it in page.tree.all("th", scope="col") if it.text.startswith("Score"))
        page = tess_at.open(head.one("a").attrs["href"])
        head = next(it for it in page.tree.all("th", scope="col") if it.text.startswith("Score"))
        assert head.attrs["aria-sort"] == wanted
        assert rows(page)[0][0] == first


def test_the_attempts_above_and_below_are_a_step_away(
    tess_at: Browser, lees: uuid.UUID, sam: User, library: Library
) -> None:
    with transaction() as session:
        sams = taken(session, sam, library, ["right", "right", "right"])
    page = tess_at.open(f"{RESULTS}/{lees}?sort=score")
    around = page.tree.one("nav", aria_label="Other learners").all("a")
    assert [(it.text, it.attrs["href"]) for it in around] == [("Previous learner: Sam", f"{RESULTS}/{sams}?sort=score")]


def test_where_questions_are_drawn_a_cell_is_empty_for_who_was_not_asked(
    tess_at: Browser, tess: User, lee: User, sam: User, library: Library
) -> None:
    with transaction() as session:
        make_quiz(session, session.merge(tess), draw=({"objective": "sig.cost", "count": 1},))
        for user in (lee, sam):
            taken(session, user, library, ["right"])
        # The draw is made by the seed alone, so that one of them has to have had the other question.
        slot = session.scalars(select(Attempt).where(Attempt.user_id == sam.id)).one().slots[0]
        other = next(slug for slug in ("word-or-deed", "which-signals-cost") if slug != slot.question)
        slot.question, slot.version_id = other, library.version_ids[other]
    page = tess_at.open(RESULTS)
    assert sorted(row[4:] for row in rows(page)) == [["", "1"], ["1", ""]]
    assert foot(page)[0][2:] == ["1", "1"]


def test_who_is_in_the_middle_of_it_is_no_result(
    tess_at: Browser, lees: uuid.UUID, sam: User, library: Library
) -> None:
    with transaction() as session:
        sams = begun(session, sam, library, ["right"]).id
    page = tess_at.open(RESULTS)
    assert [row[0] for row in rows(page)] == ["Lee"]
    assert "Sam since 2 Mar 2026" in page.words
    assert "1 of 3 answered" in page.words
    page = tess_at.open(f"{RESULTS}/{sams}")
    assert page.status == 404
    assert "Sam has not handed in this attempt yet." in page.words


def test_what_ran_out_of_time_is_handed_in_by_a_button_and_by_nothing_else(
    tess_at: Browser, tess: User, lee: User, library: Library, session: Session
) -> None:
    with transaction() as writing:
        make_quiz(writing, writing.merge(tess), *ASKED, minutes=10)
        open_one = begun(writing, lee, library, ["right"]).id
    page = tess_at.open(RESULTS)
    assert "Time is up, and not handed in Lee (1 of 3 answered)" in page.words
    session.rollback()
    assert session.get_one(Attempt, open_one).is_open
    page = tess_at.press("Hand in what ran out of time")
    assert "1 attempt was handed in." in page.words
    assert rows(page) == [["Lee", "33%", "1 of 3", "10 min ran out", "1", "– not reached", "– not reached"]]
    assert foot(page)[0] == ["Asked", "", "1", "0", "0"]


def test_a_text_that_waits_is_marked_from_here(tess_at: Browser, tess: User, lee: User, library: Library) -> None:
    with transaction() as session:
        make_quiz(session, session.merge(tess), "kinds-words")
        attempt = begun(session, lee, library, [])
        save(session, attempt, 1, {"text": [TEXT]})
        lees = taken(session, lee, library, [])
    page = tess_at.open(RESULTS)
    assert rows(page) == [["Lee", "–", "0 of 0", "12 min", "to mark"]]
    page = tess_at.open(f"{RESULTS}/{lees}")
    mark = next(it for it in page.tree.all("a") if it.text.startswith("Mark this text"))
    assert TEXT in tess_at.open(mark.attrs["href"]).words


def test_a_question_that_goes_wrong_is_named_once_five_learners_have_handed_in(
    tess_at: Browser, lees: uuid.UUID, library: Library
) -> None:
    assert "Once 5 learners have handed in" in tess_at.open(RESULTS).words
    with transaction() as session:
        for number in range(6):
            taken(session, make_user(session, f"L{number}"), library, ["wrong", "right", "right"])
    page = tess_at.open(RESULTS)
    assert "Together they got 1 of 7 points; blind guessing would bring about 1.8." in page.words


@pytest.mark.parametrize("address", ["results", "results.csv", "print", "results/{}"])
def test_another_teachers_results_do_not_exist(app: Flask, lees: uuid.UUID, address: str) -> None:
    with transaction() as session:
        tove = make_user(session, "Tove", role=Role.TEACHER)
        make_quiz(session, tove, *ASKED, slug="own-toves-efgh")
    tove_at = Browser(app).sign_in("Tove")
    assert tove_at.open(f"/teach/quizzes/{QUIZ}/{address.format(lees)}").status == 404
    assert tove_at.post(f"{RESULTS}/hand-in").status_code == 404
    # Nor does an attempt of another quiz under one's own.
    assert tove_at.open(f"/teach/quizzes/own-toves-efgh/results/{lees}").status == 404


def test_admins_see_the_results_of_everybody(app: Flask, lees: uuid.UUID) -> None:
    with transaction() as session:
        make_user(session, "Ada", role=Role.ADMIN)
    assert rows(Browser(app).sign_in("Ada").open(RESULTS))[0][0] == "Lee"


def sheet(at: Browser, query: str = "") -> list[list[str]]:
    """The CSV as rows."""
    response = at.client.get(f"{RESULTS}.csv{query}")
    assert response.mimetype == "text/csv"
    assert response.get_data().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))


def test_the_csv_has_a_row_an_attempt_and_a_column_a_question(tess_at: Browser, lees: uuid.UUID) -> None:
    head, row = sheet(tess_at)
    assert head[:8] == ["Learner", "Attempt", "Started", "Handed in", "Minutes", "Points", "Of", "Per cent"]
    assert [title[:3] for title in head[8:]] == ["1. ", "2. ", "3. "]
    assert row[:2] + row[4:] == ["Lee", "1", "12", "1", "3", "33.3", "1", "0", "0"]
    assert row[2] == f"{NOON.astimezone():%Y-%m-%d %H:%M}"


def test_the_csv_has_what_was_answered_when_it_is_wanted(tess_at: Browser, lees: uuid.UUID) -> None:
    head, row = sheet(tess_at, "?responses=1")
    assert head[11].startswith("Answer to 1. ")
    assert row[11] == "Sending the crew home"
    assert row[13] == "I don't know"


def test_neither_a_name_nor_an_answer_is_run_as_a_formula(
    tess_at: Browser, tess: User, library: Library, session: Session
) -> None:
    with transaction() as writing:
        make_quiz(writing, writing.merge(tess), "name-the-note")
        risky = make_user(writing, "=cmd|' /C calc'!A0")
        save(writing, begun(writing, risky, library, []), 1, {"text": ["@SUM(A1)"]})
        taken(writing, risky, library, [])
        guest = make_guest(writing)
        taken(writing, guest, library, ["right"])
    found = {row[0]: row for row in sheet(tess_at, "?responses=1")[1:]}
    assert found["'=cmd|' /C calc'!A0"][-1] == "'@SUM(A1)"
    assert f"Guest {guest.id.hex[-4:]}" in found


def test_thirty_learners_and_twenty_questions_take_twelve_statements(
    app: Flask, tess_at: Browser, tess: User, library: Library
) -> None:
    asked = list(library.questions)[:20]
    with transaction() as session:
        make_quiz(session, session.merge(tess), *asked)
        for number in range(30):
            attempt = begun(session, make_user(session, f"Learner {number}"), library, [])
            attempt.finished_at = later(9)
    tess_at.open(RESULTS)
    with statements(app) as sent:
        page = tess_at.open(RESULTS)
    assert len(rows(page)) == 30
    assert len(cells(page)) == 30 * 20
    assert 0 < len(sent) <= 12, sent
    assert writes(sent) == []
