"""Moodle XML, both ways (design: what Moodle's own import reads and its export writes)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.formats.base import Found, Limits, Reader, Writer, Written
from app.formats.moodle_xml.read import read
from app.formats.moodle_xml.write import write
from app.questions.model import Question

_LOOKS = re.compile(rb"<quiz\b|<question\s+type\s*=", re.IGNORECASE)


class MoodleXml(Reader, Writer):
    """The format in which Moodle exports all that its questions have, pictures too."""

    name = "moodle_xml"
    label = "Moodle XML"
    suffixes = (".xml",)
    media_type = "application/xml"

    def sniff(self, data: bytes) -> bool:
        """Whether the beginning of a file looks like Moodle XML. Never raises."""
        begin = data[:4000].replace(b"\0", b"")
        return _LOOKS.search(begin) is not None

    def read(self, data: bytes, *, limits: Limits) -> Found:
        """Everything in the file. Raises FormatError when nothing of it can be read."""
        return read(data, limits=limits)

    def write(self, questions: Sequence[Question], *, title: str, images: Mapping[str, bytes]) -> Written:
        """A file that Moodle reads, one category a path; what it cannot hold is named."""
        return write(questions, title=title, images=images)
