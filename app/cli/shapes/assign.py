"""Give each of several prompts one option: numbers and letters in pairs, such as 1c 2a 3b."""

from __future__ import annotations

import re

from app.cli.screen import Screen
from app.cli.shapes.base import Fields, Shape, copied, letters, listed, no_such, numbered, value
from app.cli.shapes.rows import part_rows
from app.errors import Unreadable
from app.questions.model import Reveal
from app.questions.shapes import AssignView, Raw

# “1c”, “1 c”, “1-c”, “1: c”, and “1-”, which takes the letter away again.
PAIR = re.compile(r"(\d+)\s*(?:[-=:.)]\s*)?([a-z](?![a-z])|-)")


class Pairs(Shape[AssignView]):
    """Prompts by number, and the options that all of them share by letter."""

    takes_words = True

    def show(self, screen: Screen, view: AssignView) -> list[str]:
        """See Shape."""
        lines = [line for p in view.prompts for line in numbered(screen, p.token, p.text, word="Number")]
        note = ["", *screen.wrap(view.note)] if view.note else []
        return [*lines, "", *_option_lines(screen, view), *note]

    def how_to_type(self, view: AssignView) -> str:
        """See Shape."""
        known = letters(len(view.prompts[0].options))
        pairs = " ".join(f"{p.token}{known[n % len(known)]}" for n, p in enumerate(view.prompts[:3], 1))
        return f"Type numbers with letters, such as {pairs}, or only the letter for the number asked. “1-” empties 1."

    def prompt(self, screen: Screen, view: AssignView, fields: Raw) -> str:
        """See Shape."""
        asked = next(iter(self.blanks(view, fields)), None)
        if asked is None:
            return "Answer"
        text = next(" ".join(screen.wrap(p.text)) for p in view.prompts if p.token == asked)
        return f"Letter for number {asked}, {text}" if screen.plain else f"Letter for {asked}"

    def blanks(self, view: AssignView, fields: Raw) -> list[str]:
        """See Shape."""
        return [p.token for p in view.prompts if not value(fields, f"assign-{p.token}")]

    def read_line(self, view: AssignView, line: str, fields: Raw) -> Fields:
        """See Shape."""
        pairs = self._pairs(view, line.lower(), fields)
        known = letters(len(view.prompts[0].options))
        found = copied(fields)
        for number, letter in pairs:
            if number not in {p.token for p in view.prompts}:
                raise no_such("number", number, [p.token for p in view.prompts])
            if letter not in f"{known}-":
                raise no_such("letter", letter, known)
            if [n for n, _ in pairs].count(number) > 1:
                raise Unreadable(f"Number {number} stands there twice; give it one letter.")
            found[f"assign-{number}"] = [] if letter == "-" else [str(known.index(letter) + 1)]
        return found

    def _pairs(self, view: AssignView, line: str, fields: Raw) -> list[tuple[str, str]]:
        alone = re.sub(r"[\s,;]+", "", line)
        if alone.isascii() and alone.isalpha():
            return self._letters_alone(view, alone, fields)
        pairs = PAIR.findall(line)
        if not pairs or PAIR.sub("", line).strip(" ,;.\t"):
            raise Unreadable(f"{line[:20]!r} cannot be read as pairs. {self.how_to_type(view)}")
        return [(str(int(number)), letter) for number, letter in pairs]

    def _letters_alone(self, view: AssignView, alone: str, fields: Raw) -> list[tuple[str, str]]:
        """A letter for the number asked, or one for each number in order."""
        if len(alone) == len(view.prompts):
            return [(p.token, letter) for p, letter in zip(view.prompts, alone, strict=True)]
        blank = self.blanks(view, fields)
        if len(alone) == 1 and blank:
            return [(blank[0], alone)]
        if len(alone) == 1:
            raise Unreadable(f"All numbers have a letter; name the one to change, such as {view.prompts[0].token}a.")
        raise Unreadable(f"These are {len(alone)} letters for {len(view.prompts)} numbers. {self.how_to_type(view)}")

    def typed(self, view: AssignView, fields: Raw) -> str:
        """See Shape."""
        known = letters(len(view.prompts[0].options))
        given = {p.token: value(fields, f"assign-{p.token}") for p in view.prompts}
        return " ".join(f"{number}{known[int(option) - 1]}" for number, option in given.items() if option)

    def print_lines(self, screen: Screen, view: AssignView) -> list[str]:
        """See Shape."""
        lines = screen.wrap(f"Write a letter before each number. {view.note}")
        for prompt in view.prompts:
            lines += screen.wrap(prompt.text, f"  ____ {prompt.token.rjust(2)}  ")
        return [*lines, "", *_option_lines(screen, view)]

    def explain(self, screen: Screen, view: AssignView, reveal: Reveal, *, is_answered: bool) -> list[str]:
        """See Shape."""
        return part_rows(screen, reveal.rows, is_answered=is_answered, word="Number")


def _option_lines(screen: Screen, view: AssignView) -> list[str]:
    options = view.prompts[0].options
    named = zip(letters(len(options)), options, strict=True)
    return [line for letter, option in named for line in numbered(screen, letter, option.text, word="Letter")]


def still_blank(names: list[str]) -> str:
    """“2 and 3 are still blank.”"""
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} still blank."
