"""How many failed sign-ins are too many."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import SignInFailure
from app.accounts.service import check_throttle, forget_failures, note_failure
from app.accounts.throttle import PER_ACCOUNT, PER_ADDRESS, wait_until
from app.errors import TooMany
from tests.factories import NOON, later


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, None), (4, None), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (10, 15), (60, 15)],
)
def test_the_wait_doubles_up_to_the_window(failures: int, minutes: int | None) -> None:
    until = wait_until([NOON] * failures, limit=5)
    assert until == (None if minutes is None else later(minutes))


def test_the_wait_runs_from_the_last_failure() -> None:
    assert wait_until([later(3), NOON, later(1), later(2), NOON], limit=5) == later(4)


def fail(session: Session, name: str, times: int, *, address: str = "10.0.0.1", minute: float = 0) -> None:
    for _ in range(times):
        note_failure(session, name, address=address, now=later(minute))
    session.flush()


def test_five_failures_make_an_account_wait(session: Session) -> None:
    fail(session, "Lee", PER_ACCOUNT - 1)
    check_throttle(session, "Lee", address="10.0.0.1", now=NOON)
    fail(session, "Lee", 1)
    with pytest.raises(TooMany, match="Wait 1 minute, then"):
        check_throttle(session, "Lee", address="10.0.0.1", now=NOON)


def test_the_wait_is_over_after_its_time(session: Session) -> None:
    fail(session, "Lee", PER_ACCOUNT)
    with pytest.raises(TooMany):
        check_throttle(session, "Lee", address="10.0.0.1", now=later(0.99))
    check_throttle(session, "Lee", address="10.0.0.1", now=later(1))


def test_the_message_says_how_long(session: Session) -> None:
    fail(session, "Lee", PER_ACCOUNT + 2)
    with pytest.raises(TooMany, match="Wait 4 minutes"):
        check_throttle(session, "Lee", address="10.0.0.1", now=NOON)


def test_an_account_waits_wherever_the_next_try_comes_from(session: Session) -> None:
    fail(session, "Lee", PER_ACCOUNT)
    with pytest.raises(TooMany):
        check_throttle(session, " LEE ", address="10.9.9.9", now=NOON)


def test_others_at_the_same_address_need_not_wait(session: Session) -> None:
    fail(session, "Lee", PER_ACCOUNT)
    check_throttle(session, "Sam", address="10.0.0.1", now=NOON)


def test_an_address_waits_only_after_many(session: Session) -> None:
    for number in range(PER_ADDRESS - 1):
        fail(session, f"pupil {number}", 1)
    check_throttle(session, "Sam", address="10.0.0.1", now=NOON)
    fail(session, "one more", 1)
    with pytest.raises(TooMany):
        check_throttle(session, "Sam", address="10.0.0.1", now=NOON)
    check_throttle(session, "Sam", address="10.0.0.2", now=NOON)


def test_a_name_that_does_not_exist_waits_like_any_other(session: Session) -> None:
    fail(session, "nobody at all", PER_ACCOUNT)
    with pytest.raises(TooMany):
        check_throttle(session, "nobody at all", address="10.0.0.1", now=NOON)


def test_a_sign_in_that_worked_starts_the_account_afresh(session: Session) -> None:
    fail(session, "Lee", PER_ACCOUNT)
    fail(session, "Sam", PER_ACCOUNT)
    forget_failures(session, "lee")
    check_throttle(session, "Lee", address="10.0.0.1", now=NOON)
    with pytest.raises(TooMany):
        check_throttle(session, "Sam", address="10.0.0.1", now=NOON)


def test_failures_are_forgotten_after_the_window(session: Session) -> None:
    fail(session, "Lee", 9)
    fail(session, "Sam", 1, minute=15)
    assert session.scalar(select(func.count()).select_from(SignInFailure)) == 1


def test_what_was_typed_as_a_name_is_not_stored(session: Session) -> None:
    fail(session, "my secret password", 1)
    assert "secret" not in str(session.scalar(select(SignInFailure.account)))
