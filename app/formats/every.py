"""The formats, all in one table. Importing it loads each of them."""

from __future__ import annotations

from app.formats.aiken import Aiken
from app.formats.anki import Anki
from app.formats.base import Format
from app.formats.gift import Gift
from app.formats.markdown_text import MarkdownText
from app.formats.moodle_xml import MoodleXml
from app.formats.paper import Paper
from app.formats.table import Table

FORMATS: dict[str, Format] = {
    format.name: format for format in (Gift(), MoodleXml(), Aiken(), Table(), Anki(), MarkdownText(), Paper())
}

__all__ = ["FORMATS", "sniff_format"]


def sniff_format(data: bytes, file_name: str = "") -> Format | None:
    """The format that a file is in, by its content and, where several could read it, by its name; None when none."""
    fits = [format for format in FORMATS.values() if format.reads and format.sniff(data)]
    by_name = [format for format in fits if file_name.casefold().endswith(format.suffixes)]
    return next(iter([*by_name, *fits]), None)
