"""HTML → runs of words with their emphasis → our inline Markdown.

Written here and not taken from a library: a bank has thousands of short texts, which have to be read in
milliseconds, and what comes out is compared with what our own renderer makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_BACKTICKS = re.compile(r"`+")
_STYLES = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "sub": "sub", "sup": "sup"}
_PARAGRAPHS = {"p", "blockquote", "ul", "ol", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
_LINES = {"div", "li", "tr"}
_NOT_ALT = re.compile(r"[\[\]\\\s]+")

# What Markdown would read as a mark in words that are meant as they stand.
MARKS = re.compile(r"([\\`*_\[\]<~]|&(?=#?\w{1,40};))")
# The address of a picture → the name under which it is kept; None when it did not come along.
ImageName = Callable[[str], str | None]


@dataclass(frozen=True)
class Run:
    """Words (or code, or a whole mark) of one style; `lead` is the space or the line ends before them."""

    lead: str
    what: str
    text: str
    styles: tuple[str, ...]

    @property
    def seen(self) -> tuple[str, str, str, frozenset[str]]:
        """What a reader sees of it: in which order the styles were opened is not among it."""
        return self.lead, self.what, self.text, frozenset(self.styles)


def runs_of(html: str, image: ImageName) -> list[Run]:
    """The runs of HTML that nh3 has cleaned, so that every tag is closed."""
    reader = _Reader(image)
    reader.feed(html)
    reader.close()
    return reader.runs


class _Reader(HTMLParser):
    def __init__(self, image: ImageName) -> None:
        super().__init__(convert_charrefs=True)
        self._image = image
        self.runs: list[Run] = []
        self._styles: list[str] = []
        self._code: list[str] | None = None
        self._pre = 0
        self._lead = ""
        # For each list that is open the number of its next line, 0 for one with bullets.
        self._lists: list[int] = []
        self._links: list[str] = []
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _STYLES:
            self._styles.append(_STYLES[tag])
        elif tag == "code":
            self._code = [] if not self._pre else None
        elif tag == "img":
            self._picture(given)
        elif tag == "br":
            self._lead = "\n\n" if "\n" in self._lead else "\n"
        elif tag == "a":
            self._links.append(given.get("href", ""))
        else:
            self._block(tag, given)

    def _block(self, tag: str, given: dict[str, str]) -> None:
        self._end_line(2 if tag in _PARAGRAPHS and not (self._lists and tag in {"ul", "ol"}) else int(tag in _LINES))
        self._pre += tag == "pre"
        if tag in {"ul", "ol"}:
            start = given.get("start", "1")
            self._lists.append(0 if tag == "ul" else int(start) if start.isdecimal() and len(start) < 6 else 1)
        elif tag == "li":
            self._item()
        elif tag == "tr":
            self._cells = 0
        elif tag in {"td", "th"}:
            if self._cells:
                self._lead = self._lead or " "
                self._add("text", "|")
                self._lead = " "
            self._cells += 1

    def _item(self) -> None:
        number = self._lists[-1] if self._lists else 0
        self._add("text", f"{number}." if number else "•")
        self._lead = " "
        if number:
            self._lists[-1] += 1

    def _picture(self, given: dict[str, str]) -> None:
        alt = _NOT_ALT.sub(" ", given.get("alt", "")).strip()
        name = self._image(given.get("src", ""))
        if name:
            self._add("mark", f"![{alt}]({name})")
        elif alt:
            self._add("text", alt)

    def handle_endtag(self, tag: str) -> None:
        if tag in _STYLES:
            if self._styles:
                self._styles.pop()
        elif tag == "code" and self._code is not None:
            code, self._code = _SPACE.sub(" ", "".join(self._code)), None
            if code.strip():
                self._add("code", code.strip())
        elif tag == "a":
            self._address(self._links.pop() if self._links else "")
        elif tag in _PARAGRAPHS:
            self._pre -= tag == "pre"
            if tag in {"ul", "ol"} and self._lists:
                self._lists.pop()
            self._end_line(1 if self._lists else 2)
        elif tag in _LINES:
            self._end_line(1)

    def _address(self, href: str) -> None:
        if href.startswith(("http:", "https:")) and not (self.runs and href in self.runs[-1].text):
            self._lead = self._lead or " "
            self._add("text", f"({href})")

    def handle_data(self, data: str) -> None:
        if self._code is not None:
            self._code.append(data)
        elif self._pre:
            for number, line in enumerate(data.split("\n")):
                if number:
                    self._end_line(1)
                if line.strip():
                    self._add("code", line.rstrip())
        else:
            self._words(_SPACE.sub(" ", data))

    def _words(self, text: str) -> None:
        if text.startswith(" ") and not self._lead:
            self._lead = " "
        if words := text.strip(" "):
            self._add("text", words)
            self._lead = " " if text.endswith(" ") else ""

    def _add(self, what: str, text: str) -> None:
        """Something to be seen, after the space or the lines that are due."""
        styles = tuple(dict.fromkeys(self._styles))
        lead, self._lead = self._lead if self.runs else "", ""
        last = self.runs[-1] if self.runs else None
        joins = what == "text" == (last and last.what) and lead in {"", " "}
        if last and joins and set(last.styles) == set(styles):
            self.runs[-1] = Run(last.lead, "text", last.text + lead + text, last.styles)
        else:
            self.runs.append(Run(lead, what, text, styles))

    def _end_line(self, lines: int) -> None:
        if lines:
            self._lead = max(self._lead.strip(" "), "\n" * lines)


def markdown_of(runs: list[Run], *, escaped: bool, as_tags: bool) -> str:
    """The runs as Markdown. `escaped`: words are escaped; `as_tags`: emphasis is written as HTML.

    Some emphasis cannot be said with asterisks, such as that of “word” in a“word”b.
    """
    out: list[str] = []
    opened: list[str] = []
    for run in runs:
        keep = 0
        while "\n" not in run.lead and keep < len(opened) and opened[keep] in run.styles:
            keep += 1
        while len(opened) > keep:
            out.append(_mark(opened.pop(), as_tags, "/"))
        out.append(run.lead)
        for style in run.styles:
            if style not in opened:
                opened.append(style)
                out.append(_mark(style, as_tags, ""))
        out.append(_said(run, escaped))
    out += [_mark(style, as_tags, "/") for style in reversed(opened)]
    return "".join(out)


def is_simple(runs: list[Run]) -> bool:
    """Whether asterisks cannot be misread: no marks among the words, and emphasis alone, from letter to letter."""
    styled = [bool(run.styles) or run.what != "text" for run in runs]
    for number, run in enumerate(runs):
        if run.what == "code" or (run.what == "text" and MARKS.search(run.text)):
            return False
        alone = not any(styled[max(0, number - 1) : number]) and not any(styled[number + 1 : number + 2])
        sound = len(run.styles) == 1 and alone and run.text[0].isalnum() and run.text[-1].isalnum()
        if run.styles and not sound:
            return False
    return True


def _mark(style: str, as_tags: bool, slash: str) -> str:
    if as_tags or style in {"sub", "sup"}:
        return f"<{slash}{style}>"
    return "*" if style == "em" else "**"


def _said(run: Run, escaped: bool) -> str:
    if run.what == "code":
        fence = "`" * (max(map(len, _BACKTICKS.findall(run.text)), default=0) + 1)
        # One space on either side belongs to the fence.
        pad = " " if run.text[0] in "` " or run.text[-1] in "` " else ""
        return f"{fence}{pad}{run.text}{pad}{fence}"
    return escape(run.text) if escaped and run.what == "text" else run.text


def escape(text: str) -> str:
    """Words as they stand: what Markdown would read as a mark is escaped."""
    return MARKS.sub(r"\\\1", text)
