"""Accounts: register, sign out, change the password, leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.accounts.models import User
from app.library.model import Library
from app.quiz.models import Answer, Attempt
from tests.factories import PASSWORD
from tests.web.visiting import Browser, answer_fields

Count = Callable[..., int]
GOOD = "four words are fine"


def test_registering_signs_in(browser: Browser, count: Count) -> None:
    browser.open("/register")
    page = browser.press("Register", name="  Mina   M. ", password=GOOD)
    assert page.path == "/"
    assert "Welcome." in page.words
    assert browser.open("/account").tree.one("dl", class_="facts").text.startswith("Name Mina M.")
    assert count(User) == 1


@pytest.mark.parametrize(
    ("name", "password", "message"),
    [
        ("", GOOD, "Type your name."),
        ("Mina", "", "Type a password."),
        ("Mina", "short", "A password has at least 8 characters."),
        ("Mina", "x" * 201, "A password has at most 200 characters."),
        ("   ", GOOD, "Choose a name"),
        ("M" * 41, GOOD, "A name has at most 40 characters."),
        ("ß" * 40, GOOD, "A name has at most 40 characters."),
        ("<b>Mina</b>", GOOD, "A name has letters, digits, spaces"),
        ("Mi\0na", GOOD, "A name has letters, digits, spaces"),
    ],
)
def test_what_breaks_a_rule_is_said_at_its_field_and_makes_nobody(
    browser: Browser, count: Count, name: str, password: str, message: str
) -> None:
    browser.open("/register")
    page = browser.press("Register", name=name, password=password)
    assert page.status == 422
    assert message in page.tree.one("div", role="alert").text
    field = page.tree.one("input", aria_invalid="true")
    assert message in page.tree.one("p", id=field.attrs["aria-describedby"].split()[-1]).text
    assert count(User) == 0


def test_the_form_keeps_the_name_and_forgets_the_password(browser: Browser) -> None:
    browser.open("/register")
    page = browser.press("Register", name="Mina", password="short12")
    assert page.tree.one("input", id="name").attrs["value"] == "Mina"
    assert "value" not in page.tree.one("input", id="password").attrs
    assert "short12" not in page.body


def test_a_name_is_taken_in_any_spelling(browser: Browser, lee: User, count: Count) -> None:
    browser.open("/register")
    page = browser.press("Register", name="lee", password=GOOD)
    assert page.status == 422
    assert "is taken; choose another" in page.words
    assert count(User) == 1


def test_somebody_with_an_account_is_not_asked_to_register(browser: Browser, lee: User) -> None:
    assert browser.sign_in("Lee").open("/register").path == "/account"


def test_signing_out_ends_it_on_this_device(browser: Browser, lee: User) -> None:
    browser.sign_in("Lee").open("/account")
    page = browser.press("Sign out")
    assert page.path == "/"
    assert "Lee" not in page.body
    assert browser.open("/account").path == "/sign-in?next=/account"


def test_a_page_that_needs_an_account_comes_after_signing_in(browser: Browser, lee: User) -> None:
    assert browser.open("/account").heading == "Sign in"
    page = browser.press("Sign in", name="Lee", password=PASSWORD)
    assert page.path == "/account"


def test_a_new_password_works_and_the_old_one_does_not(browser: Browser, other: Browser, lee: User) -> None:
    browser.sign_in("Lee").open("/account/password")
    page = browser.press("Change password", old=PASSWORD, password=GOOD)
    assert page.path == "/account"
    assert "Password changed. Other devices are signed out." in page.words
    assert other.post("/sign-in", {"name": "Lee", "password": PASSWORD}).status_code == 422
    assert other.post("/sign-in", {"name": "Lee", "password": GOOD}).status_code == 303


def test_a_new_password_signs_other_devices_out_and_not_this_one(browser: Browser, other: Browser, lee: User) -> None:
    other.sign_in("Lee")
    browser.sign_in("Lee").open("/account/password")
    browser.press("Change password", old=PASSWORD, password=GOOD)
    assert browser.open("/account").heading == "Your account"
    assert other.open("/account").heading == "Sign in"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("wrong horse", GOOD, "This is not your password as it was."),
        (PASSWORD, "short", "A password has at least 8 characters."),
        ("", GOOD, "Type your present password."),
    ],
)
def test_a_password_that_cannot_be_changed_stays(
    browser: Browser, other: Browser, lee: User, old: str, new: str, message: str
) -> None:
    browser.sign_in("Lee").open("/account/password")
    page = browser.press("Change password", old=old, password=new)
    assert page.status == 422
    assert message in page.words
    other.sign_in("Lee")
    assert browser.open("/account").heading == "Your account"


def test_deleting_the_account_deletes_every_answer_and_nobody_elses(
    browser: Browser, other: Browser, lee: User, sam: User, library: Library, count: Count
) -> None:
    for somebody, name in ((browser, "Lee"), (other, "Sam")):
        attempt = somebody.sign_in(name).start()
        somebody.post(f"/attempts/{attempt}/questions/4", answer_fields({"text": ["correction"]}))
    browser.open("/account")
    page = browser.press("Delete account", confirm=" Lee ")
    assert page.path == "/"
    assert "Sign in" in page.tree.one("header", class_="bar").text
    assert count(User) == count(Attempt) == count(Answer) == 1
    assert "Go on with the quiz" in other.open("/").words


@pytest.mark.parametrize("typed", ["", "Sam", "lee"])
def test_an_account_is_deleted_only_when_its_name_is_typed(
    browser: Browser, lee: User, count: Count, typed: str
) -> None:
    browser.sign_in("Lee").open("/account")
    page = browser.press("Delete account", confirm=typed)
    assert page.status == 422
    assert "Type Lee to confirm." in page.words
    assert count(User) == 1


def test_a_deleted_account_is_signed_out_on_other_devices_too(browser: Browser, other: Browser, lee: User) -> None:
    other.sign_in("Lee")
    browser.sign_in("Lee").post("/account/delete", {"confirm": "Lee"})
    assert other.open("/account").heading == "Sign in"
