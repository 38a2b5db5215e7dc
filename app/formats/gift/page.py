"""The texts of one question as GIFT writes them, and what is lost on the way."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

from app.formats.gift.signs import escape, share, tagged
from app.formats.images import images_in
from app.formats.rich import is_plain, to_html, to_plain

_MEDIA = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
_NEEDS_HTML = re.compile(r"[<&]|->")


class Page:
    """Writes the texts of a question: words alone where all of them are, else HTML. `losses` grow on the way."""

    def __init__(self, texts: list[str], images: Mapping[str, bytes]) -> None:
        """`texts` are all texts of the question in our Markdown: one that needs HTML decides for all."""
        self._images = images
        self.is_html = any(not is_plain(text) or _NEEDS_HTML.search(to_plain(text)) for text in texts)
        self.losses: list[str] = []
        for name in images_in(*texts):
            if name not in images:
                self.lose(f"The picture “{name}” is not in the file.")

    def lose(self, *sentences: str) -> None:
        """Name what cannot be written, each once."""
        self.losses += [sentence for sentence in sentences if sentence not in self.losses]

    def stem(self, markdown: str) -> str:
        """The text of the question, with the tag that says its format, which answers share."""
        return f"[html]{self.rest(markdown)}" if self.is_html else self._guarded(self.rest(markdown))

    def rest(self, markdown: str) -> str:
        """A text that goes on where another text stands before it, escaped."""
        return escape((to_html(markdown, self._address) if self.is_html else to_plain(markdown)).strip())

    def text(self, markdown: str) -> str:
        """A text of ours by itself, escaped."""
        return self._guarded(self.rest(markdown))

    def words(self, text: str) -> str:
        """Words that are compared or chosen and know no formatting, escaped."""
        return self._guarded(escape(" ".join(text.split())))

    def plain(self, markdown: str) -> str:
        """A text of ours where GIFT has words only, escaped; what its formatting said is lost."""
        if not is_plain(markdown) or "\n" in markdown:
            self.lose("The right answers of pairs are words without formatting.")
        return escape(" ".join(to_plain(markdown).split()))

    def feedback(self, markdown: str) -> str:
        """What is said to an answer, with its sign; empty when nothing is."""
        return f"#{self.text(markdown)}" if markdown.strip() else ""

    def share(self, credit: float) -> str:
        """A share of the mark, such as “%50%”."""
        said, exact = share(credit)
        if not exact:
            self.lose(f"Moodle knows no share of {credit * 100:.4g} %; {said} % is written.")
        return f"%{said}%"

    def _guarded(self, written: str) -> str:
        """Words that begin like a tag are no tag."""
        return (
            ("[html]" if self.is_html else "[moodle]") + written if tagged(written, "plain")[1] != written else written
        )

    def _address(self, name: str) -> str:
        data = self._images.get(name)
        if data is None:
            return name
        return f"data:{_MEDIA[name.rpartition('.')[2]]};base64,{base64.b64encode(data).decode()}"
