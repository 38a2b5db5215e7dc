"""Where everything of a course is written, for problems that are found only when all is read."""

from __future__ import annotations

from collections.abc import Mapping


class Places:
    """(file, key) → the file under the name that people know it by, and the line.

    Files are asked for by where they stand in any course, such as lessons/course.yaml. Of several courses the later
    ones are told apart by a name before the file, such as weather/lessons/course.yaml.
    """

    def __init__(self, lines: Mapping[tuple[str, str], int] | None = None, name: str = "") -> None:
        """The lines of the course that is called `name`; the first has no name."""
        self._found = {(file, key): (shown(file, name), line) for (file, key), line in (lines or {}).items()}

    def at(self, file: str, key: str) -> tuple[str, int]:
        """File and line at which `key` is written; line 1 when that is not known."""
        return self._found.get((file, key), (file, 1))

    def __or__(self, later: Places) -> Places:
        """Both; where a key is written in both, this one's place stays."""
        both = Places()
        both._found = later._found | self._found
        return both


def shown(file: str, name: str) -> str:
    """A file as people know it: with the name of its course before it, but for the first."""
    return f"{name}/{file}" if name else file
