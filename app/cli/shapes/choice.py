"""Choose one or all that apply, and mark sentences of a passage: numbers are typed."""

from __future__ import annotations

import re

from app.cli.screen import Screen
from app.cli.shapes.base import Fields, Shape, numbered, tick_lines
from app.cli.shapes.rows import option_rows
from app.questions.model import Reveal
from app.questions.shapes import ChoiceView, Raw, SentencesView


def numbers_in(line: str) -> list[str]:
    """What stands between spaces, commas, semicolons and full stops."""
    return [part for part in re.split(r"[\s,;.]+", line) if part]


class Choice(Shape[ChoiceView]):
    """Options by number."""

    def show(self, screen: Screen, view: ChoiceView) -> list[str]:
        """See Shape."""
        return [line for o in view.options for line in numbered(screen, o.token, o.text, word="Option")]

    def how_to_type(self, view: ChoiceView) -> str:
        """See Shape."""
        return "Type their numbers, such as 1,3." if view.multiple else "Type its number."

    def read_line(self, view: ChoiceView, line: str, fields: Raw) -> Fields:
        """See Shape."""
        return {"choice": numbers_in(line)}

    def typed(self, view: ChoiceView, fields: Raw) -> str:
        """See Shape."""
        return ", ".join(fields.get("choice", ()))

    def print_lines(self, screen: Screen, view: ChoiceView) -> list[str]:
        """See Shape."""
        return [line for o in view.options for line in tick_lines(screen, o.token, o.text, many=view.multiple)]


class Sentences(Shape[SentencesView]):
    """The sentences of a passage by number, with what the passage is."""

    def show(self, screen: Screen, view: SentencesView) -> list[str]:
        """See Shape."""
        lines = [line for o in view.options for line in numbered(screen, o.token, o.text, word="Sentence")]
        return [*lines, *(screen.quiet(line) for line in screen.wrap(view.note))] if view.note else lines

    def how_to_type(self, view: SentencesView) -> str:
        """See Shape."""
        return "Type the numbers of the sentences, such as 2,5."

    def read_line(self, view: SentencesView, line: str, fields: Raw) -> Fields:
        """See Shape."""
        return {"choice": numbers_in(line)}

    def typed(self, view: SentencesView, fields: Raw) -> str:
        """See Shape."""
        return ", ".join(fields.get("choice", ()))

    def print_lines(self, screen: Screen, view: SentencesView) -> list[str]:
        """See Shape."""
        lines = [line for o in view.options for line in tick_lines(screen, o.token, o.text, many=True)]
        return [*lines, *screen.wrap(view.note)] if view.note else lines

    def explain(self, screen: Screen, view: SentencesView, reveal: Reveal, *, is_answered: bool) -> list[str]:
        """See Shape."""
        chose = "You marked this."
        return option_rows(screen, reveal.rows, is_answered=is_answered, word="Sentence", chose=chose)
