"""Whatever is in the files, checking them ends in a report."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.library.check import Report, check_course
from tests.library.check.course import BANK_FILE, HEAD, LESSON_FILE, base_files, write

pytestmark = pytest.mark.pure
# Marks that mean something to YAML, Markdown or the directives, among any other signs.
MARKS = st.sampled_from(
    [
        *(
            "\n",
            "  ",
            "- ",
            ": ",
            ":::",
            "## ",
            "|",
            "[",
            "]",
            "{",
            "}",
            "&a ",
            "*a",
            "!!",
            "? ",
            "---",
            "#",
            "“",
            "”",
        ),
        *(
            "check ",
            "note term=",
            "figure ",
            "worked ",
            "alt: ",
            "quote ",
            "[^S1]",
            "{term=x}",
            "id",
            "lesson",
            "0x",
        ),
    ]
)
TEXT = st.lists(MARKS | st.text(max_size=6), max_size=40).map("".join)
WORDS = st.text(max_size=12) | st.sampled_from(["", "?", "not", "A and C", "10–20", "a b c d", "1.2.3 to 4", "²-³"])


def checked(file: str, text: str) -> Report:
    """The report on the base course with one file's text replaced."""
    with tempfile.TemporaryDirectory() as folder:
        content = text.encode("utf-8", errors="surrogatepass")
        return check_course(write(Path(folder), base_files() | {file: content}))


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_any_text_as_a_bank(text: str) -> None:
    assert checked(BANK_FILE, text).problems


@settings(max_examples=40, deadline=None)
@given(TEXT)
def test_any_text_as_the_questions_of_a_bank(text: str) -> None:
    assert BANK_FILE not in checked(BANK_FILE, f"lesson: 01-first\nquestions:\n- {text}").library.questions


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_any_text_as_a_lesson(text: str) -> None:
    assert checked(LESSON_FILE, text).problems


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_any_text_below_sound_front_matter(text: str) -> None:
    front = base_files()[LESSON_FILE].split("---\n")[1]
    report = checked(LESSON_FILE, f"---\n{front}---\n{text}")
    assert all(problem.line >= 1 for problem in report.problems)


@settings(max_examples=80, deadline=None)
@given(
    kind=st.sampled_from(["single_choice", "multiple_response"]),
    stem=WORDS,
    options=st.lists(st.tuples(WORDS, WORDS, st.booleans()), max_size=9),
    shuffle=st.booleans(),
)
def test_any_words_in_a_choice(kind: str, stem: str, options: list[tuple[str, str, bool]], shuffle: bool) -> None:
    fields = [
        {"id": f"o{n}", "text": text, "feedback": said, "key": key} for n, (text, said, key) in enumerate(options)
    ]
    question = {**HEAD, "kind": kind, "stem": stem, "options": fields, "shuffle": shuffle}
    bank = yaml.safe_dump({"lesson": "01-first", "questions": [question]}, allow_unicode=True)
    assert checked(BANK_FILE, bank).problems
