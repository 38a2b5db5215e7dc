"""The course's folders → Library, with every problem at its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
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
from app.library.folders import has_lessons, named
from app.library.images import IMAGE_FOLDER, read_images
from app.library.merge import Part, merge
from app.library.model import EMPTY_COURSE, Library
from app.library.places import Places, shown
from app.library.references import COURSE_FILE, QUIZ_FILE, drop_broken
from app.library.teaching import TEACHING_FOLDER
from app.questions.bank import read_bank
from app.questions.draw import Quiz
from app.questions.marked import duplicates, read_marked, validate
from app.questions.model import Question
from app.questions.problems import Problem

M = TypeVar("M", bound=BaseModel)


def load_course(*folders: Path) -> tuple[Library, list[Problem]]:
    """Read lessons/ and questions/ under `folders` as one course.

    Whatever is broken is left out and named by a problem; the rest is in the Library. A missing folder is a
    problem too, never an exception.
    """
    library, problems, places = read_course(*folders)
    library, broken = drop_broken(library, places)
    return library, sorted(problems + broken)


def read_course(*folders: Path) -> Part:
    """All that can be read under `folders`, with problems of form, and where everything is written.

    What refers to something missing is still in its Library; `drop_broken` takes it out.
    """
    return merge([_read_one(name, folder) for name, folder in named(folders)])


def _read_one(name: str, folder: Path) -> Part:
    reader = _Reader(folder, name)
    is_bank = bool(name) and not has_lessons(folder) and (folder / "questions").is_dir()
    if not is_bank and not has_lessons(folder):
        message = f"There is no {COURSE_FILE} in {folder}."
        if (folder / "questions").is_dir():
            message += " A folder of questions alone is named beside the course that it belongs to."
        return Part(Library(EMPTY_COURSE), [Problem(reader.shown(COURSE_FILE), 1, "FMT-01", "error", message)])
    images, wrong_images = read_images(folder)
    library = Library(
        course=reader.one(COURSE_FILE, Course) or EMPTY_COURSE,
        sources=reader.many("lessons/sources.yaml", Source, "source"),
        terms=reader.many("lessons/glossary.yaml", Term, "term"),
        quotes=reader.many("lessons/article/quotes.yaml", Quote, "quotation"),
        dossier=reader.one(DOSSIER_FILE, Dossier) or Dossier(),
        lessons=reader.lessons(),
        teaching=reader.teaching(),
        questions=reader.questions(),
        quizzes=reader.many(QUIZ_FILE, Quiz, "quiz"),
        images=images,
        **_dossier(reader),
    )
    reader.problems += [replace(problem, file=reader.shown(problem.file)) for problem in wrong_images]
    reader.lines |= {(f"{IMAGE_FOLDER}/{image}", image): 1 for image in images}
    return Part(library, reader.problems, Places(reader.lines, name))


def _dossier(reader: _Reader) -> dict[str, Any]:
    return {name: reader.many(part.file, part.model, part.word) for name, part in DOSSIER_PARTS.items()}


class _Reader:
    """Reads one kind of file after the other and collects problems and line numbers."""

    def __init__(self, folder: Path, name: str = "") -> None:
        """Read below `folder`; problems name files relative to it, after the name of the course if it has one."""
        self.folder, self.name = folder, name
        self.problems: list[Problem] = []
        # (file, id) → line, for problems that are found only when all is read.
        self.lines: dict[tuple[str, str], int] = {}

    def shown(self, file: str) -> str:
        """The file as people know it."""
        return shown(file, self.name)

    def _problem(self, file: str, line: int, rule: str, message: str) -> None:
        self.problems.append(Problem(self.shown(file), line, rule, "error", message))

    def text(self, file: str) -> str | None:
        """The text of a file, None when it is not there or not UTF-8."""
        path = self.folder / file
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            self._problem(file, 1, "FMT-01", "This file is not UTF-8; save it as UTF-8.")
        except OSError as problem:
            self._problem(file, 1, "FMT-01", f"Cannot be read: {problem.strerror}.")
        return None

    def one(self, file: str, model: type[M]) -> M | None:
        """A file that holds one object."""
        text = self.text(file)
        if text is None:
            return None
        marked, problems = read_marked(text, self.shown(file))
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
        marked, problems = read_marked(text, self.shown(file))
        self.problems += problems
        if marked is None or marked.data is None:
            return {}
        if not isinstance(marked.data, list):
            self._problem(file, 1, "FMT-03", f"This file is a list: one {what} after “- ”.")
            return {}
        found = []
        for index in range(len(marked.data)):
            value, problems = validate(model, marked, (index,))
            self.problems += problems
            if value is not None:
                found.append((value, marked.line((index,))))
        return self._by_id(found, file, what)

    def _by_id(self, found: list[tuple[M, int]], file: str, what: str) -> dict[str, M]:
        self.problems += duplicates(((_id(value), self.shown(file), line) for value, line in found), what)
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
            lesson, problems = read_lesson(text, self.shown(file))
            self.problems += problems
            if lesson is None or problems:
                continue
            if path.stem != lesson.id or path.parent.name != lesson.head.strand:
                place = f"lessons/{lesson.head.strand}/{lesson.id}.md"
                message = f"A lesson is kept in lessons/<strand>/<id>.md; this one is {place}."
                self._problem(file, 1, "FMT-06", message)
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
            marked, problems = read_marked(text, self.shown(file))
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
                self._problem(file, marked.line(("id",)), "FMT-06", message)
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
                for wrong in wrongs:
                    self._problem(name, 1, "LES-07", wrong)
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
            questions, problems = read_bank(text, self.shown(file))
            self.problems += problems
            found += questions
        self.problems += duplicates(((q.id, q.place.file, q.place.line) for q in found), "question")
        result: dict[str, Question] = {}
        for question in found:
            result.setdefault(question.id, question)
        return result


def _id(value: Any) -> str:
    return str(value.id)
