"""A text with blanks, to be typed into or chosen for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.questions.model import Strict
from app.questions.shapes.base import Raw, ShownOption, one_line, read_token, tokens


@dataclass(frozen=True)
class Gap:
    """A blank: with options a list to choose from, without them a field to type into."""

    token: str
    options: tuple[ShownOption, ...] = ()


@dataclass(frozen=True)
class GapsView:
    """Text and blanks in turn, as they are read."""

    parts: tuple[str | Gap, ...]
    max_length: int
    shape: str = "gaps"


class GapsResponse(Strict):
    """Blank id → what was typed, or the id of the option chosen; a blank left empty is missing."""

    filled: dict[str, str]


# Blank id → ids of its options in the order shown, empty for a blank to type into; in the order of the text.
Blanks = Mapping[str, Sequence[str]]


def read_gaps(raw: Raw, blanks: Blanks, *, max_length: int) -> GapsResponse | None:
    """Read the fields `gap-<token>`; None when all are blank.

    Raises Unreadable for an option not shown and for typed words that are too long or cannot be shown.
    """
    filled: dict[str, str] = {}
    for token, blank in tokens(list(blanks)).items():
        field = f"gap-{token}"
        if blanks[blank]:
            given = read_token(raw, field, tokens(blanks[blank])) or ""
        else:
            given = one_line("".join(raw.get(field, ())), max_length=max_length, where=field)
        if given:
            filled[blank] = given
    return GapsResponse(filled=filled) if filled else None


def fill_gaps(response: GapsResponse, blanks: Blanks) -> dict[str, list[str]]:
    """The fields that `read_gaps` would read as `response`."""
    fields = {}
    for token, blank in tokens(list(blanks)).items():
        given = response.filled.get(blank)
        if given is None:
            continue
        names = {key: number for number, key in tokens(blanks[blank]).items()}
        fields[f"gap-{token}"] = [names[given] if blanks[blank] else given]
    return fields
