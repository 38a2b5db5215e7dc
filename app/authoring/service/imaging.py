"""Images that teachers bring in: the type checked by what they hold, their size limited, drawn anew before kept."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy.orm import Session

from app.authoring.service.writing import Author, touch_shelf
from app.errors import Invalid
from app.formats.images import image_name
from app.library.images import FORMATS
from app.library.models import Image

if TYPE_CHECKING:
    from PIL.Image import Image as Drawn

# What Pillow may try: everything else is refused unread.
_READ = ("PNG", "JPEG", "GIF", "WEBP")
MAX_MEGAPIXELS = 40
# A phone's photograph is several times wider than any page shows it.
LONGEST_SIDE = 1600
_QUALITY = 85
_WRONG_TYPE = "This is not an image that can be shown. Save it as PNG, JPEG, GIF or WebP, and choose that."
_TOO_LARGE = f"This image has more than {MAX_MEGAPIXELS} million dots. Make it smaller, and choose that."


class Redrawn(NamedTuple):
    """An image drawn anew: nothing of the file is left but what can be seen."""

    name: str
    media_type: str
    width: int
    height: int
    data: bytes


def redraw(data: bytes) -> Redrawn:
    """The image in `data` as it is kept, under a name made from `data`; of a moving one the first picture.

    Raises Invalid for anything but a PNG, JPEG, GIF or WebP of a bearable size.
    """
    name = image_name(data)
    if name is None:
        raise Invalid(_WRONG_TYPE, where="file")
    form, media_type = FORMATS[name.rpartition(".")[2]]
    width, height, body = _drawn(data, form)
    return Redrawn(name, media_type, width, height, body)


def keep_image(session: Session, author: Author, data: bytes, *, now: datetime) -> str:
    """Store an image, once; its name. Raises Invalid as `redraw` does."""
    name = image_name(data)
    if name is not None and session.get(Image, name) is not None:
        return name
    drawn = redraw(data)
    session.add(
        Image(
            name=drawn.name,
            media_type=drawn.media_type,
            width=drawn.width,
            height=drawn.height,
            data=drawn.data,
            by_name=author.name,
            at=now,
        )
    )
    session.flush()
    # What is served knows which images there are.
    touch_shelf(session)
    return drawn.name


def keep_images(session: Session, images: Mapping[str, bytes], author: Author, *, now: datetime) -> list[str]:
    """Store the images of a file, by the names that its questions have for them; the names that cannot be shown."""
    refused = []
    for name, data in images.items():
        try:
            keep_image(session, author, data, now=now)
        except Invalid:
            refused.append(name)
    return refused


def _drawn(data: bytes, form: str) -> tuple[int, int, bytes]:
    # A start waits for Pillow only when somebody brings an image.
    from PIL import Image as Pillow

    try:
        with (
            warnings.catch_warnings(action="error", category=Pillow.DecompressionBombWarning),
            Pillow.open(io.BytesIO(data), formats=_READ) as image,
        ):
            # Only the head of the file has been read so far.
            if image.width * image.height > MAX_MEGAPIXELS * 1_000_000:
                raise Invalid(_TOO_LARGE, where="file")
            upright = _upright(image)
    except (Pillow.DecompressionBombWarning, Pillow.DecompressionBombError) as problem:
        raise Invalid(_TOO_LARGE, where="file") from problem
    except Invalid:
        raise
    except Exception as problem:  # whatever a damaged file makes of its reader
        raise Invalid(_WRONG_TYPE, where="file") from problem
    return _encoded(upright, form)


def _upright(image: Drawn) -> Drawn:
    """The first picture, turned as the camera was held, and no larger than pages show it."""
    from PIL import ImageOps

    image.seek(0)
    turned = ImageOps.exif_transpose(image)
    has_holes = "transparency" in turned.info or turned.mode in ("RGBA", "LA", "PA")
    plain = turned.convert("RGBA" if has_holes else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return plain


def _encoded(image: Drawn, form: str) -> tuple[int, int, bytes]:
    out = io.BytesIO()
    drawn = image.convert("RGB") if form == "JPEG" else image
    # Nothing that the file carried beside its dots, such as the place where it was taken.
    drawn.info.clear()
    drawn.save(out, form, optimize=True, **({} if form == "PNG" else {"quality": _QUALITY}))
    return drawn.width, drawn.height, out.getvalue()
