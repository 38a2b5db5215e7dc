"""Plain functions that make what a test starts from; each takes the session and commits nothing."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import count

from sqlalchemy.orm import Session

from app.accounts import service as accounts
from app.accounts.models import User
from app.accounts.passwords import hash_password, name_key
from app.accounts.permissions import Role
from app.learning.service import hand_in
from app.library.model import Library
from app.questions.draw import shown_order
from app.questions.shapes import Raw
from app.questions.types import TYPES
from app.quiz.models import Attempt
from app.quiz.service import Saved, new_id, save_answer, start_attempt

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PASSWORD = "correct horse"
TAB = uuid.UUID("00000000-0000-7000-8000-00000000000a")
OTHER_TAB = uuid.UUID("00000000-0000-7000-8000-00000000000b")

_counters = count(1)


def later(minutes: float) -> datetime:
    """A moment after NOON."""
    return NOON + timedelta(minutes=minutes)


@lru_cache(maxsize=1)
def _hash() -> str:
    # Hashing is slow on purpose; one hash will do for everybody.
    return hash_password(PASSWORD)


def make_user(session: Session, name: str = "Lee", *, role: Role = Role.LEARNER, now: datetime = NOON) -> User:
    """Somebody with an account, whose password is PASSWORD."""
    user = User(
        id=new_id(),
        name=name,
        name_key=name_key(name),
        role=role,
        password_hash=_hash(),
        session_version=1,
        created_at=now,
        seen_at=now,
    )
    session.add(user)
    session.flush()
    return user


def make_guest(session: Session, *, now: datetime = NOON) -> User:
    """Somebody without a name."""
    return accounts.make_guest(session, now=now)


def start(
    session: Session,
    user: User,
    library: Library,
    quiz: str = "mixed",
    *,
    seed: int = 7,
    now: datetime = NOON,
) -> Attempt:
    """The user's open attempt of a quiz of the small course."""
    return start_attempt(session, user, library.quizzes[quiz], library, seed=seed, now=now)


def raw_answer(library: Library, attempt: Attempt, position: int, *, right: bool = True) -> Raw:
    """The fields of a form with the right answer to a slot, or a wrong one that earns 0."""
    slot = next(slot for slot in attempt.slots if slot.position == position)
    question = library.questions[slot.question]
    kind = TYPES[question.kind]
    wanted = 1.0 if right else 0.0
    # A forecast and a text that waits for a mark have no score, so any readable one will do.
    samples = [s.response for s in kind.samples(question.body) if s.response and s.score in (wanted, None)]
    order = shown_order(question, seed=attempt.seed, position=position)
    return kind.fill(question.body, samples[0], order)


def save(
    session: Session,
    attempt: Attempt,
    position: int,
    raw: Raw,
    *,
    answer_id: uuid.UUID | None = None,
    tab: uuid.UUID = TAB,
    counter: int | None = None,
    now: datetime = NOON,
) -> Saved:
    """Save an answer as its owner; without a counter it is newer than every one before."""
    return save_answer(
        session,
        attempt.id,
        position,
        raw,
        user_id=attempt.user_id,
        answer_id=answer_id or new_id(),
        tab=tab,
        counter=next(_counters) if counter is None else counter,
        now=now,
    )


def finished(
    session: Session,
    user: User,
    library: Library,
    quiz: str = "mixed",
    *,
    right: int | None = None,
    seed: int = 7,
    now: datetime = NOON,
) -> Attempt:
    """An attempt that was handed in at `now`, its first `right` answers right, the rest wrong."""
    attempt = start(session, user, library, quiz, seed=seed, now=now)
    for slot in list(attempt.slots):
        is_right = right is None or slot.position <= right
        save(
            session,
            attempt,
            slot.position,
            raw_answer(library, attempt, slot.position, right=is_right),
            now=now,
        )
    session.flush()
    hand_in(session, attempt, now=now)
    return attempt
