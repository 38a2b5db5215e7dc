"""A quiz as a text paper of 80 columns: to print, to hand out, to fill in with a pen. It holds no key."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.cli.ask import head_lines
from app.cli.screen import Screen
from app.cli.shapes import shape_of
from app.cli.sure import apart
from app.learning.calibration import step_words
from app.library.model import Library
from app.markdown import plain
from app.questions.draw import Quiz
from app.questions.model import Passage
from app.quiz.sheet import ShownSlot


def paper_lines(screen: Screen, library: Library, quiz: Quiz, slots: Sequence[ShownSlot]) -> list[str]:
    """The title, room for a name, and every question with room for its answer; answers so far are left out."""
    title = plain(quiz.title)
    lines = [title, *([] if screen.plain else ["=" * min(len(title), screen.prose)])]
    lines += ["", *screen.wrap(quiz.lead)] if quiz.lead else []
    count = f"{len(slots)} question{'s' if len(slots) != 1 else ''}."
    limit = f" {quiz.minutes} minutes." if quiz.minutes else ""
    lines += ["", f"Name {'_' * 36}  Date {'_' * 16}", "", f"{count}{limit}"]
    shown: Passage | None = None
    for slot in slots:
        passage = slot.question.head.passage
        lines += ["", "", *_slot_lines(screen, library, slot, is_same=passage is not None and passage == shown)]
        shown = passage
    return lines


def _slot_lines(screen: Screen, library: Library, slot: ShownSlot, *, is_same: bool) -> list[str]:
    """One question; a passage that has just been printed is not printed again."""
    question = slot.question
    lines = [f"Question {slot.position}" + (" (on the same passage)" if is_same else ""), ""]
    lines += head_lines(screen, library, question, has_passage=not is_same)
    if slot.instruction and not question.head.stem.rstrip().endswith(slot.instruction):
        # On paper nothing is typed.
        lines += ["", *screen.wrap(re.sub(r"^Type\b", "Write", slot.instruction))]
    lines += ["", *shape_of(slot.view).print_lines(screen, slot.view)]
    if slot.sure_steps:
        ticks = [f"( ) {step_words(step)}" for step in slot.sure_steps]
        lines += ["", "How sure are you?", *apart(screen, ticks, "  ")]
    return lines
