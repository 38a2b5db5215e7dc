"""The answer protocol under any order of arrivals: retries, duplicates, several tabs, a hand-in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.library.model import Library
from app.quiz.service import finish_attempt, new_id
from tests.factories import later, make_user, save, start
from tests.quiz.test_saving import choose, counted, rows


@dataclass(frozen=True)
class Send:
    """One arrival: which id, from which tab, with which counter, what was chosen. `hand_in` comes before it."""

    id: int
    tab: int
    counter: int
    choice: int | None
    hand_in: bool


sends = st.builds(
    Send,
    id=st.integers(0, 4),
    tab=st.integers(0, 2),
    counter=st.integers(0, 4),
    choice=st.one_of(st.none(), st.integers(1, 3)),
    hand_in=st.booleans().flatmap(lambda yes: st.booleans() if yes else st.just(False)),
)


@dataclass
class Row:
    """A row as the rule wants it."""

    id: int
    tab: int
    counter: int
    choice: int | None
    at: datetime
    counted: bool


def rule(found: Sequence[Row]) -> Row | None:
    """Rule 8 in its own words: within a tab the highest counter, between tabs the last to arrive."""
    arrived = [row for row in found if row.counted]
    highest = [
        row
        for row in arrived
        if all((row.counter, row.at) >= (other.counter, other.at) for other in arrived if other.tab == row.tab)
    ]
    return max(highest, key=lambda row: row.at, default=None)


@given(arrivals=st.lists(sends, max_size=9))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_arrivals_keeps_every_row_and_counts_by_the_rule(
    session: Session, library: Library, arrivals: list[Send]
) -> None:
    session.rollback()
    attempt = start(session, make_user(session, f"Lee {new_id().hex[:8]}"), library)
    ids = [new_id() for _ in range(5)]
    tabs = [new_id() for _ in range(3)]
    model: list[Row] = []
    is_open = True
    for minute, send in enumerate(arrivals):
        at = later(minute)
        if send.hand_in and is_open:
            finish_attempt(session, attempt, now=at)
            is_open = False
        outcome = save(
            session,
            attempt,
            1,
            choose(send.choice),
            answer_id=ids[send.id],
            tab=tabs[send.tab],
            counter=send.counter,
            now=at,
        ).outcome
        session.flush()
        had = next((row for row in model if row.id == send.id), None)
        if had is None or had.choice != send.choice:
            if send.choice is None and not model and send.counter <= 1 and is_open:
                assert outcome == "blank"
                continue
            had = Row(send.id if had is None else -1 - len(model), send.tab, send.counter, send.choice, at, is_open)
            model.append(had)
        assert outcome == ("late" if not had.counted else "saved" if had is rule(model) else "superseded")
        stored = rows(session, attempt)
        assert [(r.tab, r.counter, r.received_at, r.counted) for r in stored] == [
            (tabs[r.tab], r.counter, r.at, r.counted) for r in model
        ]
        best, wanted = counted(session, attempt), rule(model)
        is_blank = wanted is None or wanted.choice is None
        assert (best and best.received_at) == (None if is_blank else wanted.at)
