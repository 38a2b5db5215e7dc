"""Checking a question by itself: tries one after the other, hints, and showing the answer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Conflict, Invalid
from app.library.queries import questions_by_version
from app.questions.draw import Quiz
from app.questions.model import Grade, Question
from app.questions.shapes import Raw
from app.quiz.models import Answer, Attempt, Slot
from app.quiz.queries import voided
from app.quiz.scoring import MAX_TRIES, VOID, Given, grade, slot_result
from app.quiz.service.locking import locked_slot
from app.quiz.service.saving import Content, Late, Saved, Sender, read_content, store, why_late

_CLOSED: dict[Late, str] = {
    "handed_in": "This attempt has been handed in.",
    "time_up": "The time of this attempt is up.",
    "checked": "This question has been checked and is closed.",
}


@dataclass(frozen=True)
class Checked:
    """What became of a checked answer.

    `grade` is what this try earned by itself, None when it was late; `score` what the slot has now. Once
    `is_locked`, the question may be explained (queries.marked_at) and takes no more answers.
    """

    saved: Saved
    grade: Grade | None
    score: float | None
    tries: int
    tries_left: int
    is_locked: bool


def check_slot(  # noqa: PLR0913  the protocol has these parts
    session: Session,
    attempt_id: uuid.UUID,
    position: int,
    raw: Raw,
    *,
    user_id: uuid.UUID,
    answer_id: uuid.UUID,
    tab: uuid.UUID,
    counter: int,
    quiz: Quiz,
    now: datetime,
    seen: uuid.UUID | None = None,
) -> Checked:
    """Store an answer as `save_answer` does, and score it at once as the next try.

    The slot is locked by the first try; in practice once it is right or tried three times, and when a person has
    to mark it or there is no score. The same answer sent again is no further try. Raises Conflict when the quiz
    explains only after hand-in, Invalid for a blank answer, Unreadable (which costs no try) and NotFound.
    """
    if not quiz.explains_at_once:
        raise Conflict("This quiz is explained after it is handed in.")
    attempt, slot = locked_slot(session, attempt_id, position, user_id)
    question = questions_by_version(session, [slot.version_id])[slot.version_id]
    content = read_content(question, raw, seed=attempt.seed, position=position)
    if not content.answers:
        raise Invalid("Give an answer first, or say that you don't know.", where="answer")
    saved, row = store(session, attempt, slot, content, Sender(answer_id, tab, counter, seen), now=now)
    tries = _tries(session, slot)
    if row is None or saved.outcome == "late":
        return _checked(saved, None, slot, quiz)
    last = tries[-1] if tries else None
    is_again = row.try_number is not None or (last is not None and _same(last, content))
    if not is_again and why_late(attempt, slot, now) is None:
        slot.tries += 1
        row.try_number, row.hints = slot.tries, slot.hints
        tries.append(row)
        _score(session, slot, question, tries, quiz, now)
    return _checked(saved, grade(question, Given(row.response, row.dont_know)), slot, quiz)


def _same(row: Answer, content: Content) -> bool:
    return (row.response, row.dont_know) == (content.response, content.dont_know)


def _tries(session: Session, slot: Slot) -> list[Answer]:
    if not slot.tries:
        return []
    asked = select(Answer).where(Answer.attempt_id == slot.attempt_id, Answer.position == slot.position)
    return list(session.scalars(asked.where(Answer.try_number.is_not(None)).order_by(Answer.try_number)))


def _score(session: Session, slot: Slot, question: Question, tries: list[Answer], quiz: Quiz, now: datetime) -> None:
    result = slot_result(question, [Given(row.response, row.dont_know) for row in tries])
    if (slot.question, question.head.revision) in voided(session):
        result = VOID
    slot.score, slot.first_score, slot.diagnosis = result.score, result.first_score, result.diagnosis
    last = grade(question, Given(tries[-1].response, tries[-1].dont_know))
    if not quiz.practice or last.score is None or last.is_right or slot.tries >= MAX_TRIES or result is VOID:
        # What the page says was checked is what counts, whatever a slower answer of another tab says.
        slot.locked_at, slot.answer_id, slot.status = now, tries[-1].id, result.status


def _checked(saved: Saved, given: Grade | None, slot: Slot, quiz: Quiz) -> Checked:
    is_locked = slot.locked_at is not None
    left = 0 if is_locked or not quiz.practice else max(0, MAX_TRIES - slot.tries)
    return Checked(saved, given, slot.score, slot.tries, left, is_locked)


def show_answer(
    session: Session, attempt_id: uuid.UUID, position: int, *, user_id: uuid.UUID, quiz: Quiz, now: datetime
) -> None:
    """In practice: lock the slot so that its answer may be shown; tries so far keep what they earned.

    What was typed but not checked does not count. Asking twice changes nothing. Raises Conflict and NotFound.
    """
    attempt, slot = locked_slot(session, attempt_id, position, user_id)
    if slot.locked_at is not None and attempt.is_open:
        return
    _check_practice(attempt, slot, quiz, now)
    question = questions_by_version(session, [slot.version_id])[slot.version_id]
    tries = _tries(session, slot)
    result = slot_result(question, [Given(row.response, row.dont_know) for row in tries])
    if (slot.question, question.head.revision) in voided(session):
        result = VOID
    slot.shown, slot.locked_at = True, now
    slot.answer_id = tries[-1].id if tries else None
    slot.status, slot.score, slot.first_score = result.status, result.score, result.first_score


def next_hint(
    session: Session,
    attempt_id: uuid.UUID,
    position: int,
    *,
    user_id: uuid.UUID,
    quiz: Quiz,
    now: datetime,
    after: int | None = None,
) -> str:
    """In practice: the next hint, which is counted.

    `after` is how many hints the page shows: a click sent twice shows one hint. Raises Conflict when there is none
    left or the question is closed, and NotFound.
    """
    attempt, slot = locked_slot(session, attempt_id, position, user_id)
    _check_practice(attempt, slot, quiz, now)
    hints = questions_by_version(session, [slot.version_id])[slot.version_id].head.hints
    if after is not None and 0 <= after < slot.hints:
        return hints[after]
    if slot.hints >= len(hints):
        raise Conflict("There are no more hints." if hints else "This question has no hints.")
    slot.hints += 1
    return hints[slot.hints - 1]


def _check_practice(attempt: Attempt, slot: Slot, quiz: Quiz, now: datetime) -> None:
    if not quiz.practice:
        raise Conflict("Hints and answers before the hand-in are for practice only.")
    because = why_late(attempt, slot, now)
    if because:
        raise Conflict(_CLOSED[because])
