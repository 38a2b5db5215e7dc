"""What is exchanged: questions in the file formats of other systems. Pure: no web, no database, no files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.formats.every import FORMATS, sniff_format

__all__ = ["FORMATS", "sniff_format"]


def __getattr__(name: str) -> Any:
    """Load the formats at the first need: most starts ask for none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from app.formats import every

    return getattr(every, name)
