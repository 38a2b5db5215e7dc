"""Templates: what a new course and a new question begin with, and how a question is added to a file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from string import Template

from app import paths
from app.errors import Conflict, NotFound, StorageTrouble
from app.lessons.model import Lesson
from app.library.folders import has_lessons
from app.library.model import Library
from app.questions.bank import SCHEMA_LINE, read_bank
from app.questions.types import TYPES

STARTER = paths.PACKAGE / "cli" / "starter"
_EMPTY = re.compile(r"^(questions:)[ \t]*\[[ \t]*\]", flags=re.MULTILINE)


@dataclass(frozen=True)
class Added:
    """A question that was added: its id, and where it stands."""

    id: str
    file: Path
    line: int


def bank_file(folders: Sequence[Path], lesson: Lesson) -> Path:
    """The bank that belongs to a lesson, whether it is there or not: in a private bank if one is among the folders."""
    banks = [folder for folder in folders if not has_lessons(folder) and (folder / "questions").is_dir()]
    name = Path(lesson.file).name
    homes = [folder for folder in folders if (folder / "lessons" / lesson.head.strand / name).is_file()]
    return [*homes, *banks][-1] / "questions" / f"{lesson.id}.yaml"


def add_question(library: Library, lesson: Lesson, kind: str, file: Path) -> Added:
    """Append a question of this kind, to be filled in, to the bank `file`; what it holds stays as it is.

    Raises NotFound for a kind that does not exist, Conflict for a file that cannot take another question, and
    StorageTrouble for one that cannot be read or written.
    """
    if kind not in TYPES:
        raise NotFound(f"There is no kind {kind!r}. The kinds are {', '.join(TYPES)}.")
    try:
        before = file.read_bytes().decode() if file.is_file() else f"{SCHEMA_LINE}\nlesson: {lesson.id}\nquestions:\n"
        slug = _free_id(library, lesson, before)
        after = appended(before, template(library, lesson, kind, slug))
        line = _line_of(before, after, slug, file)
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, after)
    except UnicodeDecodeError:
        raise Conflict(f"{file} is not UTF-8; save it as UTF-8.") from None
    except OSError as problem:
        raise StorageTrouble(f"{file} cannot be changed: {problem.strerror}.") from problem
    return Added(slug, file, line)


def _write(file: Path, text: str) -> None:
    """Put the file there whole or not at all."""
    draft = file.with_name(f".{file.name}.new")
    try:
        draft.write_bytes(text.encode())
        if file.exists():
            shutil.copymode(file, draft)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def template(library: Library, lesson: Lesson, kind: str, slug: str) -> str:
    """A question of this kind in YAML, not indented, with comments and with texts to be replaced."""
    text = (STARTER / "head.yaml").read_text(encoding="utf-8")
    text += (STARTER / "kinds" / f"{kind}.yaml").read_text(encoding="utf-8")
    first, *others = lesson.head.objectives
    objective = f"{first}  # or {', '.join(others)}" if others else first
    source = next(iter([*lesson.citations, *library.sources]), "S1")
    return Template(text).substitute(id=slug, kind=kind, objective=objective, source=source)


def appended(bank: str, question: str) -> str:
    """The bank with the question at its end, indented and with line ends as the bank has them."""
    bank = _EMPTY.sub(r"\1", bank, count=1)
    if bank and not bank.endswith("\n"):
        bank += "\n"
    # As deep as the first entry of the list; two spaces where there is none yet.
    found = re.search(r"^questions:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)- ", bank, flags=re.MULTILINE)
    indent = found[1] if found else "  "
    gap = "\n" if found else ""
    added = gap + "".join(indent + line for line in question.splitlines(keepends=True))
    return bank + (added.replace("\n", "\r\n") if "\r\n" in bank else added)


def _free_id(library: Library, lesson: Lesson, bank: str) -> str:
    """An id that no question has, made of the lesson's."""
    stem = re.sub(r"^\d+-", "", lesson.id)[:70].strip("-")
    number = sum(question.lesson == lesson.id for question in library.questions.values())
    taken = {*library.questions, *re.findall(r"\bid:\s*[\"']?([a-z0-9-]+)", bank)}
    return next(slug for n in count(number + 1) if (slug := f"{stem}-{n}") not in taken)


def _line_of(before: str, after: str, slug: str, file: Path) -> int:
    """The line of the new question. Raises Conflict when the file as a whole would not be what it was and this."""
    had, wrong_before = read_bank(before, file.name)
    has, wrong_after = read_bank(after, file.name)
    new = next((question for question in has if question.id == slug), None)
    if new is None or len(has) != len(had) + 1 or len(wrong_after) > len(wrong_before):
        reason = f" {wrong_before[0].file}:{wrong_before[0].line}: {wrong_before[0].message}" if wrong_before else ""
        raise Conflict(
            f"No question can be added at the end of {file}, and nothing was written. The list “questions” stands "
            f"last in a bank, each question after “- ” on lines of its own.{reason}"
        )
    return new.place.line
