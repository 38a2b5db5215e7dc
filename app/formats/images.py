"""Names of images by their content. What an image holds is checked where it is stored."""

from __future__ import annotations

import hashlib
import re

# What Markdown may name: a file beside the bank, never a path or another host.
IMAGE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(?:png|jpg|webp)")
IN_TEXT = re.compile(rf"!\[(?P<alt>[^\]\n]*)\]\((?P<name>{IMAGE_NAME.pattern})\)")

_MAGIC = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF87a", "png"), (b"GIF89a", "png"))


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
