"""Signing in: by password, by the terminal's one-time link, and what becomes of a guest's progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import SignInFailure, SignInLink, User
from app.accounts.service import local_learner, make_link
from app.accounts.throttle import PER_ACCOUNT, PER_ADDRESS
from app.clock import utc_now
from app.config import Settings
from app.db import transaction
from app.learning.models import LessonProgress
from app.quiz.models import Attempt
from tests.factories import NOON, PASSWORD, make_user
from tests.web.visiting import Browser, answer_fields

Count = Callable[..., int]


def fail(browser: Browser, name: str, times: int, **options: object) -> list[int]:
    """Try a wrong password so many times; the statuses."""
    fields = {"name": name, "password": "wrong horse"}
    return [browser.post("/sign-in", fields, **options).status_code for _ in range(times)]


@pytest.mark.parametrize("name", ["Lee", "lee", " LEE "])
def test_the_name_may_be_spelt_in_any_case(browser: Browser, lee: User, name: str) -> None:
    browser.open("/sign-in")
    page = browser.press("Sign in", name=name, password=PASSWORD)
    assert page.tree.one("span", class_="bar-user").text == "Lee"


@pytest.mark.parametrize(("name", "password"), [("Lee", "wrong horse"), ("Nobody", PASSWORD), ("L\0e", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_told_in_the_same_words(
    browser: Browser, lee: User, name: str, password: str
) -> None:
    browser.open("/sign-in")
    page = browser.press("Sign in", name=name, password=password)
    assert page.status == 422
    assert "Name and password do not fit together. Check both." in page.words
    assert password not in page.body


def test_the_name_asked_for_is_filled_in(browser: Browser) -> None:
    assert browser.open("/sign-in?name=Mina").tree.one("input", id="name").attrs["value"] == "Mina"


EVIL = (
    "//evil.example", "https://evil.example", "https:evil.example", "/\\evil.example", "\\\\evil.example",
    "/%5Cevil.example/..", "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", " //evil.example",
    "///evil.example", "evil.example", "",
)  # fmt: skip


@pytest.mark.parametrize("target", EVIL)
def test_nobody_is_sent_to_another_host_after_signing_in(browser: Browser, lee: User, target: str) -> None:
    response = browser.post(f"/sign-in?next={quote(target)}", {"name": "Lee", "password": PASSWORD})
    assert response.status_code == 303
    assert response.location in {"/", "/%5Cevil.example/.."}


def test_a_path_of_this_site_is_gone_to(browser: Browser, lee: User) -> None:
    response = browser.post("/sign-in?next=/progress%3Fa%3Db", {"name": "Lee", "password": PASSWORD})
    assert response.location == "/progress?a=b"


def test_registering_obeys_the_same_rule(browser: Browser) -> None:
    response = browser.post("/register?next=//evil.example", {"name": "Mina", "password": PASSWORD})
    assert response.location == "/"


def test_too_many_failures_make_the_account_wait_even_with_the_right_password(
    browser: Browser, other: Browser, lee: User
) -> None:
    assert fail(browser, "Lee", PER_ACCOUNT) == [422] * PER_ACCOUNT
    other.open("/sign-in")
    page = other.press("Sign in", name="lee", password=PASSWORD)
    assert page.status == 429
    assert "Too many failed sign-ins. Wait 1 minute, then try again." in page.words


def test_another_account_need_not_wait(browser: Browser, lee: User, sam: User) -> None:
    fail(browser, "Lee", PER_ACCOUNT)
    browser.sign_in("Sam")


def test_signing_in_clears_the_count(browser: Browser, lee: User, count: Count) -> None:
    fail(browser, "Lee", PER_ACCOUNT - 1)
    browser.sign_in("Lee")
    assert count(SignInFailure) == 0


def failures_from(address: str, number: int) -> None:
    """As many failed sign-ins of different accounts from one address, all just now."""
    with transaction() as session:
        session.add_all(SignInFailure(account=f"a{i}", address=address, at=utc_now()) for i in range(number))


def test_an_address_with_very_many_failures_waits(browser: Browser, lee: User) -> None:
    failures_from("127.0.0.1", PER_ADDRESS)
    assert browser.post("/sign-in", {"name": "Lee", "password": PASSWORD}).status_code == 429


def test_a_class_behind_one_address_may_mistype(browser: Browser, lee: User) -> None:
    failures_from("127.0.0.1", PER_ADDRESS - 1)
    browser.sign_in("Lee")


def test_a_forged_forwarding_header_does_not_change_the_address(browser: Browser, lee: User) -> None:
    failures_from("127.0.0.1", PER_ADDRESS)
    response = browser.post("/sign-in", {"name": "Lee", "password": PASSWORD}, headers={"X-Forwarded-For": "10.1.1.1"})
    assert response.status_code == 429


def test_behind_a_trusted_proxy_the_forwarded_address_counts(
    make_app: Callable[..., Flask], settings: Settings, session: Session, lee: User
) -> None:
    browser = Browser(make_app(replace(settings, trusted_proxies=1)))
    fail(browser, "Lee", 1, headers={"X-Forwarded-For": "10.9.9.9, 10.1.1.1"})
    session.rollback()
    assert session.scalars(select(SignInFailure.address)).all() == ["10.1.1.1"]


def test_neither_name_nor_password_of_a_failure_is_stored(browser: Browser, session: Session, lee: User) -> None:
    fail(browser, "Lee", 1)
    session.rollback()
    row = session.scalars(select(SignInFailure)).one()
    assert "lee" not in row.account.lower()
    assert len(row.account) == 64


def link_for_the_local_learner(*, age: timedelta = timedelta()) -> str:
    """The address that `offramp open` prints."""
    with transaction() as session:
        user = local_learner(session, now=NOON)
        return f"/sign-in/link/{make_link(session, user, now=utc_now() - age)}"


def test_the_link_asks_before_it_is_used_up(browser: Browser, count: Count) -> None:
    path = link_for_the_local_learner()
    assert browser.open(path).buttons() == ["Continue"]
    assert browser.open(path).buttons() == ["Continue"]
    assert count(SignInLink) == 1
    assert "Sign in" in browser.open("/").tree.one("header", class_="bar").text


def test_the_link_signs_the_terminals_learner_in_once(browser: Browser, other: Browser) -> None:
    path = link_for_the_local_learner()
    other.open(path)
    browser.open(path)
    page = browser.press("Continue")
    assert page.path == "/"
    assert page.tree.one("span", class_="bar-user").text == "Learner on this computer"
    late = other.press("Continue")
    assert late.status == 404
    assert "This link has been used or is too old. Run “offramp open” again." in late.words
    assert "Learner on this computer" not in late.body


def test_an_old_link_signs_nobody_in(browser: Browser) -> None:
    browser.open(link_for_the_local_learner(age=timedelta(minutes=5)))
    assert browser.press("Continue").status == 404


def test_a_made_up_link_signs_nobody_in(browser: Browser) -> None:
    browser.open("/sign-in/link/made-up")
    assert browser.press("Continue").status == 404


def guest_with_work(browser: Browser) -> None:
    """Somebody who finished a lesson and answered one question before signing in."""
    attempt = browser.start()
    browser.post(f"/attempts/{attempt}/questions/4", answer_fields({"text": ["correction"]}))
    browser.post("/lessons/01-a-costly-word/finish")


def test_signing_in_asks_before_a_guests_progress_is_merged(browser: Browser, lee: User, count: Count) -> None:
    guest_with_work(browser)
    browser.open("/sign-in?next=/progress")
    page = browser.press("Sign in", name="Lee", password=PASSWORD)
    assert page.heading == "Keep your guest progress?"
    assert "Lessons begun 1" in page.tree.one("div", class_="merge").text
    assert count(User) == 2
    assert count(Attempt, Attempt.user_id == lee.id) == 0


def test_yes_moves_everything_into_the_account(browser: Browser, lee: User, count: Count) -> None:
    guest_with_work(browser)
    browser.open("/sign-in?next=/progress")
    browser.press("Sign in", name="Lee", password=PASSWORD)
    page = browser.press("Add it to Lee")
    assert page.path == "/progress"
    assert "Added to your progress." in page.words
    assert count(User) == 1
    assert count(Attempt, Attempt.user_id == lee.id) == 1
    assert count(LessonProgress, LessonProgress.user_id == lee.id) == 1


def test_no_leaves_the_account_as_it_was(browser: Browser, lee: User, count: Count) -> None:
    guest_with_work(browser)
    browser.open("/sign-in")
    browser.press("Sign in", name="Lee", password=PASSWORD)
    page = browser.press("Leave it out")
    assert page.path == "/"
    assert count(Attempt, Attempt.user_id == lee.id) == 0
    assert "Nothing to show yet" in browser.open("/progress").words
    assert browser.open("/sign-in/merge").path == "/"


def test_a_guest_who_did_nothing_is_not_asked_about(browser: Browser, lee: User) -> None:
    with transaction() as session:
        make_user(session, "Mina")
    browser.start()
    browser.post("/start-over")
    browser.open("/sign-in")
    assert browser.press("Sign in", name="Mina", password=PASSWORD).path == "/"


def test_nobody_can_merge_a_guest_of_another_device(browser: Browser, other: Browser, lee: User, count: Count) -> None:
    guest_with_work(other)
    browser.sign_in("Lee")
    response = browser.post("/sign-in/merge", {"merge": "yes"})
    assert response.location == "/"
    assert count(User) == 2
    assert count(Attempt, Attempt.user_id == lee.id) == 0


def test_a_merge_pressed_twice_does_no_harm(browser: Browser, lee: User, count: Count) -> None:
    guest_with_work(browser)
    browser.sign_in("Lee")
    assert browser.post("/sign-in/merge", {"merge": "yes"}).status_code == 303
    assert browser.post("/sign-in/merge", {"merge": "yes"}).status_code in {302, 303}
    assert count(Attempt, Attempt.user_id == lee.id) == 1


def test_the_link_asks_a_guest_before_bringing_their_progress_in(browser: Browser, count: Count) -> None:
    guest_with_work(browser)
    browser.open(link_for_the_local_learner())
    assert browser.press("Continue").heading == "Keep your guest progress?"
    browser.press("Add it to Learner on this computer")
    assert count(User) == 1
    assert count(Attempt) == 1
