"""Rows of a reveal as lines: what each option, part or criterion is worth, what was given, and why."""

from __future__ import annotations

from collections.abc import Iterable

from app.cli.screen import Screen
from app.questions.model import RevealRow

CHOSE = "You chose this."


def option_rows(
    screen: Screen, rows: Iterable[RevealRow], *, is_answered: bool, word: str = "Option", chose: str = CHOSE
) -> list[str]:
    """Rows by number, each with its verdict in words and its feedback."""
    lines: list[str] = []
    for number, row in enumerate(rows, 1):
        lines += row_lines(screen, row, str(number), choice_words(row, chose, is_answered=is_answered), word=word)
    return lines


def part_rows(screen: Screen, rows: Iterable[RevealRow], *, is_answered: bool, word: str = "") -> list[str]:
    """Rows with what was given and what was right, counted where they have a `word`; options are counted apart."""
    lines: list[str] = []
    parts = options = 0
    for row in rows:
        if row.right or row.given:
            parts += 1
            lines += row_lines(screen, row, str(parts) if word else "", given_words(row), word=word)
        else:
            options += 1
            words = choice_words(row, CHOSE, is_answered=is_answered)
            lines += row_lines(screen, row, str(options), words, word="Option")
    return lines


def further_rows(screen: Screen, rows: Iterable[RevealRow]) -> list[str]:
    """Rows beside the answer itself: criteria with their best level, examples, how a forecast was settled."""
    lines: list[str] = []
    for row in rows:
        given = f"You reached: {stopped(row.given)}" if row.given else ""
        best = f"At best: {stopped(row.right)}" if row.right else ""
        lines += row_lines(screen, row, "", f"{given} {best}".strip(), word="")
    return lines


def row_lines(screen: Screen, row: RevealRow, label: str, words: str, *, word: str) -> list[str]:
    """A row: its sign and label, its text, and below it what is said of it."""
    sign = screen.sign("" if row.verdict == "neutral" else row.verdict) if label or row.verdict != "neutral" else ""
    if screen.plain:
        first, below = f"{word} {label}: " if label else "", "  "
    else:
        first, below = (f"  {sign}{label.rjust(2)}  ", " " * 8) if label else (f"  {sign}", " " * 4)
    said = " ".join(part for part in (words, row.why) if part)
    lines = screen.wrap(row.text, first)
    return lines + [screen.quiet(line) for line in screen.wrap(said, below)] if said else lines


def choice_words(row: RevealRow, chose: str, *, is_answered: bool) -> str:
    """What the verdict on an option means."""
    if row.verdict == "missed":
        return "Missed. This was right." if is_answered else "This was right."
    named = {"right": "Right.", "partly": "Partly right.", "wrong": "Wrong."}.get(row.verdict, "")
    if row.chosen:
        return f"{named} {chose}".strip()
    return named


def given_words(row: RevealRow) -> str:
    """“Right: X.” when that was given, else “You gave: Y. Right: X.”"""
    if row.verdict == "right":
        return f"Right: {stopped(row.given or row.right)}"
    given = f"You gave: {stopped(row.given)}" if row.given else "You left this blank."
    partly = "Partly right. " if row.verdict == "partly" else ""
    return f"{partly}{given} Right: {stopped(row.right)}" if row.right else f"{partly}{given}"


def stopped(words: str) -> str:
    """Words with a full stop at their end."""
    return words if words.rstrip("”’)*").endswith((".", "!", "?", "…")) else f"{words}."
