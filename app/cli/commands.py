"""What can be typed while a quiz is sat, beside answers: the commands, their help, and the review."""

from __future__ import annotations

import re

from app.cli.ask import Entry
from app.cli.desk import Paper
from app.cli.screen import Screen
from app.cli.sure import said_dont_know, sure_of
from app.errors import Unreadable
from app.learning.calibration import step_words
from app.markdown import plain as without_marks
from app.quiz.sheet import ShownSlot

_COMMAND = re.compile(r"^(:?)\s*([a-z]+|\?|i don['’]t know)\s*([0-9]*)$", re.IGNORECASE)
_WORDS = {"next": "n", "previous": "p", "back": "p", "go": "g", "flag": "f", "clear": "c", "review": "r"}
_WORDS |= {"hand": "h", "quit": "q", "help": "?", "i don't know": "d", "i don’t know": "d"}
_WORDS |= {"hint": "t", "show": "s"}
_NAMES = "npgfcdrhqts?"
HELP = (
    ("Enter", "leave the question as it is, and go on"),
    ("n, p", "next question, previous question"),
    ("g 4", "go to question 4"),
    ("f", "flag the question, or take the flag off"),
    ("c", "clear the answer"),
    ("d", "say “I don't know”; like a blank, it scores 0"),
    ("r", "review all answers"),
    ("h", "hand in, after the review"),
    ("q", "keep everything and stop; “offramp quiz” goes on here"),
    ("?", "this help"),
)
PRACTICE = (
    ("t", "a hint, where there are some"),
    ("s", "show the answer; the question is closed then"),
)


def read_command(line: str, *, needs_colon: bool) -> tuple[str, int | None] | None:
    """A command and its number, or None for an answer. A colon marks a command; typed words need one."""
    match = _COMMAND.match(line)
    if match is None or (needs_colon and not match[1]):
        return None
    name = match[2].lower()
    name = _WORDS.get(name, name)
    if len(name) == 1 and name in _NAMES:
        return name, int(match[3]) if match[3] and len(match[3]) < 4 else None
    if match[1]:
        raise Unreadable(f"There is no command {line[:20]!r}; ? shows them all.")
    return None


def is_command(line: str) -> bool:
    """Whether a line would be a command if it had a colon."""
    return read_command(line, needs_colon=False) is not None


def help_lines(screen: Screen, *, colon: bool, is_practice: bool = False) -> list[str]:
    """The commands at the prompt."""
    rows = (*HELP, *PRACTICE) if is_practice else HELP
    lines = [f"{key}: {words}." if screen.plain else f"  {key:7}{words}" for key, words in rows]
    if colon:
        lines.append("Here words or letters are answers, so a command begins with a colon, such as :n or :q.")
    return lines


def review_lines(screen: Screen, paper: Paper) -> list[str]:
    """Every question with its answer as typed, blank ones and flagged ones named."""
    answered = sum(slot.is_answered for slot in paper.slots)
    count = f"{answered} of {len(paper.slots)} answered"
    lines = ["", *screen.rule(), screen.sides(screen.bold("Review before you hand in"), count), ""]
    for slot in paper.slots:
        state = answer_words(slot) + (", flagged" if slot.flagged else "")
        if screen.plain:
            lines += screen.wrap(f"Question {slot.position}: {state}. {slot.question.head.stem}")
        else:
            stem = without_marks(slot.question.head.stem)
            lines += [f"  {screen.bold(f'{slot.position:2}')}  {_cut(state, 22):24}{_cut(stem, screen.prose - 30)}"]
    return [*lines, "", screen.quiet("h hand in  a number: go to that question  q keep and stop")]


def answer_words(slot: ShownSlot) -> str:
    """The answer as typed, on one line, with how sure the learner is; else why there is none."""
    if said_dont_know(slot.fields):
        return "don't know"
    answer = " ".join(Entry.of(slot.view, slot.fields).typed().split()) if slot.is_answered else ""
    step = sure_of(slot.fields)
    return f"{answer or 'blank'}{f' ({step_words(step)})' if answer and step is not None else ''}"


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(room - 1, 1)] + "…"
