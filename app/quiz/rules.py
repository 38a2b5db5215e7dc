"""Which answer counts, and what a saved form must carry (architecture.md rule 8)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.errors import Invalid


@dataclass(frozen=True)
class Stamp:
    """What tells answers to one slot apart: the tab they come from, its counter, and when they arrived."""

    id: uuid.UUID
    tab: uuid.UUID
    counter: int
    received_at: datetime


def counting(stamps: Sequence[Stamp]) -> Stamp | None:
    """The answer that counts: within a tab the highest counter, between tabs the last to arrive.

    A late answer of a tab that has already sent a higher counter changes nothing.
    """
    best: dict[uuid.UUID, Stamp] = {}
    for stamp in stamps:
        had = best.get(stamp.tab)
        if had is None or (stamp.counter, *_moment(stamp)) > (had.counter, *_moment(had)):
            best[stamp.tab] = stamp
    return max(best.values(), key=_moment, default=None)


def _moment(stamp: Stamp) -> tuple[datetime, uuid.UUID]:
    # Two answers may bear the same microsecond; the id decides, so that all agree which came last.
    return stamp.received_at, stamp.id


def read_uuid(text: str | None, name: str) -> uuid.UUID:
    """A UUID from a form's hidden field. Raises Invalid, naming the field."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        raise Invalid("This form is damaged; load the page again. What you typed is still in it.", where=name) from None


def read_counter(text: str | None) -> int:
    """The tab's counter. Raises Invalid unless it is a whole number that the database can hold."""
    digits = text or ""
    # int() raises for thousands of digits, so their number is looked at first.
    if not digits.isascii() or not digits.isdigit() or len(digits) > 10 or int(digits) >= 2**31:
        raise Invalid("This form is damaged; load the page again. What you typed is still in it.", where="counter")
    return int(digits)
