"""Several courses as one: what the first has stays, what a later one adds is added, an id taken twice is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

from app.library.dossier import PARTS as DOSSIER_PARTS
from app.library.images import IMAGE_FOLDER
from app.library.model import Library
from app.library.places import Places
from app.library.references import COURSE_FILE, QUIZ_FILE
from app.library.teaching import teaching_file
from app.questions.problems import Problem

# What all courses together have, and the word for one.
_SHARED = {
    "lessons": "lesson",
    "teaching": "teacher's page",
    "questions": "question",
    "quizzes": "quiz",
    "sources": "source",
    "terms": "term",
    "images": "image",
}
# One and the same source in two courses is no mistake; one and the same question is.
_MAY_BE_EQUAL = {"sources", "terms", "images"}
_ARTICLE = ("quotes", "dossier", *DOSSIER_PARTS)


@dataclass(frozen=True)
class Part:
    """What was read of one course or of several: the library, problems of form, and where everything is written."""

    library: Library
    problems: list[Problem] = field(default_factory=list)
    places: Places = field(default_factory=Places)

    def __iter__(self) -> Iterator[Any]:
        """Library, problems, places."""
        return iter((self.library, self.problems, self.places))


def merge(parts: Sequence[Part]) -> Part:
    """One course of all parts; title, lead and settings are the first's, the article that of the first with one.

    An id that an earlier part has is a problem (FMT-05) at the later place, which names the earlier one.
    """
    return reduce(_added, parts)


def _added(first: Part, later: Part) -> Part:
    problems = [*first.problems, *later.problems]
    shared: dict[str, Any] = {}
    for name, word in _SHARED.items():
        mine, other = getattr(first.library, name), getattr(later.library, name)
        for key in mine.keys() & other.keys():
            if not (name in _MAY_BE_EQUAL and mine[key] == other[key]):
                problems.append(_taken(word, key, _place(first, name, key), _place(later, name, key)))
        shared[name] = {**mine, **{key: value for key, value in other.items() if key not in mine}}
    course, found = _course(first, later)
    library = replace(first.library, course=course, **shared, **_article(first.library, later.library))
    return Part(library, problems + found, first.places | later.places)


def _course(first: Part, later: Part) -> tuple[Any, list[Problem]]:
    """The first's course with the strands and objectives of both."""
    problems: list[Problem] = []
    changes: dict[str, Any] = {}
    for name, word in (("strands", "strand"), ("objectives", "objective")):
        mine = {one.id: one for one in getattr(first.library.course, name)}
        added = []
        for one in getattr(later.library.course, name):
            if one.id in mine:
                places = (part.places.at(COURSE_FILE, one.id) for part in (first, later))
                problems.append(_taken(word, one.id, *places))
            else:
                added.append(one)
        changes[name] = (*mine.values(), *added)
    course = first.library.course
    if not first.library.has_article and later.library.has_article:
        changes |= {name: getattr(later.library.course, name) for name in ("article", "words_in_article")}
    return course.model_copy(update=changes), problems


def _article(first: Library, later: Library) -> dict[str, Any]:
    """All about the article of the first that has one."""
    whose = first if first.has_article else later
    return {name: getattr(whose, name) for name in _ARTICLE}


def _place(part: Part, name: str, key: str) -> tuple[str, int]:
    library = part.library
    if name == "questions":
        place = library.questions[key].place
        return place.file, place.line
    if name == "lessons":
        return library.lessons[key].file, library.lessons[key].line
    files = {
        "quizzes": QUIZ_FILE,
        "sources": "lessons/sources.yaml",
        "terms": "lessons/glossary.yaml",
        "teaching": teaching_file(key),
        "images": f"{IMAGE_FOLDER}/{key}",
    }
    return part.places.at(files[name], "id" if name == "teaching" else key)


def _taken(word: str, key: str, first: tuple[str, int], later: tuple[str, int]) -> Problem:
    message = f"The {word} id “{key}” is taken by {first[0]}:{first[1]}; ids are never shared."
    return Problem(*later, "FMT-05", "error", message)
