"""A GIFT file → its questions as they stand: lines, comments, category, name, and the text with its answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.formats.gift.signs import protect, restore

_CATEGORY = "$CATEGORY:"
_CONTEXT = re.compile(r"\$\w{1,20}\$(?:/|$)")
_IN_COMMENT = re.compile(r"\[(id|tag):((?:\\\]|[^\]]){1,300})\]")
# A question that begins on a new line right behind the answers of another.
_NEXT = re.compile(r"\}[ \t]*\n(?=[ \t]*::)")


@dataclass(frozen=True)
class Block:
    """What stands between two blank lines. `text` has stand-ins for protected signs, `source` is as written."""

    line: int
    text: str
    source: str
    category: str = ""
    idnumber: str = ""
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether its answers begin and do not end, as when a blank line stands among them."""
        return "{" in self.text and "}" not in self.text


@dataclass
class _Lines:
    """The lines of a block while they are collected."""

    first: int
    lines: list[str] = field(default_factory=list)


def blocks_of(text: str) -> Iterator[Block]:
    """The questions of a file in order, each with the category that holds where it stands."""
    category = ""
    for block in _whole(_between_blank_lines(text)):
        if block.text.startswith(_CATEGORY):
            name, _, rest = block.text[len(_CATEGORY) :].partition("\n")
            category = _path(restore(name))
            if not rest.strip():
                continue
            # A question on the next line; Moodle takes it for a part of the name.
            block = replace(block, text=rest.strip(), line=block.line + 1)
        yield from _apart(replace(block, category=category))


def _between_blank_lines(text: str) -> Iterator[Block]:
    current: _Lines | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            current = current or _Lines(number)
            current.lines.append(line)
        elif current:
            yield from _block(current)
            current = None
    if current:
        yield from _block(current)


def _block(found: _Lines) -> Iterator[Block]:
    comments = [line.strip() for line in found.lines if line.strip().startswith("//")]
    lines = [" " if line.strip().startswith("//") else line.strip() for line in found.lines]
    text = protect("\n".join(lines))
    if text.strip():
        before = len(text) - len(text.lstrip())
        line = found.first + text.count("\n", 0, before)
        named = [(name, value.replace("\\]", "]").strip()) for c in comments for name, value in _IN_COMMENT.findall(c)]
        yield Block(
            line,
            text.strip(),
            "\n".join(found.lines),
            idnumber=next((value for name, value in named if name == "id"), ""),
            tags=tuple(value for name, value in named if name == "tag"),
        )


def _whole(blocks: Iterator[Block]) -> Iterator[Block]:
    """Blocks whose answers were divided by a blank line are put together, if the rest has only their end."""
    waiting: Block | None = None
    for block in blocks:
        if waiting:
            end, start = block.text.find("}"), block.text.find("{")
            if end >= 0 and (start < 0 or end < start) and not block.text.startswith((_CATEGORY, "::")):
                text, source = f"{waiting.text}\n{block.text}", f"{waiting.source}\n\n{block.source}"
                block = replace(
                    waiting, text=text, source=source, notes=("A blank line among the answers was taken out.",)
                )
            else:
                yield waiting
        waiting = block if block.is_open else None
        if not waiting:
            yield block
    if waiting:
        yield waiting


def _apart(block: Block) -> Iterator[Block]:
    """The questions of a block between which the blank line is missing."""
    line, at = block.line, 0
    ends = [match.end() for match in _NEXT.finditer(block.text)]
    if not ends:
        yield block
        return
    said = "A blank line is missing between two questions; they were read as two."
    for number, end in enumerate([*ends, len(block.text)]):
        text = block.text[at:end]
        part = replace(block, line=line, text=text.strip(), notes=(*block.notes, said))
        yield replace(part, idnumber="", tags=()) if number else part
        line, at = line + text.count("\n"), end


def _path(name: str) -> str:
    """“$course$/top/Unit 1/Signals” → “Unit 1/Signals”."""
    path = _CONTEXT.sub("", name.strip(), count=1).strip("/ ")
    path = "" if path == "top" else path.removeprefix("top/")
    return path.strip()[:200]
