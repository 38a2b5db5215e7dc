"""A question in the terminal before its answer is in, and the answer while it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.cli.screen import Screen
from app.cli.shapes import AnyShape, Fields, shape_of
from app.cli.sure import BESIDE
from app.errors import Unreadable
from app.library.model import Library
from app.questions.model import Passage, Question
from app.questions.shapes import View
from app.questions.types import TYPES


def question_lines(
    screen: Screen, library: Library, question: Question, view: View, *, is_asked: bool = True
) -> list[str]:
    """Banner, passage, lead, stem, options, and, when asked, what to type. Nothing that tells the key."""
    shape = shape_of(view)
    lines = head_lines(screen, library, question)
    if options := shape.show(screen, view):
        lines += ["", *options]
    instruction = TYPES[question.kind].instruction
    if question.head.stem.rstrip().endswith(instruction):
        instruction = ""
    hint = " ".join(part for part in (instruction, shape.how_to_type(view) if is_asked else "") if part)
    return [*lines, "", *(screen.quiet(line) for line in screen.wrap(hint))] if hint else lines


def head_lines(screen: Screen, library: Library, question: Question, *, has_passage: bool = True) -> list[str]:
    """Banner, passage unless that is left out, lead and stem."""
    head = question.head
    lines: list[str] = []
    if head.hypothetical:
        lines += [*screen.wrap("An invented case: its states, outlets and people do not exist."), ""]
    if head.passage and has_passage:
        lines += [*passage_lines(screen, library, head.passage), ""]
    if lead := TYPES[question.kind].lead:
        lines += screen.wrap(lead)
    return lines + [screen.bold(line) for line in screen.wrap(head.stem)]


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
        lines += screen.wrap(paragraph.strip(), bar, bar)
    if passage.mark:
        marked = "Marked: " + ", ".join(f"“{words}”" for words in passage.mark) + "."
        source = f"{source} {marked}"
    return lines + [screen.quiet(line) for line in screen.wrap(source, bar, bar)]


def paragraph_label(library: Library, at: str) -> str:
    """“paragraph 3”, for use inside a sentence."""
    paragraph = library.paragraphs.get(at)
    label = paragraph.label if paragraph else at
    return label[:1].lower() + label[1:] if paragraph else label


@dataclass
class Entry:
    """An answer while it is typed: the fields so far. What a line adds is kept only when it could be read."""

    view: View
    fields: Fields
    is_new: bool = True

    @classmethod
    def of(cls, view: View, fields: Mapping[str, Sequence[str]]) -> Entry:
        """An answer that starts from what was typed before."""
        return cls(view, {name: list(values) for name, values in fields.items() if name not in BESIDE})

    @property
    def shape(self) -> AnyShape:
        """The shape of its view."""
        return shape_of(self.view)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it."""
        return not any(any(values) for values in self.fields.values())

    @property
    def blanks(self) -> list[str]:
        """The parts still without an answer; none for a shape of one part."""
        return self.shape.blanks(self.view, self.fields)

    @property
    def wants_more(self) -> bool:
        """Whether another line is asked for."""
        return self.shape.wants_more(self.view, self.fields)

    def prompt(self, screen: Screen) -> str:
        """What asks for the next line, without a colon."""
        return self.shape.prompt(screen, self.view, self.fields)

    def ends(self, line: str) -> bool:
        """Whether the line says that nothing more comes. Enter alone, before anything else, always does."""
        return not line if self.is_new else self.shape.ends(self.view, line, self.fields)

    def read(self, line: str) -> Fields:
        """The fields with what the line adds; nothing is kept yet. Raises Unreadable."""
        return self.shape.read_line(self.view, line, self.fields)

    def can_read(self, line: str) -> bool:
        """Whether the line has a meaning as an answer, whatever the question makes of it."""
        try:
            self.read(line)
        except Unreadable:
            return False
        return True

    def keep(self, fields: Fields) -> None:
        """Take the fields over."""
        self.fields, self.is_new = fields, False

    def typed(self) -> str:
        """What was typed, on one line."""
        return self.shape.typed(self.view, self.fields)
