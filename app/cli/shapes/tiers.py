"""Prompts with options of their own, such as a verdict and its reason: a letter, then a number, as in b3."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.cli.screen import Screen
from app.cli.shapes.base import Fields, Shape, copied, letters, numbered, span, tick_lines, value
from app.cli.shapes.rows import part_rows
from app.errors import Unreadable
from app.questions.model import Reveal
from app.questions.shapes import AssignView, Raw


def labels(view: AssignView, index: int) -> list[str]:
    """What the options of a prompt are called: letters and numbers in turn, so that b3 can mean one thing only.

    Letters are capitals where the options have these very letters already (“B: usually reliable”).
    """
    options = view.prompts[index].options
    if index % 2:
        return [str(number) for number in range(1, len(options) + 1)]
    capitals = list(letters(len(options)).upper())
    has_own = all(_short(label, option.text) != option.text for label, option in zip(capitals, options, strict=True))
    return capitals if has_own else list(letters(len(options)))


def _short(label: str, text: str) -> str:
    """The option's words without a label that the author wrote before them: it is not said twice."""
    return re.sub(rf"^{label}\s*[:.)–—-]+\s*", "", text)


class Tiers(Shape[AssignView]):
    """One list after the other; both answers in one line, or one by one."""

    takes_words = True

    def show(self, screen: Screen, view: AssignView) -> list[str]:
        """See Shape."""
        lines: list[str] = []
        for index, prompt in enumerate(view.prompts):
            lines += ["", *screen.wrap(prompt.text)] if lines else screen.wrap(prompt.text)
            word = "Letter" if index % 2 == 0 else "Number"
            for label, text in _options(view, index):
                lines += numbered(screen, label, text, word=word)
        return lines

    def how_to_type(self, view: AssignView) -> str:
        """See Shape."""
        both = "".join(labels(view, index)[-1] for index in range(len(view.prompts)))
        return f"Type a letter and a number, such as {both}, or one after the other."

    def prompt(self, screen: Screen, view: AssignView, fields: Raw) -> str:
        """See Shape."""
        index = self._asked(view, fields)
        if index is None:
            return "Answer"
        text = " ".join(screen.wrap(view.prompts[index].text)).rstrip(" :.")
        # A long one stands on the screen just above.
        text = text if screen.plain or len(text) <= 50 else "Answer"
        return f"{text} ({span(labels(view, index))})"

    def blanks(self, view: AssignView, fields: Raw) -> list[str]:
        """See Shape."""
        blank = [i for i, p in enumerate(view.prompts) if not value(fields, f"assign-{p.token}")]
        return ["the letter" if index % 2 == 0 else "the number" for index in blank]

    def _asked(self, view: AssignView, fields: Raw) -> int | None:
        return next((i for i, p in enumerate(view.prompts) if not value(fields, f"assign-{p.token}")), None)

    def read_line(self, view: AssignView, line: str, fields: Raw) -> Fields:
        """See Shape."""
        given = re.findall(r"[a-z]+|[0-9]+", line.lower())
        found = copied(fields)
        if re.sub(r"[a-zA-Z0-9\s,;.:/+-]", "", line) or not 1 <= len(given) <= len(view.prompts):
            raise Unreadable(f"{line[:20]!r} cannot be read. {self.how_to_type(view)}")
        for index, label in zip(self._indexes(view, given, fields), given, strict=True):
            known = [one.lower() for one in labels(view, index)]
            if label not in known:
                what = "letter" if index % 2 == 0 else "number"
                raise Unreadable(
                    f"{label[:20]!r} is no {what} from {known[0]} to {known[-1]}. {self.how_to_type(view)}"
                )
            found[f"assign-{view.prompts[index].token}"] = [str(known.index(label) + 1)]
        return found

    def _indexes(self, view: AssignView, given: Sequence[str], fields: Raw) -> list[int]:
        """Which prompt each label is for: all in order, or one that is asked for or that alone has such labels."""
        if len(given) == len(view.prompts):
            return list(range(len(given)))
        asked = self._asked(view, fields)
        order = ([] if asked is None else [asked]) + list(range(len(view.prompts)))
        found: list[int] = []
        for label in given:
            fits = [i for i in order if i not in found and label.upper() in map(str.upper, labels(view, i))]
            found.append(fits[0] if fits else next(i for i in order if i not in found))
        return found

    def typed(self, view: AssignView, fields: Raw) -> str:
        """See Shape."""
        given = [value(fields, f"assign-{prompt.token}") for prompt in view.prompts]
        return "".join(labels(view, index)[int(token) - 1] for index, token in enumerate(given) if token)

    def print_lines(self, screen: Screen, view: AssignView) -> list[str]:
        """See Shape."""
        lines: list[str] = []
        for index, prompt in enumerate(view.prompts):
            lines += ["", *screen.wrap(prompt.text)] if lines else screen.wrap(prompt.text)
            for label, text in _options(view, index):
                lines += tick_lines(screen, label, text, many=False)
        return lines

    def explain(self, screen: Screen, view: AssignView, reveal: Reveal, *, is_answered: bool) -> list[str]:
        """See Shape."""
        return part_rows(screen, reveal.rows, is_answered=is_answered)


def _options(view: AssignView, index: int) -> list[tuple[str, str]]:
    """Labels with the options' words."""
    options = view.prompts[index].options
    return [(label, _short(label, o.text)) for label, o in zip(labels(view, index), options, strict=True)]
