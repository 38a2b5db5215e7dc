"""Copies of the small course that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.databases import COURSE

BANK = "questions/02-two-counts.yaml"
LESSON = "lessons/sources/02-two-counts.md"
# The one file of a private bank for the small course.
GRADED = """
lesson: 02-two-counts
questions:
  - id: graded-one
    revision: 1
    kind: short_answer
    objective: src.date
    level: apply
    use: held_out
    source: {ref: S02, at: whole work}
    stem: Which word names the person who counted on the second day?
    explanation: The second count was made by the clerk, who signed the page on the day on which it was made.
    accept: [clerk, the clerk]
    wrong: [{text: pilot, feedback: "The pilot was on board and has never counted anybody on the quay."}]
"""


def copy_course(to: Path) -> Path:
    """The small course, copied into the folder `to`."""
    folder = to / "course"
    shutil.copytree(COURSE, folder)
    return folder


def edit(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the one place that reads `old`; the line where it stands."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def line_of(folder: Path, file: str, words: str) -> int:
    """The first line of a file that has these words."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)
