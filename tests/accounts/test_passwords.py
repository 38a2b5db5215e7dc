"""Passwords and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.passwords import clean_name, hash_password, name_key, password_fits
from app.errors import Invalid
from tests.factories import PASSWORD

pytestmark = pytest.mark.pure


def test_a_password_fits_its_own_hash_only() -> None:
    stored = hash_password(PASSWORD)
    assert password_fits(stored, PASSWORD)
    assert not password_fits(stored, PASSWORD + "x")
    assert not password_fits(stored, PASSWORD.upper())
    assert not password_fits(stored, "")


def test_a_hash_never_has_the_password_in_it_and_never_comes_twice() -> None:
    one, other = hash_password(PASSWORD), hash_password(PASSWORD)
    assert one != other
    assert PASSWORD not in one


def test_the_hash_is_argon2id_with_the_cost_that_was_chosen() -> None:
    assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$broken"])
def test_without_a_sound_hash_nothing_fits(stored: str | None) -> None:
    assert not password_fits(stored, PASSWORD)


def test_the_hash_that_stands_for_nobody_opens_nothing() -> None:
    assert not password_fits(None, "there is no such account")


def test_a_password_typed_in_another_unicode_form_is_the_same() -> None:
    assert password_fits(hash_password("caf\u00e9 au lait"), "cafe\u0301 au lait")


@pytest.mark.parametrize(("length", "ok"), [(0, False), (7, False), (8, True), (200, True), (201, False)])
def test_a_password_has_8_to_200_characters(length: int, ok: bool) -> None:
    if ok:
        assert hash_password("x" * length)
    else:
        with pytest.raises(Invalid) as caught:
            hash_password("x" * length)
        assert caught.value.where == "password"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Mina", "Mina"),
        ("  Mina   K. ", "Mina K."),
        ("Ａｎｎａ", "Anna"),
        ("Zoë O’Neil-Smith_2", "Zoë O’Neil-Smith_2"),
        ("李雷", "李雷"),
        ("x" * 40, "x" * 40),
    ],
)
def test_a_name_is_kept_tidied(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "x" * 41, "<b>", "a\x00b", "a@b", "😀", "a/b", "a\u202eb"])
def test_a_name_that_cannot_be_shown_or_typed_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as caught:
        clean_name(typed)
    assert caught.value.where == "name"


@pytest.mark.parametrize("other", ["mina k", "MINA K", " Mina  K ", "Ｍina K"])
def test_spellings_of_one_name_have_one_key(other: str) -> None:
    assert name_key(other) == name_key("Mina K")


@given(st.text(max_size=50))
def test_any_name_is_kept_or_refused(typed: str) -> None:
    try:
        kept = clean_name(typed)
    except Invalid:
        return
    assert clean_name(kept) == kept
    assert name_key(kept) == name_key(typed)
    assert len(name_key(kept)) <= 40
