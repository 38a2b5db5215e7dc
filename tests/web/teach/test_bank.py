"""The table of questions at the browser: what stands in it, its addresses, and what is done to many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.authoring import service
from app.authoring.models import OwnQuestion
from app.authoring.service import Author
from app.db import transaction
from app.library.model import Library
from app.web.teach.bank import page_numbers
from tests.authoring.making import changed, make_own, make_published, save
from tests.factories import finished, later, make_user
from tests.web.visiting import Browser, Page

TABLE = "/teach/questions"


@pytest.fixture
def tove(session: Session) -> User:
    """Another teacher."""
    with transaction() as writing:
        return make_user(writing, "Tove", role=Role.TEACHER)


@pytest.fixture
def bank(tess: User, tove: User) -> None:
    """Tess's and Tove's questions in every status."""
    with transaction() as session:
        for number, user in enumerate((tess, tove)):
            name = ("mine", "theirs")[number]
            make_own(session, user, changed(stem=f"Draft {name}"), slug=f"own-draft-{name}")
            make_published(session, user, changed(stem=f"Public {name}", tags=["ferry"]), slug=f"own-public-{name}")
            edited = make_published(session, user, changed(stem=f"Old words {name}"), slug=f"own-edited-{name}")
            save(session, edited, user, changed(stem=f"New words {name}"), now=later(1))
            gone = make_published(session, user, changed(stem=f"Retired {name}"), slug=f"own-retired-{name}")
            service.retire(session, gone, Author.of(user), now=later(2))
            sent = make_own(session, user, changed(stem=f"Sent {name}"), slug=f"own-sent-{name}")
            service.send_to_review(session, sent, Author.of(user), note="", now=later(3))


def rows(page: Page) -> dict[str, str]:
    """Title → the words of its row, in order."""
    assert page.status == 200
    found = [row for row in page.tree.all("tr", role="row") if row.all("th", scope="row")]
    return {row.one("th", scope="row").all("a")[0].text: row.text for row in found}


def titles(page: Page) -> list[str]:
    """The titles of the rows."""
    return list(rows(page))


def own(session: Session, slug: str) -> OwnQuestion:
    """A question as it is stored now."""
    session.rollback()
    return session.get_one(OwnQuestion, slug)


def test_a_teacher_sees_the_course_their_own_and_what_others_published_or_sent(tess_at: Browser, bank: None) -> None:
    found = rows(tess_at.open(f"{TABLE}?q=mine"))
    assert list(found) == ["Sent mine", "New words mine", "Draft mine", "Public mine"]
    assert list(rows(tess_at.open(f"{TABLE}?q=theirs"))) == ["Sent theirs", "Old words theirs", "Public theirs"]
    assert (
        "From a file The course"
        in rows(tess_at.open(f"{TABLE}?status=file"))["What does the company lose when it ties up the ferry?"]
    )


def test_a_status_is_said_in_words(tess_at: Browser, bank: None) -> None:
    found = rows(tess_at.open(f"{TABLE}?q=mine"))
    said = {"Sent": "In review", "New words": "Published, with changes", "Draft": "Draft", "Public": "Published"}
    assert all(status in found[f"{title} mine"] for title, status in said.items())
    assert "Published, with" not in rows(tess_at.open(f"{TABLE}?q=theirs"))["Old words theirs"]


def test_retired_questions_come_on_request(tess_at: Browser, bank: None) -> None:
    assert titles(tess_at.open(f"{TABLE}?status=retired")) == ["Retired mine", "Retired theirs"]


def test_drafts_of_others_are_found_by_no_address(tess_at: Browser, bank: None) -> None:
    for query in ("q=Draft+theirs", "q=New+words+theirs", "q=own-draft-theirs", "owner=Tove&status=draft"):
        page = tess_at.open(f"{TABLE}?{query}")
        assert not {"Draft theirs", "New words theirs"} & set(titles(page)), query


def test_an_admin_sees_every_draft(app: Flask, session: Session, bank: None) -> None:
    with transaction() as writing:
        make_user(writing, "Ada", role=Role.ADMIN)
    page = Browser(app).sign_in("Ada").open(f"{TABLE}?owner=Tove&status=draft")
    assert titles(page) == ["Draft theirs"]


def test_a_title_leads_to_its_question(tess_at: Browser, bank: None) -> None:
    page = tess_at.open(f"{TABLE}?q=draft+mine")
    assert "/teach/questions/own-draft-mine" in page.links()


def test_what_changes_is_seen_at_once(tess_at: Browser, bank: None, tess: User, session: Session) -> None:
    assert titles(tess_at.open(f"{TABLE}?q=glacier")) == []
    with transaction() as writing:
        edited = writing.get_one(OwnQuestion, "own-draft-mine")
        save(writing, edited, tess, changed(stem="What is a glacier?"))
    assert titles(tess_at.open(f"{TABLE}?q=glacier")) == ["What is a glacier?"]


def test_answers_stand_beside_a_question(tess_at: Browser, session: Session, lee: User, library: Library) -> None:
    with transaction() as writing:
        attempt = finished(writing, lee, library, right=0)
        slug = attempt.slots[0].question
    found = rows(tess_at.open(f"{TABLE}?q={slug}"))
    assert "Asked 1 Right 0 % of 1" in next(iter(found.values()))
    assert "not asked yet" in next(iter(rows(tess_at.open(f"{TABLE}?q=cost-check")).values()))


def test_the_least_right_come_first_when_that_is_asked_for(
    tess_at: Browser, session: Session, lee: User, library: Library
) -> None:
    with transaction() as writing:
        attempt = finished(writing, lee, library, right=1)
        scored = {slot.question: slot.first_score for slot in attempt.slots if slot.first_score is not None}
    page = tess_at.open(f"{TABLE}?sort=-right")
    first = page.tree.all("input", name="slug")[0].attrs["value"]
    assert scored[first] == max(scored.values())
    heading = next(it for it in page.tree.all("th", scope="col") if it.text.startswith("Right"))
    assert heading.attrs["aria-sort"] == "descending"


def test_a_heading_turns_the_order_round_and_keeps_the_search(tess_at: Browser, bank: None) -> None:
    page = tess_at.open(f"{TABLE}?q=mine&sort=stem")
    assert titles(page) == ["Draft mine", "New words mine", "Public mine", "Sent mine"]
    assert titles(tess_at.open(page.tree.one("th", aria_sort="ascending").one("a").attrs["href"])) == [
        "Sent mine", "Public mine", "New words mine", "Draft mine",
    ]  # fmt: skip


def test_the_address_says_everything_and_each_filter_can_be_taken_out(tess_at: Browser, bank: None) -> None:
    page = tess_at.open(f"{TABLE}?q=public&owner=Tess&tag=ferry&kind=single_choice")
    assert titles(page) == ["Public mine"]
    chips = page.tree.one("ul", aria_label="Filters that are set")
    assert [it.text.split(" (")[0] for it in chips.all("a")] == [
        "Kind: Single choice", "Written by: Tess", "Tag: ferry", "Take all out",
    ]  # fmt: skip
    without = next(it for it in chips.all("a") if it.text.startswith("Written by"))
    assert titles(tess_at.open(without.attrs["href"])) == ["Public mine", "Public theirs"]


@pytest.mark.parametrize("query", ["lesson=made-up", "page=-3", "page=900", "sort=nonsense", "status=%00", "q=%00"])
def test_an_odd_address_shows_a_table(tess_at: Browser, query: str) -> None:
    assert tess_at.open(f"{TABLE}?{query}").status == 200


def test_nothing_found_says_what_to_change(tess_at: Browser) -> None:
    page = tess_at.open(f"{TABLE}?q=zebra&kind=matching")
    assert page.tree.one("div", class_="empty").text.startswith("No question fits Nothing has all of these words.")
    assert "take a filter out" in page.words


def test_fifty_stand_on_a_page(tess_at: Browser, library: Library) -> None:
    first, second = tess_at.open(TABLE), tess_at.open(f"{TABLE}?page=2")
    slugs = [it.attrs["value"] for page in (first, second) for it in page.tree.all("input", name="slug")]
    assert len(first.tree.all("input", name="slug")) == 50
    assert slugs == list(library.questions)
    assert second.tree.one("nav", aria_label="Pages").one("a", aria_current="page").text == "Page 2"


@pytest.mark.parametrize(
    ("here", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, 3, 0, 9]),
        (5, 9, [1, 0, 3, 4, 5, 6, 7, 0, 9]),
        (9, 9, [1, 0, 7, 8, 9]),
    ],
)
def test_pages_around_this_one_are_linked(here: int, last: int, numbers: list[int]) -> None:
    assert page_numbers(here, last) == numbers


def test_the_check_is_asked_only_for_its_filter(tess_at: Browser, tess: User) -> None:
    with transaction() as session:
        make_own(session, tess, changed(stem="Fine", explanation=""), slug="own-no-explanation")
        make_own(session, tess, changed(stem=""), slug="own-no-words")
    page = tess_at.open(f"{TABLE}?findings=yes&owner=Tess")
    assert "A question without words" in titles(page)


Do = Callable[..., Page]


@pytest.fixture
def do(tess_at: Browser, bank: None) -> Do:
    """A function that lets Tess tick questions, choose what to do with them, and go on."""

    def go(what: str, *slugs: str, query: str = "", **fields: Any) -> Page:
        tess_at.open(f"{TABLE}{query}")
        return tess_at.press("Go on", do=what, slug=list(slugs), **fields)

    return go


MINE = ("own-draft-mine", "own-public-mine", "own-edited-mine", "own-retired-mine")


def test_the_page_before_says_how_many_and_which_not(do: Do) -> None:
    page = do("tag", *MINE, "own-public-theirs", "cost-check")
    assert page.heading == "Add a tag"
    assert "It is added to 3 questions." in page.words
    assert "It is retired. Bring it back first. (1 question) Retired mine" in page.words
    assert "It is Tove’s. Make a copy, and change that. (1 question) Public theirs" in page.words
    assert "It comes from a file" in page.words


def test_a_tag_is_added_and_undone(do: Do, tess_at: Browser, session: Session) -> None:
    do("tag", *MINE[:2], query="?q=mine")
    page = tess_at.press("Add the tag", tag="Week 3")
    assert "Tag “week-3” added: 2 questions." in page.words
    assert titles(tess_at.open(f"{TABLE}?tag=week-3")) == ["Draft mine", "Public mine"]
    tess_at.open(page.path)
    undone = tess_at.press("Undo")
    assert "Undone for 2 questions." in undone.body
    assert undone.path == f"{TABLE}?q=mine"
    assert titles(tess_at.open(f"{TABLE}?q=week-3")) == []


@pytest.mark.parametrize("tag", ["", "  ", "Ä-Ö", "a_b", "x" * 81])
def test_a_tag_that_no_file_could_hold_is_refused_beside_the_field(do: Do, tess_at: Browser, tag: str) -> None:
    do("tag", *MINE)
    page = tess_at.press("Add the tag", tag=tag)
    assert page.status == 422
    assert page.tree.one("input", id="tag").attrs["aria-invalid"] == "true"


def test_a_tag_is_taken_off(do: Do, tess_at: Browser, session: Session) -> None:
    page = do("untag", "own-public-mine", "own-draft-mine")
    assert "ferry (1)" in page.words
    assert tess_at.press("Take the tag off").status == 422
    assert "taken off: 1 question" in tess_at.press("Take the tag off", tag="ferry").words
    assert "ferry" not in own(session, "own-public-mine").content.split('"tags"')[-1][:20]


def test_questions_are_moved(do: Do, tess_at: Browser, session: Session) -> None:
    page = do("move", *MINE)
    assert "1 of them is published: it is asked there from now on" in page.words
    assert "1 of them has changes that are not published" in page.words
    assert tess_at.press("Move").status == 422
    tess_at.press("Move", lesson="02-two-counts", objective="src.date", category="Unit 2")
    assert titles(tess_at.open(f"{TABLE}?lesson=02-two-counts&category=Unit+2&objective=src.date")) == [
        "Draft mine", "New words mine", "Public mine",
    ]  # fmt: skip


def test_publishing_replaces_another_wording_only_when_that_is_ticked(
    do: Do, tess_at: Browser, session: Session
) -> None:
    page = do("publish", "own-draft-mine", "own-edited-mine")
    assert "1 question is published for the first time" in page.words
    assert "1 question was published before in another wording" in page.words
    tess_at.press("Publish")
    assert own(session, "own-draft-mine").status == "published"
    assert own(session, "own-edited-mine").status == "draft"
    do("publish", "own-edited-mine")
    assert "publish each on its own page" in tess_at.press("Publish").words
    do("publish", "own-edited-mine")
    tess_at.press("Publish", also_edits="y")
    assert own(session, "own-edited-mine").status == "published"


@pytest.mark.parametrize(
    ("what", "button", "slug", "status"),
    [
        ("retire", "Retire", "own-public-mine", "retired"),
        ("bring_back", "Bring back", "own-retired-mine", "draft"),
        ("review", "Send to review", "own-draft-mine", "in_review"),
    ],
)
def test_a_status_is_changed(
    do: Do, tess_at: Browser, session: Session, what: str, button: str, slug: str, status: str
) -> None:
    do(what, slug)
    tess_at.press(button)
    assert own(session, slug).status == status


def test_all_that_were_found_can_be_meant_without_a_script(do: Do, tess_at: Browser) -> None:
    page = do("tag", query="?owner=-", all="yes")
    assert "53 questions found." in page.words
    assert "This cannot be done to any of them" in page.words


def test_what_is_found_otherwise_than_shown_is_shown_again(do: Do, tess_at: Browser, tess: User) -> None:
    tess_at.open(f"{TABLE}?q=mine")
    do("retire", query="?q=mine", all="yes")
    with transaction() as session:
        make_own(session, tess, changed(stem="One more of mine"), slug="own-more")
    page = tess_at.press("Retire")
    assert (page.status, "5 questions now. Look once more." in page.words) == (409, True)
    assert "Retired: 5 questions" in tess_at.press("Retire").words


def test_without_a_tick_it_says_what_is_missing(do: Do) -> None:
    page = do("tag")
    assert page.path == TABLE
    assert "Tick some questions first" in page.body


def test_nobody_changes_what_is_not_theirs(do: Do, tess_at: Browser, session: Session) -> None:
    fields = {"do": "retire", "sure": "yes", "slug": ["own-public-theirs", "own-draft-theirs"], "where": ""}
    assert tess_at.post(f"{TABLE}/selected", fields).status_code == 422
    assert own(session, "own-public-theirs").status == "published"
    assert own(session, "own-draft-theirs").status == "draft"


def test_what_is_published_goes_to_the_export_in_one_file(do: Do, tess_at: Browser) -> None:
    page = do("export", *MINE, "cost-check")
    assert "3 questions can be exported." in page.words
    made = tess_at.press("Export", format="bank")
    assert made.status == 200
    assert made.response.headers["Content-Disposition"].startswith("attachment")


def test_what_is_published_goes_to_a_new_quiz(do: Do) -> None:
    page = do("quiz", "own-public-mine", "own-draft-mine")
    assert "A new quiz asks 1 question." in page.words
    form = page.button("Go to the new quiz").inside("form")
    assert form is not None
    assert form.attrs["action"] == "/teach/quizzes/new"
    assert [it.attrs["value"] for it in form.all("input", name="slug")] == ["own-public-mine"]


def test_the_undo_of_somebody_else_is_not_offered(do: Do, tess_at: Browser, app: Flask, tove: User) -> None:
    do("tag", *MINE)
    page = tess_at.press("Add the tag", tag="week-3")
    assert "Undo" in page.buttons()[0]
    assert not any("Undo" in it for it in Browser(app).sign_in(tove).open(page.path).buttons())
