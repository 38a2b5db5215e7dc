"""`offramp lessons`: what there is to read, and what is finished."""

from __future__ import annotations

import json
from typing import Any

import click

from app.cli.course import known_learner, next_command, opened, reading
from app.cli.group import Options
from app.cli.screen import Screen
from app.clock import utc_now
from app.learning.queries import Progress, next_step, progress_of, unexplained
from app.lessons.model import Lesson, Strand
from app.library.model import Library


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_obj
def lessons(options: Options, as_json: bool) -> None:
    """List the strands with their lessons: minutes, finished or not, best result."""
    with opened(options) as library:
        learner = known_learner()
        with reading() as session:
            progress = progress_of(session, learner, hidden=unexplained(library, utc_now().date()))
            if as_json:
                click.echo(json.dumps(_report(library, progress), ensure_ascii=False, indent=2))
            else:
                screen = Screen.of(options)
                screen.show(_lines(screen, library, progress))


def _lines(screen: Screen, library: Library, progress: Progress) -> list[str]:
    done = sum(progress.is_finished(lesson_id) for lesson_id in library.lessons)
    total = len(library.lessons)
    count = f"{done} of {total} lesson{'s' if total != 1 else ''} finished"
    lines = [screen.sides(screen.bold(library.course.title), count), *screen.rule()]
    for strand in library.course.strands:
        lines += ["", *strand_lines(screen, library, progress, strand)]
    if whole := quiz_lines(screen, library, progress, None):
        lines += ["", screen.bold("The whole course"), *whole]
    return [*lines, "", *next_lines(screen, library, progress)]


def strand_lines(screen: Screen, library: Library, progress: Progress, strand: Strand) -> list[str]:
    """A strand with its lessons, or the words that it has none yet."""
    lines = [f"{screen.strand(strand.letter, strand.colour)} {screen.bold(strand.title)}"]
    lines += [screen.quiet(line) for line in screen.wrap(strand.summary, "    ")]
    found = library.lessons_of(strand.id)
    if not found:
        lines.append("    No lessons yet.")
    for lesson in found:
        lines += _lesson_lines(screen, library, progress, lesson)
    return lines + quiz_lines(screen, library, progress, strand.id)


def quiz_lines(screen: Screen, library: Library, progress: Progress, strand_id: str | None) -> list[str]:
    """The quizzes over several lessons of a strand, or of the whole course, with how they went."""
    lines: list[str] = []
    for quiz in library.quizzes_of(strand_id):
        best = progress.best(quiz.id)
        state = f"best {best}" if best else "begun" if quiz.id in progress.open else "not taken"
        facts = [f"{quiz.size} question{'s' if quiz.size != 1 else ''}", state, f"offramp quiz {quiz.id}"]
        if screen.plain:
            lines += screen.wrap(f"Quiz: {quiz.title}. {', '.join(facts)}.", "    ")
        else:
            lines += [*screen.wrap(quiz.title, " " * 8), *screen.wrap(" · ".join(facts), " " * 8)]
    return lines


def _lesson_lines(screen: Screen, library: Library, progress: Progress, lesson: Lesson) -> list[str]:
    state = lesson_state(progress, lesson)
    quiz = library.quiz_of(lesson.id)
    best = progress.best(quiz.id) if quiz else ""
    facts = [f"{lesson.head.minutes} min", state]
    facts += [f"quiz: best {best}"] if best else ["quiz begun"] if quiz and quiz.id in progress.open else []
    if screen.plain:
        return screen.wrap(f"Lesson {lesson.head.number}: {lesson.head.title}. {', '.join(facts)}.", "    ")
    sign = screen.sign("right") if state == "finished" else "  "
    lines = screen.wrap(lesson.head.title, f"  {sign}{screen.bold(f'{lesson.head.number:2}')}  ")
    return [*lines, " " * 8 + " · ".join(facts)]


def lesson_state(progress: Progress, lesson: Lesson) -> str:
    """Finished, begun or not read."""
    if progress.is_finished(lesson.id):
        return "finished"
    return "begun" if lesson.id in progress.lessons else "not read"


def next_lines(screen: Screen, library: Library, progress: Progress) -> list[str]:
    """The next step: its command, and a sentence about it."""
    step = next_step(library, progress)
    command = next_command(library, step)
    if not command:
        return screen.wrap(step.sentence)
    return [
        f"Next: {screen.bold(command)}",
        *(screen.quiet(line) for line in screen.wrap(step.sentence, "      ")),
    ]


def _report(library: Library, progress: Progress) -> dict[str, Any]:
    return {
        "strands": [
            {
                "id": strand.id,
                "letter": strand.letter,
                "title": strand.title,
                "lessons": [_lesson_report(library, progress, one) for one in library.lessons_of(strand.id)],
            }
            for strand in library.course.strands
        ],
        "quizzes": [
            {"id": quiz.id, "title": quiz.title, "strand": quiz.strand, "questions": quiz.size}
            for quiz in progress.quizzes_shown(library)
            if quiz.lesson is None
        ],
        "next": next_command(library, next_step(library, progress)),
    }


def _lesson_report(library: Library, progress: Progress, lesson: Lesson) -> dict[str, Any]:
    quiz = library.quiz_of(lesson.id)
    row = progress.quizzes.get(quiz.id) if quiz else None
    return {
        "id": lesson.id,
        "number": lesson.head.number,
        "title": lesson.head.title,
        "minutes": lesson.head.minutes,
        "state": lesson_state(progress, lesson),
        "quiz": quiz.id if quiz else None,
        "best_points": row.best_points if row and row.quiz not in progress.hidden else None,
        "best_of": row.best_of if row and row.quiz not in progress.hidden else None,
    }
