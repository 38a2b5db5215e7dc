"""GIFT files: bytes → entries, questions → bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from app.formats.base import FormatError, Found, Limits, Reader, Writer, Written, check_count, check_size
from app.formats.common import decode
from app.formats.gift.blocks import blocks_of
from app.formats.gift.reader import QuestionReader
from app.formats.gift.writer import write
from app.questions.model import Question

_NAMED = re.compile(r"^::[^\n]{0,300}?::", re.MULTILINE)
_ANSWERS = re.compile(r"\{\s{0,99}(?:[=~#>]|(?:T|F|TRUE|FALSE)\s{0,9}[#}]|\})")


class Gift(Reader, Writer):
    """Moodle's GIFT."""

    name: ClassVar[str] = "gift"
    label: ClassVar[str] = "GIFT"
    suffixes: ClassVar[tuple[str, ...]] = (".gift.txt", ".gift", ".txt")
    media_type: ClassVar[str] = "text/plain; charset=utf-8"

    def sniff(self, data: bytes) -> bool:
        """Whether it has names between “::” or answers between braces. Never raises."""
        try:
            text, _ = decode(data[:20_000])
        except FormatError:
            return False
        if text.lstrip().startswith(("<", "{\\rtf", "#separator", "%PDF")):
            return False
        return text.lstrip().startswith("$CATEGORY:") or bool(_NAMED.search(text) or _ANSWERS.search(text))

    def read(self, data: bytes, *, limits: Limits) -> Found:
        """Every question, with the line of each. Raises FormatError for a file that is too large or no text."""
        check_size(data, limits)
        text, notes = decode(data)
        blocks = list(blocks_of(text))
        check_count(len(blocks), limits)
        if not blocks:
            raise FormatError("There are no questions in this file.")
        reader = QuestionReader()
        entries = []
        for number, block in enumerate(blocks, 1):
            entries.append(reader.entry(block))
            limits.tick(number, len(blocks))
        return Found(tuple(entries), reader.images.found, notes)

    def write(self, questions: Sequence[Question], *, title: str, images: Mapping[str, bytes]) -> Written:
        """A file that Moodle reads as it is meant; what GIFT has no word for is named. Never raises."""
        return write(questions, title, images)
