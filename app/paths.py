"""Where the course, the static files and the data folder are."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def content_folder() -> Path:
    """The folder that holds lessons/, questions/ and static/: the checkout, or the wheel's own copy."""
    bundled = PACKAGE / "_content"
    return bundled if bundled.is_dir() else PACKAGE.parent


def default_data_folder() -> Path:
    """The per-user folder for the database and the secret key, the same for checkout and wheel."""
    import platformdirs

    return Path(platformdirs.user_data_dir("offramp", appauthor=False))
