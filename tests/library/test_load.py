"""The course's folders → Library: what is broken is left out by name, the rest is served."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.lessons.model import Check, Figure
from app.library.folders import course_digest, course_files
from app.library.load import load_course
from tests.support.course import BANK, LESSON, copy_course, edit, line_of
from tests.support.databases import COURSE

pytestmark = pytest.mark.pure

ALL_LESSONS = ["01-a-costly-word", "02-two-counts", "03-every-kind"]
WHOLE, _ = load_course(COURSE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_course(tmp_path)


def found(folder: Path) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.rule) for problem in load_course(folder)[1]]


def test_the_small_course_is_sound() -> None:
    library, problems = load_course(COURSE)
    assert problems == []
    assert list(library.lessons) == ALL_LESSONS
    assert {"cost-guess", "two-counts", "kinds-verdict"} <= library.questions.keys()
    assert {"mixed", "check-02", "across", "every-kind"} <= library.quizzes.keys()


def test_everything_can_be_looked_up() -> None:
    library, _ = load_course(COURSE)
    assert library.objectives["src.date"].lesson == "02-two-counts"
    assert library.strands["sources"].letter == "C"
    assert [lesson.id for lesson in library.lessons_of("sources")] == ["02-two-counts", "03-every-kind"]
    assert library.lessons_of("deescalation") == []
    quiz = library.quiz_of("02-two-counts")
    strand = library.lesson_strand("02-two-counts")
    assert (quiz and quiz.id, strand and strand.id) == ("check-02", "sources")
    assert library.quiz_of("none") is None
    assert library.lesson_strand(None) is None
    assert set(library.version_ids) == set(library.questions)


def test_figures_are_inlined() -> None:
    library, _ = load_course(COURSE)
    (figure,) = [
        block
        for segment in library.lessons["02-two-counts"].segments
        for block in segment.blocks
        if isinstance(block, Figure)
    ]
    assert figure.svg.startswith("<svg")
    assert "aria-hidden" in figure.svg


# ---------------------------------------------------------------- files that are not as they should be


def test_an_empty_folder_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    library, problems = load_course(tmp_path)
    assert library.lessons == library.questions == {}
    assert [(p.file, p.rule) for p in problems] == [("lessons/course.yaml", "FMT-01")]
    assert load_course(tmp_path / "nowhere")[1]
    assert course_digest(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "file",
    ["lessons/sources.yaml", "lessons/glossary.yaml", "lessons/article/quotes.yaml", "questions/quizzes.yaml"],
)
def test_a_missing_list_leaves_the_rest_readable(folder: Path, file: str) -> None:
    (folder / file).unlink()
    library, _ = load_course(folder)
    assert library.course.title == "The test course"


@pytest.mark.parametrize(
    ("file", "gone"),
    [
        (LESSON, "02-two-counts"),
        ("lessons/signalling/01-a-costly-word.md", "01-a-costly-word"),
    ],
)
def test_a_lesson_that_is_not_utf8_is_left_out_by_name(folder: Path, file: str, gone: str) -> None:
    (folder / file).write_bytes("---\nid: ü".encode("latin-1"))
    library, problems = load_course(folder)
    assert gone not in library.lessons
    assert len(library.lessons) == len(ALL_LESSONS) - 1
    assert (file, 1, "FMT-01") in [(p.file, p.line, p.rule) for p in problems]
    assert any("UTF-8" in p.message for p in problems)


def test_a_bank_that_is_not_utf8_keeps_the_other_bank(folder: Path) -> None:
    (folder / BANK).write_bytes(b"\xff\xfe")
    library, problems = load_course(folder)
    others = {slug for slug, question in WHOLE.questions.items() if question.place.file != BANK}
    assert library.questions.keys() == others
    assert (BANK, 1, "FMT-01") in [(p.file, p.line, p.rule) for p in problems]


@pytest.mark.parametrize("text", ["", "words", "{a: 1}", "[", "- 1\n- [x]", "null"])
@pytest.mark.parametrize("file", ["lessons/course.yaml", "lessons/sources.yaml", "questions/quizzes.yaml", BANK])
def test_nonsense_in_a_file_is_never_an_exception(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text)
    load_course(folder)


def test_a_folder_in_place_of_a_file_is_a_problem(folder: Path) -> None:
    (folder / "lessons/glossary.yaml").unlink()
    (folder / "lessons/glossary.yaml").mkdir()
    assert ("lessons/glossary.yaml", 1, "FMT-01") in found(folder)


def test_a_misplaced_lesson_is_told_where_it_belongs(folder: Path) -> None:
    path = folder / LESSON
    path.rename(path.with_name("03-other-name.md"))
    _, problems = load_course(folder)
    assert any("lessons/sources/02-two-counts.md" in p.message for p in problems)


# ---------------------------------------------------------------- ids


def test_a_question_id_used_in_two_banks_names_both_places(folder: Path) -> None:
    edit(folder, BANK, "id: name-the-counter", "id: held-cost")
    library, problems = load_course(folder)
    (twice,) = [p for p in problems if p.rule == "FMT-05"]
    first = line_of(folder, "questions/01-a-costly-word.yaml", "id: held-cost")
    assert (twice.file, twice.line) == (BANK, line_of(folder, BANK, "id: held-cost"))
    assert f"questions/01-a-costly-word.yaml:{first}" in twice.message
    assert library.questions["held-cost"].lesson == "01-a-costly-word"


def test_a_source_id_used_twice_is_a_problem(folder: Path) -> None:
    line = edit(folder, "lessons/sources.yaml", "id: S02,", "id: S01,")
    assert ("lessons/sources.yaml", line, "FMT-05") in found(folder)


def test_two_lessons_with_one_id_are_a_problem(folder: Path) -> None:
    text = (folder / LESSON).read_text()
    (folder / "lessons/sources/copy.md").write_text(text)
    assert "FMT-05" in {rule for _, _, rule in found(folder)}


# ---------------------------------------------------------------- what names something that is not there


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("objective: src.count\n    level: evaluate", "objective: src.gone\n    level: evaluate", "Q-01"),
        ("source: {ref: S01, at: page 4}", "source: {ref: S77, at: page 4}", "SRC-01"),
        ("source: {ref: S01, at: page 4}", "source: {ref: S01, at: page 4}\n    sources: [S02, S78]", "SRC-01"),
        ("source: {ref: S01, at: page 4}", "source: {ref: S01, at: p}\n    passage: {quote: gone}", "Q-05"),
    ],
)
def test_a_question_with_a_broken_reference_is_left_out_by_name(folder: Path, old: str, new: str, rule: str) -> None:
    edit(folder, BANK, old, new)
    library, problems = load_course(folder)
    # A quiz that names the question is left out with it.
    of_bank = [(p.file, p.line, p.rule) for p in problems if p.file == BANK]
    assert of_bank == [(BANK, line_of(folder, BANK, "id: two-counts"), rule)]
    assert problems[0].message.startswith("two-counts: ")
    assert library.questions.keys() == WHOLE.questions.keys() - {"two-counts"}
    assert list(library.lessons) == ALL_LESSONS


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("::: quote nobody-hurt", "::: quote gone", "Q-05"),
        ("::: note claim=C01", "::: note claim=C77", "FMT-06"),
        ('::: note title="Disputed"', "::: note term=gone", "FMT-06"),
        ("::: figure counts", "::: figure gone", "LES-07"),
        ("[^S01]", "[^S77]", "SRC-01"),
        ("strand: sources", "strand: gone", "FMT-06"),
        ("objectives: [src.date, src.count]", "objectives: [src.gone]", "FMT-06"),
        ("::: check count-check", "::: chock count-check", "FMT-06"),
        ("minutes: 8", "minutes: eight", "FMT-03"),
    ],
)
def test_a_lesson_with_a_broken_reference_is_left_out_by_name(folder: Path, old: str, new: str, rule: str) -> None:
    edit(folder, LESSON, old, new)
    library, problems = load_course(folder)
    assert (LESSON, rule) in {(p.file, p.rule) for p in problems}
    assert list(library.lessons) == ["01-a-costly-word", "03-every-kind"]
    assert library.questions.keys() == WHOLE.questions.keys()


def test_a_broken_reference_in_a_lesson_names_its_line(folder: Path) -> None:
    line = edit(folder, LESSON, "::: quote nobody-hurt", "::: quote gone")
    assert (LESSON, line, "Q-05") in found(folder)


def test_a_figure_with_a_script_keeps_its_lesson_out(folder: Path) -> None:
    edit(folder, "lessons/figures/counts.svg", "</svg>", "<script>alert(1)</script></svg>")
    library, problems = load_course(folder)
    assert ("lessons/figures/counts.svg", "LES-07") in {(p.file, p.rule) for p in problems}
    assert "02-two-counts" not in library.lessons


def test_a_self_check_without_its_question_is_dropped_and_the_lesson_stays(folder: Path) -> None:
    line = edit(folder, LESSON, "::: check count-check", "::: check gone")
    library, problems = load_course(folder)
    assert [(p.file, p.line) for p in problems] == [(LESSON, line)]
    lesson = library.lessons["02-two-counts"]
    assert lesson.checks == ("date-check", "sort-check")
    assert all(b.questions for s in lesson.segments for b in s.blocks if isinstance(b, Check))


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("questions: [word-or-deed, which", "questions: [nothing, which", "mixed"),
        ("lesson: 02-two-counts", "lesson: 99-gone", "check-02"),
        ("- {objective: sig.cost, count: 1}", "- {objective: sig.gone, count: 1}", "across"),
        (
            "questions: [word-or-deed, which-signals-cost, put-reports-in-order, name-the-note]",
            "questions: []",
            "mixed",
        ),
    ],
)
def test_a_quiz_with_a_broken_reference_is_left_out_by_name(folder: Path, old: str, new: str, gone: str) -> None:
    edit(folder, "questions/quizzes.yaml", old, new)
    library, problems = load_course(folder)
    line = line_of(folder, "questions/quizzes.yaml", f"id: {gone}")
    assert [(p.file, p.line, p.rule) for p in problems] == [("questions/quizzes.yaml", line, "FMT-06")]
    assert gone in problems[0].message
    assert library.quizzes.keys() == WHOLE.quizzes.keys() - {gone}


def test_a_quiz_goes_with_the_lesson_that_it_belongs_to(folder: Path) -> None:
    (folder / LESSON).unlink()
    assert "check-02" not in load_course(folder)[0].quizzes


def test_an_objective_of_an_unknown_strand_names_its_line(folder: Path) -> None:
    line = edit(folder, "lessons/course.yaml", "strand: signalling\n    lesson", "strand: gone\n    lesson")
    assert ("lessons/course.yaml", line - 1, "FMT-06") in found(folder)


# ---------------------------------------------------------------- the digest


@pytest.mark.parametrize("file", [path.relative_to(COURSE).as_posix() for path in course_files(COURSE)])
def test_the_digest_changes_with_every_file(folder: Path, file: str) -> None:
    before = course_digest(folder)
    assert before == course_digest(COURSE)
    path = folder / file
    path.write_text(path.read_text() + "\n")
    assert course_digest(folder) != before


def test_the_digest_changes_with_a_files_name(folder: Path) -> None:
    before = course_digest(folder)
    (folder / BANK).rename(folder / "questions/renamed.yaml")
    assert course_digest(folder) != before


def test_the_digest_does_not_change_with_files_that_are_not_read(folder: Path) -> None:
    before = course_digest(folder)
    (folder / "lessons" / "notes.txt").write_text("x")
    (folder / "questions" / ".hidden.yaml").write_text("x")
    assert course_digest(folder) == before
