"""Formatted text of other systems ⇄ our Markdown. HTML is sanitised by nh3, converted by from_html.py."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin

from app.formats.from_html import MARKS, ImageName, Run, is_simple, markdown_of, runs_of
from app.formats.from_html import escape as escape
from app.formats.images import IMAGE_NAME

TextFormat = Literal["html", "moodle", "plain", "markdown"]

_TAGS = {
    "p", "div", "br", "ul", "ol", "li", "em", "strong", "b", "i", "code", "pre", "sub", "sup", "img", "blockquote",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "span", "a",
}  # fmt: skip
_SHOWN_TAGS = {"em", "strong", "code", "sub", "sup", "br", "img"}
_KEPT = {"em", "strong", "b", "i", "code", "sub", "sup", "img", "p", "div", "br", "span", "font", "u"}
_REMOVED = {"script", "style", "iframe", "object", "embed", "form"}
_ATTRIBUTES = {"img": {"src", "alt"}, "ol": {"start"}, "a": {"href"}}
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,30})\b")
_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-zA-Z]{1,10})")
_VOID = {"br", "img", "hr", "input", "col", "wbr", "meta", "link", "source", "param"}
_ACTIVE = re.compile(
    r"<\s{0,9}(?:script|style|iframe|object|embed|form)\b|<[^<>]{0,2000}?\son\w{1,30}\s{0,9}=|=\s{0,9}[\"']?\s{0,9}javascript:",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"\\\(|\\\[|\$\$")
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"[ \t]*\n[ \t]*")
_PICTURE = re.compile(r'<img [^>]*?src="([^"]*)"[^>]*>')
_ALT = re.compile(r'\balt="([^"]*)"')
# Longer texts than this no question can hold, so how they look is not compared.
_LONGEST = 4000
# Deeper than this no editor nests, and cleaning would take time that grows with the square.
_DEEPEST = 200
# As the pages show it, but for typographic quotation marks, which are no part of the text.
_MARKDOWN = MarkdownIt("commonmark").enable(["strikethrough"]).use(attrs_plugin, spans=True)
_MARKDOWN.add_render_rule("html_inline", lambda renderer, tokens, at, options, env: _no_img(tokens[at].content))
# As it was meant elsewhere: pictures may be written in HTML.
_FOREIGN_MARKDOWN = MarkdownIt("commonmark").enable(["strikethrough"])


def own_image(address: str) -> str | None:
    """The name of a picture that is already one of ours; other pictures do not come along."""
    return address if IMAGE_NAME.fullmatch(address) else None


def to_markdown(text: str, kind: TextFormat, image: ImageName = own_image) -> tuple[str, tuple[str, ...]]:
    """A text as our Markdown, and a sentence for everything that did not come along.

    `moodle` is Moodle's own guess: HTML is allowed and new lines count. Scripts never come along, and are named.
    `image` gives the name under which a picture is kept by the address that the text has for it.
    """
    text = text.strip()
    if kind == "plain" or (kind == "moodle" and not re.search("[<&]", text)):
        return _words_as_markdown(_LINE_ENDS.sub("\n", text)), _formula_notes(text)
    if kind == "html" and not re.search("[<&]", text):
        return _words_as_markdown(_SPACES.sub(" ", text)), _formula_notes(text)
    if kind == "moodle":
        text = text.replace("\n", "<br>")
    elif kind == "markdown":
        if not re.search(r"!\[|<", text):
            return _LINE_ENDS.sub("\n", text), _formula_notes(text)
        # Written by us or by hand: converted only where it has more than questions have.
        text = _LINE_ENDS.sub("<br>", str(_FOREIGN_MARKDOWN.renderInline(text)).replace("<br />\n", "\n"))
    lost: list[str] = []

    def named(address: str) -> str | None:
        name = image(address)
        if name is None:
            lost.append(_short(address))
        return name

    deep = _is_deep(text)
    runs = runs_of(_clean(re.sub(r"<[^<>]*>", " ", text) if deep else text), named)
    missing = [f"The picture “{name}” did not come along; add it by hand." for name in dict.fromkeys(lost)]
    flat = ["The text is nested too deeply; only its words came along."] if deep else []
    return _checked(runs), (*_losses(text), *flat, *missing)


def _is_deep(text: str) -> bool:
    depth = 0
    for closing, tag in _OPEN_OR_CLOSE.findall(text):
        depth += -1 if closing else tag.lower() not in _VOID
        if depth > _DEEPEST:
            return True
    return False


def _clean(text: str) -> str:
    return nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"data", "http", "https", "file"},
        link_rel=None,
        clean_content_tags={"script", "style"},
    )


def _words_as_markdown(text: str) -> str:
    """Words as they stand, escaped only where a mark would be read."""
    if not MARKS.search(text) or (len(text) <= _LONGEST and to_plain(text) == text):
        return text
    return escape(text)


def _checked(runs: list[Run]) -> str:
    """The runs as the simplest Markdown that is shown as they are."""
    if is_simple(runs):
        return markdown_of(runs, escaped=False, as_tags=False)
    if sum(len(run.text) for run in runs) > _LONGEST:
        return markdown_of(runs, escaped=True, as_tags=True)
    seen = tuple(run.seen for run in runs)
    for escaped, as_tags in ((False, False), (True, False), (True, True)):
        text = markdown_of(runs, escaped=escaped, as_tags=as_tags)
        if as_seen(text) == seen:
            return text
    return text


def as_seen(text: str) -> tuple[object, ...]:
    """What a reader sees of our Markdown: equal for two ways of writing the same."""
    return tuple(run.seen for run in runs_of(to_html(text), own_image))


def to_html(text: str, image: Callable[[str], str] = str) -> str:
    """Our Markdown as HTML, as it is shown: emphasis, code, subscripts, images, line breaks.

    `image` gives the address of a picture by its name.
    """
    if not MARKS.search(text):
        return _LINE_ENDS.sub("<br>", html.escape(text, quote=False))
    shown = _rendered(text)
    if "<img" not in shown:
        return shown
    return _PICTURE.sub(lambda found: found[0].replace(found[1], html.escape(image(found[1]))), shown)


def _no_img(tag: str) -> str:
    """Pictures are written in Markdown; the pages show no other."""
    return "" if re.match(r"</?ima?ge?\b", tag, re.IGNORECASE) else tag


@lru_cache(maxsize=2048)
def _rendered(text: str) -> str:
    made = str(_MARKDOWN.renderInline(text))
    clean = nh3.clean(made, tags=_SHOWN_TAGS, attributes={"img": {"src", "alt"}}, url_schemes=set())
    return _LINE_ENDS.sub("<br>", clean.replace("<br>\n", "\n"))


def to_plain(text: str) -> str:
    """Our Markdown as words alone, with “\\n” at line breaks; a picture is its alternative text."""
    if not MARKS.search(text):
        return _LINE_ENDS.sub("\n", text)
    shown = _PICTURE.sub(_alternative, to_html(text))
    return html.unescape(nh3.clean(shown.replace("<br>", "\n"), tags=set()))


def _alternative(picture: re.Match[str]) -> str:
    found = _ALT.search(picture[0])
    return found[1] if found else ""


def is_plain(text: str) -> bool:
    """Whether our Markdown has words and line breaks only, so that `to_plain` loses nothing."""
    return not MARKS.search(text) or not re.search(r"<(?!br>)", to_html(text))


def _losses(text: str) -> tuple[str, ...]:
    found = []
    if _ACTIVE.search(text):
        found.append("A script or other active content was taken out.")
    other = sorted({tag.lower() for tag in _TAG.findall(text)} - _KEPT - _REMOVED)
    if other:
        found.append(f"Formatting that questions do not have became plain lines: {', '.join(other[:9])}.")
    return (*found, *_formula_notes(text))


def _formula_notes(text: str) -> tuple[str, ...]:
    return ("A formula is kept as typed, and is not drawn.",) if _FORMULA.search(text) else ()


def _short(address: str) -> str:
    address = address.partition(",")[0] if address.startswith("data:") else address
    return address if len(address) <= 80 else f"{address[:79]}…"
