"""What the dossier names in vain is taken out and said; and where things are used."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.library.dossier import cited_in
from app.library.load import load_course
from app.library.uses import citations, lessons_by_claim, lessons_by_paragraph, lessons_by_term
from app.paths import content_folder
from tests.support.course import copy_course, edit
from tests.support.databases import COURSE

pytestmark = pytest.mark.pure

CLAIMS = "lessons/article/claims.yaml"


def test_an_unknown_source_is_named_and_left_out_and_the_claim_stays(tmp_path: Path) -> None:
    folder = copy_course(tmp_path)
    edit(folder, CLAIMS, "since: 2031-03-09, sources: [S02]", "since: 2031-03-09, sources: [S02, S99]")
    library, problems = load_course(folder)
    assert [str(one) for one in problems if "S99" in one.message] == [
        f"{CLAIMS}:1: error SRC-01: C01: There is no source “S99” in lessons/sources.yaml."
    ]
    assert cited_in(library.claims["C01"]) == ["S01", "S02"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("omissions.yaml", "claims: [C01]", "claims: [C77]", "FMT-06: O1: There is no claim “C77”"),
        ("claims.yaml", "quote: nobody-hurt", "quote: nobody-there", "Q-05: C01: There is no quotation “nobody-there”"),
        ("claims.yaml", "{id: C02, at: P3", "{id: C02, at: P9", "FMT-06: C02: There is no paragraph “P9”"),
        (
            "places.yaml",
            "claims: [C01], sources: [S01]",
            "claims: [C01], sources: [S77]",
            "SRC-01: harbour: There is no",
        ),
        ("counts.yaml", "sources: [S02]", "sources: [S88]", "SRC-01: hurt: There is no source “S88”"),
    ],
)
def test_whatever_is_named_in_vain_is_said_and_breaks_nothing(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder = copy_course(tmp_path)
    edit(folder, f"lessons/article/{file}", old, new)
    library, problems = load_course(folder)
    assert [one for one in problems if said in str(one)]
    assert list(library.claims) == ["C01", "C02", "C03"]
    assert list(library.lessons) == list(load_course(COURSE)[0].lessons)
    assert library.claims["C01"].quote == ("nobody-hurt" if new != "quote: nobody-there" else None)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("as_of: 2031-03-09", "as_of: 2031-02-30", "FMT-03"),
        ("verdict: contested", "verdict: perhaps", "FMT-03"),
        ("  given: None.\n", "  proof: None.\n", "FMT-02"),
    ],
)
def test_a_claim_that_cannot_be_read_is_named_at_its_line(tmp_path: Path, old: str, new: str, rule: str) -> None:
    folder = copy_course(tmp_path)
    line = edit(folder, CLAIMS, old, new)
    library, problems = load_course(folder)
    assert (CLAIMS, rule) in {(one.file, one.rule) for one in problems}
    assert line in {one.line for one in problems if one.file == CLAIMS}
    assert "C01" not in library.claims


def test_a_course_without_a_dossier_is_no_problem(tmp_path: Path) -> None:
    folder = copy_course(tmp_path)
    before = load_course(folder)[1]
    for name in ("dossier", "omissions", "timeline", "counts", "names", "places"):
        (folder / f"lessons/article/{name}.yaml").unlink()
    library, problems = load_course(folder)
    assert problems == before
    assert not library.dossier.dates
    assert not library.events


def test_uses_name_the_lessons() -> None:
    library, _ = load_course(COURSE)
    numbers = {
        "paragraph": [lesson.head.number for lesson in lessons_by_paragraph(library)["P2"]],
        "claim": [lesson.head.number for lesson in lessons_by_claim(library)["C01"]],
    }
    assert numbers == {"paragraph": [2], "claim": [2]}
    assert lessons_by_term(library)["costly-signal"]
    assert "O2" not in lessons_by_claim(library)


def test_citations_name_lessons_before_the_dossier() -> None:
    library, _ = load_course(COURSE)
    found = [use.label for use in citations(library)["S02"]]
    assert found == ["Lesson 1", "C01", "Four are counted", "How many were hurt?"]


def test_in_the_shipped_course_claims_and_omissions_are_numbered_without_a_gap() -> None:
    library, problems = load_course(content_folder())
    assert [one for one in problems if one.file.startswith("lessons/article/")] == []
    assert list(library.claims) == [f"C{number:02}" for number in range(1, len(library.claims) + 1)]
    assert list(library.omissions) == [f"O{number}" for number in range(1, len(library.omissions) + 1)]
    assert {claim.at for claim in library.claims.values()} == set(library.paragraphs)
    assert all(claim.verdicts and claim.by for claim in library.claims.values())


def test_in_the_shipped_course_quotations_are_shown_in_their_own_paragraph() -> None:
    library, _ = load_course(content_folder())
    quoted = [claim for claim in library.claims.values() if claim.quote]
    assert quoted
    assert [claim.id for claim in quoted if library.quotes[claim.quote or ""].at != claim.at] == []
