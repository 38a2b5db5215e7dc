"""Cases: questions of one's own on one passage. Changing the passage in one of them changes it in all."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.authoring.models import OwnQuestion
from app.authoring.service.writing import Author, dumped, note_edit


def cases_of(session: Session, owner_id: uuid.UUID | None) -> dict[str, Any]:
    """The cases of somebody's own questions by name, each with its passage, as last changed."""
    return {str(content["case"]): content.get("passage") for _, content in _in_cases(session, owner_id)}


def share_passage(session: Session, own: OwnQuestion, author: Author, *, now: datetime) -> list[str]:
    """Give the passage of this question to its owner's other questions of the same case, each as a step “changed”.

    Returns the slugs of those that had another. A published one is a draft then, and is served as it was.
    """
    content = json.loads(own.content)
    case, passage = content.get("case"), content.get("passage")
    changed = []
    for other, theirs in _in_cases(session, own.owner_id) if case else ():
        if other.slug == own.slug or theirs["case"] != case or theirs.get("passage") == passage:
            continue
        theirs.pop("passage", None)
        other.content = dumped(theirs | ({"passage": passage} if passage else {}))
        if other.status in ("published", "in_review"):
            other.status = "draft"
        note_edit(session, other, author, "changed", note=f"The passage of the case “{case}”", now=now)
        changed.append(other.slug)
    return changed


def _in_cases(session: Session, owner_id: uuid.UUID | None) -> Iterator[tuple[OwnQuestion, dict[str, Any]]]:
    # Few questions are in a case: the words are looked for before anything is parsed.
    found = select(OwnQuestion).where(OwnQuestion.owner_id == owner_id, OwnQuestion.content.contains('"case": "'))
    for own in session.scalars(found.order_by(OwnQuestion.changed_at)).all():
        content = json.loads(own.content)
        if content.get("case"):
            yield own, content
