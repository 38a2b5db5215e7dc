"""What a rule is: a function from the course to findings, and how one over a question or lesson becomes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.lessons.model import Lesson
from app.library.model import Library
from app.library.places import Places
from app.questions.model import Question
from app.questions.problems import Severity


@dataclass(frozen=True)
class Subject:
    """The course to check, with the place of every id; `today` is None when nobody says."""

    library: Library
    places: Places
    today: date | None = None
    # To look at this question alone, in the library around it; no lesson is looked at then.
    only: Question | None = None

    @property
    def questions(self) -> Iterable[Question]:
        """The questions to look at."""
        return (self.only,) if self.only else self.library.questions.values()

    @property
    def lessons(self) -> Iterable[Lesson]:
        """The lessons to look at."""
        return () if self.only else self.library.lessons.values()

    def at(self, file: str, key: str) -> tuple[str, int]:
        """File and line at which `key` is written in such a file of any of the courses."""
        return self.places.at(file, key)


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
        for question in subject.questions:
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
        for lesson in subject.lessons:
            for line, severity, message in find(subject.library, lesson):
                yield Finding(lesson.file, line, severity, message)

    return over
