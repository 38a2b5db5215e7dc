"""The rule about images that the texts of questions name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.library.check.rule import Rule, Said, each_question
from app.library.images import IMAGE_FOLDER
from app.library.model import Library
from app.markdown import IMAGE_NAME
from app.questions.bank import dump_question
from app.questions.model import Question

_IMAGE = re.compile(r"!\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)[^)]*\)")
_CODE = re.compile(r"`[^`]*`")


def texts_of(value: object) -> Iterator[str]:
    """Every text in what `dump_question` gave, or in a part of it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def _images(library: Library, question: Question) -> Said:
    content: dict[str, Any] = dump_question(question)
    for text in texts_of(content):
        for alt, name in _IMAGE.findall(_CODE.sub("", text)) if "![" in text else ():
            if not IMAGE_NAME.fullmatch(name):
                yield "error", f"“{name}” cannot be shown; name a png, jpg or webp file in {IMAGE_FOLDER}/."
            elif name not in library.images:
                yield "error", f"There is no image “{name}” that can be shown in {IMAGE_FOLDER}/."
            if not alt.strip():
                yield "error", f"The image “{name}” has no alternative text: write ![what it shows]({name})."


RULES: dict[str, Rule] = {
    "IMG-01": Rule(
        "error",
        "An image that a text names is a PNG, JPEG or WebP file in questions/images/, and has an alternative text.",
        each_question(_images),
    ),
}
