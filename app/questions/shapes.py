"""The closed set of shapes in which a question is shown, answered and exchanged.

Doors know shapes and not kinds: the terminal asks by shape, exchange formats write shapes. Options carry
tokens (their number in the order shown) and never the author's ids, which could name the key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.errors import Unreadable
from app.questions.model import Strict

# What a door hands over: field name → the values given, as an HTML form sends them.
Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class ShownOption:
    """An option, element or prompt as a page may show it: its token and its inline Markdown."""

    token: str
    text: str


@dataclass(frozen=True)
class ChoiceView:
    """Choose one, or all that apply."""

    options: tuple[ShownOption, ...]
    multiple: bool
    shape: str = "choice"


@dataclass(frozen=True)
class OrderView:
    """Give each element a place by a stated principle."""

    elements: tuple[ShownOption, ...]
    principle: str
    shape: str = "order"


@dataclass(frozen=True)
class TextView:
    """Type a few words."""

    max_length: int
    shape: str = "text"


View = ChoiceView | OrderView | TextView


class ChoiceResponse(Strict):
    """The ids of the options chosen, in the author's order."""

    chosen: tuple[str, ...]


class OrderResponse(Strict):
    """The place given to each element placed, from 1; an element left out has none."""

    places: dict[str, int]


class TextResponse(Strict):
    """The words typed, as typed."""

    text: str


Response = ChoiceResponse | OrderResponse | TextResponse


def tokens(order: Sequence[str]) -> dict[str, str]:
    """Token → id for ids in the order shown: "1" is the first."""
    return {str(number): key for number, key in enumerate(order, 1)}


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


def read_order(raw: Raw, order: Sequence[str]) -> OrderResponse | None:
    """Read the fields `place-<token>`; None when no element has a place.

    Raises Unreadable for a place that does not exist or that two elements share.
    """
    known = tokens(order)
    places: dict[str, int] = {}
    for token, key in known.items():
        text = "".join(raw.get(f"place-{token}", ())).strip()
        if not text:
            continue
        if not text.isascii() or not text.isdigit() or len(text) > 3 or not 1 <= int(text) <= len(known):
            raise Unreadable(f"A place is a number from 1 to {len(known)}.", where=f"place-{token}")
        if int(text) in places.values():
            raise Unreadable(f"Two elements have place {int(text)}; give each its own.", where=f"place-{token}")
        places[key] = int(text)
    return OrderResponse(places=places) if places else None


def fill_order(response: OrderResponse, order: Sequence[str]) -> dict[str, list[str]]:
    """The fields that `read_order` would read as `response`."""
    return {
        f"place-{token}": [str(response.places[key])] for token, key in tokens(order).items() if key in response.places
    }


def read_text(raw: Raw, *, max_length: int) -> TextResponse | None:
    """Read the field `text`; None when it is empty. Raises Unreadable when it is too long or not text."""
    text = " ".join("".join(raw.get("text", ())).split())
    if not text:
        return None
    if len(text) > max_length:
        raise Unreadable(f"Use at most {max_length} characters; this has {len(text)}.", where="text")
    if not text.isprintable():
        raise Unreadable("This has characters that cannot be shown; type the words again.", where="text")
    return TextResponse(text=text)


def fill_text(response: TextResponse) -> dict[str, list[str]]:
    """The fields that `read_text` would read as `response`."""
    return {"text": [response.text]}
