"""How often questions were asked, and how often the first try was right."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.library.models import QuestionVersion
from app.questions.model import SLACK
from app.quiz.models import Slot
from app.quiz.queries.voids import Key

# Not there: void, which is out for everyone, and not reached, which the learner has not seen.
_SEEN = ("answered", "dont_know", "blank", "pending")
_AT_ONCE = 500


class Asked(NamedTuple):
    """How often a question was seen, how many of these have a score, and how many were right at the first try."""

    times: int
    scored: int
    right: int

    @property
    def percent(self) -> int:
        """Right among those with a score, in per cent; 0 when none has one."""
        return round(100 * self.right / self.scored) if self.scored else 0


NEVER = Asked(0, 0, 0)


def asked_and_right(session: Session, slugs: Collection[str] | None = None) -> Mapping[Key, Asked]:
    """(question, revision) → how often it was asked and how often right; what was never asked is not there.

    A raised revision starts from nothing, as its meaning is another. Without `slugs` all questions, in one
    statement; else one statement for every 500.
    """
    asked = (
        select(
            Slot.question,
            QuestionVersion.revision,
            func.count(),
            func.count(Slot.first_score),
            func.sum(case((Slot.first_score >= 1 - SLACK, 1), else_=0)),
        )
        .join(QuestionVersion, QuestionVersion.id == Slot.version_id)
        .where(Slot.status.in_(_SEEN))
        .group_by(Slot.question, QuestionVersion.revision)
    )
    names = sorted(slugs or ())
    parts = [names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE)]
    wanted = [asked] if slugs is None else [asked.where(Slot.question.in_(part)) for part in parts]
    return {
        (slug, revision): Asked(times, scored, int(right))
        for one in wanted
        for slug, revision, times, scored, right in session.execute(one)
    }


def in_attempts(session: Session, slugs: Collection[str]) -> set[str]:
    """Those of the questions that stand in somebody's attempt, handed in or not."""
    wanted = sorted(slugs)
    found: set[str] = set()
    for at in range(0, len(wanted), _AT_ONCE):
        some = Slot.question.in_(wanted[at : at + _AT_ONCE])
        found |= set(session.scalars(select(Slot.question).where(some).distinct()))
    return found
