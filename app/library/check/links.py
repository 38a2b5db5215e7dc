"""References that nothing breaks on, so that the loader lets them pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.library.check.parts import paragraphs
from app.library.check.rule import Finding, Rule, Subject

_TERM = re.compile(r"\]\{term=([^}\s]+)\}")


def _banks(subject: Subject) -> Iterator[Finding]:
    """A bank for a lesson that is not there, once a bank; an enemy that is not there."""
    library = subject.library
    banks: dict[str, str] = {}
    for question in subject.questions:
        place = question.place
        banks.setdefault(place.file, question.lesson)
        for enemy in question.head.enemies:
            if enemy not in library.questions:
                message = f"{question.id}: There is no question “{enemy}” to be kept apart from."
                yield Finding(place.file, place.line, "error", message, question.id)
    for file, lesson in banks.items():
        # A bank may hold questions that belong to no lesson.
        if lesson and lesson not in library.lessons:
            yield Finding(file, 1, "error", f"There is no sound lesson “{lesson}” for this bank.")


def _marked_terms(subject: Subject) -> Iterator[Finding]:
    for lesson in subject.lessons:
        for paragraph in paragraphs(lesson):
            for term in _TERM.findall(paragraph.text):
                if term not in subject.library.terms:
                    message = f"There is no term “{term}” in lessons/glossary.yaml."
                    yield Finding(lesson.file, paragraph.line, "error", message)


def _contrasts(subject: Subject) -> Iterator[Finding]:
    for term in {term for pair in subject.library.course.contrasts for term in pair}:
        if term not in subject.library.terms:
            message = f"“contrasts” names the term “{term}”, which is not in lessons/glossary.yaml."
            yield Finding("lessons/course.yaml", 1, "error", message)


def _references(subject: Subject) -> Iterator[Finding]:
    yield from _banks(subject)
    yield from _contrasts(subject)
    yield from _marked_terms(subject)


RULES: dict[str, Rule] = {
    "FMT-06": Rule("error", "Whatever is named exists, and stands where it belongs.", _references),
}
