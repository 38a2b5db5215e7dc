"""How many bytes an answer takes, among ten thousand: a small table is mostly empty pages."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import select

from journey import QUESTIONS
from stores import QUIZ, offramp_store

RESPONSE = '{"chosen":["a-typical-option"]}'


def answer_bytes(make: Any, course: Path, attempts: int = 1000) -> int | None:
    """Bytes of one answer with all indexes on it; None where the database does not tell."""
    from app.accounts.models import User
    from app.boot import bare_app, open_course
    from app.config import read_settings
    from app.db import db, transaction

    store = offramp_store(make, course, 1)
    app = bare_app(read_settings(dict(store.environment)))
    versions = list(open_course(app).version_ids.items())[:QUESTIONS]
    with app.app_context():
        with transaction() as session:
            learner = session.scalars(select(User.id)).one()
            answers = [answer for _ in range(attempts) for answer in _sit(session, learner, versions)]
            session.flush()
            session.add_all(answers)
        db.engine.dispose()
    found = store.bytes_of("answer")
    return round(found[1] / found[0]) if found else None


def _sit(session: Any, learner: uuid.UUID, versions: list[tuple[str, str]]) -> list[Any]:
    """Add an attempt with its slots to the session; its answers are for later."""
    from app.clock import utc_now
    from app.quiz.models import Answer, Attempt, Slot
    from app.quiz.service import new_id

    now, tab = utc_now(), uuid.uuid4()
    attempt = Attempt(id=new_id(), user_id=learner, quiz=QUIZ, seed=1, started_at=now, finished_at=now)
    answers = []
    for position, (slug, version) in enumerate(versions, 1):
        place = {"attempt_id": attempt.id, "position": position}
        stamp = {"tab": tab, "counter": position, "received_at": now, "counted": True}
        answers.append(Answer(id=new_id(), **place, **stamp, response=RESPONSE))
        slot = {"question": slug, "version_id": version, "objective": "src.update"}
        attempt.slots.append(Slot(position=position, **slot, answer_id=answers[-1].id, flagged=False))
    session.add(attempt)
    return answers
