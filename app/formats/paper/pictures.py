"""Our Markdown as HTML with the pictures within it, so that a file needs nothing beside it."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

from app.formats.base import Loss
from app.formats.images import images_in
from app.formats.rich import to_html
from app.questions.model import Question

_IMG = re.compile(r'<img src="(?:images/)?([^"]+)" alt="([^"]*)"[^>]*>')
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


class Inlined:
    """Texts as HTML; `images` are the pictures by name."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        """Keep the pictures."""
        self._images = images

    def html(self, text: str) -> str:
        """Sanitised HTML of a line of our Markdown; a picture that is missing becomes its alternative text."""
        shown = to_html(text)
        return _IMG.sub(self._picture, shown) if "<img" in shown else shown

    def _picture(self, match: re.Match[str]) -> str:
        data = self._images.get(match[1])
        if data is None:
            return f"[{match[2] or 'picture'}]"
        kind = _TYPES[match[1].rpartition(".")[2]]
        return f'<img src="data:{kind};base64,{base64.b64encode(data).decode()}" alt="{match[2]}">'


def missing_pictures(question: Question, images: Mapping[str, bytes], texts: list[str]) -> list[Loss]:
    """A loss for each picture that the texts name and that is not there."""
    gone = [name for name in images_in(*texts) if name not in images]
    return [Loss(question.id, f"The picture {name} was not found; its alternative text stands there.") for name in gone]


def texts_of(question: Question) -> list[str]:
    """All texts of a question that may be shown."""
    found: list[str] = []
    _gather(question.head.model_dump(include={"stem", "explanation", "passage"}), found)
    _gather(question.body.model_dump(), found)
    return found


def _gather(value: object, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, dict):
        for item in value.values():
            _gather(item, found)
    elif isinstance(value, list | tuple):
        for item in value:
            _gather(item, found)
