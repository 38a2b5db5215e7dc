"""Saving answers by the protocol of architecture.md rule 8, and flagging questions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from app.errors import Conflict, Unreadable
from app.library.queries import questions_by_version
from app.questions.certainty import offered
from app.questions.draw import shown_order
from app.questions.model import Question
from app.questions.shapes import Raw
from app.questions.shapes.base import only_value
from app.questions.types import TYPES
from app.quiz.models import Answer, Attempt, Slot
from app.quiz.rules import Stamp, counting
from app.quiz.service.locking import locked_slot, new_id

# Built once: every save asks this while it holds the write lock.
_ANSWERS = select(Answer).where(
    or_(
        (Answer.attempt_id == bindparam("attempt_id")) & (Answer.position == bindparam("position")),
        Answer.id == bindparam("answer_id"),
    )
)

# The counter of a tab's first answer. Nothing of that tab can still be on its way, so a blank one needs no row.
FIRST = 1

Outcome = Literal["saved", "blank", "late", "superseded"]
Late = Literal["handed_in", "time_up", "checked"]
_LATE_WORDS: dict[Late | None, str] = {
    "handed_in": "Too late: this attempt has been handed in. The answer is kept but does not count.",
    "time_up": "Too late: the time was up. The answer is kept but does not count.",
    "checked": "This question has been checked and is closed. The answer is kept but does not count.",
}


@dataclass(frozen=True)
class Saved:
    """What became of an answer: `late` and `superseded` rows are kept but do not count.

    `replaced_at` is when the answer that it replaced arrived, if that came from another tab or device and
    was not the one that the sender had seen. `because` says why a late answer was late.
    """

    outcome: Outcome
    at: datetime
    answer_id: uuid.UUID | None = None
    replaced_at: datetime | None = None
    because: Late | None = None

    @property
    def words(self) -> str:
        """A sentence for a late answer; empty for every other."""
        return _LATE_WORDS.get(self.because, "")


class Content(NamedTuple):
    """What makes two answers the same: the response, how sure the learner is, and “I don't know”."""

    response: str | None
    confidence: int | None
    dont_know: bool

    @property
    def answers(self) -> bool:
        """Whether it answers the question; how sure somebody is does not by itself."""
        return self.response is not None or self.dont_know


class Sender(NamedTuple):
    """Where an answer comes from: its id, the tab, the tab's counter, and the answer that its page showed."""

    id: uuid.UUID
    tab: uuid.UUID
    counter: int
    seen: uuid.UUID | None = None


def save_answer(  # noqa: PLR0913  the protocol has these parts
    session: Session,
    attempt_id: uuid.UUID,
    position: int,
    raw: Raw,
    *,
    user_id: uuid.UUID,
    answer_id: uuid.UUID,
    tab: uuid.UUID,
    counter: int,
    now: datetime,
    seen: uuid.UUID | None = None,
) -> Saved:
    """Store a response by the protocol of architecture.md rule 8.

    `raw` has the fields of the kind and, beside them, `confidence` (a step of the scale) and `dont_know` ("1").
    The same id with the same content changes nothing; with other content it becomes a new row. A blank response
    clears an answer; how sure the learner was is kept. After hand-in, after the deadline and once the question
    was checked the row is kept with counted = false (outcome `late`). `seen` is the answer that the sender's page
    showed. Raises NotFound for somebody else's attempt and Unreadable, which stores nothing.
    """
    attempt, slot = locked_slot(session, attempt_id, position, user_id)
    question = questions_by_version(session, [slot.version_id])[slot.version_id]
    content = read_content(question, raw, seed=attempt.seed, position=position)
    sender = Sender(answer_id, tab, counter, seen)
    return store(session, attempt, slot, content, sender, now=now)[0]


def read_content(question: Question, raw: Raw, *, seed: int, position: int) -> Content:
    """What a form says. Raises Unreadable.

    “I don't know” wins over a response, and leaves nothing to be sure of.
    """
    if _says_dont_know(raw):
        return Content(None, None, True)
    kind = TYPES[question.kind]
    confidence = _read_confidence(question, raw)
    response = kind.read(question.body, raw, shown_order(question, seed=seed, position=position))
    return Content(response.model_dump_json() if response else None, confidence, False)


def _says_dont_know(raw: Raw) -> bool:
    value = only_value(raw, "dont_know")
    if value not in ("", "1"):
        raise Unreadable("This form is damaged; load the page again. What you typed is still in it.", where="dont_know")
    return value == "1"


def _read_confidence(question: Question, raw: Raw) -> int | None:
    kind = TYPES[question.kind]
    chance = kind.chance(question.body)
    if not kind.asks_confidence or chance is None:
        return None
    value = only_value(raw, "confidence").removesuffix("%").strip()
    steps = {str(step): step for step in offered(chance)}
    if value and value not in steps:
        listed = ", ".join(str(step) for step in steps.values() if step)
        raise Unreadable(f"Say how sure you are with one of {listed} (per cent), or 0 for a guess.", where="confidence")
    return steps[value] if value else None


def store(
    session: Session, attempt: Attempt, slot: Slot, content: Content, sender: Sender, *, now: datetime
) -> tuple[Saved, Answer | None]:
    """Add a row unless it is there, decide which one counts, and say so; the row is None when none was needed."""
    asked = {"attempt_id": attempt.id, "position": slot.position, "answer_id": sender.id}
    rows = session.scalars(_ANSWERS, asked).all()
    ours = [row for row in rows if row.attempt_id == attempt.id and row.position == slot.position]
    because = why_late(attempt, slot, now)
    if content == (None, None, False) and not ours and sender.counter <= FIRST and because is None:
        return Saved("blank", now), None
    twin = next((row for row in ours if row.id == sender.id and _content(row) == content), None)
    if twin is None:
        is_taken = any(row.id == sender.id for row in rows)
        twin = _row(slot, content, sender, now)
        twin.id, twin.counted = new_id() if is_taken else sender.id, because is None
        session.add(twin)
        ours.append(twin)
    if not twin.counted:
        return Saved("late", twin.received_at, twin.id, because=because or "handed_in"), twin
    return _choose(slot, ours, twin, sender, is_settled=because is not None), twin


def why_late(attempt: Attempt, slot: Slot, now: datetime) -> Late | None:
    """Why an answer that arrives now does not count; None when it does."""
    if not attempt.is_open:
        return "time_up" if attempt.timed_out else "handed_in"
    if not attempt.takes_answers(now):
        return "time_up"
    return "checked" if slot.locked_at else None


def _content(row: Answer) -> Content:
    return Content(row.response, row.confidence, row.dont_know)


def _row(slot: Slot, content: Content, sender: Sender, now: datetime) -> Answer:
    return Answer(
        attempt_id=slot.attempt_id,
        position=slot.position,
        response=content.response,
        confidence=content.confidence,
        dont_know=content.dont_know,
        hints=slot.hints,
        tab=sender.tab,
        counter=sender.counter,
        received_at=now,
    )


def _choose(slot: Slot, ours: Sequence[Answer], twin: Answer, sender: Sender, *, is_settled: bool) -> Saved:
    best = counting([Stamp(row.id, row.tab, row.counter, row.received_at) for row in ours if row.counted])
    had = next((row for row in ours if row.id == slot.answer_id), None)
    if best and not is_settled:
        newest = next(row for row in ours if row.id == best.id)
        slot.answer_id = newest.id if _content(newest).answers else None
    replaced = had.received_at if had and had.tab != sender.tab and had.id not in (sender.seen, twin.id) else None
    counts = best is not None and best.id == twin.id
    return Saved("saved" if counts else "superseded", twin.received_at, twin.id, replaced if counts else None)


def set_flag(session: Session, attempt_id: uuid.UUID, position: int, *, user_id: uuid.UUID, flagged: bool) -> None:
    """Flag a question for later, or take the flag off. Raises NotFound; Conflict after hand-in."""
    attempt, slot = locked_slot(session, attempt_id, position, user_id)
    if not attempt.is_open:
        raise Conflict("This attempt has been handed in.")
    slot.flagged = flagged
