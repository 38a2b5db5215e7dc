"""Give each element a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import Unreadable
from app.questions.model import Strict
from app.questions.shapes.base import Raw, ShownOption, tokens


@dataclass(frozen=True)
class OrderView:
    """Give each element a place by a stated principle."""

    elements: tuple[ShownOption, ...]
    principle: str
    shape: str = "order"


class OrderResponse(Strict):
    """The place given to each element placed, from 1; an element left out has none."""

    places: dict[str, int]


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
