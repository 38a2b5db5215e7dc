"""The slots of an attempt as pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.errors import NotFound
from app.library.queries import questions_by_version
from app.questions.draw import Quiz
from app.questions.model import Question
from app.questions.types import TYPES
from app.quiz.models import Answer, Attempt, Slot
from app.quiz.queries.held import Held, held_by
from app.quiz.queries.marks import Place, marks_of
from app.quiz.scoring import Given, grade
from app.quiz.sheet import Mark, MarkedSlot, Sat, ShownSlot, Standing, marked_slot, shown_slot

Marks = Mapping[Place, Mark]


def answer_of(session: Session, slot: Slot) -> Answer | None:
    """The answer that counts for a slot; None when there is none."""
    return session.get(Answer, slot.answer_id) if slot.answer_id else None


def shown_slots(session: Session, attempt: Attempt, quiz: Quiz | None = None) -> list[ShownSlot]:
    """Every question of an attempt as it may be shown before hand-in, with the answer that counts filled in.

    How sure the learner is, hints and tries left are there when the `quiz` asks for them.
    """
    return _shown(session, attempt, attempt.slots, quiz)


def shown_at(session: Session, attempt: Attempt, position: int, quiz: Quiz | None = None) -> ShownSlot:
    """One question of an attempt as `shown_slots` has it. Raises NotFound."""
    return _shown(session, attempt, [_slot(attempt, position)], quiz)[0]


def marked_slots(session: Session, attempt: Attempt) -> list[MarkedSlot]:
    """Every question of an attempt explained, for an attempt that was handed in; before that, for `yours` alone."""
    return _marked(session, attempt, attempt.slots)


def marked_at(session: Session, attempt: Attempt, position: int) -> MarkedSlot:
    """One question explained: of an attempt that was handed in, or one that is locked. Raises NotFound otherwise."""
    slot = _slot(attempt, position)
    if attempt.is_open and slot.locked_at is None:
        raise NotFound("This question has not been checked yet.")
    return _marked(session, attempt, [slot])[0]


def _slot(attempt: Attempt, position: int) -> Slot:
    found = next((slot for slot in attempt.slots if slot.position == position), None)
    if found is None:
        raise NotFound("There is no such question in this attempt.")
    return found


def _shown(session: Session, attempt: Attempt, slots: Sequence[Slot], quiz: Quiz | None) -> list[ShownSlot]:
    held = held_by(session, [attempt])
    questions = questions_by_version(session, [slot.version_id for slot in slots])
    return [
        _one_shown(attempt, slot, questions[slot.version_id], held[slot.attempt_id, slot.position], quiz)
        for slot in slots
    ]


def _one_shown(attempt: Attempt, slot: Slot, question: Question, held: Held, quiz: Quiz | None) -> ShownSlot:
    latest, last = held.latest, held.tries[-1] if held.tries else None
    sat = Sat(
        confidence=held.confidence,
        dont_know=latest is not None and latest.dont_know,
        tries=slot.tries,
        hints=slot.hints,
        is_locked=slot.locked_at is not None,
        last=grade(question, Given(last.response, last.dont_know)) if last else None,
    )
    return shown_slot(
        question,
        seed=attempt.seed,
        position=slot.position,
        response=latest.response if latest else None,
        flagged=slot.flagged,
        sat=sat,
        quiz=quiz,
    )


def _marked(session: Session, attempt: Attempt, slots: Sequence[Slot]) -> list[MarkedSlot]:
    held = held_by(session, [attempt])
    versions = {version for slot in slots for version in (slot.version_id, slot.graded_as) if version}
    questions = questions_by_version(session, versions)
    marks: Marks = {}
    own: Marks = {}
    if any(TYPES[questions[slot.version_id].kind].by_hand for slot in slots):
        marks = marks_of(session, [attempt.id], is_self=False)
        own = marks_of(session, [attempt.id], is_self=True)
    return [_one_marked(attempt, slot, questions, held[attempt.id, slot.position], (marks, own)) for slot in slots]


def _one_marked(
    attempt: Attempt, slot: Slot, questions: Mapping[str, Question], held: Held, marks: tuple[Marks, Marks]
) -> MarkedSlot:
    place = attempt.id, slot.position
    scored = held.scored(slot)
    standing = Standing(
        status=slot.status,  # type: ignore[arg-type]
        confidence=scored[0].confidence if scored else None,
        first_score=slot.first_score,
        tries=slot.tries,
        hints=slot.hints,
        shown=slot.shown,
        mark=marks[0].get(place),
        self_mark=marks[1].get(place),
        was=questions[slot.version_id] if slot.graded_as else None,
    )
    counts = next((row for row in (held.latest, *reversed(held.tries)) if row and row.id == slot.answer_id), None)
    return marked_slot(
        questions[slot.graded_as or slot.version_id],
        seed=attempt.seed,
        position=slot.position,
        response=counts.response if counts else None,
        score=slot.score,
        standing=standing,
    )
