"""A lesson file → Lesson: front matter, Markdown, and directives that begin with `:::`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app import markdown
from app.lessons.model import Block, Box, Check, Figure, FrontMatter, Lesson, Note, Prose, QuoteBlock, Segment
from app.questions.marked import read_marked, validate
from app.questions.problems import Problem

_DIRECTIVE = re.compile(r"^:::\s*([a-z]+)\s*(.*?)\s*$")
_CLOSE = re.compile(r"^:::\s*$")
_HEADING = re.compile(r"^##\s+(.+?)\s*#*\s*$")
_SETTING = re.compile(r'([a-z]+)=(?:"([^"]*)"|(\S+))')
ONE_LINERS = ("check", "quote")
BLOCKS = ("prequestions", "note", "figure", "worked", "faded", "summary")


@dataclass
class _Reader:
    """Collects what the lines of one lesson hold."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    heading: str = ""
    heading_line: int = 1
    blocks: list[Block] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    prose_line: int = 1

    def problem(self, line: int, message: str) -> None:
        """Note a problem of form."""
        self.problems.append(Problem(self.file, line, "FMT-06", "error", message))

    def end_prose(self) -> None:
        """Turn the lines of prose read so far into a block."""
        text = "\n".join(self.prose).strip("\n")
        if text.strip():
            html = markdown.block_html(text, self.citations)
            self.blocks.append(Prose(line=self.prose_line, markdown=text, html=html))
        self.prose = []

    def end_segment(self) -> None:
        """Close the segment and make its anchor."""
        self.end_prose()
        if self.heading or self.blocks:
            anchor = anchor_of(self.heading) if self.heading else ""
            taken = {segment.anchor for segment in self.segments}
            if anchor and anchor in taken:
                self.problem(self.heading_line, f"Two headings read “{self.heading}”; give each its own words.")
            self.segments.append(
                Segment(heading=self.heading, anchor=anchor, line=self.heading_line, blocks=tuple(self.blocks))
            )
        self.blocks = []


# Ids that the page of a lesson has already.
_TAKEN = re.compile(r"main|unsent|aims|guesses|sources|summary|finish|(summary|finish|check|term|source|passage)-.*")


def anchor_of(heading: str) -> str:
    """The id of a heading on the page of its lesson, never one that the page has already."""
    name = slug(heading)
    return f"part-{name}" if _TAKEN.fullmatch(name) else name


def slug(heading: str) -> str:
    """A heading as an anchor: lower case, words joined by hyphens."""
    return re.sub(r"[^\w]+", "-", markdown.plain(heading).casefold()).strip("-")


def read_lesson(text: str, file: str) -> tuple[Lesson | None, list[Problem]]:
    """Parse a lesson. Problems name file and line; the lesson is None when its front matter is not sound."""
    lines = text.splitlines()
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if not lines or lines[0].strip() != "---" or end is None:
        message = "A lesson begins with its fields between two lines of “---”."
        return None, [Problem(file, 1, "FMT-01", "error", message)]
    marked, problems = read_marked("\n".join(lines[1:end]), file, first_line=2)
    if marked is None:
        return None, problems
    head, found = validate(FrontMatter, marked)
    reader = _Reader(file, problems + found)
    _read_body(lines, end + 1, reader)
    if head is None:
        return None, reader.problems
    lesson = Lesson(head=head, segments=tuple(reader.segments), citations=tuple(reader.citations), file=file)
    return lesson, reader.problems


def _read_body(lines: list[str], start: int, reader: _Reader) -> None:
    at = start
    reader.heading_line = start + 1
    while at < len(lines):
        line, number = lines[at], at + 1
        if heading := _HEADING.match(line):
            reader.end_segment()
            reader.heading, reader.heading_line = heading[1], number
        elif directive := _DIRECTIVE.match(line):
            reader.end_prose()
            at = _read_directive(lines, at, directive[1], directive[2], reader)
        elif _CLOSE.match(line):
            reader.problem(number, "This “:::” closes nothing.")
        elif line.startswith(":::"):
            reader.problem(number, "“:::” is followed by a directive's name, in small letters.")
        else:
            if not reader.prose:
                reader.prose_line = number
            if line.strip() or reader.prose:
                reader.prose.append(line)
        at += 1
    reader.end_segment()


def _read_directive(lines: list[str], at: int, name: str, rest: str, reader: _Reader) -> int:
    """Read the directive at line index `at`; the index of its last line."""
    number = at + 1
    if name in ONE_LINERS:
        if not re.fullmatch(r"[a-z0-9-]+", rest):
            reader.problem(number, f"“::: {name}” is followed by one id.")
        elif name == "check":
            reader.blocks.append(Check(line=number, questions=(rest,)))
        else:
            reader.blocks.append(QuoteBlock(line=number, quote=rest))
        return at
    if name not in BLOCKS:
        known = ", ".join((*ONE_LINERS, *BLOCKS))
        reader.problem(number, f"There is no directive “{name}”; the directives are {known}.")
        return at
    end = next((i for i in range(at + 1, len(lines)) if lines[i].startswith(":::")), None)
    if end is None or not _CLOSE.match(lines[end]):
        reader.problem(number, f"“::: {name}” is not closed: put a line “:::” after it.")
        return at
    body = "\n".join(lines[at + 1 : end]).strip("\n")
    block = _block(name, rest, body, number, reader)
    if block is not None:
        reader.blocks.append(block)
    return end


def _block(name: str, rest: str, body: str, number: int, reader: _Reader) -> Block | None:
    if name == "prequestions":
        return Check(line=number, questions=tuple(body.split()), role="prequestions")
    if name == "figure":
        return _figure(rest, body, number, reader)
    if name == "note":
        return _note(rest, body, number, reader)
    html = markdown.block_html(body, reader.citations)
    if name == "worked":
        return Box(line=number, role="worked", title=rest, markdown=body, html=html)
    if name == "faded":
        return Box(line=number, role="faded", title=rest, markdown=body, html=html)
    return Box(line=number, role="summary", title=rest, markdown=body, html=html)


def _note(rest: str, body: str, number: int, reader: _Reader) -> Note | None:
    settings = {match[1]: match[2] or match[3] for match in _SETTING.finditer(rest)}
    if len(settings) != 1 or not set(settings) <= {"claim", "term", "title"}:
        reader.problem(number, 'A note has one of claim=C16, term=some-term or title="Some words".')
        return None
    html = markdown.block_html(body, reader.citations)
    return Note(line=number, markdown=body, html=html, **settings)


def _figure(name: str, body: str, number: int, reader: _Reader) -> Figure | None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 80:
        reader.problem(number, "“::: figure” is followed by the name of a file in lessons/figures, without .svg.")
        return None
    marked, problems = read_marked(body, reader.file, first_line=number + 1)
    reader.problems += problems
    fields = marked.data if marked and isinstance(marked.data, dict) else {}
    strangers = sorted(set(fields) - {"alt", "caption"})
    if strangers:
        reader.problem(number, f"A figure has “alt” and “caption”, not “{strangers[0]}”.")
    return Figure(line=number, name=name, alt=str(fields.get("alt") or ""), caption=str(fields.get("caption") or ""))
