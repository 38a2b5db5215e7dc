"""Handing in, and scoring: a score can always be made afresh from the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.library.queries import questions_by_version
from app.questions.grading import quiz_score
from app.questions.model import Question
from app.questions.types import TYPES
from app.quiz.models import Attempt, Slot
from app.quiz.queries import held_by, scores_by_hand, voided
from app.quiz.queries.held import Held
from app.quiz.scoring import OPEN, VOID, Given, Result, reached, slot_result
from app.quiz.service.locking import locked_attempts


def finish_attempt(session: Session, attempt: Attempt, *, now: datetime) -> bool:
    """Hand in: score every slot and the whole. False, and no change, when it had been handed in before.

    After the deadline it counts as handed in at the deadline, with the time run out.
    """
    locked = next((one for group in locked_attempts(session, [attempt.id]) for one in group), None)
    if locked is None or not locked.is_open:
        return False
    locked.timed_out = not locked.takes_answers(now)
    locked.finished_at = locked.deadline if locked.timed_out else now
    rescore(session, [locked])
    return True


def rescore(session: Session, attempts: Sequence[Attempt], *, question: str | None = None) -> None:
    """Make the scores of attempts afresh from their answers: of all slots, or of those that ask one question.

    In an open attempt only what was checked is scored, and what was taken out for everyone gets its status.
    """
    held = held_by(session, attempts)
    out = voided(session)
    slots = [slot for attempt in attempts for slot in attempt.slots if question in (None, slot.question)]
    ids = {version for slot in slots for version in (slot.version_id, slot.graded_as) if version}
    questions = questions_by_version(session, ids)
    by_hand = {slot.attempt_id for slot in slots if TYPES[questions[slot.version_id].kind].by_hand}
    marks = scores_by_hand(session, by_hand) if by_hand else {}
    for attempt in attempts:
        was_reached = reached([_is_answered(slot) for slot in attempt.slots], timed_out=attempt.timed_out)
        for slot, yes in zip(attempt.slots, was_reached, strict=True):
            if question not in (None, slot.question):
                continue
            place = slot.attempt_id, slot.position
            shown = questions[slot.version_id]
            is_void = (slot.question, shown.head.revision) in out
            result = VOID if is_void else _result(attempt, slot, questions, held[place], marks.get(place), yes)
            _write(slot, result)
        if not attempt.is_open:
            attempt.score = quiz_score(slot.score for slot in attempt.slots)
    session.flush()


def _is_answered(slot: Slot) -> bool:
    return slot.answer_id is not None or slot.tries > 0


def _result(
    attempt: Attempt,
    slot: Slot,
    questions: Mapping[str, Question],
    held: Held,
    mark: float | None,
    is_reached: bool,
) -> Result:
    question = questions[slot.graded_as or slot.version_id]
    if attempt.is_open and slot.locked_at is None:
        tried = [Given(row.response, row.dont_know) for row in held.tries]
        return slot_result(question, tried)._replace(status=None) if tried else OPEN
    return slot_result(question, held.given(slot), mark=mark, is_reached=is_reached)


def _write(slot: Slot, result: Result) -> None:
    slot.status, slot.score = result.status, result.score
    slot.first_score, slot.diagnosis = result.first_score, result.diagnosis


def score_of(question: Question, response: str | None) -> float | None:
    """The score of a stored response by itself; a blank one scores 0 (measurement.md §1)."""
    return slot_result(question, [Given(response)] if response is not None else []).score
