"""The table of formats, and which of them a file is in."""

from __future__ import annotations

import random

import pytest

from app.formats import FORMATS, sniff_format
from app.formats.base import FormatError, Limits
from app.formats.common import make_question

pytestmark = pytest.mark.pure

OPTIONS = [{"id": "a", "text": "yes", "key": True}, {"id": "b", "text": "no"}]
QUESTION = make_question({"id": "is-it", "kind": "single_choice", "stem": "Is it so?"}, {"options": OPTIONS})


def test_the_formats_in_the_order_in_which_they_are_offered() -> None:
    assert list(FORMATS) == ["gift", "moodle_xml", "aiken", "csv", "anki", "markdown", "paper"]
    assert [name for name, format in FORMATS.items() if format.reads] == ["gift", "moodle_xml", "aiken", "csv"]
    assert all(format.writes and format.label and format.media_type for format in FORMATS.values())


@pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if format.reads])
@pytest.mark.parametrize("named", [True, False])
def test_what_we_write_is_known_again_by_content_alone(name: str, named: bool) -> None:
    format = FORMATS[name]
    data = format.write([QUESTION], title="Mine", images={}).data
    assert sniff_format(data, f"x{format.suffixes[0]}" if named else "") is format


@pytest.mark.parametrize("data", [b"", b"Hello.", b"%PDF-1.7", b"PK\x03\x04\0\0", b"<html><p>x</p></html>"])
def test_what_is_no_questions_is_no_format(data: bytes) -> None:
    assert sniff_format(data, "questions.txt") is None


@pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if format.reads])
def test_whatever_bytes_come_are_read_or_refused_with_words(name: str) -> None:
    chance = random.Random(7)
    said = []
    for _ in range(60):
        data = bytes(chance.choices(b"\xff\x00\xe9{}=~#:<>&;,\"'\n\r\t ABanswer:123", k=chance.randrange(80)))
        sniff_format(data)
        try:
            FORMATS[name].read(data, limits=Limits())
        except FormatError as problem:
            said.append(problem.message)
    assert said
    assert all(said)
