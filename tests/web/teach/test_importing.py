"""Bringing files in: read, looked at, stored as one, taken back, and brought again without doubles."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.authoring.models import OwnQuestion, Upload
from tests.web.visiting import Browser, Page

GIFT = """// From another system
$CATEGORY: Unit 1/Signals

::Capital:: What is the capital of France? {=Paris ~Lyon#No, that is the second city. ~Nice}

::Broken:: Which of these is never closed? {=A ~B

::Sum:: What is 2 + 2? {#4:0}

::No key:: Which one? {~A ~B ~C}

::Note:: Just a text without an answer.
"""
Count = Callable[..., int]


@pytest.fixture
def at(browser: Browser, tess: User) -> Browser:
    """Tess, signed in."""
    return browser.sign_in(tess)


def bring(browser: Browser, text: str | bytes = GIFT, name: str = "unit-1.gift", format: str = "") -> Page:
    """Choose a file in the form, and read it."""
    browser.open("/teach/import")
    data = text if isinstance(text, bytes) else text.encode()
    form = {"csrf_token": browser.token(), "format": format, "file": (io.BytesIO(data), name)}
    return browser._show(
        browser.client.post("/teach/import", data=form, content_type="multipart/form-data", follow_redirects=True)
    )


def stored(session: Session) -> dict[str, str]:
    """Status by the first words of every own question."""
    session.rollback()
    rows = session.scalars(select(OwnQuestion).order_by(OwnQuestion.slug))
    return {str(row.slug).removeprefix("own-").rsplit("-", 1)[0]: row.status for row in rows}


def test_a_file_is_looked_at_before_anything_is_stored(at: Browser, count: Count) -> None:
    page = bring(at)
    assert page.heading == "unit-1.gift"
    assert [it.text for it in page.tree.all("dd")][:4] == ["2", "0", "1", "2"]
    assert "line 4" in page.words
    assert "Kept as source text" in page.words
    assert count(OwnQuestion) == 0
    assert count(Upload) == 1


def test_what_is_refused_says_where_and_why(at: Browser) -> None:
    entries = [it.text for it in bring(at).tree.all("li", class_="entry is-refuse")]
    assert len(entries) == 2
    assert "line 6" in entries[0]
    assert "No answer is marked as right." in entries[1]


def test_an_import_can_be_ready_to_be_asked(at: Browser, session: Session) -> None:
    bring(at)
    page = at.press("Import what is ticked", publish="yes")
    assert "Imported: 2 ready to be asked, 1 kept as source text." in page.words
    assert sorted(stored(session).values()) == ["draft", "published", "published"]


def test_an_import_can_wait_as_drafts(at: Browser, session: Session) -> None:
    bring(at)
    assert "2 as drafts" in at.press("Import what is ticked", publish="no").words
    assert set(stored(session).values()) == {"draft"}


def test_what_is_not_ticked_stays_out(at: Browser, count: Count) -> None:
    bring(at)
    at.press("Import what is ticked", take=["1"])
    assert count(OwnQuestion) == 1


def test_nothing_ticked_imports_nothing_and_says_so(at: Browser, count: Count) -> None:
    bring(at)
    page = at.press("Import what is ticked", take=[])
    assert page.status == 422
    assert "Nothing is ticked." in page.words
    assert count(Upload) == 1


def test_the_text_of_a_refused_entry_can_be_kept_to_be_mended(at: Browser, session: Session) -> None:
    bring(at)
    page = at.press("Import what is ticked", take=["2"])
    assert "Imported: 1 kept as source text." in page.words
    session.rollback()
    own = session.scalars(select(OwnQuestion)).one()
    assert (own.kind, own.status) == ("", "draft")
    assert "Which of these is never closed?" in str(own.source_text)
    assert at.open(f"/teach/questions/{own.slug}/edit").status == 200


def test_cancelling_forgets_the_file(at: Browser, count: Count) -> None:
    bring(at)
    assert "Nothing was imported." in at.press("Cancel").words
    assert (count(Upload), count(OwnQuestion)) == (0, 0)


def test_the_same_file_again_doubles_nothing(at: Browser, count: Count) -> None:
    bring(at)
    at.press("Import what is ticked", publish="yes")
    page = bring(at)
    assert page.words.count("Here already") == 3
    assert "Import what is ticked" in page.buttons()
    at.press("Import what is ticked")
    assert count(OwnQuestion) == 3


def test_a_file_that_was_changed_updates_what_it_brought(at: Browser, session: Session, count: Count) -> None:
    bring(at)
    at.press("Import what is ticked", publish="yes")
    page = bring(at, GIFT.replace("the second city", "the third city"))
    assert "Updates yours" in page.words
    assert "Different: answers." in page.words
    at.press("Import what is ticked")
    assert count(OwnQuestion) == 3
    session.rollback()
    own = session.scalars(select(OwnQuestion).where(OwnQuestion.slug.like("own-capital%"))).one()
    assert "third city" in own.content
    # What learners are asked stays as it was until the update is published.
    assert (own.status, own.is_served) == ("draft", True)


def test_an_import_can_be_undone(at: Browser, count: Count) -> None:
    bring(at)
    at.press("Import what is ticked", publish="yes")
    page = at.press("Undo")
    assert "Undone for 3 questions." in page.words
    assert count(OwnQuestion) == 0


def test_questions_go_where_the_teacher_says(at: Browser, session: Session) -> None:
    bring(at)
    at.press("Import what is ticked", lesson="02-two-counts", level="apply", publish="no")
    session.rollback()
    own = session.scalars(select(OwnQuestion).where(OwnQuestion.slug.like("own-capital%"))).one()
    assert own.lesson == "02-two-counts"
    assert '"level": "apply"' in own.content
    assert '"category": "Unit 1/Signals"' in own.content


def test_a_file_of_no_known_format_is_told(at: Browser, count: Count) -> None:
    page = bring(at, b"\x89PNG\r\n\x1a\n\x00\x00", "picture.gift")
    assert page.status == 422
    assert "cannot be told what kind of file" in page.words
    assert count(Upload) == 0


def test_no_file_is_told(at: Browser) -> None:
    at.open("/teach/import")
    page = at.press("Read the file")
    assert page.status == 422
    assert "Choose a file first." in page.words


def test_a_file_of_another_teacher_does_not_exist(at: Browser, other: Browser, sam: User, session: Session) -> None:
    page = bring(at)
    sam.role = "teacher"
    session.commit()
    other.sign_in(sam)
    assert other.open(page.path).status == 404
    assert other.post(page.path, {"do": "import"}).status_code == 404


def test_the_columns_of_a_table_can_be_chosen(at: Browser, session: Session) -> None:
    table = "Frage;A;B;Lösung;Notiz\nWhich sea is salt?;The Dead Sea;Lake Constance;A;x\n"
    page = bring(at, table, "sea.csv")
    names = ["question", "option 1", "option 2", "correct", ""]
    at.press("Read the file again", **{f"column-{place}": meaning for place, meaning in enumerate(names)})
    page = at.press("Import what is ticked", publish="no")
    assert "Imported: 1" in page.words


def test_the_template_can_be_imported_as_it_is(at: Browser) -> None:
    template = at.client.get("/teach/import/template.csv")
    assert template.headers["Content-Disposition"] == 'attachment; filename="offramp-questions.csv"'
    page = bring(at, template.data, "offramp-questions.csv")
    assert [it.text for it in page.tree.all("dd")][1:4] == ["0", "0", "0"]


def test_five_hundred_questions_are_looked_at_page_by_page(at: Browser, count: Count) -> None:
    many = "\n\n".join(f"::Q{n}:: What is {n} + 1? {{#{n + 1}:0}}" for n in range(500))
    page = bring(at, many, "many.gift")
    assert "page 1 of 20" in page.words
    # What is left out on one page stays left out on the next.
    page = at.press("Next page", take=[str(n) for n in range(2, 26)])
    assert "page 2 of 20" in page.words
    assert "499 ready" in at.press("Import what is ticked", publish="yes").words
    assert count(OwnQuestion) == 499
