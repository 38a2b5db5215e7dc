"""The teacher's pages on disk, and what they name: one that names something missing is left out, and named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.lessons.teaching import Teaching
from app.library.model import Library
from app.library.places import Places
from app.questions.problems import Problem

TEACHING_FOLDER = "lessons/teaching"


def teaching_file(lesson_id: str) -> str:
    """Where a lesson's page for the teacher is kept."""
    return f"{TEACHING_FOLDER}/{lesson_id}.yaml"


def sound_teaching(library: Library, places: Places) -> tuple[Library, list[Problem]]:
    """The library with the teacher's pages whose lesson, parts, quizzes, quotations and sources exist.

    `places` has the line of each value by the path to it, such as `plan.steps.2.quiz`.
    """
    problems: list[Problem] = []
    sound = {}
    for key, teaching in library.teaching.items():
        file = teaching_file(key)
        wrongs = list(_wrongs(library, teaching))
        problems += [Problem(*places.at(file, at), rule, "error", said) for at, rule, said in wrongs]
        if not wrongs:
            sound[key] = teaching
    return replace(library, teaching=sound), problems


def _wrongs(library: Library, teaching: Teaching) -> Iterator[tuple[str, str, str]]:
    lesson = library.lessons.get(teaching.id)
    if lesson is None:
        yield "id", "FMT-06", f"There is no sound lesson “{teaching.id}”."
        return
    n_parts = sum(bool(segment.heading) for segment in lesson.segments)
    for number, step in enumerate(teaching.plan.steps):
        for part in step.parts:
            if part > n_parts:
                said = f"The lesson has {n_parts} headings; there is no part {part}."
                yield f"plan.steps.{number}.parts", "FMT-06", said
        if step.quiz is not None and step.quiz not in library.quizzes:
            said = f"There is no sound quiz “{step.quiz}” in questions/quizzes.yaml."
            yield f"plan.steps.{number}.quiz", "FMT-06", said
    for piece, text in teaching.handout.sheet:
        if piece == "quote" and text not in library.quotes:
            yield "handout.body", "Q-05", f"There is no quotation “{text}” in lessons/article/quotes.yaml."
    for source in teaching.citations:
        if source not in library.sources:
            yield "id", "SRC-01", f"“{source}” is cited, but it is not in lessons/sources.yaml."
