"""One question of a file while it is read: its texts as our Markdown, its pictures, and what did not come along."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote
from xml.etree.ElementTree import Element, tostring

from app.formats.common import NotAQuestion
from app.formats.images import image_name
from app.formats.rich import TextFormat, to_markdown, to_plain

_FORMATS: dict[str, TextFormat] = {
    "html": "html",
    "moodle_auto_format": "moodle",
    "plain_text": "plain",
    "wiki_like": "plain",
    "markdown": "markdown",
}
_HERE = "@@PLUGINFILE@@/"
_DATA = re.compile(r"data:image/[\w.+-]{1,30};base64,")
_NUMBER = re.compile(r"[-+]?(?:\d{1,40}(?:[.,]\d{0,40})?|[.,]\d{1,40})(?:[eE][-+]?\d{1,3})?")
_SPOKEN = re.compile(r"""(?:src|href)\s{0,9}=\s{0,9}["']data:[^"']*["']""")
# No text of ours holds more than 4,000 characters; what is far longer is not worth its conversion.
_MOST = 50_000


class Broken(NotAQuestion):
    """A question that cannot be used as it stands, and has to be mended."""


class Asked:
    """A question of a file. `notes` and `images` grow while its parts are read."""

    def __init__(self, element: Element) -> None:
        """Read from `element`, a <question>."""
        self.element = element
        self.kind = element.get("type", "").strip()
        self.notes: list[str] = []
        self.images: dict[str, bytes] = {}
        text = element.find("questiontext")
        self._format = self._format_of(text, "html") if text is not None else "html"

    def note(self, *sentences: str) -> None:
        """Keep what did not come along, each once."""
        self.notes += [sentence for sentence in dict.fromkeys(sentences) if sentence not in self.notes]

    def value(self, path: str, default: str = "") -> str:
        """The trimmed words of a field; `default` when it is missing."""
        found = self.element.find(path)
        return raw_text(found) if found is not None else default

    def switch(self, path: str, default: bool) -> bool:
        """A field that says true or false, 1 or 0; an empty one says no."""
        found = self.element.find(path)
        return raw_text(found).casefold() not in {"", "false", "0"} if found is not None else default

    def rich(self, node: Element | None) -> str:
        """A text with its files as our Markdown; empty when it is missing. Raises NotAQuestion for a huge one."""
        if node is None:
            return ""
        text, kind = self.source(node)
        files = self.files(node)
        words, lost = to_markdown(text, kind, files.name)
        self.note(*lost, *files.left())
        return words

    def files(self, node: Element) -> Files:
        """The files beside a text; the pictures among them that it shows come along with the question."""
        return Files(node, self.images)

    def old_picture(self) -> str:
        """The picture of a question in files of old, as Markdown; empty when there is none."""
        data = _decoded(self.value("image_base64"))
        name = image_name(data) if data else None
        if data and name:
            self.images[name] = data
            return f"![]({name})"
        if said := self.value("image"):
            self.note(f"The picture “{short(said)}” did not come along; add it by hand.")
        return ""

    def source(self, node: Element) -> tuple[str, TextFormat]:
        """A text as it stands, and its format. Raises NotAQuestion for a huge one."""
        text = raw_text(node)
        if len(text) > _MOST and len(_SPOKEN.sub("", text)) > _MOST:
            raise NotAQuestion(f"A text has more than {_MOST:,} characters; questions here have at most 4,000.")
        return text, self._format_of(node, self._format)

    def plain(self, node: Element | None) -> str:
        """A text as words alone; empty when it is missing."""
        return to_plain(self.rich(node)) if node is not None else ""

    def _format_of(self, node: Element, default: TextFormat) -> TextFormat:
        name = node.get("format", "").strip()
        return _FORMATS.get(name, "html") if name else default


class Files:
    """The files that lie beside a text, by the addresses under which the text shows them."""

    def __init__(self, node: Element, images: dict[str, bytes]) -> None:
        """Pictures that are shown are added to `images`."""
        self._files = {_path(file): file for file in node.findall("file")}
        self._images = images
        self._shown: set[str] = set()

    def left(self) -> tuple[str, ...]:
        """A note for each file that the text does not show: no picture, or one that nothing points at."""
        names = [file.get("name", "") for path, file in self._files.items() if path not in self._shown]
        return tuple(f"The file “{short(name)}” did not come along." for name in names)

    def name(self, address: str) -> str | None:
        """The name under which a picture is kept; None when it is not here, or is no picture that can be shown."""
        data = self._data(address.strip())
        name = image_name(data) if data else None
        if data and name:
            self._images[name] = data
        return name

    def _data(self, address: str) -> bytes | None:
        inline = _DATA.match(address)
        if inline:
            return _decoded(address[inline.end() :])
        if not address.startswith(_HERE):
            return None
        path = unquote(address[len(_HERE) :].partition("?")[0]).strip("/")
        self._shown.add(path)
        file = self._files.get(path)
        return _decoded(file.text or "") if file is not None else None


def _path(file: Element) -> str:
    return f"{file.get('path', '/')}/{file.get('name', '')}".replace("//", "/").strip("/")


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(unquote(text) if "%" in text else text)
    except (binascii.Error, ValueError):
        return None


def raw_text(node: Element | None) -> str:
    """The trimmed text of a node: of its <text>, or its own in old files; tags that were not escaped are kept."""
    if node is None:
        return ""
    inner = node.find("text")
    inner = node if inner is None else inner
    parts = [inner.text or ""]
    if inner is not node:
        parts += [tostring(child, encoding="unicode") for child in inner]
    return "".join(parts).strip()


def number_of(text: str) -> float | None:
    """The number that a text says, with a point or a comma; None when it says none."""
    text = text.strip().replace(" ", "")
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def share_of(answer: Element) -> float:
    """The share of the mark that an answer earns, 1 for all. Raises Broken when it is no number."""
    said = answer.get("fraction")
    child = answer.find("fraction")
    if said is None and child is not None:
        share = number_of(child.text or "")
        # As a tag it was a part of one, and in some files a percentage.
        if share is not None:
            return round(share / 100, 12) if abs(share) > 1 else share
    share = number_of(said or "0")
    if share is None:
        raise Broken(f"An answer has the share “{(said or '')[:20]}”; write a percentage such as 50.")
    return round(share / 100, 12)


def percent(share: float) -> str:
    """A share in per cent, with as many decimals as it needs."""
    return f"{share * 100:.5f}".rstrip("0").rstrip(".")


def short(text: str) -> str:
    """Words for a note, cut where they are long."""
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"
