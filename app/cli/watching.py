"""Noticing that a file of a course was saved, and telling which problems came and went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

from app.library.folders import course_files
from app.questions.problems import Problem

SECONDS = 0.5
Stamps = dict[Path, tuple[int, int]]


def pause() -> None:
    """Wait for as long as a file may stay unnoticed."""
    # Of a course there are a few dozen files: looking at them costs less than a library that is told of changes,
    # and it works on network drives and in containers, where nobody tells.
    Event().wait(SECONDS)


def changes(folders: Sequence[Path], wait: Callable[[], object] = pause) -> Iterator[None]:
    """Gives, after some `wait`, something whenever a file of the courses was saved, added or taken away since now."""
    return _changes(folders, wait, _stamps(folders))


def _changes(folders: Sequence[Path], wait: Callable[[], object], before: Stamps) -> Iterator[None]:
    while True:
        wait()
        now = _stamps(folders)
        if now != before:
            before = now
            yield


def _stamps(folders: Sequence[Path]) -> Stamps:
    found: Stamps = {}
    for file in (file for folder in folders for file in course_files(folder)):
        try:
            at = file.stat()
        except OSError:  # an editor may be putting a new file in its place
            continue
        found[file] = (at.st_mtime_ns, at.st_size)
    return found


def difference(before: Sequence[Problem], after: Sequence[Problem]) -> tuple[list[Problem], list[Problem]]:
    """The problems that are new, and those that are gone. A problem that only moved to another line is neither."""
    return _without(after, before), _without(before, after)


def _without(problems: Sequence[Problem], others: Sequence[Problem]) -> list[Problem]:
    known = Counter(map(_what, others))
    left = []
    for problem in problems:
        if known[_what(problem)]:
            known[_what(problem)] -= 1
        else:
            left.append(problem)
    return left


def _what(problem: Problem) -> tuple[str, str, str]:
    return problem.file, problem.rule, problem.message
