"""Markdown → safe HTML and plain text: one renderer for lessons, stems and feedback."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin

_BLOCK_TAGS = {
    "p", "h3", "h4", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td",
    "pre", "hr", "br", "em", "strong", "code", "a", "sup", "span", "del",
}  # fmt: skip
_INLINE_TAGS = {"em", "strong", "code", "sub", "sup", "br", "img"}
# What a line may show: a file that lies beside the bank, never a path or another host.
IMAGE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(?:png|jpg|webp)")
IMAGES = "images/"
_IMG = re.compile(r'<img((?:\s+[\w-]+="[^"]*")*)\s*/?>')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"(!?)\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
_TAG = re.compile(r"</?su[bp]>", re.IGNORECASE)
_BREAK = re.compile(r"[ \t]*(?:<br ?/?>|\\(?=\n))\n?", re.IGNORECASE)
# Where escaped characters wait while marks are taken away.
_ASIDE = 0xE000
_ATTRIBUTES = {
    "a": {"href", "id", "class", "aria-label"},
    "span": {"class", "data-term"},
    "ol": {"start"},
    "sup": {"class"},
    "th": {"scope"},
}
_CITATION = re.compile(r"\[\^([A-Za-z0-9]+)\]")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"typographer": True}).enable(["table", "strikethrough", "smartquotes"])
    return parser.use(attrs_plugin, spans=True)


@lru_cache(maxsize=1)
def _shared() -> MarkdownIt:
    return _parser()


@lru_cache(maxsize=1)
def _lines() -> MarkdownIt:
    """As for lessons, but a new line is one, and the only images are those beside the bank."""
    parser = _parser()
    parser.options["breaks"] = True
    parser.add_render_rule("image", _image)
    parser.add_render_rule("html_inline", _raw)
    return parser


def _image(renderer: Any, tokens: Sequence[Any], at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    alt = renderer.renderInlineAsText(token.children, options, env)
    return f'<img src="{IMAGES}{escape(str(token.attrGet("src")))}" alt="{escape(alt)}">'


def _raw(renderer: Any, tokens: Sequence[Any], at: int, options: Any, env: Any) -> str:
    """Tags as typed, except images, which are written in Markdown."""
    content: str = tokens[at].content
    return "" if re.match(r"<\s*/?\s*ima?ge?\b", content, re.IGNORECASE) else content


def block_html(text: str, citations: list[str] | None = None) -> str:
    """Sanitised HTML of a block of Markdown.

    `[^S13]` becomes a numbered link to the lesson's list of sources; a source cited for the first time is
    appended to `citations`. `[a term]{term=id}` becomes a marked span.
    """
    html = str(_shared().render(text))
    html = re.sub(r'<span term="([a-z0-9-]+)">', r'<span class="term" data-term="\1">', html)
    html = re.sub(r"<th(?= |>)", '<th scope="col"', html)
    if citations is not None:
        html = _CITATION.sub(lambda match: _citation(match[1], citations), html)
    return nh3.clean(
        html,
        tags=_BLOCK_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
    )


def _citation(source: str, citations: list[str]) -> str:
    if source not in citations:
        citations.append(source)
    number = citations.index(source) + 1
    return f'<sup class="cite"><a href="#source-{source}" aria-label="Source {number}">{number}</a></sup>'


@lru_cache(maxsize=4096)
def inline_html(text: str) -> str:
    """Sanitised HTML of a line of Markdown: emphasis, strong, code, sub, sup, line breaks, and images.

    `![alternative text](name.png)` becomes an img with the address images/name.png; whoever shows it says where
    that is. Images with another address than a plain file name are left out.
    """
    clean = nh3.clean(
        str(_lines().renderInline(text)), tags=_INLINE_TAGS, attributes={"img": {"src", "alt"}}, url_schemes=set()
    )
    return _IMG.sub(_sound_image, clean)


def _sound_image(match: re.Match[str]) -> str:
    found = dict(_ATTRIBUTE.findall(match[1]))
    source = found.get("src", "")
    if not source.startswith(IMAGES) or not IMAGE_NAME.fullmatch(source.removeprefix(IMAGES)):
        return ""
    return f'<img src="{source}" alt="{found.get("alt", "")}" loading="lazy">'


def with_images(html: str, address: Callable[[str], str]) -> str:
    """What `inline_html` gave, with `address(name)` as the attributes that say where each image is.

    The attributes are written as they come, so they must be escaped.
    """
    return re.sub(rf'src="{IMAGES}([^"]+)"', lambda match: address(match[1]), html)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words of a line or block of Markdown, without its marks; an image is “[Image: alternative text]”."""
    text = _BREAK.sub("\n", text)
    text = _ESCAPED.sub(lambda match: chr(_ASIDE + ord(match[1])), text)
    text = _LINK.sub(_linked, _CITATION.sub("", _TAG.sub("", text)))
    text = re.sub(r"(\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    return re.sub("[\ue021-\ue07e]", lambda match: chr(ord(match[0]) - _ASIDE), text)


def _linked(match: re.Match[str]) -> str:
    if not match[1]:
        return match[2]
    return f"[Image: {match[2]}]" if match[2].strip() else "[Image]"
