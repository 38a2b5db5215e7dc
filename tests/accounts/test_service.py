"""Making people, letting them in, and changing what they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import SignInLink, User
from app.accounts.permissions import Role
from app.accounts.service import (
    change_password,
    delete_user,
    find_by_password,
    keep_progress,
    local_learner,
    make_link,
    note_seen,
    purge_guests,
    register,
    use_link,
    user_by_name,
)
from app.db import db
from app.errors import Invalid, NotAllowed, NotFound
from app.learning.service import finish_lesson
from app.library.model import Library
from tests.factories import NOON, PASSWORD, finished, later, make_guest


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


# ---------------------------------------------------------------- accounts


def test_somebody_new_signs_in_with_name_and_password(session: Session) -> None:
    made = register(session, "Mina", PASSWORD, now=NOON)
    assert find_by_password(session, "Mina", PASSWORD) is made
    assert (made.role, made.name, made.shown_name, made.is_guest) == (Role.LEARNER, "Mina", "Mina", False)


def test_the_name_may_be_typed_in_any_case(session: Session) -> None:
    made = register(session, "Mina K", PASSWORD, now=NOON)
    assert find_by_password(session, " mina  K ", PASSWORD) is made


@pytest.mark.parametrize(("name", "password"), [("Lee", "wrong horse"), ("Nobody", PASSWORD), ("", ""), ("Lee", "")])
def test_a_wrong_name_or_password_opens_nothing(session: Session, lee: User, name: str, password: str) -> None:
    assert find_by_password(session, name, password) is None


def test_a_guest_cannot_be_signed_in_by_password(session: Session) -> None:
    make_guest(session)
    assert find_by_password(session, "", PASSWORD) is None


@pytest.mark.parametrize("name", ["Lee", "lee", " LEE ", "Ｌee"])
def test_a_name_that_is_taken_is_refused_in_any_spelling(session: Session, lee: User, name: str) -> None:
    with pytest.raises(Invalid, match="is taken") as caught:
        register(session, name, PASSWORD, now=NOON)
    assert caught.value.where == "name"


def test_a_refused_account_leaves_no_row(session: Session, lee: User) -> None:
    with pytest.raises(Invalid):
        register(session, "Mina", "short", now=NOON)
    session.rollback()
    assert count(session, User) == 1


def test_an_account_is_found_by_its_name(session: Session, lee: User) -> None:
    assert user_by_name(session, "LEE") is lee
    with pytest.raises(NotFound, match="'Mina'"):
        user_by_name(session, "Mina")


def test_a_new_password_ends_the_other_sessions(session: Session, lee: User) -> None:
    version = lee.session_version
    change_password(session, lee, old=PASSWORD, new="another horse")
    assert lee.session_version == version + 1
    assert find_by_password(session, "Lee", PASSWORD) is None
    assert find_by_password(session, "Lee", "another horse") is lee


def test_the_old_password_must_be_known(session: Session, lee: User) -> None:
    before = (lee.password_hash, lee.session_version)
    with pytest.raises(Invalid) as caught:
        change_password(session, lee, old="wrong horse", new="another horse")
    assert caught.value.where == "old"
    assert (lee.password_hash, lee.session_version) == before


def test_an_operator_needs_no_old_password(session: Session, lee: User) -> None:
    change_password(session, lee, old=None, new="another horse")
    assert find_by_password(session, "Lee", "another horse") is lee


def test_a_new_password_keeps_the_rules(session: Session, lee: User) -> None:
    with pytest.raises(Invalid, match="at least 8"):
        change_password(session, lee, old=PASSWORD, new="short")


def test_a_deleted_person_takes_every_answer_along(session: Session, library: Library, lee: User, sam: User) -> None:
    for user in (lee, sam):
        finished(session, user, library)
        finish_lesson(session, user, library.lessons["02-two-counts"], now=NOON)
        make_link(session, user, now=NOON)
    session.flush()
    mine = {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in db.metadata.sorted_tables
        if table.name not in {"question_version", "compiled_course", "sign_in_failure"}
    }
    delete_user(session, lee)
    session.flush()
    for name, rows in mine.items():
        left = session.scalar(select(func.count()).select_from(db.metadata.tables[name]))
        assert left == (rows or 0) / 2, name


# ---------------------------------------------------------------- guests and the local learner


def test_a_guest_has_no_name(session: Session) -> None:
    guest = make_guest(session)
    assert (guest.name, guest.is_guest, guest.shown_name) == (None, True, "Guest")


def test_there_may_be_many_guests(session: Session) -> None:
    assert make_guest(session).id != make_guest(session).id


def test_there_is_one_local_learner(session: Session) -> None:
    assert local_learner(session, now=NOON) is local_learner(session, now=later(9))
    assert count(session, User) == 1


def test_keeping_progress_gives_a_guest_a_name_and_keeps_the_id(session: Session) -> None:
    guest = make_guest(session)
    had = guest.id
    keep_progress(session, guest, "Mina", PASSWORD)
    assert (guest.id, guest.role, guest.name) == (had, Role.LEARNER, "Mina")
    assert find_by_password(session, "mina", PASSWORD) is guest


def test_keeping_progress_makes_the_guests_cookie_worthless(session: Session) -> None:
    guest = make_guest(session)
    version = guest.session_version
    keep_progress(session, guest, "Mina", PASSWORD)
    assert guest.session_version > version


def test_a_guest_cannot_take_a_name_that_is_taken(session: Session, lee: User) -> None:
    with pytest.raises(Invalid, match="is taken"):
        keep_progress(session, make_guest(session), "lee", PASSWORD)


def test_somebody_with_an_account_cannot_keep_progress_again(session: Session, lee: User) -> None:
    with pytest.raises(NotAllowed):
        keep_progress(session, lee, "Other", PASSWORD)


def test_guests_who_were_away_for_90_days_are_deleted(session: Session) -> None:
    make_guest(session, now=NOON)
    stays = make_guest(session, now=later(1))
    assert purge_guests(session, now=NOON + timedelta(days=90)) == 0
    assert purge_guests(session, now=NOON + timedelta(days=90, seconds=1)) == 1
    assert session.scalars(select(User)).all() == [stays]


def test_people_with_accounts_are_never_purged(session: Session, lee: User, tess: User) -> None:
    local_learner(session, now=NOON)
    session.flush()
    assert purge_guests(session, now=NOON + timedelta(days=4000)) == 0
    assert count(session, User) == 3


def test_a_purged_guest_takes_every_answer_along(session: Session, library: Library) -> None:
    finished(session, make_guest(session), library)
    session.flush()
    assert purge_guests(session, now=NOON + timedelta(days=91)) == 1
    for name in ("attempt", "slot", "answer", "quiz_progress", "objective_progress"):
        assert session.scalar(select(func.count()).select_from(db.metadata.tables[name])) == 0


def test_being_seen_is_written_once_a_day(session: Session, lee: User) -> None:
    note_seen(session, lee, now=later(60))
    assert lee.seen_at == NOON
    note_seen(session, lee, now=NOON + timedelta(days=1, seconds=1))
    assert lee.seen_at == NOON + timedelta(days=1, seconds=1)


# ---------------------------------------------------------------- links


def test_a_link_signs_in_once(session: Session, lee: User) -> None:
    token = make_link(session, lee, now=NOON)
    session.flush()
    assert use_link(session, token, now=later(1)) is lee
    session.flush()
    with pytest.raises(NotFound, match="used or is too old"):
        use_link(session, token, now=later(1))


@pytest.mark.parametrize(("minutes", "works"), [(4.99, True), (5, False), (60, False)])
def test_a_link_lives_five_minutes(session: Session, lee: User, minutes: float, works: bool) -> None:
    token = make_link(session, lee, now=NOON)
    session.flush()
    if works:
        assert use_link(session, token, now=later(minutes)) is lee
    else:
        with pytest.raises(NotFound):
            use_link(session, token, now=later(minutes))


@pytest.mark.parametrize("token", ["", "x", "\x00", "ü" * 500])
def test_a_made_up_link_opens_nothing(session: Session, lee: User, token: str) -> None:
    make_link(session, lee, now=NOON)
    with pytest.raises(NotFound):
        use_link(session, token, now=NOON)


def test_a_link_is_for_one_person(session: Session, lee: User, sam: User) -> None:
    tokens = {user.id: make_link(session, user, now=NOON) for user in (lee, sam)}
    session.flush()
    assert use_link(session, tokens[sam.id], now=NOON) is sam


def test_a_stored_link_cannot_be_used(session: Session, lee: User) -> None:
    token = make_link(session, lee, now=NOON)
    session.flush()
    stored = session.scalars(select(SignInLink.token_hash)).one()
    assert stored != token
    with pytest.raises(NotFound):
        use_link(session, stored, now=NOON)


def test_old_links_are_tidied_away(session: Session, lee: User) -> None:
    make_link(session, lee, now=NOON)
    session.flush()
    make_link(session, lee, now=later(5))
    session.flush()
    assert count(session, SignInLink) == 1
