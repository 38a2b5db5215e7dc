"""A question as the terminal would show it, as text: for previews outside a terminal."""

from __future__ import annotations

from app.cli.ask import question_lines
from app.cli.explain import marked_lines
from app.cli.screen import Screen, without_double_blanks
from app.library.model import Library
from app.questions.model import Question
from app.quiz.sheet import MarkedSlot, explain, shown_slot

WIDTH = 80


def as_terminal_text(library: Library, question: Question, *, width: int = WIDTH, seed: int = 1) -> str:
    """What a quiz in the terminal prints to ask this question, without colour; nothing in it tells the key."""
    screen = Screen(width=width)
    slot = shown_slot(question, seed=seed, position=1, response=None, flagged=False)
    return "\n".join(without_double_blanks(question_lines(screen, library, question, slot.view)))


def explained_as_terminal_text(library: Library, question: Question, *, width: int = WIDTH) -> str:
    """What it prints to explain the question to a learner who left it blank."""
    reason, reveal = explain(question, None)
    marked = MarkedSlot(1, question, None, False, reason, reveal)
    return "\n".join(without_double_blanks(marked_lines(Screen(width=width), library, marked)))
