"""Marks by people: a teacher's sets the score, a learner's own stands apart."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.models import User
from app.errors import Conflict, Invalid, NotAllowed, NotFound
from app.library.queries import questions_by_version
from app.questions.model import Question
from app.questions.rubric import rubric_score
from app.questions.types import TYPES
from app.quiz.models import Attempt, ManualMark, Slot
from app.quiz.queries import answer_of
from app.quiz.service.finishing import rescore
from app.quiz.service.locking import locked_attempts, new_id

MAX_COMMENT = 2000


def store_mark(  # noqa: PLR0913  who, what, on which answer, and why
    session: Session,
    attempt_id: uuid.UUID,
    position: int,
    levels: Mapping[str, int],
    *,
    by: User | str,
    is_self: bool,
    comment: str = "",
    now: datetime,
) -> ManualMark:
    """Keep a mark, with the level of every criterion; the newest counts, older ones stay.

    `by` is a person, or a name at the terminal. A mark that is not the learner's own scores the slot and its
    attempt. Raises NotFound for no such answer, Conflict before hand-in and for a kind that needs no person,
    NotAllowed for a self-mark of somebody else's answer, and Invalid, naming the criterion.
    """
    attempt, slot = _find(session, attempt_id, position)
    question = questions_by_version(session, [slot.version_id])[slot.version_id]
    answer = answer_of(session, slot)
    if answer is None or answer.response is None:
        raise NotFound("There is no answer to mark.")
    if attempt.is_open and slot.locked_at is None:
        raise Conflict("This answer has not been handed in yet.")
    person = by if isinstance(by, User) else None
    if is_self and (person is None or person.id != attempt.user_id):
        raise NotAllowed("A self-mark is for one's own answer.")
    row = ManualMark(
        id=new_id(),
        attempt_id=attempt.id,
        position=position,
        answer_id=answer.id,
        marker_id=person.id if person else None,
        marker_name=person.shown_name if person else str(by)[:40],
        is_self=is_self,
        levels=json.dumps(dict(levels)),
        score=mark_score(question, levels),
        comment=_clean(comment),
        at=now,
    )
    session.add(row)
    session.flush()
    if not is_self:
        rescore(session, [attempt], question=slot.question)
    return row


def mark_score(question: Question, levels: Mapping[str, int]) -> float:
    """The score of these levels. Raises Conflict when the kind has no rubric, Invalid for a level that is not there."""
    if not TYPES[question.kind].by_hand:
        raise Conflict("This question is marked by the program.")
    return rubric_score(question.body, levels)


def _find(session: Session, attempt_id: uuid.UUID, position: int) -> tuple[Attempt, Slot]:
    for attempts in locked_attempts(session, [attempt_id]):
        for slot in (slot for attempt in attempts for slot in attempt.slots if slot.position == position):
            return slot.attempt, slot
    raise NotFound("There is no such answer.")


def _clean(comment: str) -> str:
    text = "\n".join(line.rstrip() for line in comment.replace("\0", "").strip().splitlines())
    if len(text) > MAX_COMMENT:
        raise Invalid(f"Use at most {MAX_COMMENT} characters; this has {len(text)}.", where="comment")
    return text
