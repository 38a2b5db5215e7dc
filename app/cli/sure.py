"""“How sure are you?”: asked after an answer, by the steps of app/questions/certainty.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.cli.screen import Screen
from app.errors import Unreadable
from app.learning.calibration import step_words
from app.questions.certainty import GUESSING

CONFIDENCE, DONT_KNOW = "confidence", "dont_know"
_NO_BREAK = "\N{NO-BREAK SPACE}"
# Fields that go with an answer of any kind, beside the kind's own.
BESIDE = (CONFIDENCE, DONT_KNOW)


def sure_lines(screen: Screen, steps: Sequence[int], had: int | None) -> list[str]:
    """The question, its steps by number, and what Enter does."""
    said = [
        f"{number}, {words}" if screen.plain else f"{number} {words}"
        for number, words in enumerate(map(step_words, steps), 1)
    ]
    if screen.plain:
        lines = apart(screen, said, "How sure are you? ", between="; ", end=".")
    else:
        lines = ["How sure are you?", *apart(screen, said, "  ")]
    enter = "Enter leaves it out." if had is None else f"Enter keeps {step_words(had)}."
    told = f"Type a number of the list or the per cent. It does not change your mark. {enter}"
    return lines + [screen.quiet(line) for line in screen.wrap(told)]


def apart(screen: Screen, parts: Sequence[str], first: str, *, between: str = "   ", end: str = "") -> list[str]:
    """Short parts in a row, none of them broken over two lines."""
    whole = between.join(part.replace(" ", _NO_BREAK) for part in parts)
    return [line.replace(_NO_BREAK, " ") for line in screen.wrap(f"{whole}{end}", first, " " * 2)]


def read_sure(line: str, steps: Sequence[int]) -> int:
    """The step that a line names, by its number in the list or by its per cent. Raises Unreadable."""
    text = line.lower().removesuffix("per cent").rstrip(" %")
    if text.isascii() and text.isdigit() and len(text) < 4:
        if int(text) in steps:
            return int(text)
        if 1 <= int(text) <= len(steps):
            return steps[int(text) - 1]
    if text and "just guessing".startswith(text) and GUESSING in steps:
        return GUESSING
    known = ", ".join(str(step) for step in steps if step != GUESSING)
    raise Unreadable(f"Type a number from 1 to {len(steps)}, or one of the per cents {known}; Enter leaves it out.")


def sure_of(fields: Mapping[str, Sequence[str]]) -> int | None:
    """The step that was given with an answer; None for none."""
    given = next(iter(fields.get(CONFIDENCE, ())), "")
    return int(given) if given else None


def said_dont_know(fields: Mapping[str, Sequence[str]]) -> bool:
    """Whether “I don't know” was said instead of an answer."""
    return any(fields.get(DONT_KNOW, ()))
