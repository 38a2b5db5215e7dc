"""`offramp new`: a course of one's own, and one more question in a bank."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import click

from app import paths
from app.cli.course import find_lesson, settings_of
from app.cli.group import Options
from app.cli.screen import Screen
from app.cli.starting import STARTER, Added, add_question, bank_file
from app.errors import Conflict, StorageTrouble

LESSON = "01-who-wrote-it"
_FILES = (
    ("lessons/course.yaml", "title, strands and objectives"),
    ("lessons/sources.yaml", "the sources"),
    ("lessons/glossary.yaml", "the terms"),
    (f"lessons/notices/{LESSON}.md", "the lesson"),
    (f"questions/{LESSON}.yaml", "its questions"),
    ("questions/quizzes.yaml", "what is asked together"),
    ("questions/schema.json", "helps editors; leave it as it is"),
)


@click.group("new", short_help="a course of one's own; one more question in it")
def new() -> None:
    """Make a course of one's own, or one more question in it."""


@new.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def course(options: Options, folder: Path) -> None:
    """Make a small working course in DIR, a new or an empty folder, to start from.

    It has one lesson, three objectives, six questions and a quiz. Every file says in comments what to change.
    """
    _make_course(folder)
    screen = Screen.of(options)
    said = shlex.quote(str(folder))
    lines = [screen.bold(f"Made a small course in {folder}."), ""]
    lines += [f"{file}: {what}." if screen.plain else f"  {file:37}{what}" for file, what in _FILES]
    steps = (
        (
            "See it in the browser; answers are kept apart from others:",
            f"offramp serve --course {said} --data {said}-data",
        ),
        ("Change the files, and see at every save what is wrong:", f"offramp check {said} --watch"),
        ("Add a question to fill in:", f"offramp new question 1 single_choice --course {said}"),
    )
    for words, command in steps:
        lines += ["", *screen.wrap(words), f"  {command}"]
    screen.show(lines)


def _make_course(folder: Path) -> None:
    """Write the files. Raises Conflict for a folder with something in it, and StorageTrouble."""
    from app.cli.check import schema_text

    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            what = "is not empty" if folder.is_dir() else "is a file"
            raise Conflict(f"{folder} {what}. Name a new folder, or an empty one; nothing was written.")
        shutil.copytree(STARTER / "course", folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
        (folder / "questions" / "schema.json").write_text(schema_text(), encoding="utf-8", newline="\n")
    except (OSError, shutil.Error) as problem:
        reason = getattr(problem, "strerror", None) or "it cannot be written"
        raise StorageTrouble(f"The course cannot be made in {folder}: {reason}. Name another folder.") from problem


@new.command()
@click.argument("lesson")
@click.argument("kind")
@click.pass_obj
def question(options: Options, lesson: str, kind: str) -> None:
    """Add a question of KIND to the bank of LESSON, with texts to replace by your own.

    LESSON is a lesson's number or id, KIND one such as single_choice or matching; a KIND that does not exist is
    answered with all of them. The question goes to the end of the file questions/LESSON.yaml of the course that
    has the lesson, or of a private bank that --course names. What is in the file already stays as it is.
    """
    from app.library.load import load_course

    folders = settings_of(options).course
    library, _ = load_course(*folders)
    found = find_lesson(library, lesson)
    file = bank_file(folders, found)
    if paths.PACKAGE in file.parents:
        raise Conflict("This course came with the program. Make one of your own: offramp new course DIR")
    added = add_question(library, found, kind, shortest(file))
    screen = Screen.of(options)
    screen.show(_lines(screen, added))


def shortest(file: Path) -> Path:
    """The file as one would type it from here."""
    here = Path.cwd()
    return file.relative_to(here) if here in file.parents else file


def _lines(screen: Screen, added: Added) -> list[str]:
    said = shlex.quote(str(added.file))
    return [
        *screen.wrap(f"Added the question {added.id}:"),
        f"  {added.file}:{added.line}",
        "",
        *screen.wrap("Put your own texts in place of those that are there, and look at it:"),
        f"  offramp preview {said} {added.id}",
    ]
