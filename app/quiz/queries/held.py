"""The answers that slots hold: those that count, those that were checked, and a confidence without a response."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from app.quiz.models import Answer, Attempt, Slot
from app.quiz.rules import Stamp, counting
from app.quiz.scoring import Given

# Built once: every page of a question and every hand-in asks it.
_HELD = (
    select(Answer)
    .join(Slot, (Slot.attempt_id == Answer.attempt_id) & (Slot.position == Answer.position))
    .where(
        Answer.attempt_id.in_(bindparam("attempts", expanding=True)),
        Answer.counted,
        # Without an answer that counts, the last of the blank rows may still say how sure the learner was.
        or_(Answer.id == Slot.answer_id, Answer.try_number.is_not(None), Slot.answer_id.is_(None)),
    )
)
_AT_ONCE = 500


@dataclass(frozen=True)
class Held:
    """What a slot holds. `tries` were checked, in order; `latest` is what its form is filled with."""

    tries: tuple[Answer, ...] = ()
    latest: Answer | None = None

    @property
    def confidence(self) -> int | None:
        """How sure the learner is, as the form says now; it may stand without a response."""
        return self.latest.confidence if self.latest else None

    def given(self, slot: Slot) -> list[Given]:
        """The tries that are scored; an answer that counts and was not checked is the last of them."""
        return [Given(row.response, row.dont_know) for row in self.scored(slot)]

    def scored(self, slot: Slot) -> list[Answer]:
        """The rows that are scored, the first try first."""
        rows = list(self.tries)
        draft = self.latest
        if draft is None or draft.id != slot.answer_id or draft.try_number is not None:
            return rows
        same = rows and (rows[-1].response, rows[-1].dont_know) == (draft.response, draft.dont_know)
        return rows if same else [*rows, draft]


NOTHING = Held()


def held_by(session: Session, attempts: Iterable[Attempt]) -> Mapping[tuple[uuid.UUID, int], Held]:
    """(attempt, position) → what the slot holds; one statement for each 500 attempts."""
    by_id = {attempt.id: attempt for attempt in attempts}
    ids = list(by_id)
    rows: dict[tuple[uuid.UUID, int], list[Answer]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        for row in session.scalars(_HELD, {"attempts": ids[start : start + _AT_ONCE]}):
            rows.setdefault((row.attempt_id, row.position), []).append(row)
    return {
        (slot.attempt_id, slot.position): _held(slot, rows.get((slot.attempt_id, slot.position), []))
        for attempt in by_id.values()
        for slot in attempt.slots
    }


def _held(slot: Slot, rows: list[Answer]) -> Held:
    tries = sorted((row for row in rows if row.try_number is not None), key=lambda row: row.try_number or 0)
    if slot.answer_id is not None:
        latest = next((row for row in rows if row.id == slot.answer_id), None)
    else:
        best = counting([Stamp(row.id, row.tab, row.counter, row.received_at) for row in rows])
        latest = next((row for row in rows if best and row.id == best.id), None)
        if latest is not None and latest.try_number is not None:
            latest = None
    return Held(tuple(tries), latest)


def responses_of(session: Session, attempt: Attempt) -> Mapping[int, str]:
    """Position → the stored response that counts; positions without one are left out."""
    ids = [slot.answer_id for slot in attempt.slots if slot.answer_id]
    rows = session.execute(select(Answer.position, Answer.response).where(Answer.id.in_(ids))) if ids else ()
    return {position: response for position, response in rows if response is not None}
