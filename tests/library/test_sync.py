"""Versions of questions: what a typo, a change of key and a new revision do (architecture.md rule 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.library.folders import course_digest
from app.library.load import load_course
from app.library.model import Library
from app.library.models import QuestionVersion
from app.library.queries import questions_by_version, stored_course
from app.library.service import sync
from app.questions.problems import Problem
from tests.support.course import BANK, copy_course, edit, line_of
from tests.support.databases import COURSE

Sync = Callable[[], tuple[Library, list[Problem]]]
# After every moment at which the tests themselves are run: their database has the small course already.
START = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_course(tmp_path)


@pytest.fixture
def synced(session: Session, folder: Path) -> Sync:
    """Sync the folder, each time a minute later; the first time is done."""
    minutes = iter(range(1, 99))

    def again() -> tuple[Library, list[Problem]]:
        return sync(session, folder, now=START + timedelta(minutes=next(minutes)))

    assert again()[1] == []
    return again


def versions(session: Session, slug: str = "two-counts") -> list[QuestionVersion]:
    query = select(QuestionVersion).where(QuestionVersion.slug == slug).order_by(QuestionVersion.synced_at)
    return list(session.scalars(query))


def change_key(folder: Path) -> None:
    edit(folder, BANK, "{id: both, key: true, text:", "{id: both, text:")
    edit(folder, BANK, "{id: mean, text:", "{id: mean, key: true, text:")


def test_every_question_gets_a_version(session: Session, synced: Sync) -> None:
    library, _ = synced()
    stored = set(session.scalars(select(QuestionVersion.id)))
    assert set(library.version_ids.values()) <= stored


def test_nothing_changed_makes_no_new_version(session: Session, synced: Sync) -> None:
    before = len(list(session.scalars(select(QuestionVersion))))
    library, problems = synced()
    assert problems == []
    assert len(list(session.scalars(select(QuestionVersion)))) == before
    assert library.questions.keys() == load_course(COURSE)[0].questions.keys()


def test_a_typo_makes_a_new_version_of_the_same_revision(session: Session, synced: Sync, folder: Path) -> None:
    edit(folder, BANK, "Ten, as the middle", "10, as the middle")
    library, problems = synced()
    old, new = versions(session)
    assert problems == []
    assert (old.revision, new.revision) == (1, 1)
    assert old.signature == new.signature
    assert library.version_ids["two-counts"] == new.id
    assert library.questions["two-counts"].body.options[1].text == "10, as the middle of the two"


def test_a_version_that_was_shown_stays_as_it_was(session: Session, synced: Sync, folder: Path) -> None:
    shown = synced()[0].version_ids["two-counts"]
    edit(folder, BANK, "Ten, as the middle", "10, as the middle")
    synced()
    assert questions_by_version(session, [shown])[shown].body.options[1].text == "Ten, as the middle of the two"


def test_a_typo_that_is_taken_back_serves_the_first_version_again(session: Session, synced: Sync, folder: Path) -> None:
    first = synced()[0].version_ids["two-counts"]
    edit(folder, BANK, "Ten, as the middle", "10, as the middle")
    synced()
    edit(folder, BANK, "10, as the middle", "Ten, as the middle")
    library, _ = synced()
    assert library.version_ids["two-counts"] == first
    assert len(versions(session)) == 2
    # And it counts as the newest: a refused change now falls back to it.
    change_key(folder)
    assert synced()[0].version_ids["two-counts"] == first


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{id: larger, text:", "{id: bigger, text:"),
        ("      - {id: larger,", "      # - {id: larger,"),
    ],
    ids=["an option's id", "an option gone"],
)
def test_a_change_of_meaning_under_the_same_revision_is_refused(
    session: Session, synced: Sync, folder: Path, old: str, new: str
) -> None:
    had = synced()[0].version_ids["two-counts"]
    edit(folder, BANK, old, new)
    library, problems = synced()
    (problem,) = problems
    assert (problem.file, problem.rule, problem.severity) == (BANK, "REV-01", "error")
    assert problem.line == line_of(folder, BANK, "id: two-counts")
    assert "Raise it to 2" in problem.message
    assert library.version_ids["two-counts"] == had
    assert len(versions(session)) == 1


def test_a_refused_change_of_key_keeps_serving_the_old_key(session: Session, synced: Sync, folder: Path) -> None:
    change_key(folder)
    library, problems = synced()
    assert [problem.rule for problem in problems] == ["REV-01"]
    assert library.questions["two-counts"].body.keys == {"both"}


def test_a_refused_change_is_told_again_at_the_next_start(session: Session, synced: Sync, folder: Path) -> None:
    change_key(folder)
    library, problems = synced()
    stored = stored_course(session, course_digest(folder))
    assert stored == (library, problems)
    assert stored is not None
    assert stored[0].questions["two-counts"].body.keys == {"both"}


def test_a_raised_revision_is_accepted(session: Session, synced: Sync, folder: Path) -> None:
    change_key(folder)
    edit(folder, BANK, "id: two-counts\n    revision: 1", "id: two-counts\n    revision: 2")
    library, problems = synced()
    assert problems == []
    assert library.questions["two-counts"].body.keys == {"mean"}
    assert [version.revision for version in versions(session)] == [1, 2]


def test_a_raised_revision_may_change_the_kind(session: Session, synced: Sync, folder: Path) -> None:
    edit(
        folder,
        BANK,
        "id: two-counts\n    revision: 1\n    kind: single_choice",
        "id: two-counts\n    revision: 2\n    kind: multiple_response",
    )
    library, problems = synced()
    assert problems == []
    assert library.questions["two-counts"].kind == "multiple_response"


def test_another_kind_under_the_same_revision_is_refused(session: Session, synced: Sync, folder: Path) -> None:
    edit(
        folder,
        BANK,
        "id: two-counts\n    revision: 1\n    kind: single_choice",
        "id: two-counts\n    revision: 1\n    kind: multiple_response",
    )
    library, problems = synced()
    assert [problem.rule for problem in problems] == ["REV-01"]
    assert library.questions["two-counts"].kind == "single_choice"


def test_a_lower_revision_is_refused(session: Session, synced: Sync, folder: Path) -> None:
    edit(folder, BANK, "id: two-counts\n    revision: 1", "id: two-counts\n    revision: 3")
    served = synced()[0].version_ids["two-counts"]
    edit(folder, BANK, "id: two-counts\n    revision: 3", "id: two-counts\n    revision: 2")
    library, problems = synced()
    (problem,) = problems
    assert problem.rule == "REV-01"
    assert "revision 2 is older than 3" in problem.message
    assert library.version_ids["two-counts"] == served


def test_a_question_that_goes_and_comes_back_is_the_same(session: Session, synced: Sync, folder: Path) -> None:
    first = synced()[0].version_ids["two-counts"]
    text = (folder / BANK).read_text()
    start, end = text.index("  - id: two-counts"), text.index("  - id: name-the-counter")
    (folder / BANK).write_text(text[:start] + text[end:])
    library, _ = synced()
    assert "two-counts" not in library.questions
    assert questions_by_version(session, [first])[first].id == "two-counts"
    (folder / BANK).write_text(text)
    library, problems = synced()
    assert problems == []
    assert library.version_ids["two-counts"] == first


def test_a_question_that_comes_back_with_another_key_is_refused(session: Session, synced: Sync, folder: Path) -> None:
    text = (folder / BANK).read_text()
    start, end = text.index("  - id: two-counts"), text.index("  - id: name-the-counter")
    (folder / BANK).write_text(text[:start] + text[end:])
    synced()
    (folder / BANK).write_text(text)
    change_key(folder)
    library, problems = synced()
    assert [problem.rule for problem in problems] == ["REV-01"]
    assert library.questions["two-counts"].body.keys == {"both"}


def test_the_compiled_course_is_used_only_for_the_files_it_was_made_from(
    session: Session, synced: Sync, folder: Path
) -> None:
    library, problems = synced()
    assert stored_course(session, course_digest(folder)) == (library, problems)
    edit(folder, BANK, "Ten, as the middle", "10, as the middle")
    assert stored_course(session, course_digest(folder)) is None


def test_problems_are_sorted_by_place(session: Session, synced: Sync, folder: Path) -> None:
    change_key(folder)
    edit(folder, "lessons/sources/02-two-counts.md", "::: check count-check", "::: check gone")
    edit(folder, BANK, "id: who-counted\n    revision: 1", "id: who-counted\n    revision: none")
    problems = synced()[1]
    assert len(problems) == 3
    assert problems == sorted(problems)
