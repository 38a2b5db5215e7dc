"""The course's folders → Library, with every problem at its file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from app.lessons.dossier import Dossier
from app.lessons.figures import read_figure
from app.lessons.model import Course, Figure, Lesson, Quote, Segment, Source, Term
from app.lessons.parse import read_lesson
from app.lessons.teaching import Teaching
from app.library.dossier import DOSSIER_FILE
from app.library.dossier import PARTS as DOSSIER_PARTS
from app.library.images import read_images
from app.library.model import EMPTY_COURSE, Library
from app.library.references import drop_broken
from app.library.teaching import TEACHING_FOLDER
from app.questions.bank import read_bank
from app.questions.draw import Quiz
from app.questions.marked import duplicates, read_marked, validate
from app.questions.model import Question
from app.questions.problems import Problem

M = TypeVar("M", bound=BaseModel)

# Raise it when the compiled form changes: courses compiled before are then compiled again.
COMPILED_FORMAT = 4
PARTS = (("lessons", (".yaml", ".md", ".svg")), ("questions", (".yaml", ".png", ".jpg", ".webp")))


def course_files(folder: Path) -> list[Path]:
    """The files that make the course in `folder`, sorted."""
    return sorted(
        file
        for part, endings in PARTS
        for file in (folder / part).rglob("*")
        if file.suffix in endings and file.is_file() and not file.name.startswith(".")
    )


def course_digest(folder: Path) -> str:
    """A hash over every file of the course; equal digests mean that nothing needs to be read again."""
    whole = hashlib.sha256(f"format {COMPILED_FORMAT}".encode())
    for file in course_files(folder):
        name = file.relative_to(folder).as_posix()
        whole.update(f"\0{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}".encode())
    return whole.hexdigest()


def load_course(folder: Path) -> tuple[Library, list[Problem]]:
    """Read lessons/ and questions/ under `folder`.

    Whatever is broken is left out and named by a problem; the rest is in the Library. A missing folder is a
    problem too, never an exception.
    """
    library, problems, lines = read_course(folder)
    library, broken = drop_broken(library, lines)
    return library, sorted(problems + broken)


def read_course(folder: Path) -> tuple[Library, list[Problem], dict[tuple[str, str], int]]:
    """All that can be read under `folder`, with problems of form, and (file, id) → line.

    What refers to something missing is still in this Library; `drop_broken` takes it out.
    """
    reader = _Reader(folder)
    images, wrong_images = read_images(folder)
    if not (folder / "lessons" / "course.yaml").is_file():
        message = f"There is no lessons/course.yaml in {folder}."
        problem = Problem("lessons/course.yaml", 1, "FMT-01", "error", message)
        return Library(EMPTY_COURSE), [problem], {}
    course = reader.one("lessons/course.yaml", Course) or EMPTY_COURSE
    library = Library(
        course=course,
        sources=reader.many("lessons/sources.yaml", Source, "source"),
        terms=reader.many("lessons/glossary.yaml", Term, "term"),
        quotes=reader.many("lessons/article/quotes.yaml", Quote, "quotation"),
        dossier=reader.one(DOSSIER_FILE, Dossier) or Dossier(),
        lessons=reader.lessons(),
        teaching=reader.teaching(),
        questions=reader.questions(),
        quizzes=reader.many("questions/quizzes.yaml", Quiz, "quiz"),
        images=images,
        **_dossier(reader),
    )
    return library, reader.problems + wrong_images, reader.lines


def _dossier(reader: _Reader) -> dict[str, Any]:
    return {name: reader.many(part.file, part.model, part.word) for name, part in DOSSIER_PARTS.items()}


class _Reader:
    """Reads one kind of file after the other and collects problems and line numbers."""

    def __init__(self, folder: Path) -> None:
        """Read below `folder`; problems name files relative to it."""
        self.folder = folder
        self.problems: list[Problem] = []
        # (file, id) → line, for problems that are found only when all is read.
        self.lines: dict[tuple[str, str], int] = {}

    def text(self, file: str) -> str | None:
        """The text of a file, None when it is not there or not UTF-8."""
        path = self.folder / file
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            self.problems.append(Problem(file, 1, "FMT-01", "error", "This file is not UTF-8; save it as UTF-8."))
        except OSError as problem:
            self.problems.append(Problem(file, 1, "FMT-01", "error", f"Cannot be read: {problem.strerror}."))
        return None

    def one(self, file: str, model: type[M]) -> M | None:
        """A file that holds one object."""
        text = self.text(file)
        if text is None:
            return None
        marked, problems = read_marked(text, file)
        self.problems += problems
        if marked is None:
            return None
        value, problems = validate(model, marked)
        self.problems += problems
        self._keep_lines(file, marked.data, marked.lines)
        return value

    def many(self, file: str, model: type[M], what: str) -> dict[str, M]:
        """A file that holds a list of objects with ids."""
        text = self.text(file)
        if text is None:
            return {}
        marked, problems = read_marked(text, file)
        self.problems += problems
        if marked is None or marked.data is None:
            return {}
        if not isinstance(marked.data, list):
            self.problems.append(Problem(file, 1, "FMT-03", "error", f"This file is a list: one {what} after “- ”."))
            return {}
        found = []
        for index in range(len(marked.data)):
            value, problems = validate(model, marked, (index,))
            self.problems += problems
            if value is not None:
                found.append((value, marked.line((index,))))
        return self._by_id(found, file, what)

    def _by_id(self, found: list[tuple[M, int]], file: str, what: str) -> dict[str, M]:
        self.problems += duplicates(((_id(value), file, line) for value, line in found), what)
        result: dict[str, M] = {}
        for value, line in found:
            result.setdefault(_id(value), value)
            self.lines.setdefault((file, _id(value)), line)
        return result

    def _keep_lines(self, file: str, data: Any, lines: dict[tuple[str | int, ...], int]) -> None:
        for path, line in lines.items():
            if path and path[-1] == "id":
                value: Any = data
                try:
                    for step in path:
                        value = value[step]
                except (KeyError, IndexError, TypeError):
                    continue  # the first of a field given twice is not in the data
                self.lines.setdefault((file, str(value)), line)

    def lessons(self) -> dict[str, Lesson]:
        """All lessons, by number, with their figures inlined."""
        found: list[Lesson] = []
        for path in sorted((self.folder / "lessons").rglob("*.md")):
            file = path.relative_to(self.folder).as_posix()
            text = self.text(file)
            if text is None:
                continue
            lesson, problems = read_lesson(text, file)
            self.problems += problems
            if lesson is None or problems:
                continue
            if path.stem != lesson.id or path.parent.name != lesson.head.strand:
                place = f"lessons/{lesson.head.strand}/{lesson.id}.md"
                message = f"A lesson is kept in lessons/<strand>/<id>.md; this one is {place}."
                self.problems.append(Problem(file, 1, "FMT-06", "error", message))
            found.append(self._with_figures(lesson))
        self.problems += duplicates(((lesson.id, lesson.file, 1) for lesson in found), "lesson")
        found.sort(key=lambda lesson: (lesson.head.number, lesson.id))
        by_id: dict[str, Lesson] = {}
        for lesson in found:
            by_id.setdefault(lesson.id, lesson)
        return by_id

    def teaching(self) -> dict[str, Teaching]:
        """The teacher's pages, by lesson."""
        found: dict[str, Teaching] = {}
        for path in sorted((self.folder / TEACHING_FOLDER).glob("*.yaml")):
            file = path.relative_to(self.folder).as_posix()
            text = self.text(file)
            if text is None:
                continue
            marked, problems = read_marked(text, file)
            self.problems += problems
            if marked is None:
                continue
            value, problems = validate(Teaching, marked)
            self.problems += problems
            self.lines |= {(file, ".".join(map(str, at))): line for at, line in marked.lines.items()}
            if value is not None and value.id != path.stem:
                message = (
                    f"It is kept in {TEACHING_FOLDER}/<lesson id>.yaml; this one is {TEACHING_FOLDER}/{value.id}.yaml."
                )
                self.problems.append(Problem(file, marked.line(("id",)), "FMT-06", "error", message))
            elif value is not None and not problems:
                found[value.id] = value
        return found

    def _with_figures(self, lesson: Lesson) -> Lesson:
        segments = tuple(
            segment.model_copy(update={"blocks": tuple(self._figures_in(segment, lesson.file))})
            for segment in lesson.segments
        )
        return lesson.model_copy(update={"segments": segments})

    def _figures_in(self, segment: Segment, file: str) -> Iterator[Any]:
        for block in segment.blocks:
            if isinstance(block, Figure):
                name = f"lessons/figures/{block.name}.svg"
                text = self.text(name)
                svg, wrongs = read_figure(text) if text is not None else ("", [])
                self.problems += [Problem(name, 1, "LES-07", "error", wrong) for wrong in wrongs]
                if text is None:
                    message = f"There is no figure {name}."
                    self.problems.append(Problem(file, block.line, "LES-07", "error", message))
                yield block.model_copy(update={"svg": svg})
            else:
                yield block

    def questions(self) -> dict[str, Question]:
        """The questions of all banks."""
        found: list[Question] = []
        for path in sorted((self.folder / "questions").glob("*.yaml")):
            if path.name == "quizzes.yaml":
                continue
            file = path.relative_to(self.folder).as_posix()
            text = self.text(file)
            if text is None:
                continue
            questions, problems = read_bank(text, file)
            self.problems += problems
            found += questions
        self.problems += duplicates(((q.id, q.place.file, q.place.line) for q in found), "question")
        result: dict[str, Question] = {}
        for question in found:
            result.setdefault(question.id, question)
        return result


def _id(value: Any) -> str:
    return str(value.id)
