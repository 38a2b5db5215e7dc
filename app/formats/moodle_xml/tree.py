"""The bytes of a file → its questions as elements, each with its line; what is broken costs only itself."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from defusedxml import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from app.formats.base import FormatError
from app.formats.common import decode

MAX_DEPTH = 100
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._:-]{1,40})["']""")
_LATIN = {"iso8859-1", "ascii"}
# What XML does not allow, and copies from word processors bring along.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BEGIN = re.compile(r"<\?xml|<!DOCTYPE|<!--|<quiz\b|<question\b", re.IGNORECASE)
_LOOSE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(#?\w{1,40};)?", re.DOTALL)
_XML_NAMES = {"amp;", "lt;", "gt;", "quot;", "apos;"}
_QUESTION = re.compile(r"<question\b[^<>]{0,500}>", re.IGNORECASE)
_END = "</question>"
_CATEGORY = 'type="category"'


@dataclass(frozen=True)
class Piece:
    """A question of a file as it stands there; without `element` it is broken, and `problem` says how."""

    line: int
    source: str
    element: Element | None = None
    problem: str = ""


class _TooDeep(ValueError):
    pass


def read_pieces(data: bytes, *, most: int) -> tuple[list[Piece], tuple[str, ...]]:
    """The questions of a file in order, and notes on the file as a whole.

    Raises FormatError when it is no Moodle XML, has more than `most` questions, or defines entities: those can grow
    without end, or read files.
    """
    text, notes = text_of(data)
    if not text.strip():
        raise FormatError("The file is empty.")
    count = sum(1 for _ in _QUESTION.finditer(text))
    if count > most + text.count(_CATEGORY):
        raise FormatError(f"The file has {count:,} questions; at most {most:,} are read. Split it into several files.")
    text, first_line, more = _mended(text)
    notes = (*notes, *more)
    try:
        return _pieces(text, first_line), notes
    except ParseError as problem:
        return _one_by_one(text, first_line, problem), (*notes, _said(problem, first_line))
    except _TooDeep:
        return _one_by_one(text, first_line, None), notes


def text_of(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file in the encoding that it declares, and notes where that was not so."""
    for mark, encoding in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if data.startswith(mark):
            return _lines(data.decode(encoding, "replace")), ()
    declared = _DECLARED.search(data[:1000])
    encoding = _codec(declared[1].decode()) if declared else "utf-8"
    if encoding in {"utf-8", "utf-16", "utf-16-le", "utf-16-be"} or data.startswith(codecs.BOM_UTF8):
        return decode(data)
    if encoding in _LATIN:
        # Those who write Windows-1252 often call it ISO-8859-1; browsers read it so too.
        encoding = "cp1252"
    try:
        return _lines(data.decode(encoding)), ()
    except (UnicodeDecodeError, LookupError):
        text, notes = decode(data)
        name = declared[1].decode() if declared else encoding
        return text, (*notes, f"The file says that its encoding is {name}, and it is not; look at accents.")


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _mended(text: str) -> tuple[str, int, tuple[str, ...]]:
    """The text as XML can have it, the number of its first line, and notes on what was put right."""
    notes = []
    begin = _BEGIN.search(text)
    before = text[: begin.start()] if begin else ""
    if before.strip():
        notes.append(f"What stands before the first tag was left out: “{before.strip()[:60]}”.")
    text = text[len(before) :]
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text)
        notes.append("Characters that cannot be shown were taken out.")
    loose = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal loose
        if not match[0].startswith("&") or match[1] in _XML_NAMES:
            return match[0]
        mended = _entity(match[1])
        loose += mended.startswith("&amp;")
        return mended

    text = _LOOSE.sub(mend, text)
    if loose:
        notes.append(f"“&” by itself was read as the sign, in {loose} places; in XML it is written “&amp;”.")
    return text, before.count("\n") + 1, tuple(notes)


def _entity(name: str | None) -> str:
    """An entity as XML knows it without a DTD, such as “&#160;” for “&nbsp;”."""
    if name is None:
        return "&amp;"
    known = html.unescape(f"&{name}")
    if known == f"&{name}":
        return f"&amp;{name}"
    return "".join(f"&#{ord(sign)};" for sign in _CONTROL.sub("", known))


class _Builder(TreeBuilder):
    """Builds the tree, and keeps the line and the bytes of every question."""

    def __init__(self) -> None:
        super().__init__()
        self.expat: Any = None
        self.found: list[tuple[int, int, int, Element]] = []
        self._open: list[tuple[int, int, Element] | None] = []
        self._inside = False

    def start(self, tag: Any, attrs: Any) -> Element:
        """Begin an element."""
        if len(self._open) >= MAX_DEPTH:
            raise _TooDeep
        element = super().start(tag, attrs)
        is_question = tag == "question" and not self._inside
        self._inside |= is_question
        here = (self.expat.CurrentLineNumber, self.expat.CurrentByteIndex, element)
        self._open.append(here if is_question else None)
        return element

    def end(self, tag: str) -> Element:
        """End an element."""
        begun = self._open.pop()
        if begun:
            line, begin, element = begun
            self.found.append((line, begin, self.expat.CurrentByteIndex, element))
            self._inside = False
        return super().end(tag)


def _pieces(text: str, first_line: int) -> list[Piece]:
    """The questions of well-formed text. Raises ParseError for other text, FormatError for entities."""
    data = text.encode()
    builder = _Builder()
    # Its own encoding is that of the file as it was; these bytes are UTF-8.
    parser = DefusedXMLParser(target=builder, encoding="utf-8")
    builder.expat = parser.parser
    try:
        parser.feed(data)
        root = parser.close()
    except EntitiesForbidden as problem:
        raise FormatError(
            "The file defines entities of its own (<!ENTITY …>), which can harm whoever reads it. "
            "Take them out, and write the characters themselves."
        ) from problem
    except DefusedXmlException as problem:
        raise FormatError("The file refers to another file, which is not read. Take the reference out.") from problem
    if not builder.found and root.tag != "quiz":
        raise FormatError(f"This is XML, but no Moodle XML: it has <{root.tag[:60]}> where <quiz> is expected.")
    return list(_found(builder, data, first_line))


def _found(builder: _Builder, data: bytes, first_line: int) -> Iterator[Piece]:
    for line, begin, end, element in builder.found:
        # A tag without content ends where it stands; any other before its own end tag.
        if not data[begin:end].endswith(b"/>"):
            end = data.find(b">", end) + 1
        yield Piece(line + first_line - 1, data[begin:end].decode(errors="replace"), element)


def _said(problem: Any, first_line: int) -> str:
    line, column = problem.position
    where = f"line {line + first_line - 1}, column {column + 1}"
    reason = str(problem).partition(":")[0]
    return f"The file is not well formed ({where}: {reason}); its questions were read one by one."


def _one_by_one(text: str, first_line: int, problem: Any) -> list[Piece]:
    """The questions of a file that is broken somewhere, each read by itself."""
    starts = [match.start() for match in _QUESTION.finditer(text)]
    if not starts:
        if problem is None:
            raise FormatError("This is nested too deeply to be a file with questions.")
        line, column = problem.position
        raise FormatError(
            f"The file is not well formed (column {column + 1}: {str(problem).partition(':')[0]}), and has no question "
            "that could be read by itself. Export it again, or mend it there.",
            where=f"line {line + first_line - 1}",
        )
    pieces = []
    line, at = first_line, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line += text.count("\n", at, start)
        at = start
        pieces.append(_piece(text[start:end], line))
    return pieces


def _piece(text: str, line: int) -> Piece:
    end = text.rfind(_END)
    if end < 0:
        return Piece(line, text.strip(), problem=f"The question has no end: {_END} is missing.")
    source = text[: end + len(_END)]
    try:
        return _pieces(source, line)[0]
    except ParseError as problem:
        bad, column = problem.position
        reason = str(problem).partition(":")[0]
        said = f"The question is not well formed at line {bad + line - 1}, column {column + 1}: {reason}."
        return Piece(line, source, problem=said)
    except _TooDeep:
        return Piece(line, source, problem=f"The question is nested more than {MAX_DEPTH} levels deep.")
