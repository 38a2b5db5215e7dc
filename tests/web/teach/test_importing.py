"""Bringing files in: read, looked at, stored as one, taken back, and brought again without doubles."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.authoring.models import OwnQuestion, Upload
from app.authoring.queries import content_of
from app.db import transaction
from app.web.teach import files
from tests.authoring.making import save
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
    part = 'Content-Disposition: form-data; name="{}"'
    # As a browser writes it down; the client would keep a large file open on the disk.
    fields = {"csrf_token": browser.token(), "format": format}
    form = "".join(f"--edge\r\n{part.format(field)}\r\n\r\n{value}\r\n" for field, value in fields.items())
    form += f'--edge\r\n{part.format("file")}; filename="{name}"\r\n\r\n'
    body = form.encode() + data + b"\r\n--edge--\r\n"
    sort = "multipart/form-data; boundary=edge"
    return browser._show(browser.client.post("/teach/import", data=body, content_type=sort, follow_redirects=True))


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


def test_what_is_here_is_left_out_and_shown_as_it_will_be(at: Browser, count: Count) -> None:
    bring(at, GIFT + "\n::Capital:: What is the capital of France? {=Paris ~Lyon#No, that is the second city. ~Nice}\n")
    page = at.page
    assert "The same question stands in line 4 of this file already." in page.words
    at.press("Import what is ticked")
    assert count(OwnQuestion) == 3


def test_a_file_of_before_takes_back_nothing_that_was_changed_here(at: Browser, session: Session) -> None:
    bring(at)
    at.press("Import what is ticked", publish="no")
    session.rollback()
    own = session.scalars(select(OwnQuestion).where(OwnQuestion.slug.like("own-capital%"))).one()
    with transaction() as writing:
        row = writing.get_one(OwnQuestion, own.slug)
        content = {**content_of(row), "explanation": "It has been for long."}
        save(writing, row, writing.scalars(select(User).where(User.name == "Tess")).one(), content)
    page = bring(at)
    assert page.words.count("Here already") == 3
    assert "Here it was changed since" in page.words


HOSTILE = [
    ("empty.gift", b"", "This file is empty."),
    ("a.zip", b"PK\x03\x04" + b"\x00" * 40, "cannot be told what kind of file"),
    ("bomb.xml", b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><quiz>&c;</quiz>', "entit"),
    ("torn.xml", b"<quiz><question type=", "line"),
]


@pytest.mark.parametrize(("name", "data", "said"), HOSTILE)
def test_a_file_that_cannot_be_read_says_why(at: Browser, count: Count, name: str, data: bytes, said: str) -> None:
    page = bring(at, data, name)
    assert page.status == 422
    assert said in page.words
    assert count(Upload) == 0


@pytest.mark.parametrize(("megabytes", "status"), [(10, 422), (11, 413), (50, 413)])
def test_a_file_that_is_too_large_gets_a_page_that_says_so(at: Browser, megabytes: int, status: int) -> None:
    page = bring(at, b"x" * (megabytes * 1024 * 1024 + 1), "large.gift")
    assert page.status == status
    assert "10 MB" in page.words


@pytest.mark.parametrize("name", ["../../etc/passwd.gift", "/tmp/unit.gift"])
def test_a_path_in_the_name_of_a_file_is_only_a_name(at: Browser, name: str) -> None:
    assert bring(at, GIFT, name).heading == name.rpartition("/")[2]


def test_scripts_in_a_file_are_text_wherever_they_stand(at: Browser) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    gift = (
        f"::{attack}:: [html]Which {attack}? {{=A {attack}#No {attack} ~B}}\n\n::n:: {attack}\n\n::b:: {attack} {{=A ~B"
    )
    bring(at, gift, f"{attack.replace('/', '')}.gift")
    body = at.page.response.get_data(as_text=True)
    assert "<script>alert" not in body
    assert "onerror=alert(2)>" not in body.replace("&lt;img src=x onerror=alert(2)&gt;", "")
    assert body.count("<script") == body.count("<script type=") + body.count("<script src=")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_other_encodings_are_read(at: Browser, encoding: str) -> None:
    page = bring(at, "Où est la mer salée ? {=Ici ~Là}".encode(encoding), "mer.gift")
    assert "Où est la mer salée" in page.words
    assert ("was read as Windows-1252" in page.words) is (encoding == "cp1252")


def test_more_questions_than_are_read_at_a_time_are_refused(at: Browser, count: Count) -> None:
    page = bring(at, "\n\n".join(f"Is {n} even? {{T}}" for n in range(5001)), "many.gift")
    assert page.status == 422
    assert "5,001 questions; at most 5,000 are read at a time" in page.words
    assert count(Upload) == 0


def test_a_file_that_takes_too_long_is_given_up(at: Browser, count: Count, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_SECONDS", 0.0)
    page = bring(at)
    assert page.status == 422
    assert "Reading took too long" in page.words
    assert count(Upload) == 0


def test_every_page_of_a_large_file_comes_at_once(at: Browser) -> None:
    page = bring(at, "\n\n".join(f"::Q{n}:: Is {n} even? {{T}}" for n in range(2000)), "many.gift")
    assert "page 1 of 80" in page.words
    begun = time.process_time()
    for number in (2, 40, 80):
        assert f"page {number} of 80" in at.open(f"{page.path}?page={number}").words
    # Neither read nor compared again: that would take seconds for each page.
    assert time.process_time() - begun < 1
