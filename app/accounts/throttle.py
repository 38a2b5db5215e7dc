"""How many failed sign-ins are too many: per account, and loosely per address, for a class shares one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5
PER_ADDRESS = 100


def wait_until(failures: Sequence[datetime], *, limit: int) -> datetime | None:
    """When the next try is allowed, given the failures inside the window; None for at once.

    After `limit` failures the next try waits a minute, then two, four, eight, at most the window, from the
    last failure on.
    """
    if len(failures) < limit:
        return None
    minutes = min(2 ** (len(failures) - limit), int(WINDOW.total_seconds() // 60))
    return max(failures) + timedelta(minutes=minutes)
