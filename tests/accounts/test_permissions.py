"""Who may do what."""

from __future__ import annotations

import pytest

from app.accounts.permissions import ALLOWED, NOBODY, Permission, Role, may

pytestmark = pytest.mark.pure


def test_every_permission_stands_in_the_table() -> None:
    assert set(ALLOWED) == set(Permission)


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [
        (Permission.READ, {NOBODY, *Role}),
        (Permission.LEARN, {NOBODY, *Role}),
        (Permission.OWN_ATTEMPT, set(Role)),
        (Permission.ACCOUNT, {Role.LEARNER, Role.TEACHER, Role.ADMIN}),
        (Permission.MERGE, {Role.LOCAL, Role.LEARNER, Role.TEACHER, Role.ADMIN}),
    ],
)
def test_the_table_says_who_may(permission: Permission, allowed: set[Role | None]) -> None:
    assert {role for role in (NOBODY, *Role) if may(role, permission)} == allowed
