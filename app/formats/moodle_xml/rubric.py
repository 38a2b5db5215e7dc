"""A rubric with its marked answers ⇄ the notes for graders of Moodle's essay, to be read by people and read back."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from pydantic import ValidationError

from app.formats.moodle_xml.asked import raw_text
from app.formats.rich import to_html, to_markdown
from app.questions.types.free_response import FreeResponseBody

_CRITERION = re.compile(
    r"<p>\s{0,9}<strong>([^§]{1,2000}?)</strong>\s{0,9}\(([a-z0-9-]{1,80}), weight ([0-9.e+-]{1,20})\)\s{0,9}</p>"
    r'\s{0,9}<ol start="0">([^§]{1,20000}?)</ol>'
)
_LEVEL = re.compile(r"<li>([^§]{1,3000}?)</li>")
_ANCHOR = re.compile(
    r"<p>\s{0,9}<em>Marked answer: ([^<]{1,900})</em>\s{0,9}</p>\s{0,9}<blockquote>([^§]{0,9000}?)</blockquote>"
    r"(?:\s{0,9}<p>Comment: ([^§]{1,9000}?)</p>)?"
)
_MARK = re.compile(r"([a-z0-9-]{1,80}) (\d)")
_WHOLE = {
    "id": "whole",
    "criterion": "Answer as a whole",
    "levels": ("Misses what was asked", "Answers a part of it", "Answers what was asked"),
}


def rubric_in(node: Element | None) -> tuple[dict[str, Any], bool]:
    """The fields rubric and anchors of a free response, and whether the notes held them; else one criterion."""
    text = raw_text(node).replace("§", "&#167;")
    rubric = [
        {"id": key, "criterion": _words(said), "weight": float(weight), "levels": _levels(levels)}
        for said, key, weight, levels in _CRITERION.findall(text)
        if re.fullmatch(r"[0-9.]+(?:e[+-]?[0-9]+)?", weight) and weight.count(".") < 2
    ]
    if not rubric:
        return {"rubric": (_WHOLE,)}, False
    anchors = [
        {"text": _words(answer), "levels": {k: int(n) for k, n in _MARK.findall(marks)}, "comment": _words(comment)}
        for marks, answer, comment in _ANCHOR.findall(text)
    ]
    return {"rubric": tuple(rubric), "anchors": tuple(anchors)}, True


def rubric_html(body: FreeResponseBody) -> str:
    """Every criterion with its levels, then every marked answer, as HTML that `rubric_in` reads."""
    parts = []
    for entry in body.rubric:
        levels = "".join(f"<li>{to_html(level)}</li>" for level in entry.levels)
        parts.append(f"<p><strong>{to_html(entry.criterion)}</strong> ({entry.id}, weight {entry.weight!r})</p>")
        parts.append(f'<ol start="0">{levels}</ol>')
    for anchor in body.anchors:
        marks = ", ".join(f"{key} {level}" for key, level in anchor.levels.items())
        parts.append(f"<p><em>Marked answer: {marks}</em></p><blockquote>{to_html(anchor.text)}</blockquote>")
        if anchor.comment:
            parts.append(f"<p>Comment: {to_html(anchor.comment)}</p>")
    return "\n".join(parts)


def comes_back(body: FreeResponseBody) -> bool:
    """Whether `rubric_in` reads from the HTML of a rubric exactly what it was."""
    node = Element("graderinfo")
    node.text = rubric_html(body)
    fields, _ = rubric_in(node)
    try:
        return FreeResponseBody(max_words=body.max_words, **fields) == body
    except ValidationError:
        return False


def _levels(html: str) -> tuple[str, ...]:
    return tuple(_words(level) for level in _LEVEL.findall(html))


def _words(html: str) -> str:
    return to_markdown(html, "html")[0]
