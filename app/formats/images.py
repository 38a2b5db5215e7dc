"""Names of images by their content. What an image holds is checked where it is stored."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from urllib.parse import unquote

# What Markdown may name: a file beside the bank, never a path or another host.
IMAGE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(?:png|jpg|webp)")
IN_TEXT = re.compile(rf"!\[(?P<alt>[^\]\n]*)\]\((?P<name>{IMAGE_NAME.pattern})\)")

_MAGIC = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF87a", "png"), (b"GIF89a", "png"))
_PLUGIN_FILE = "@@PLUGINFILE@@/"


def image_name(data: bytes) -> str | None:
    """The name under which these bytes are kept, None when they are no PNG, JPEG, GIF or WebP.

    A GIF is kept as PNG. Equal bytes have equal names.
    """
    suffix = next((suffix for magic, suffix in _MAGIC if data.startswith(magic)), None)
    if suffix is None and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        suffix = "webp"
    return f"{hashlib.sha256(data).hexdigest()[:16]}.{suffix}" if suffix else None


def images_in(*texts: str) -> list[str]:
    """The names of the images that texts show, each once, in order."""
    return list(dict.fromkeys(match["name"] for text in texts for match in IN_TEXT.finditer(text)))


class Pictures:
    """The pictures that came with a file: called with an address in its HTML, it gives the name of ours, or None.

    An address is a data URI, “@@PLUGINFILE@@/” with a name among `files`, or such a name. `found` has the bytes of
    those that were named so far.
    """

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        """`files` are the pictures beside the text, by the names that the text has for them."""
        self._files = files or {}
        self.found: dict[str, bytes] = {}

    def __call__(self, address: str) -> str | None:
        """The name under which the picture is kept; one that is already ours keeps it."""
        data = self._data(address)
        if data is None:
            return address if IMAGE_NAME.fullmatch(address) else None
        name = image_name(data)
        if name:
            self.found[name] = data
        return name

    def _data(self, address: str) -> bytes | None:
        if address.startswith("data:"):
            return _decoded(address)
        name = address.removeprefix(_PLUGIN_FILE)
        return self._files.get(name, self._files.get(unquote(name)))


def _decoded(address: str) -> bytes | None:
    kind, _, data = address.partition(",")
    try:
        return base64.b64decode(unquote(data), validate=False) if kind.endswith(";base64") else None
    except (binascii.Error, ValueError):
        return None
