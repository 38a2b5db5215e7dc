"""The answers of one blank in one cell: “guard | guards | 50%:watch # Nearly.” to type, “*log | paper” to choose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.formats.table.cells import join_list, show_share, split_list

# “*” begins the right one of a list, “50%:” says what a wording earns, “ # ” stands before feedback.
_BEGIN = re.compile(r"\*|(\d+(?:\.\d+)?)%:")
_BEGINS = re.compile(r"\\*(?:\*|\d+(?:\.\d+)?%:)")
_ESCAPED = re.compile(r"\\+(?:\*|\d+(?:\.\d+)?%:)")
_HASH = re.compile(r"(?<=\s)(\\*#)(?=\s|$)")
_ESCAPED_HASH = re.compile(r"(?<=\s)\\(\\*#)(?=\s|$)")
_FEEDBACK = re.compile(r"\s#\s")


@dataclass(frozen=True)
class Answer:
    """One answer of a blank; `is_key` marks the right one of a list, `credit` is the share of a typed one."""

    text: str
    feedback: str = ""
    is_key: bool = False
    credit: float = 1.0


def answers_in(cell: str) -> list[Answer]:
    """The answers of a blank. It is a list to choose from when one of them is marked as right."""
    return [_answer(entry) for entry in split_list(cell)]


def show_answers(answers: list[Answer]) -> str:
    """A cell from which `answers_in` reads these answers."""
    return join_list(_entry(answer) for answer in answers)


def _answer(entry: str) -> Answer:
    text, *rest = _FEEDBACK.split(entry, maxsplit=1)
    begin = _BEGIN.match(text)
    credit = 1.0
    if begin:
        text = text[begin.end() :].strip()
        credit = min(1.0, float(begin[1]) / 100) if begin[1] else 1.0
    is_key = begin is not None and begin[1] is None
    text = text[1:] if _ESCAPED.match(text) else text
    return Answer(_ESCAPED_HASH.sub(r"\1", text), "".join(rest).strip(), is_key, credit)


def _entry(answer: Answer) -> str:
    text = _HASH.sub(r"\\\1", answer.text)
    text = f"\\{text}" if _BEGINS.match(text) else text
    begin = "*" if answer.is_key else "" if answer.credit == 1 else f"{show_share(answer.credit)[:-1]}%:"
    return begin + text + (f" # {answer.feedback}" if answer.feedback else "")
