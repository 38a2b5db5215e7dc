"""The compiled course: a Library as JSON, so that a start reads nothing that has not changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from app.lessons.dossier import Dossier
from app.lessons.model import Course, Lesson, Quote, Source, Term
from app.lessons.teaching import Teaching
from app.library.dossier import PARTS as DOSSIER_PARTS
from app.library.model import Library, Picture
from app.questions.bank import dump_question, load_question
from app.questions.draw import Quiz
from app.questions.model import Place, Question

_MODELS: dict[str, type[BaseModel]] = {
    "lessons": Lesson,
    "teaching": Teaching,
    "quizzes": Quiz,
    "sources": Source,
    "terms": Term,
    "quotes": Quote,
    **{name: part.model for name, part in DOSSIER_PARTS.items()},
}


def dump_library(library: Library) -> str:
    """The library as JSON; `load_library` gives it back."""
    parts = {name: _dump(getattr(library, name)) for name in _MODELS}
    questions = [
        {"question": dump_question(q), "lesson": q.lesson, "rules": q.rules, **_place(q)}
        for q in library.questions.values()
    ]
    course = library.course.model_dump(mode="json", exclude_defaults=True)
    dossier = library.dossier.model_dump(mode="json", exclude_defaults=True)
    data = {"course": course, "dossier": dossier, "questions": questions, "images": library.images, **parts}
    return json.dumps(data, ensure_ascii=False)


def load_library(text: str) -> Library:
    """The library that `dump_library` wrote."""
    data = json.loads(text)
    questions = [_question(entry) for entry in data["questions"]]
    parts: dict[str, Any] = {
        name: {
            value["id"] if "id" in value else value["head"]["id"]: model.model_validate(value) for value in data[name]
        }
        for name, model in _MODELS.items()
    }
    return Library(
        course=Course.model_validate(data["course"]),
        dossier=Dossier.model_validate(data["dossier"]),
        questions={q.id: q for q in questions},
        images={name: Picture(*picture) for name, picture in data["images"].items()},
        **parts,
    )


def _dump(values: Mapping[str, BaseModel]) -> list[Any]:
    # Blocks of lessons are told apart by a field that has a default, so it must be written.
    return [value.model_dump(mode="json", exclude_none=True) for value in values.values()]


def _question(entry: dict[str, Any]) -> Question:
    place = Place(entry["file"], entry["line"])
    return load_question(entry["question"], lesson=entry["lesson"], place=place, rules=entry["rules"])


def _place(question: Question) -> dict[str, Any]:
    return {"file": question.place.file, "line": question.place.line}
