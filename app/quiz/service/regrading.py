"""Regrading stored answers with the key of a question's newest version: first what would change, then the change."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.errors import AppError, Conflict, NotFound
from app.library.models import QuestionVersion
from app.library.queries import questions_by_version
from app.questions.draw import shown_order
from app.questions.grading import quiz_score
from app.questions.model import SLACK, Question
from app.questions.shapes import ChoiceResponse
from app.questions.types import TYPES
from app.quiz.models import Attempt, OldMark, Regrade, Slot
from app.quiz.queries import held_by, newest_version
from app.quiz.queries.held import Held
from app.quiz.scoring import Given, Result, slot_result
from app.quiz.service.finishing import rescore
from app.quiz.service.locking import locked_attempts, new_id
from app.quiz.service.voiding import check_reason


@dataclass(frozen=True)
class Change:
    """One slot that the newest key can grade, before and after; attempt scores too."""

    user_id: uuid.UUID
    learner: str
    attempt_id: uuid.UUID
    quiz: str
    handed_in: datetime | None
    position: int
    old_score: float | None
    new_score: float | None
    old_attempt_score: float | None
    new_attempt_score: float | None

    @property
    def is_change(self) -> bool:
        """Whether the slot's score differs."""
        if self.old_score is None or self.new_score is None:
            return self.old_score is not self.new_score
        return abs(self.old_score - self.new_score) > SLACK


@dataclass(frozen=True)
class Untouched:
    """One slot that the newest key cannot grade, and why."""

    user_id: uuid.UUID
    learner: str
    attempt_id: uuid.UUID
    quiz: str
    position: int
    score: float | None
    why: str


@dataclass(frozen=True)
class RegradeReport:
    """What a regrading changes. `regraded` has every slot that is graded anew, `untouched` what stays and why.

    `still_open` counts attempts that ask an older version and are not handed in yet: they are graded by the key
    of the version shown, so the regrading is to be run again after them.
    """

    question: str
    to_version: str
    to_revision: int
    regraded: tuple[Change, ...]
    untouched: tuple[Untouched, ...]
    still_open: int
    regrade_id: uuid.UUID | None = None

    @property
    def changes(self) -> list[Change]:
        """Those whose score differs."""
        return [change for change in self.regraded if change.is_change]

    @property
    def user_ids(self) -> set[uuid.UUID]:
        """The learners whose slots are graded anew."""
        return {change.user_id for change in self.regraded}


@dataclass
class _Found:
    regraded: list[Change] = field(default_factory=list)
    untouched: list[Untouched] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    still_open: int = 0


def plan_regrade(session: Session, question: str) -> RegradeReport:
    """What `apply_regrade` would change; changes nothing. Raises NotFound for a question that was never served."""
    target = _target(session, question)
    found = _Found()
    ids = session.scalars(_attempts_asking(question, target)).all()
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        _look(session, session.scalars(select(Attempt).where(Attempt.id.in_(chunk))).all(), target, found)
    return _report(question, target, found)


def apply_regrade(session: Session, question: str, *, reason: str, by: str, now: datetime) -> RegradeReport:
    """Grade stored answers with the newest key where they still read; the marks they had are kept.

    Raises NotFound for a question that was never served, Invalid without a reason, and Conflict when there is
    nothing to grade anew.
    """
    reason = check_reason(reason)
    target = _target(session, question)
    found = _Found()
    row = Regrade(id=new_id(), question=question, to_version=target.id, reason=reason, by_name=by[:40], at=now)
    for attempts in locked_attempts(session, session.scalars(_attempts_asking(question, target))):
        before = len(found.slots)
        _look(session, attempts, target, found)
        slots = found.slots[before:]
        if before == 0 and slots:
            session.add(row)
            session.flush()
        for slot in slots:
            session.add(_old_mark(row, slot))
            slot.graded_as = target.id if target.id != slot.version_id else None
        session.flush()
        rescore(session, sorted({slot.attempt for slot in slots}, key=lambda one: one.id), question=question)
    if not found.slots:
        raise Conflict(f"No stored answer to {question} was graded by an older key; nothing was changed.")
    return _report(question, target, found, row.id)


def _target(session: Session, question: str) -> QuestionVersion:
    target = newest_version(session, question)
    if target is None:
        raise NotFound(f"There is no question {question!r}.")
    return target


def _attempts_asking(question: str, target: QuestionVersion) -> Select[uuid.UUID]:
    graded_by = Slot.graded_as.is_(None) & (Slot.version_id != target.id) | (Slot.graded_as != target.id)
    return select(Slot.attempt_id).where(Slot.question == question, graded_by).distinct().order_by(Slot.attempt_id)


def _look(session: Session, attempts: Sequence[Attempt], target: QuestionVersion, found: _Found) -> None:
    held = held_by(session, attempts)
    people = select(User).where(User.id.in_({attempt.user_id for attempt in attempts}))
    names = {user.id: user.shown_name for user in session.scalars(people)}
    asked = [
        (attempt, slot)
        for attempt in attempts
        for slot in attempt.slots
        if slot.question == target.slug and (slot.graded_as or slot.version_id) != target.id
    ]
    questions = questions_by_version(session, {target.id, *(slot.version_id for _, slot in asked)})
    for attempt, slot in asked:
        if attempt.is_open and slot.locked_at is None:
            found.still_open += 1
            continue
        answers = held[attempt.id, slot.position]
        why = _why_not(slot, questions[slot.version_id], questions[target.id], answers)
        name = names[attempt.user_id]
        if why:
            place = attempt.id, attempt.quiz, slot.position
            found.untouched.append(Untouched(attempt.user_id, name, *place, slot.score, why))
        else:
            result = _graded(slot, questions[target.id], answers)
            found.regraded.append(_change(attempt, slot, result, name))
            found.slots.append(slot)


def _graded(slot: Slot, target: Question, answers: Held) -> Result:
    return slot_result(target, answers.given(slot), is_reached=slot.status != "not_reached")


def _why_not(slot: Slot, shown: Question, target: Question, answers: Held) -> str:
    """Why the newest key cannot grade a slot; empty when it can."""
    if slot.status == "void":
        return "It is taken out for everyone."
    if shown.kind != target.kind:
        return f"It was another kind of question then: {TYPES[shown.kind].label.lower()}."
    if TYPES[target.kind].by_hand:
        return "It is marked by a person."
    if not all(_reads(given, shown, target) for given in answers.given(slot)):
        return "The answer does not fit the new version: what it names, or what was to be answered, has changed."
    return ""


def _reads(given: Given, shown: Question, target: Question) -> bool:
    """Whether a response to the version shown is one to the target too: everything that it names is still there."""
    if given.response is None:
        return True
    kind = TYPES[target.kind]
    order = shown_order(target, seed=0, position=0)
    try:
        response = kind.Response.model_validate_json(given.response)
        reads = kind.read(target.body, kind.fill(target.body, response, order), order) == response
    except (AppError, ValidationError, KeyError, ValueError):
        return False
    # What was not there could not be placed or filled in; an option that was not there changes no choice.
    is_new = set(order) - set(shown_order(shown, seed=0, position=0))
    return reads and (not is_new or isinstance(response, ChoiceResponse))


def _change(attempt: Attempt, slot: Slot, result: Result, learner: str) -> Change:
    after = [result.score if one is slot else one.score for one in attempt.slots]
    return Change(
        user_id=attempt.user_id,
        learner=learner,
        attempt_id=attempt.id,
        quiz=attempt.quiz,
        handed_in=attempt.finished_at,
        position=slot.position,
        old_score=slot.score,
        new_score=result.score,
        old_attempt_score=attempt.score,
        new_attempt_score=attempt.score if attempt.is_open else quiz_score(after),
    )


def _old_mark(row: Regrade, slot: Slot) -> OldMark:
    return OldMark(
        regrade_id=row.id,
        attempt_id=slot.attempt_id,
        position=slot.position,
        score=slot.score,
        first_score=slot.first_score,
        status=slot.status,
        graded_as=slot.graded_as,
        attempt_score=slot.attempt.score,
    )


def _report(
    question: str, target: QuestionVersion, found: _Found, regrade_id: uuid.UUID | None = None
) -> RegradeReport:
    return RegradeReport(
        question=question,
        to_version=target.id,
        to_revision=target.revision,
        regraded=tuple(found.regraded),
        untouched=tuple(found.untouched),
        still_open=found.still_open,
        regrade_id=regrade_id,
    )
