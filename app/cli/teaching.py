"""What a lesson has for the teacher, in the terminal: the note, the plan by the clock, discussions, the sheet."""

from __future__ import annotations

from collections.abc import Iterator

from app.cli.ask import paragraph_label
from app.cli.page import lesson_title, source_lines
from app.cli.prose import prose_lines
from app.cli.screen import Screen
from app.errors import NotFound
from app.lessons.model import Lesson
from app.lessons.teaching import Discussion, Sheet, Step, Teaching
from app.library.model import Library


def teaching_lines(screen: Screen, library: Library, lesson: Lesson) -> list[str]:
    """All of it, from the title to the sources. Raises NotFound when the lesson has nothing for teachers."""
    teaching = library.teaching.get(lesson.id)
    if teaching is None:
        raise NotFound(f"There is nothing for teachers on lesson {lesson.head.number}.")
    note = teaching.content_note
    lines = [*lesson_title(screen, library, lesson), "", screen.bold("For teachers: before you teach it")]
    for label, text in (("What may hurt", note.hurts), ("Prepare", note.prepare), ("Another task", note.instead)):
        lines += ["", *_said(screen, teaching, f"**{label}.** {text}")]
    lines += ["", screen.bold("The plan, 45 minutes")]
    for text in teaching.plan.material:
        lines += screen.wrap(text, "Bring: ", "  ")
    for step, clock in zip(teaching.plan.steps, teaching.plan.clock, strict=True):
        lines += ["", *_step(screen, library, lesson, teaching, step, clock)]
    lines += ["", screen.bold("Three discussions")]
    for number, prompt in enumerate(teaching.prompts, 1):
        lines += ["", *_discussion(screen, teaching, number, prompt)]
    lines += ["", screen.bold(f"The handout: {teaching.handout.title}"), ""]
    for piece in teaching.handout.sheet:
        lines += [*_piece(screen, library, piece), ""]
    return [*lines, *source_lines(screen, library, teaching.citations)]


def _said(screen: Screen, teaching: Teaching, text: str, indent: str = "") -> list[str]:
    return prose_lines(screen, text, teaching.citations, indent=indent)


def _step(
    screen: Screen, library: Library, lesson: Lesson, teaching: Teaching, step: Step, clock: tuple[int, int]
) -> Iterator[str]:
    begin, end = clock
    yield from screen.wrap(step.title, f"0:{begin:02}-0:{end:02}  ")
    indent = "" if screen.plain else "  "
    headings = [segment.heading for segment in lesson.segments if segment.heading]
    for part in step.parts:
        yield from screen.wrap(f"Lesson, part {part}: {headings[part - 1]}", indent)
    if step.quiz:
        yield from screen.wrap(f"Quiz: offramp quiz {step.quiz}", indent)
    yield from _said(screen, teaching, f"You: {step.teacher}", indent)
    yield from _said(screen, teaching, f"Learners: {step.learners}", indent)


def _discussion(screen: Screen, teaching: Teaching, number: int, prompt: Discussion) -> Iterator[str]:
    yield from screen.wrap(prompt.ask, f"{number}. ")
    indent = "" if screen.plain else "   "
    yield from _said(screen, teaching, f"Good answers: {prompt.good}", indent)
    yield from _said(screen, teaching, f"What would change the assessment: {prompt.change}", indent)


def _piece(screen: Screen, library: Library, piece: Sheet) -> list[str]:
    if piece.piece == "prose":
        return prose_lines(screen, piece.text, ())
    if piece.piece == "quote":
        quote = library.quotes[piece.text]
        indent = "" if screen.plain else "    "
        return screen.wrap(f"“{quote.text}” (the article, {paragraph_label(library, quote.at)})", indent)
    if screen.plain or piece.piece == "space":
        return [f"(Room for {piece.text} {'line' if piece.text == '1' else 'lines'}.)"]
    return ["_" * screen.prose] * int(piece.text)
