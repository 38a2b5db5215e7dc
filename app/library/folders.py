"""The folders of a course: which files count, what each folder is called, and a hash over all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from app.config import BUNDLED
from app.library.places import shown
from app.library.references import COURSE_FILE
from app.paths import content_folder

# Raise it when the compiled form changes: courses compiled before are then compiled again.
COMPILED_FORMAT = 5
PARTS = (("lessons", (".yaml", ".md", ".svg")), ("questions", (".yaml", ".png", ".jpg", ".webp")))


def course_files(folder: Path) -> list[Path]:
    """The files that make the course in `folder`, sorted."""
    return sorted(
        file
        for part, endings in PARTS
        for file in (folder / part).rglob("*")
        if file.suffix in endings and file.is_file() and not file.name.startswith(".")
    )


def course_digest(*folders: Path) -> str:
    """A hash over every file of the courses; equal digests mean that nothing needs to be read again."""
    whole = hashlib.sha256(f"format {COMPILED_FORMAT}".encode())
    for name, folder in named(folders):
        for file in course_files(folder):
            path = shown(file.relative_to(folder).as_posix(), name)
            whole.update(f"\0{path}\0{hashlib.sha256(file.read_bytes()).hexdigest()}".encode())
    return whole.hexdigest()


def has_lessons(folder: Path) -> bool:
    """Whether this is a course of its own; else it is a private bank, which has questions about another's lessons."""
    return (folder / COURSE_FILE).is_file()


def named(folders: Sequence[Path]) -> list[tuple[str, Path]]:
    """The folders in the order in which they are read, private banks last, each with its name before its files.

    The first has no name, so that the files of one course alone are called what they are called in its folder.
    """
    found: dict[str, Path] = {}
    for folder in sorted(folders, key=has_lessons, reverse=True):
        name = BUNDLED if folder == content_folder() else folder.name
        if not found:
            name = ""
        while name in found:
            name += "-2"
        found[name] = folder
    return list(found.items())
