"""One question at its page: what is said of it, and its way from draft to published, retired and back."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.event import listen, remove
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.authoring import queries, service
from app.authoring.models import OwnQuestion
from app.authoring.service import Author
from app.db import db, transaction
from app.library.model import Library
from tests.authoring.making import SLUG, changed, make_own, make_published, save, with_option
from tests.factories import NOON, finished, make_user
from tests.web.visiting import Browser, Page

PAGE = f"/teach/questions/{SLUG}"


@pytest.fixture
def draft(tess: User) -> str:
    """The path of a draft of Tess's."""
    with transaction() as session:
        make_own(session, tess)
    return PAGE


@pytest.fixture
def published(tess: User) -> str:
    """The path of a question of Tess's that learners are asked."""
    with transaction() as session:
        make_published(session, tess)
    return PAGE


@pytest.fixture
def tove_at(app: Flask, session: Session) -> Browser:
    """Another teacher at her browser."""
    with transaction() as writing:
        tove = make_user(writing, "Tove", role=Role.TEACHER)
    return Browser(app).sign_in(tove)


def edit(content: dict[str, Any]) -> None:
    """Tess saves another wording."""
    with transaction() as session:
        own = session.get_one(OwnQuestion, SLUG)
        save(session, own, session.get_one(User, own.owner_id), content)


def row(session: Session, slug: str = SLUG) -> OwnQuestion:
    """The question's row as it is now."""
    session.rollback()
    return session.get_one(OwnQuestion, slug)


def steps(page: Page) -> list[str]:
    """What can be done with the question."""
    return [it for it in page.buttons() if it in {*("Send to review", "Retire", "Bring back", "Make a copy")}]


# ---------------------------------------------------------------- the page


def test_a_draft_is_shown_with_its_key_and_why(tess_at: Browser, draft: str) -> None:
    page = tess_at.open(draft)
    assert page.heading == "What does the old ferry cost?"
    for words in ("Draft", "This was right.", "That is the way back.", "The board at the quay says one coin."):
        assert words in page.words
    assert "Not asked yet." in page.words
    assert "A costly word" in page.words


def test_a_question_from_a_file_names_its_line_and_offers_a_copy(tess_at: Browser) -> None:
    page = tess_at.open("/teach/questions/cost-check")
    assert "From a file" in page.words
    assert "questions/01-a-costly-word.yaml, line 17" in page.words
    assert "open it in a text editor" in page.words
    assert steps(page) == ["Make a copy"]


def test_answers_are_counted_and_those_before_another_meaning_apart(
    tess_at: Browser, session: Session, library: Library, lee: User, sam: User
) -> None:
    with transaction() as writing:
        finished(writing, writing.get_one(User, lee.id), library)
        attempt = finished(writing, writing.get_one(User, sam.id), library, right=0)
        slug = attempt.slots[0].question
    page = tess_at.open(f"/teach/questions/{slug}")
    assert "Asked 2 times" in page.words
    assert "1 of 2 (50 %)" in page.words


def test_findings_are_said_beside_the_question(tess_at: Browser, draft: str) -> None:
    edit(with_option(1, text="All of the above"))
    page = tess_at.open(draft)
    assert "(MC-0" in page.words
    assert f"{draft}/edit#f-options-1" in page.links()
    edit(with_option(2, feedback="", text="All five"))
    assert "Option 3 has no feedback" in tess_at.open(draft).words


def test_what_keeps_a_draft_from_being_asked_leads_to_its_field(tess_at: Browser, draft: str) -> None:
    edit(with_option(1, text=""))
    page = tess_at.open(draft)
    assert "Option 2, text: this is empty." in page.words
    assert f"{draft}/edit#f-options-1-text" in page.links()
    assert f"{draft}/publish" not in page.links()


@pytest.mark.parametrize(
    "content",
    [{}, {"kind": 3, "level": [1], "tags": "x", "objective": {"a": 1}}, {"kind": "single_choice", "stem": ["x"]}],
)
def test_whatever_a_draft_holds_its_pages_are_shown(
    tess_at: Browser, tess: User, session: Session, content: dict[str, Any]
) -> None:
    with transaction() as writing:
        make_own(writing, tess, content)
    for path in (PAGE, f"{PAGE}/publish", f"{PAGE}/history", f"{PAGE}/preview", "/teach/"):
        assert tess_at.open(path).status == 200, path


def test_a_text_that_no_kind_holds_is_shown_as_it_came(tess_at: Browser, tess: User, session: Session) -> None:
    with transaction() as writing:
        own = make_own(writing, tess, {})
        own.source_format, own.source_text = "gift", "::Old::<b>{#=3}</b>"
    page = tess_at.open(PAGE)
    assert page.tree.one("pre").text == "::Old::<b>{#=3}</b>"


# ---------------------------------------------------------------- statuses


def test_a_draft_goes_to_review_comes_back_with_a_note_and_is_published(
    tess_at: Browser, tove_at: Browser, session: Session, draft: str
) -> None:
    tess_at.open(draft)
    page = tess_at.press("Send to review", note="Is it too easy?")
    assert "In review" in page.words
    assert "What does the old ferry cost?" in tove_at.open("/teach/").words
    page = tove_at.open(draft)
    assert "Publish" not in [it.text for it in page.tree.one("main").all("a")]
    page = tove_at.press("Return with a note", note="Name the ferry.")
    assert "Returned. It is a draft again." in page.words
    assert tove_at.open(draft).status == 404
    assert row(session).status == "draft"
    assert "Name the ferry." in tess_at.open(f"{draft}/history").words
    tess_at.open(f"{draft}/publish")
    page = tess_at.press("Publish")
    assert "Published. Learners are asked it from now on." in page.words
    assert (row(session).status, row(session).is_served) == ("published", True)


def test_a_reviewer_says_what_is_to_be_changed(
    tess_at: Browser, tove_at: Browser, session: Session, draft: str
) -> None:
    tess_at.open(draft)
    tess_at.press("Send to review")
    assert tove_at.post(f"{draft}/return", {"note": " "}).status_code == 400
    assert row(session).status == "in_review"


def test_retired_and_brought_back_nothing_is_lost(tess_at: Browser, session: Session, published: str) -> None:
    tess_at.open(published)
    page = tess_at.press("Retire", note="Too old.")
    assert "Retired" in page.words
    assert steps(page) == ["Bring back", "Make a copy"]
    assert not row(session).is_served
    page = tess_at.press("Bring back")
    assert "Brought back as a draft." in page.words
    assert row(session).status == "draft"


def test_a_step_that_somebody_else_has_taken_is_told(tess_at: Browser, published: str) -> None:
    response = tess_at.post(f"{published}/review")
    assert response.status_code == 409
    assert "This question is published now" in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["review", "retire"])
def test_an_endless_note_is_refused(tess_at: Browser, session: Session, draft: str, path: str) -> None:
    assert tess_at.post(f"{draft}/{path}", {"note": "x" * 501}).status_code == 400
    assert row(session).status == "draft"


# ---------------------------------------------------------------- whose it is


def test_a_draft_of_somebody_else_looks_like_one_that_never_was(tove_at: Browser, draft: str) -> None:
    for path in ("", "/publish", "/history", "/preview"):
        theirs, never = tove_at.open(draft + path), tove_at.open(f"/teach/questions/own-never-abcd{path}")
        assert (theirs.status, theirs.words) == (404, never.words), path


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "", 200),
        ("GET", "/preview", 200),
        ("GET", "/publish", 403),
        ("GET", "/history", 403),
        ("POST", "/publish", 403),
        ("POST", "/history", 403),
        ("POST", "/review", 403),
        ("POST", "/retire", 403),
        ("POST", "/bring-back", 403),
        ("POST", "/return", 400),
        ("POST", "/comments", 303),
        ("POST", "/copy", 303),
        ("POST", "/preview", 422),
    ],
)
def test_what_others_publish_may_be_seen_said_and_copied_and_not_changed(
    tove_at: Browser, session: Session, published: str, method: str, path: str, status: int
) -> None:
    if method == "GET":
        assert tove_at.open(published + path).status == status
    else:
        assert tove_at.post(published + path, {"text": "Good."}).status_code == status
    assert (row(session).status, row(session).edit_number) == ("published", 2)


def test_others_see_the_wording_that_is_asked_while_its_author_writes_on(tove_at: Browser, published: str) -> None:
    edit(changed(stem="What is the fare?"))
    page = tove_at.open(published)
    assert page.heading == "What does the old ferry cost?"
    assert "Tess is writing on. This is the wording that learners are asked." in page.words
    assert "What does the old ferry cost?" in tove_at.open(f"{published}/preview").words


def test_admins_may_change_what_is_somebody_elses(app: Flask, session: Session, draft: str) -> None:
    with transaction() as writing:
        admin = make_user(writing, "Ada", role=Role.ADMIN)
    browser = Browser(app).sign_in(admin)
    browser.open(draft)
    browser.press("Send to review")
    assert row(session).status == "in_review"


# ---------------------------------------------------------------- comments and copies


def test_a_comment_is_told_to_its_author_settled_and_opened_again(
    tess_at: Browser, tove_at: Browser, published: str
) -> None:
    tove_at.open(published)
    tove_at.press("Add the comment", text="The second is too easy.\nAnd long.")
    assert "Tove commented" in tess_at.open("/teach/").words
    assert "The second is too easy." in tess_at.open(published).words
    assert "Settled by Tess" in tess_at.press("Settle").words
    assert "Tove commented" not in tess_at.open("/teach/").words
    tess_at.open(published)
    assert "Settled by Tess" not in tess_at.press("Not settled after all").words


def test_questions_from_files_take_comments_too(tess_at: Browser) -> None:
    tess_at.open("/teach/questions/cost-check")
    assert "Ask of a bus, too." in tess_at.press("Add the comment", text="Ask of a bus, too.").words


def test_an_empty_comment_is_refused_at_its_field(tess_at: Browser, draft: str) -> None:
    tess_at.open(draft)
    page = tess_at.press("Add the comment", text=" ")
    assert page.status == 422
    assert page.tree.one("textarea", name="text").attrs["aria-invalid"] == "true"


@pytest.mark.parametrize("comment", ["none", "00000000-0000-7000-8000-000000000001"])
def test_a_comment_that_is_not_there_is_not_settled(tess_at: Browser, draft: str, comment: str) -> None:
    assert tess_at.post(f"{draft}/comments", {"settle": comment}).status_code == 404


@pytest.mark.parametrize(
    ("slug", "use"), [("cost-check", "practice"), ("which-signals-cost", "practice"), (SLUG, "practice")]
)
def test_a_copy_is_a_draft_of_ones_own(tove_at: Browser, session: Session, published: str, slug: str, use: str) -> None:
    response = tove_at.post(f"/teach/questions/{slug}/copy")
    assert response.status_code == 303
    copy = response.location.split("/")[3]
    own = row(session, copy)
    assert copy.startswith("own-")
    assert (own.status, own.owner_name, own.lesson) == ("draft", "Tove", "01-a-costly-word")
    assert queries.content_of(own)["use"] == use
    assert [edit.note for edit in queries.history(session, copy)] == [f"Copy of {slug}"]


def test_a_copy_can_be_published_beside_its_original(tess_at: Browser, session: Session) -> None:
    copy = tess_at.post("/teach/questions/word-or-deed/copy").location.split("/")[3]
    tess_at.open(f"/teach/questions/{copy}/publish")
    assert tess_at.press("Publish").status == 200
    assert row(session, copy).is_served


# ---------------------------------------------------------------- the first page


def test_a_teacher_who_has_nothing_yet_is_told_where_to_begin(tess_at: Browser) -> None:
    page = tess_at.open("/teach/")
    assert "Write your first question" in page.words
    assert "Your drafts" not in page.words


def test_the_first_page_has_ones_drafts_and_leads_on_to_the_latest(tess_at: Browser, draft: str) -> None:
    page = tess_at.open("/teach/")
    assert "Go on writing" in page.words
    assert page.links().count(draft) == 2


@pytest.mark.parametrize("path", ["/teach/", PAGE, f"{PAGE}/publish", f"{PAGE}/history", f"{PAGE}/preview"])
def test_the_database_is_asked_a_few_times_whatever_there_is(
    app: Flask, tess_at: Browser, tess: User, session: Session, path: str
) -> None:
    with transaction() as writing:
        owner = writing.get_one(User, tess.id)
        own = make_published(writing, owner)
        for number in range(12):
            save(writing, own, owner, changed(stem=f"Take {number}?"))
            make_own(writing, owner, slug=f"own-{number}-abcd")
            service.comment_on(writing, SLUG, Author(None, "Tove"), f"Remark {number}", now=NOON)
    tess_at.open(path)
    asked: list[str] = []

    def note(*event: Any) -> None:
        asked.append(event[2])

    with app.app_context():
        engine = db.engine
    listen(engine, "before_cursor_execute", note)
    try:
        assert tess_at.open(path).status == 200
    finally:
        remove(engine, "before_cursor_execute", note)
    assert 0 < len([words for words in asked if words.startswith("SELECT")]) <= 12, asked
