"""Taking questions out: the file, what it lacks, and the way home."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from app.accounts.permissions import Role
from app.db import transaction
from app.formats import FORMATS
from app.library.model import Library
from app.questions.bank import read_bank
from tests.authoring.making import make_quiz
from tests.factories import make_user
from tests.web.teach.test_importing import GIFT, bring
from tests.web.visiting import Browser

WRITABLE = [name for name, format in FORMATS.items() if format.writes]


@pytest.mark.parametrize("name", WRITABLE)
def test_every_format_gives_a_file_once_what_it_lacks_is_said(tess_at: Browser, name: str) -> None:
    fields = {"format": name, "do": "download"}
    response = tess_at.post("/teach/export", fields)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith('attachment; filename="offramp-')
    assert len(response.data) > 100


def test_what_a_format_cannot_hold_is_named_before_the_file(tess_at: Browser) -> None:
    tess_at.open("/teach/export")
    page = tess_at.press("Make the file", format="aiken", lesson="01-a-costly-word")
    assert "What Aiken cannot hold" in page.words
    assert "Download it all the same" in page.buttons()


def test_a_format_that_holds_none_of_them_makes_no_file(tess_at: Browser) -> None:
    response = tess_at.post("/teach/export", {"format": "aiken", "kind": "ordering", "do": "download"})
    assert response.status_code == 422
    assert "Aiken can hold none of these questions" in response.get_data(as_text=True)


def test_a_file_that_lacks_nothing_comes_at_once(tess_at: Browser) -> None:
    response = tess_at.post("/teach/export", {"format": "bank", "lesson": "01-a-costly-word"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="own-01-a-costly-word.yaml"'
    questions, problems = read_bank(response.get_data(as_text=True), "own.yaml")
    assert problems == []
    assert len(questions) == 5


def test_banks_of_several_lessons_come_in_one_archive(tess_at: Browser) -> None:
    response = tess_at.post("/teach/export", {"format": "bank"})
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        assert archive.namelist() == [
            "own-01-a-costly-word.yaml",
            "own-02-two-counts.yaml",
            "own-03-every-kind.yaml",
        ]


def test_nothing_that_fits_is_said(tess_at: Browser) -> None:
    tess_at.open("/teach/export")
    page = tess_at.press("Make the file", format="gift", tag="nowhere")
    assert page.status == 422
    assert "No question fits." in page.words


def test_selected_questions_stay_selected_on_the_form(tess_at: Browser) -> None:
    page = tess_at.open("/teach/export?slug=word-or-deed&slug=which-signals-cost")
    assert "2 questions selected." in page.words
    response = tess_at.post("/teach/export", {"format": "gift", "slug": ["word-or-deed"], "do": "download"})
    assert b"offramp:word-or-deed" in response.data
    assert b"which-signals-cost" not in response.data


@pytest.mark.parametrize("name", ["gift", "moodle_xml", "csv"])
def test_what_was_exported_comes_home_without_doubles(tess_at: Browser, app: Flask, name: str) -> None:
    bring(tess_at)
    tess_at.press("Import what is ticked", publish="yes")
    data = tess_at.post("/teach/export", {"format": name, "own": "yes", "do": "download"}).data
    page = bring(tess_at, data, f"home{FORMATS[name].suffixes[0]}")
    assert page.words.count("Here already") == 2
    changed = data.replace(b"second city", b"third city")
    page = bring(tess_at, changed, f"home{FORMATS[name].suffixes[0]}")
    assert "Updates yours" in page.words


def test_a_question_of_a_file_comes_home_as_a_copy(tess_at: Browser, library: Library) -> None:
    data = tess_at.post("/teach/export", {"format": "gift", "slug": "word-or-deed", "do": "download"}).data
    page = bring(tess_at, data.replace(b"::", b"::", 1), "home.gift")
    assert "Here already" in page.words
    stem = library.questions["word-or-deed"].head.stem.split()[0].encode()
    page = bring(tess_at, data.replace(stem, b"Tell me: " + stem, 1), "home.gift")
    assert "this becomes a copy of your own" in page.words


def test_a_bad_import_leaves_the_exported_file_alone(tess_at: Browser) -> None:
    bring(tess_at, GIFT)
    assert tess_at.open("/teach/export").status == 200


def test_drafts_of_other_teachers_are_not_among_the_quizzes(tess_at: Browser, session: Session) -> None:
    with transaction() as writing:
        tove = make_user(writing, "Tove", role=Role.TEACHER)
        make_quiz(writing, tove, "word-or-deed", slug="own-tove-draft", status="draft")
        make_quiz(writing, tove, "word-or-deed", slug="own-tove-open")
    page = tess_at.open("/teach/export")
    offered = [it.attrs["value"] for it in page.tree.all("select", id="quiz")[0].all("option")]
    assert "own-tove-open" in offered
    assert "own-tove-draft" not in offered
    refused = tess_at.post("/teach/export", {"format": "gift", "quiz": "own-tove-draft", "do": "download"})
    assert refused.status_code == 422
    assert "There is no such quiz" in refused.get_data(as_text=True)


def test_an_image_goes_out_and_comes_home(tess_at: Browser) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    source = f"data:image/png;base64,{b64encode(drawn.getvalue()).decode()}"
    xml = (
        '<quiz><question type="shortanswer"><name><text>Colour</text></name><questiontext format="html"><text><![CDATA['
        f'<p>Which colour? <img src="{source}" alt="A square"></p>]]></text></questiontext>'
        '<answer fraction="100"><text>red</text></answer></question></quiz>'
    )
    bring(tess_at, xml, "colour.xml")
    assert "1 ready to be asked" in tess_at.press("Import what is ticked", publish="yes").words
    out = tess_at.post("/teach/export", {"format": "moodle_xml", "own": "yes", "do": "download"}).data
    assert b'encoding="base64"' in out
    assert "Here already" in bring(tess_at, out, "home.xml").words
    banks = tess_at.post("/teach/export", {"format": "bank", "own": "yes"})
    with zipfile.ZipFile(io.BytesIO(banks.data)) as archive:
        assert [name.rpartition(".")[2] for name in archive.namelist()] == ["yaml", "png"]
