"""Choose one, all that apply, or sentences of a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import Unreadable
from app.questions.model import Strict
from app.questions.shapes.base import Raw, ShownOption, tokens


@dataclass(frozen=True)
class ChoiceView:
    """Choose one, or all that apply."""

    options: tuple[ShownOption, ...]
    multiple: bool
    shape: str = "choice"


@dataclass(frozen=True)
class SentencesView:
    """Mark sentences of a passage; `note` says what the passage is (invented, retold or quoted)."""

    options: tuple[ShownOption, ...]
    note: str
    multiple: bool = True
    shape: str = "sentences"


class ChoiceResponse(Strict):
    """The ids of the options chosen, in alphabetical order."""

    chosen: tuple[str, ...]


def read_choice(raw: Raw, order: Sequence[str], *, multiple: bool) -> ChoiceResponse | None:
    """Read the field `choice`; None when nothing is chosen. Raises Unreadable for an option not shown."""
    known = tokens(order)
    given = [value.strip() for value in raw.get("choice", ()) if value.strip()]
    if not given:
        return None
    strangers = [value for value in given if value not in known]
    if strangers:
        raise Unreadable(f"There is no option {strangers[0][:20]!r}; choose from 1 to {len(known)}.", where="choice")
    chosen = {known[value] for value in given}
    if not multiple and len(chosen) > 1:
        raise Unreadable("Choose one option only.", where="choice")
    return ChoiceResponse(chosen=tuple(sorted(chosen)))


def fill_choice(response: ChoiceResponse, order: Sequence[str]) -> dict[str, list[str]]:
    """The fields that `read_choice` would read as `response`."""
    return {"choice": [token for token, key in tokens(order).items() if key in response.chosen]}
