"""Which questions a file takes along, and bank files of what was written in the browser. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.errors import NotFound
from app.formats.images import images_in
from app.library.model import Library
from app.questions.bank import dump_question, write_bank
from app.questions.model import Question

IMAGE_FOLDER = "images"


@dataclass(frozen=True)
class Selection:
    """Which questions to take: those named, or else those that fit every field that is not empty."""

    ids: tuple[str, ...] = ()
    lesson: str = ""
    objective: str = ""
    kind: str = ""
    use: str = ""
    tag: str = ""
    quiz: str = ""
    # Only what was written in the browser, which no file has.
    own: bool = False

    def fits(self, question: Question) -> bool:
        """Whether a question has what every field asks for; `ids` and `quiz` aside."""
        head = question.head
        wanted = (
            (self.lesson, question.lesson),
            (self.objective, head.objective),
            (self.kind, question.kind),
            (self.use, head.use),
        )
        fields = all(not want or want == has for want, has in wanted)
        return fields and (not self.tag or self.tag in head.tags) and not (self.own and question.place.file)


def selected(library: Library, selection: Selection) -> list[Question]:
    """The questions, in the order of the library. Raises NotFound for an id, or a quiz, that there is not."""
    ids = set(selection.ids)
    if selection.quiz:
        quiz = library.quizzes.get(selection.quiz)
        if quiz is None:
            raise NotFound(f"There is no quiz “{selection.quiz}”.")
        drawn = {q.id for q in library.questions.values() for d in quiz.draw if d.wants(q) and q.head.use == quiz.use}
        ids |= set(quiz.questions) | drawn
    strange = [slug for slug in selection.ids if slug not in library.questions]
    if strange:
        raise NotFound(f"There is no question “{strange[0]}” that is published.")
    limited = bool(selection.ids or selection.quiz)
    return [q for q in library.questions.values() if (q.id in ids or not limited) and selection.fits(q)]


def pictures_of(questions: Iterable[Question]) -> list[str]:
    """The names of all images that the questions show."""
    return list(dict.fromkeys(name for question in questions for name in images_in(*_texts(dump_question(question)))))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def bank_files(questions: Iterable[Question], images: Mapping[str, bytes]) -> dict[str, bytes]:
    """Bank files by name, one for each lesson, and the images that they show in a folder beside them.

    The banks say “rules: advise”: what the linter would call an error of craft, it calls a warning there.
    """
    by_lesson: dict[str, list[Question]] = {}
    for question in questions:
        by_lesson.setdefault(question.lesson, []).append(question)
    banks = {
        f"{_file_name(lesson)}.yaml": write_bank(lesson, group, rules="advise").encode()
        for lesson, group in sorted(by_lesson.items())
    }
    return {**banks, **{f"{IMAGE_FOLDER}/{name}": data for name, data in images.items()}}


def _file_name(lesson: str) -> str:
    return f"own-{re.sub(r'[^a-z0-9-]', '', lesson)}" if lesson else "own-questions"
