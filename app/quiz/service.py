"""Starting an attempt, saving answers, flagging, handing in."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from uuid6 import uuid7

from app.accounts.models import User
from app.errors import Conflict, NotFound
from app.library.model import Library
from app.library.queries import questions_by_version
from app.questions.draw import Quiz, draw_questions, shown_order
from app.questions.grading import quiz_score
from app.questions.model import Question
from app.questions.shapes import Raw
from app.questions.types import TYPES
from app.quiz.models import Answer, Attempt, Slot
from app.quiz.queries import last_seen, open_attempt, responses_of
from app.quiz.rules import Stamp, counting

# Built once: every save asks these while it holds the write lock.
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
_ANSWERS = select(Answer).where(
    or_(
        (Answer.attempt_id == bindparam("attempt_id")) & (Answer.position == bindparam("position")),
        Answer.id == bindparam("answer_id"),
    )
)

# The counter of a tab's first answer. Nothing of that tab can still be on its way, so a blank one needs no row.
FIRST = 1

Outcome = Literal["saved", "blank", "late", "superseded"]


@dataclass(frozen=True)
class Saved:
    """What became of an answer: `late` and `superseded` rows are kept but do not count.

    `replaced_at` is when the answer that it replaced arrived, if that came from another tab or device and
    was not the one that the sender had seen.
    """

    outcome: Outcome
    at: datetime
    answer_id: uuid.UUID | None = None
    replaced_at: datetime | None = None


def new_id() -> uuid.UUID:
    """A UUIDv7: ids made later sort later."""
    return uuid.UUID(str(uuid7()))


def start_attempt(session: Session, user: User, quiz: Quiz, library: Library, *, seed: int, now: datetime) -> Attempt:
    """The user's open attempt of the quiz, or a new one drawn by `seed`.

    Raises Conflict when nothing can be drawn.
    """
    attempt = open_attempt(session, user.id, quiz.id)
    if attempt:
        return attempt
    rng = random.Random(seed)  # noqa: S311  the draw must be repeatable, not secret
    slugs = draw_questions(quiz, library.questions, last_seen(session, user.id), rng)
    if not slugs:
        raise Conflict("This quiz has no questions yet.")
    attempt = Attempt(id=new_id(), user_id=user.id, quiz=quiz.id, seed=seed, started_at=now)
    attempt.slots = [_slot(library, slug, position) for position, slug in enumerate(slugs, 1)]
    session.add(attempt)
    try:
        session.flush()
    except IntegrityError:
        raise Conflict("This quiz has just been started in another window; load the page again.") from None
    return attempt


def _slot(library: Library, slug: str, position: int) -> Slot:
    return Slot(
        position=position,
        question=slug,
        version_id=library.version_ids[slug],
        objective=library.questions[slug].head.objective,
        flagged=False,
    )


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

    The same id with the same content changes nothing; with other content it becomes a new row. A blank
    response clears an answer. After hand-in the row is kept with counted = false (outcome `late`). `seen` is
    the answer that the sender's page showed. Raises NotFound for somebody else's attempt and Unreadable,
    which stores nothing.
    """
    attempt, slot = _locked_slot(session, attempt_id, position, user_id)
    question = questions_by_version(session, [slot.version_id])[slot.version_id]
    order = shown_order(question, seed=attempt.seed, position=position)
    response = TYPES[question.kind].read(question.body, raw, order)
    content = response.model_dump_json() if response else None
    asked = {"attempt_id": attempt_id, "position": position, "answer_id": answer_id}
    rows = session.scalars(_ANSWERS, asked).all()
    twin = next((row for row in rows if row.id == answer_id), None)
    ours = [row for row in rows if row.attempt_id == attempt_id and row.position == position]
    if response is None and not ours and counter <= FIRST and attempt.is_open:
        return Saved("blank", now)
    if twin is None or twin not in ours or twin.response != content:
        twin = _add_answer(
            session, attempt, slot, content, (answer_id if twin is None else new_id(), tab, counter), now
        )
        ours.append(twin)
    if not twin.counted:
        return Saved("late", twin.received_at, twin.id)
    best = counting([Stamp(row.id, row.tab, row.counter, row.received_at) for row in ours if row.counted])
    had = next((row for row in ours if row.id == slot.answer_id), None)
    if best and attempt.is_open:
        newest = next(row for row in ours if row.id == best.id)
        slot.answer_id = newest.id if newest.response is not None else None
    replaced = had.received_at if had and had.tab != tab and had.id not in (seen, twin.id) else None
    counts = best is not None and best.id == twin.id
    return Saved("saved" if counts else "superseded", twin.received_at, twin.id, replaced if counts else None)


def _add_answer(
    session: Session,
    attempt: Attempt,
    slot: Slot,
    content: str | None,
    stamp: tuple[uuid.UUID, uuid.UUID, int],
    now: datetime,
) -> Answer:
    answer_id, tab, counter = stamp
    row = Answer(
        id=answer_id,
        attempt_id=attempt.id,
        position=slot.position,
        response=content,
        tab=tab,
        counter=counter,
        received_at=now,
        counted=attempt.is_open,
    )
    session.add(row)
    return row


def _locked_slot(session: Session, attempt_id: uuid.UUID, position: int, user_id: uuid.UUID) -> tuple[Attempt, Slot]:
    """The attempt and the slot, locked so that a hand-in elsewhere waits (SQLite locks the whole file)."""
    asked = {"attempt_id": attempt_id, "user_id": user_id, "position": position}
    found = session.execute(_LOCKED_SLOT, asked).one_or_none()
    if found is None:
        raise NotFound("There is no such question in your attempts.")
    return found[0], found[1]


def set_flag(session: Session, attempt_id: uuid.UUID, position: int, *, user_id: uuid.UUID, flagged: bool) -> None:
    """Flag a question for later, or take the flag off. Raises NotFound; Conflict after hand-in."""
    attempt, slot = _locked_slot(session, attempt_id, position, user_id)
    if not attempt.is_open:
        raise Conflict("This attempt has been handed in.")
    slot.flagged = flagged


def finish_attempt(session: Session, attempt: Attempt, *, now: datetime) -> bool:
    """Hand in: score every slot and the whole. False, and no change, when it had been handed in before."""
    locked = session.scalar(
        select(Attempt).where(Attempt.id == attempt.id).with_for_update().execution_options(populate_existing=True)
    )
    if locked is None or not locked.is_open:
        return False
    responses = responses_of(session, locked)
    questions = questions_by_version(session, [slot.version_id for slot in locked.slots])
    for slot in locked.slots:
        slot.score = score_of(questions[slot.version_id], responses.get(slot.position))
    locked.score = quiz_score(slot.score for slot in locked.slots)
    locked.finished_at = now
    return True


def score_of(question: Question, response: str | None) -> float | None:
    """The score of a stored response; a blank one scores 0 (measurement.md §1)."""
    kind = TYPES[question.kind]
    if response is None:
        return None if kind.chance(question.body) is None else 0.0
    return kind.grade(question.body, kind.Response.model_validate_json(response)).score
