"""Invitations in the browser: the link, the account that it makes, and who teaches."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import service
from app.accounts.models import User
from app.clock import utc_now
from app.db import transaction
from tests.factories import PASSWORD
from tests.web.visiting import Browser, Page

GOOD = "four words are fine"


def first_link() -> str:
    with transaction() as session:
        return f"/join/{service.first_teacher_token(session, now=utc_now())}"


def link_on(page: Page) -> str:
    """The path of the link that a page shows."""
    link = page.tree.one("input", id="made-link").attrs["value"]
    return re.sub(r"^https?://[^/]+", "", str(link))


def role_of(session: Session, name: str) -> str | None:
    session.rollback()
    return session.scalar(select(User.role).where(User.name == name))


def test_the_first_link_makes_a_teacher_who_lands_on_teach(browser: Browser, session: Session) -> None:
    page = browser.open(first_link())
    assert page.heading == "Set up the first teacher"
    page = browser.press("Make the account", name="Tess", password=GOOD)
    assert page.path == "/teach/"
    assert "Welcome." in page.words
    assert role_of(session, "Tess") == "teacher"


def test_looking_at_a_link_uses_nothing_up(browser: Browser, other: Browser, session: Session) -> None:
    link = first_link()
    browser.open(link)
    other.open(link)
    assert other.press("Make the account", name="Tess", password=GOOD).path == "/teach/"
    page = browser.press("Make the account", name="Tom", password=GOOD)
    assert page.status == 404
    assert "This invitation has been used." in page.words
    assert role_of(session, "Tom") is None


@pytest.mark.parametrize(("name", "password"), [("", GOOD), ("Tess", "short")])
def test_what_is_wrong_with_a_form_is_said_and_the_link_stays_good(browser: Browser, name: str, password: str) -> None:
    link = first_link()
    browser.open(link)
    page = browser.press("Make the account", name=name, password=password)
    assert page.status == 422
    assert "Please mend this first" in page.words
    assert browser.press("Make the account", name="Tess", password=GOOD).path == "/teach/"


def test_a_teacher_invites_another_and_sees_who_came(browser: Browser, other: Browser, tess: User) -> None:
    browser.sign_in(tess).open("/teach/people")
    page = browser.press("Make the link", note="Ms Okoro, history")
    link = link_on(page)
    assert "Ms Okoro, history" in page.words
    assert "made-link" not in browser.open("/teach/people").body
    assert other.open(link).heading == "Tess invites you"
    other.press("Make the account", name="Adaeze", password=GOOD)
    page = browser.open("/teach/people")
    assert "Adaeze" in page.tree.one("table").text
    assert "invited by Tess" in page.words


def test_a_learner_goes_on_with_the_account_that_is_signed_in(browser: Browser, lee: User, session: Session) -> None:
    browser.sign_in(lee).open(first_link())
    page = browser.press("Go on as Lee")
    assert page.path == "/teach/"
    assert role_of(session, "Lee") == "teacher"


def test_a_withdrawn_link_opens_nothing(browser: Browser, other: Browser, tess: User) -> None:
    browser.sign_in(tess).open("/teach/people")
    link = link_on(browser.press("Make the link", note=""))
    assert "has ended" in browser.press("Withdraw").words
    assert other.open(link).status == 404


def test_only_an_admin_can_ask_for_an_admin(browser: Browser, tess: User, session: Session) -> None:
    browser.sign_in(tess)
    response = browser.post("/teach/people", {"note": "", "role": "admin"})
    assert response.status_code == 422
    assert "You cannot invite somebody with this role." in response.get_data(as_text=True)


def test_learners_see_nothing_of_teach(browser: Browser, lee: User) -> None:
    page = browser.sign_in(lee).open("/")
    assert not [link for link in page.links() if link.startswith("/teach")]
    assert browser.open("/teach/people").status == 403


def test_a_password_still_opens_the_account(browser: Browser, session: Session) -> None:
    browser.open(first_link())
    browser.press("Make the account", name="Tess", password=PASSWORD)
    browser.press("Sign out")
    assert browser.sign_in("Tess").open("/teach/").status == 200
