"""The images of a course: questions/images/ → names with sizes, and what is wrong with a file that is none."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from pathlib import Path

from app.library.model import Picture
from app.markdown import IMAGE_NAME
from app.questions.problems import Problem

IMAGE_FOLDER = "questions/images"
# Suffix → what Pillow calls the format, and what browsers call it.
FORMATS = {"png": ("PNG", "image/png"), "jpg": ("JPEG", "image/jpeg"), "webp": ("WEBP", "image/webp")}


def read_images(folder: Path) -> tuple[dict[str, Picture], list[Problem]]:
    """The images of the course in `folder` by name, and a problem for each file that cannot be shown."""
    images: dict[str, Picture] = {}
    problems = []
    for file in _files(folder / IMAGE_FOLDER):
        found = _picture(file)
        if isinstance(found, Picture):
            images[file.name] = found
        else:
            problems.append(Problem(f"{IMAGE_FOLDER}/{file.name}", 1, "IMG-01", "error", found))
    return images, problems


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (file for file in sorted(folder.iterdir()) if file.is_file() and not file.name.startswith("."))


def _picture(file: Path) -> Picture | str:
    """The size of an image and a mark of its content; in words why it cannot be shown."""
    if not IMAGE_NAME.fullmatch(file.name):
        return "An image has a name of letters, digits, “-” and “_”, and ends in .png, .jpg or .webp; rename this one."
    # Courses without images do not wait for it.
    from PIL import Image

    wanted, _ = FORMATS[file.suffix[1:]]
    try:
        data = file.read_bytes()
        with (
            warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning),
            Image.open(file) as image,
        ):
            found, (width, height) = image.format, image.size
    except Image.DecompressionBombWarning:
        return "This image has too many dots to be shown; make it smaller."
    except Exception as problem:  # whatever a damaged file makes of its reader
        return f"This is no image that can be shown ({type(problem).__name__}); save it as PNG, JPEG or WebP."
    if found != wanted:
        return f"This file holds {found} and not {wanted}; give it the ending of what it holds, or save it anew."
    return Picture(width, height, hashlib.sha256(data).hexdigest()[:10])
