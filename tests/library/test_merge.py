"""Several courses as one: what is added, what stays, and where a problem is said to be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.library.check import check_course
from app.library.folders import course_digest, named
from app.library.load import load_course
from app.paths import PACKAGE, content_folder
from tests.support.course import GRADED, copy_course, edit
from tests.support.databases import COURSE

pytestmark = pytest.mark.pure
STARTER = PACKAGE / "cli" / "starter" / "course"
LESSON = "01-who-wrote-it"


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """A course of one's own that may be changed."""
    folder = tmp_path / "notices"
    shutil.copytree(STARTER, folder)
    return folder


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A private bank for the small course."""
    folder = tmp_path / "bank"
    (folder / "questions").mkdir(parents=True)
    (folder / "questions" / "graded.yaml").write_text(GRADED, encoding="utf-8")
    return folder


def test_the_first_gives_the_title_and_both_give_what_is_read_and_asked(notices: Path) -> None:
    both, problems = load_course(COURSE, notices)
    first, second = load_course(COURSE)[0], load_course(notices)[0]
    assert problems == []
    assert both.course.title == first.course.title
    for part in ("lessons", "questions", "quizzes", "sources", "terms", "strands", "objectives"):
        assert list(getattr(both, part)) == [*getattr(first, part), *getattr(second, part)]


def test_files_of_the_first_keep_their_names_and_those_of_the_second_have_its_name_before(notices: Path) -> None:
    both, _ = load_course(COURSE, notices)
    assert both.questions["two-counts"].place.file == "questions/02-two-counts.yaml"
    assert both.questions["notice-gap"].place.file == f"notices/questions/{LESSON}.yaml"
    assert both.lessons[LESSON].file == f"notices/lessons/notices/{LESSON}.md"


def test_the_article_is_that_of_the_first_course_that_has_one(notices: Path) -> None:
    both, problems = load_course(notices, COURSE)
    alone = load_course(COURSE)[0]
    assert problems == []
    assert both.course.title == "Reading a notice"
    assert (both.paragraphs, both.claims, both.quotes) == (alone.paragraphs, alone.claims, alone.quotes)
    assert both.course.words_in_article == alone.course.words_in_article


def test_a_question_id_taken_twice_names_both_files_and_the_first_stays(notices: Path) -> None:
    line = edit(notices, f"questions/{LESSON}.yaml", "- id: notice-in-order", "- id: two-counts")
    both, problems = load_course(COURSE, notices)
    first = load_course(COURSE)[0].questions["two-counts"]
    (problem,) = problems
    assert (problem.file, problem.line, problem.rule) == (f"notices/questions/{LESSON}.yaml", line, "FMT-05")
    assert f"questions/02-two-counts.yaml:{first.place.line}" in problem.message
    assert both.questions["two-counts"] == first


@pytest.mark.parametrize(
    ("file", "old", "new", "word"),
    [
        ("lessons/course.yaml", "{id: notices, letter: N", "{id: sources, letter: N", "strand"),
        (
            "lessons/course.yaml",
            "id: notice.who\n    strand: notices",
            "id: src.date\n    strand: notices",
            "objective",
        ),
        ("lessons/sources.yaml", "id: S2,", "id: S02,", "source"),
        ("lessons/glossary.yaml", "{id: issuer", "{id: ferry", "term"),
        ("questions/quizzes.yaml", "id: check-01-who-wrote-it", "id: check-02", "quiz"),
    ],
)
def test_every_kind_of_id_is_looked_at(notices: Path, file: str, old: str, new: str, word: str) -> None:
    ferry = copy_course(notices.parent)
    (ferry / "lessons" / "glossary.yaml").write_text("- {id: ferry, term: ferry, definition: A ship.}\n")
    line = edit(notices, file, old, new)
    _, problems = load_course(ferry, notices)
    (taken,) = [problem for problem in problems if problem.rule == "FMT-05"]
    assert (taken.file, taken.line) == (f"notices/{file}", line)
    assert taken.message.startswith(f"The {word} id “")
    assert f"is taken by {file}:" in taken.message


def test_one_and_the_same_source_in_both_is_no_mistake(notices: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(notices, other)
    _, problems = load_course(notices, other)
    assert "source" not in {problem.message.split()[1] for problem in problems}


def test_what_one_course_names_may_stand_in_another(notices: Path) -> None:
    edit(notices, f"lessons/notices/{LESSON}.md", "reason to be careful.", "reason to be careful.[^S02]")
    assert load_course(COURSE, notices)[1] == []
    assert [problem.rule for problem in load_course(notices)[1]] == ["SRC-01", "FMT-06"]


def test_a_broken_reference_of_the_second_is_told_with_its_own_file_and_line(notices: Path) -> None:
    line = edit(
        notices, "lessons/course.yaml", "id: notice.open\n    strand: notices", "id: notice.open\n    strand: none"
    )
    _, problems = load_course(COURSE, notices)
    assert [(problem.file, problem.line) for problem in problems] == [("notices/lessons/course.yaml", line)]


def test_a_private_bank_asks_about_lessons_objectives_and_sources_of_the_course(bank: Path) -> None:
    both, problems = load_course(COURSE, bank)
    assert problems == []
    assert both.questions["graded-one"].lesson == "02-two-counts"
    assert both.questions["graded-one"].place.file == "bank/questions/graded.yaml"


def test_a_private_bank_may_be_named_before_its_course(bank: Path) -> None:
    assert load_course(bank, COURSE) == load_course(COURSE, bank)


def test_a_private_bank_alone_is_told_where_it_belongs(bank: Path) -> None:
    library, problems = load_course(bank)
    assert library.questions == {}
    assert "named beside the course" in problems[0].message


def test_a_folder_with_nothing_in_it_is_named_and_the_other_is_served(tmp_path: Path) -> None:
    library, problems = load_course(COURSE, tmp_path / "nowhere")
    assert [problem.file for problem in problems] == ["nowhere/lessons/course.yaml"]
    assert library.lessons == load_course(COURSE)[0].lessons


def test_checking_tells_problems_of_the_bank_apart_from_those_of_the_course(bank: Path, tmp_path: Path) -> None:
    edit(bank, "questions/graded.yaml", "level: apply", "level: high")
    report = check_course(COURSE, bank)
    assert {problem.file for problem in report.within("bank").problems} == {"bank/questions/graded.yaml"}


def test_the_blueprint_of_the_first_asks_nothing_of_the_second(notices: Path, tmp_path: Path) -> None:
    course = copy_course(tmp_path)
    edit(course, "lessons/course.yaml", "strands:", "blueprint: {practice: 50}\nstrands:")
    said = [one.message for one in check_course(course, notices).problems if one.rule == "BNK-05"]
    assert any(message.startswith("src.date: ") for message in said)
    assert not any(message.startswith("notice.") for message in said)


def test_every_folder_counts_in_the_hash(notices: Path, bank: Path) -> None:
    before = course_digest(COURSE, notices, bank)
    assert course_digest(COURSE, notices) != before != course_digest(COURSE)
    edit(bank, "questions/graded.yaml", "second day", "third day")
    assert course_digest(COURSE, notices, bank) != before


def test_folders_of_one_name_are_told_apart_and_the_bundled_course_is_called_so(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "weather", tmp_path / "b" / "weather"
    assert [name for name, _ in named([COURSE, one, other])] == ["", "weather", "weather-2"]
    assert [name for name, _ in named([COURSE, content_folder()])] == ["", "bundled"]
