"""What a rule is: a function from the course to findings, and how one over a question or lesson becomes one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.lessons.model import Lesson
from app.library.model import Library
from app.questions.model import Question
from app.questions.problems import Severity


@dataclass(frozen=True)
class Subject:
    """The course to check, with the line of every id: (file, id) → line; `today` is None when nobody says."""

    library: Library
    lines: Mapping[tuple[str, str], int]
    today: date | None = None

    def line(self, file: str, key: str) -> int:
        """The line at which `key` is written in `file`, 1 when that is not known."""
        return self.lines.get((file, key), 1)


@dataclass(frozen=True)
class Finding:
    """What one rule says of one place; `question` is the id of the question it is about, if any."""

    file: str
    line: int
    severity: Severity
    message: str
    question: str | None = None


@dataclass(frozen=True)
class Rule:
    """A rule: its severities in words, what it wants in a sentence, and the function that looks."""

    severity: str
    wants: str
    find: Callable[[Subject], Iterator[Finding]]


Said = Iterator[tuple[Severity, str]]
SaidAt = Iterator[tuple[int, Severity, str]]


def each_question(find: Callable[[Library, Question], Said], *bodies: type) -> Callable[[Subject], Iterator[Finding]]:
    """A rule over every question, or over those whose body is one of `bodies`."""

    def over(subject: Subject) -> Iterator[Finding]:
        for question in subject.library.questions.values():
            if bodies and not isinstance(question.body, bodies):
                continue
            for severity, message in find(subject.library, question):
                place = question.place
                said = f"{question.id}: {message}"
                yield Finding(place.file, place.line, severity, said, question.id)

    return over


def each_lesson(find: Callable[[Library, Lesson], SaidAt]) -> Callable[[Subject], Iterator[Finding]]:
    """A rule over every lesson; the function gives a line with each finding."""

    def over(subject: Subject) -> Iterator[Finding]:
        for lesson in subject.library.lessons.values():
            for line, severity, message in find(subject.library, lesson):
                yield Finding(lesson.file, line, severity, message)

    return over
