"""Three people: Lee learns, Sam is a stranger to Lee, Tess teaches."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.db import transaction
from tests.factories import make_user


def _stored(name: str, role: Role) -> User:
    with transaction() as session:
        return make_user(session, name, role=role)


@pytest.fixture
def lee(session: Session) -> User:
    """A learner."""
    return _stored("Lee", Role.LEARNER)


@pytest.fixture
def sam(session: Session) -> User:
    """Another learner, who has no business with Lee's things."""
    return _stored("Sam", Role.LEARNER)


@pytest.fixture
def tess(session: Session) -> User:
    """A teacher."""
    return _stored("Tess", Role.TEACHER)
