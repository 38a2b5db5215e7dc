"""A question in the terminal, by the shape of its view: how it is shown, and how a typed line is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.cli.screen import Screen
from app.errors import Unreadable
from app.library.model import Library
from app.questions.model import Passage, Question
from app.questions.shapes import ChoiceView, OrderView, Raw, TextView, View


def question_lines(
    screen: Screen,
    library: Library,
    question: Question,
    view: View,
    instruction: str,
    *,
    is_asked: bool = True,
) -> list[str]:
    """Banner, passage, stem, options by number, and, when asked, what to type. Nothing that tells the key."""
    head = question.head
    lines: list[str] = []
    if head.hypothetical:
        lines += [*screen.wrap("An invented case: its states, outlets and people do not exist."), ""]
    if head.passage:
        lines += [*passage_lines(screen, library, head.passage), ""]
    lines += [screen.bold(line) for line in screen.wrap(head.stem)]
    if options := option_lines(screen, view):
        lines += ["", *options]
    if head.stem.rstrip().endswith(instruction):
        instruction = ""
    hint = " ".join(part for part in (_principle(view), instruction, how_to_type(view) if is_asked else "") if part)
    return [*lines, "", *(screen.quiet(line) for line in screen.wrap(hint))] if hint else lines


def passage_lines(screen: Screen, library: Library, passage: Passage) -> list[str]:
    """A passage set off, with where it comes from and the words that are marked in it."""
    bar = "" if screen.plain else screen.quiet("  │ ")
    if passage.quote:
        quote = library.quotes[passage.quote]
        text, source = f"“{quote.text}”", f"The article, {paragraph_label(library, quote.at)}."
    else:
        text = passage.text or ""
        source = "Invented for this question." if passage.status == "invented" else "Retold in our own words."
    lines = ["Passage:"] if screen.plain else []
    for paragraph in text.split("\n\n"):
        lines += screen.wrap(" ".join(paragraph.split()), bar, bar)
    if passage.mark:
        marked = "Marked: " + ", ".join(f"“{words}”" for words in passage.mark) + "."
        source = f"{source} {marked}"
    return lines + [screen.quiet(line) for line in screen.wrap(source, bar, bar)]


def paragraph_label(library: Library, at: str) -> str:
    """“paragraph 3”, for use inside a sentence."""
    paragraph = library.paragraphs.get(at)
    label = paragraph.label if paragraph else at
    return label[:1].lower() + label[1:] if paragraph else label


def option_lines(screen: Screen, view: View) -> list[str]:
    """Options or elements by number."""
    shown = view.options if isinstance(view, ChoiceView) else view.elements if isinstance(view, OrderView) else ()
    lines: list[str] = []
    for option in shown:
        number = f"Option {option.token}: " if screen.plain else f"  {screen.bold(option.token.rjust(2))}  "
        lines += screen.wrap(option.text, number)
    return lines


def _principle(view: View) -> str:
    return f"{view.principle.rstrip('.')}." if isinstance(view, OrderView) and view.principle else ""


def how_to_type(view: View) -> str:
    """What a line of input looks like."""
    if isinstance(view, OrderView):
        return "Type all the numbers in order, the first place first, with spaces between them."
    if isinstance(view, TextView):
        return "Capitals and punctuation do not matter."
    return "Type their numbers, such as 1,3." if view.multiple else "Type its number."


def read_line(view: View, line: str) -> Raw:
    """A typed line as the fields that a kind reads. Raises Unreadable for an order that cannot be meant."""
    if isinstance(view, TextView):
        return {"text": [line]}
    numbers = [part for part in re.split(r"[\s,;.]+", line) if part]
    if isinstance(view, ChoiceView):
        return {"choice": numbers}
    return _read_order(view, numbers)


def _read_order(view: OrderView, numbers: Sequence[str]) -> Raw:
    known = {element.token for element in view.elements}
    for number in numbers:
        if number not in known:
            raise Unreadable(f"There is no number {number[:20]!r}; the numbers are 1 to {len(known)}.")
        if numbers.count(number) > 1:
            raise Unreadable(f"Number {number} stands there twice; name each once.")
    if numbers and len(numbers) < len(known):
        raise Unreadable(f"Name all {len(known)} numbers; these are {len(numbers)}.")
    return {f"place-{number}": [str(place)] for place, number in enumerate(numbers, 1)}


def typed(view: View, fields: Mapping[str, Sequence[str]]) -> str:
    """The line that `read_line` would read as these fields; empty for none."""
    if isinstance(view, TextView):
        return "".join(fields.get("text", ()))
    if isinstance(view, ChoiceView):
        return ", ".join(fields.get("choice", ()))
    places = {name.removeprefix("place-"): int(values[0]) for name, values in fields.items() if values}
    return " ".join(sorted(places, key=lambda token: places[token]))
