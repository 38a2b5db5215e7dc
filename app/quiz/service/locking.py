"""Rows that are locked until the transaction ends, so that a hand-in elsewhere waits (SQLite locks the whole file)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload
from uuid6 import uuid7

from app.errors import NotFound
from app.quiz.models import Attempt, Slot

# Built once: every save asks this while it holds the write lock.
_LOCKED_SLOT = (
    select(Attempt, Slot)
    .join(Slot, Slot.attempt_id == Attempt.id)
    .where(
        Attempt.id == bindparam("attempt_id"),
        Attempt.user_id == bindparam("user_id"),
        Slot.position == bindparam("position"),
    )
    .with_for_update()
    # What was read before the lock was had may be older than a hand-in elsewhere.
    .execution_options(populate_existing=True)
)
_AT_ONCE = 500


def new_id() -> uuid.UUID:
    """A UUIDv7: ids made later sort later."""
    return uuid.UUID(str(uuid7()))


def locked_slot(session: Session, attempt_id: uuid.UUID, position: int, user_id: uuid.UUID) -> tuple[Attempt, Slot]:
    """The attempt and the slot, locked. Raises NotFound for somebody else's."""
    asked = {"attempt_id": attempt_id, "user_id": user_id, "position": position}
    found = session.execute(_LOCKED_SLOT, asked).one_or_none()
    if found is None:
        raise NotFound("There is no such question in your attempts.")
    return found[0], found[1]


def locked_attempts(session: Session, ids: Iterable[uuid.UUID]) -> Iterator[list[Attempt]]:
    """The attempts with their slots as they are now, locked; by 500, in the order of their ids."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _AT_ONCE):
        chunk = wanted[start : start + _AT_ONCE]
        locked = select(Attempt).where(Attempt.id.in_(chunk)).order_by(Attempt.id).with_for_update()
        found = session.scalars(locked.execution_options(populate_existing=True)).all()
        # After the lock: an answer may have been saved since the slots were read.
        fresh = select(Attempt).where(Attempt.id.in_(chunk)).options(selectinload(Attempt.slots))
        session.scalars(fresh.execution_options(populate_existing=True)).all()
        yield list(found)
