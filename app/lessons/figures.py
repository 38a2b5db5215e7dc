"""Lesson figures: SVG files, checked against an allow-list and inlined."""

from __future__ import annotations

import re
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_TAGS = {
    "svg",
    "g",
    "title",
    "desc",
    "path",
    "line",
    "rect",
    "circle",
    "ellipse",
    "polyline",
    "polygon",
    "text",
    "tspan",
}
_ATTRIBUTES = {
    "viewBox", "role", "class", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width",
    "height", "points", "transform", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
    "stroke-dasharray", "font-size", "font-weight", "text-anchor", "dominant-baseline", "dx", "dy", "opacity",
    "aria-hidden", "fill-opacity", "stroke-opacity",
}  # fmt: skip


def _wrongs(root: ElementTree.Element) -> list[str]:
    """What is not allowed; takes away the names that the page gives itself."""
    problems: list[str] = []
    if root.tag != f"{_SVG}svg" or "viewBox" not in root.attrib:
        problems.append("A figure is one <svg> element with a viewBox.")
    for element in root.iter():
        tag = str(element.tag).removeprefix(_SVG)
        if tag not in _TAGS:
            problems.append(f"<{tag}> is not allowed in a figure.")
        # Names for assistive technology: the page gives its own, and two figures could share an id.
        for unused in ("id", "aria-label", "aria-labelledby", "aria-describedby"):
            element.attrib.pop(unused, None)
        problems += [wrong for name, value in element.attrib.items() if (wrong := _wrong_attribute(name, value))]
    return problems


def _wrong_attribute(name: str, value: str) -> str:
    if name not in _ATTRIBUTES:
        return f"The attribute {name} is not allowed in a figure."
    if re.search(r"url\(|javascript:", value, re.IGNORECASE):
        return f"The attribute {name} may not refer to anything else."
    return ""


def read_figure(text: str) -> tuple[str, list[str]]:
    """The figure ready to be inlined, and what is not allowed in it, in sentences.

    Only shapes and text come through: no script, style, link, image or reference to anything outside. The
    figure is hidden from assistive technology, because its alternative text stands beside it.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return "", ["A figure may not have a DOCTYPE or entities."]
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  entities are refused above
    except ElementTree.ParseError as problem:
        return "", [f"This is not SVG: {problem}."]
    problems = _wrongs(root)
    if problems:
        return "", sorted(set(problems))
    for unused in ("width", "height", "role"):
        root.attrib.pop(unused, None)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    ElementTree.register_namespace("", _SVG[1:-1])
    try:
        return ElementTree.tostring(root, encoding="unicode"), []
    except RecursionError:
        return "", ["This is nested too deeply to be shown."]
