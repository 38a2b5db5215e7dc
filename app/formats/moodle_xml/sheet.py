"""One question while it is written: its texts as Moodle has them, its pictures, and what the file cannot hold."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from app.formats.images import images_in
from app.formats.rich import is_plain, to_html, to_plain

# Shares of the mark that Moodle takes; any other number stops its import.
SHARES = (
    1.0, 0.9, 0.8333333, 0.8, 0.75, 0.7, 0.6666667, 0.6, 0.5, 0.4, 0.3333333, 0.3, 0.25, 0.2, 0.1666667, 0.1428571,
    0.125, 0.1111111, 0.1, 0.05, 0.0,
)  # fmt: skip
_TAKEN_AS_EQUAL = 1e-6
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def address_of(name: str) -> str:
    """Where the text of a question has a picture that lies beside it."""
    return f"@@PLUGINFILE@@/{name}"


def plain_words(text: str) -> str:
    """Our Markdown as words on one line."""
    return " ".join(to_plain(text).split())


def clean(text: str) -> str:
    """Text without the characters that XML does not allow."""
    return _CONTROL.sub("", text)


def xml_text(text: str) -> str:
    """Words as XML: HTML in a CDATA section, so that people can read it."""
    text = clean(text)
    if "<" not in text and "&" not in text:
        return escape(text)
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


class Sheet:
    """A question that is being written. `losses` grow while its parts are written."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        """`images` are the pictures that texts may show."""
        self._images = images
        self.losses: list[str] = []

    def lose(self, *sentences: str) -> None:
        """Name what the file cannot hold, each once."""
        self.losses += [sentence for sentence in dict.fromkeys(sentences) if sentence not in self.losses]

    def rich(self, tag: str, *texts: str, inner: str = "", attributes: str = "") -> str:
        """An element with our Markdown as HTML, a paragraph a text, and the pictures that it shows."""
        html = "".join(f"<p>{to_html(text, address_of)}</p>" for text in texts if text)
        return self.html(tag, html, images_in(*texts), inner=inner, attributes=attributes)

    def html(self, tag: str, html: str, images: list[str], *, inner: str = "", attributes: str = "") -> str:
        """An element with HTML and the pictures of these names."""
        files = "".join(self._file(name) for name in images)
        return f'<{tag}{attributes} format="html"><text>{xml_text(html)}</text>{files}{inner}</{tag}>\n'

    def plain(self, tag: str, text: str, what: str, *, inner: str = "", attributes: str = "") -> str:
        """An element with our Markdown as words alone; `what` begins the sentence about a loss."""
        if not is_plain(text) or "\n" in text:
            self.lose(f"{what} has words only in Moodle: emphasis, pictures and line breaks were left out.")
        return f"<{tag}{attributes}><text>{xml_text(plain_words(text))}</text>{inner}</{tag}>\n"

    def share(self, credit: float) -> str:
        """A share of the mark as an attribute, the nearest one that Moodle takes."""
        nearest = min(SHARES, key=lambda share: abs(share - abs(credit)))
        if abs(nearest - abs(credit)) > _TAKEN_AS_EQUAL:
            said = "Moodle takes certain shares of the mark only: {:.4g} % was written as {:.4g} %."
            signed = nearest if credit > 0 else -nearest
            self.lose(said.format(credit * 100, signed * 100))
            credit = signed
        return f' fraction="{credit * 100:.10g}"'

    def _file(self, name: str) -> str:
        data = self._images.get(name)
        if data is None:
            self.lose(f"The picture “{name}” is not there, so the file has its place only.")
            return ""
        content = base64.b64encode(data).decode("ascii")
        return f'<file name={quoteattr(name)} path="/" encoding="base64">{content}</file>'


def field(tag: str, value: object) -> str:
    """A simple field."""
    return f"<{tag}>{xml_text(str(value))}</{tag}>\n"


def switch(tag: str, value: bool) -> str:
    """A field that says true or false."""
    return field(tag, "true" if value else "false")
