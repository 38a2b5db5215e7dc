"""Markdown → safe HTML and plain text: one renderer for lessons, stems and feedback."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin

_BLOCK_TAGS = {
    "p", "h3", "h4", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td",
    "pre", "hr", "br", "em", "strong", "code", "a", "sup", "span", "del",
}  # fmt: skip
_INLINE_TAGS = {"em", "strong", "code"}
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
    """Sanitised HTML of a line of Markdown with emphasis, strong and code only."""
    return nh3.clean(str(_shared().renderInline(text)), tags=_INLINE_TAGS, attributes={})


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words of a line or block of Markdown, without its marks."""
    text = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})", r"\1", _CITATION.sub("", text))
    return re.sub(r"(\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
