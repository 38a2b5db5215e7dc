"""Invitations: one-time links that make an account with a role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.accounts import service
from app.accounts.models import Invitation, User
from app.accounts.permissions import Role
from app.accounts.queries import find_invitation, invitations
from app.errors import Conflict, Invalid, NotFound
from tests.factories import NOON, PASSWORD, make_user

LATER = NOON + timedelta(days=6)
TOO_LATE = NOON + timedelta(days=8)


def made(session: Session, by: User | None = None, role: Role = Role.TEACHER) -> str:
    return service.invite(session, by, role=role, note="Ms Okoro", now=NOON)


def test_whoever_opens_the_first_link_is_a_teacher(session: Session) -> None:
    token = service.first_teacher_token(session, now=NOON)
    assert token
    assert service.join(session, token, "Tess", PASSWORD, guest=None, now=NOON).role == Role.TEACHER
    assert service.first_teacher_token(session, now=NOON) is None


def test_every_start_makes_a_new_first_link_and_ends_the_old_one(session: Session) -> None:
    old = service.first_teacher_token(session, now=NOON)
    new = service.first_teacher_token(session, now=NOON)
    assert old
    assert new
    with pytest.raises(NotFound, match="no such invitation"):
        find_invitation(session, old, now=NOON)
    assert find_invitation(session, new, now=NOON).role == Role.TEACHER


def test_a_link_stored_is_only_a_hash(session: Session) -> None:
    token = made(session)
    row = invitations(session)[0]
    assert token not in (row.token_hash, row.note)
    assert len(row.token_hash) == 64


def test_an_invitation_works_once(session: Session) -> None:
    token = made(session)
    service.join(session, token, "Tess", PASSWORD, guest=None, now=LATER)
    with pytest.raises(NotFound, match="has been used"):
        service.join(session, token, "Tom", PASSWORD, guest=None, now=LATER)
    assert invitations(session)[0].used_by == "Tess"


def test_an_invitation_ends_after_a_week(session: Session) -> None:
    token = made(session)
    with pytest.raises(NotFound, match="too old"):
        service.join(session, token, "Tess", PASSWORD, guest=None, now=TOO_LATE)


def test_a_name_that_is_taken_uses_nothing_up(session: Session) -> None:
    make_user(session, "Tess")
    token = made(session)
    session.commit()
    with pytest.raises(Invalid, match="taken"):
        service.join(session, token, "tess", PASSWORD, guest=None, now=LATER)
    session.rollback()
    assert find_invitation(session, token, now=LATER).used_at is None


def test_a_guest_who_is_invited_keeps_what_was_done(session: Session) -> None:
    guest = service.make_guest(session, now=NOON)
    user = service.join(session, made(session), "Tess", PASSWORD, guest=guest, now=LATER)
    assert (user.id, user.role) == (guest.id, Role.TEACHER)


def test_a_learner_can_take_the_role_for_the_account_there_is(session: Session) -> None:
    lee = make_user(session, "Lee")
    service.join_as(session, made(session), lee, now=LATER)
    assert lee.role == Role.TEACHER


@pytest.mark.parametrize("role", [Role.TEACHER, Role.ADMIN])
def test_who_has_the_role_uses_nothing_up(session: Session, role: Role) -> None:
    tess = make_user(session, "Tess", role=role)
    token = made(session)
    with pytest.raises(Conflict, match="already"):
        service.join_as(session, token, tess, now=LATER)
    assert find_invitation(session, token, now=LATER).used_at is None


def test_a_teacher_cannot_make_an_admin(session: Session) -> None:
    tess = make_user(session, "Tess", role=Role.TEACHER)
    with pytest.raises(Invalid, match="cannot invite"):
        made(session, tess, Role.ADMIN)
    assert session.query(Invitation).count() == 0


def test_a_withdrawn_invitation_opens_nothing(session: Session) -> None:
    token = made(session)
    service.withdraw(session, invitations(session)[0].token_hash)
    with pytest.raises(NotFound):
        find_invitation(session, token, now=NOON)


def test_used_invitations_are_forgotten_after_a_time(session: Session) -> None:
    made(session)
    service.purge_invitations(session, now=NOON + timedelta(days=90))
    assert len(invitations(session)) == 1
    service.purge_invitations(session, now=NOON + timedelta(days=98))
    assert invitations(session) == []
