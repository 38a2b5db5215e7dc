"""Ways to sit a quiz in their states: practice, explained at once, one page, against the clock; see scenes.py."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from app.accounts.permissions import Role
from app.clock import utc_now
from app.db import transaction
from app.quiz.models import Attempt
from tests.browser.answering import give, library_of, of_slot
from tests.browser.scenes import new_account, scene
from tests.browser.scenes_kinds import SCENES, attempt_id
from tests.browser.server import LiveServer
from tests.browser.sitting import attempt_path, form_at, saved_at, start_quiz
from tests.factories import PASSWORD, make_user, raw_answer, save

__all__ = ["SCENES"]  # now with those of this file

_numbers = count(1)


def press(page: Page, name: str, position: int = 1) -> None:
    """Press a button at a question."""
    form_at(page, position).get_by_role("button", name=name).click()


def stay(page: Page) -> None:
    """Mark the document, so that another one is told from it."""
    page.evaluate("window.isSamePage = true")


def is_same(page: Page) -> bool:
    """Whether it is still the document that was marked."""
    return bool(page.evaluate("Boolean(window.isSamePage)"))


def move_deadline(server: LiveServer, attempt: uuid.UUID, seconds: float) -> None:
    """Let an attempt end so many seconds from now."""
    with server.app.app_context(), transaction() as session:
        session.get_one(Attempt, attempt).deadline = utc_now() + timedelta(seconds=seconds)


def answer_in_the_database(
    server: LiveServer, session: Session, attempt: Attempt, *, besides: Mapping[str, Sequence[str]]
) -> None:
    """Answer every question, each third one wrong, quicker than a page could."""
    for slot in attempt.slots:
        raw = raw_answer(library_of(server), attempt, slot.position, right=slot.position % 3 != 0)
        save(session, attempt, slot.position, {**raw, **besides}, now=utc_now())


def answer_all(page: Page, server: LiveServer, quiz: str, **besides: Sequence[str]) -> str:
    """An attempt with every question answered; its path."""
    start_quiz(page, quiz)
    with server.app.app_context(), transaction() as session:
        attempt = session.get_one(Attempt, attempt_id(page))
        answer_in_the_database(server, session, attempt, besides=besides)
    return attempt_path(page)


def hand_in_all(page: Page, server: LiveServer, quiz: str, **besides: Sequence[str]) -> str:
    """The same, handed in; its path."""
    path = answer_all(page, server, quiz, **besides)
    page.goto(f"{path}/review")
    page.wait_for_load_state()
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url(f"**{path}")
    return path


def sign_in_teacher(page: Page, server: LiveServer) -> None:
    """Somebody who may mark."""
    name = f"tove{next(_numbers)}"
    with server.app.app_context(), transaction() as session:
        make_user(session, name, role=Role.TEACHER)
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


@scene
def practice_tried_with_hints(page: Page, server: LiveServer) -> None:
    start_quiz(page, "practice")
    give(form_at(page, 1), of_slot(server, attempt_id(page), 1, "wrong"))
    press(page, "Check answer")
    expect(page.get_by_text("Not right yet.")).to_be_visible()
    press(page, "Give me a hint")
    press(page, "Another hint")
    expect(page.locator(".hints li")).to_have_count(2)


@scene
def practice_shown(page: Page, server: LiveServer) -> None:
    practice_tried_with_hints(page, server)
    press(page, "Show the answer")
    expect(page.locator("[data-checked]")).to_be_visible()


@scene
def checked_at_once(page: Page, server: LiveServer) -> None:
    start_quiz(page, "at-once")
    give(form_at(page, 1), of_slot(server, attempt_id(page), 1))
    form_at(page, 1).get_by_label("85 %").check()
    press(page, "Check answer")
    expect(page.locator("[data-checked]")).to_contain_text("You were 85 % sure")


@scene
def one_page(page: Page, server: LiveServer) -> None:
    start_quiz(page, "one-page")
    give(form_at(page, 1), of_slot(server, attempt_id(page), 1))
    press(page, "I don't know", 2)
    expect(form_at(page, 2).get_by_label("You said that you don't know.")).to_be_checked()
    form_at(page, 3).get_by_role("textbox").fill("1,000")
    press(page, "Save", 3)
    expect(form_at(page, 3).locator(".error")).to_be_visible()
    expect(saved_at(page, 1)).to_contain_text("Saved")


@scene
def last_minute(page: Page, server: LiveServer) -> None:
    start_quiz(page, "timed")
    move_deadline(server, attempt_id(page), 50)
    page.reload()
    expect(page.locator(".time-left.is-short")).to_be_visible()


@scene
def time_is_up(page: Page, server: LiveServer) -> None:
    start_quiz(page, "timed")
    move_deadline(server, attempt_id(page), -1)
    page.goto(attempt_path(page))
    expect(page.get_by_role("heading", level=1)).to_have_text("Time is up")


@scene
def explained_later(page: Page, server: LiveServer) -> None:
    new_account(page)  # each has one attempt
    hand_in_all(page, server, "later")
    expect(page.get_by_role("heading", level=1)).to_have_text("Handed in")


@scene
def result_of_a_drill(page: Page, server: LiveServer) -> None:
    hand_in_all(page, server, "reports", confidence=["70"])
    expect(page.get_by_role("heading", name="Good reports and bad ones")).to_be_visible()
    expect(page.get_by_text("You were 70 % sure").first).to_be_visible()


@scene
def progress_with_calibration(page: Page, server: LiveServer) -> None:
    hand_in_all(page, server, "reports", confidence=["70"])
    hand_in_all(page, server, "timed", confidence=["85"])
    page.goto("/progress")
    expect(page.get_by_role("heading", name="How sure you are")).to_be_visible()


@scene
def result_of_a_text_to_mark_oneself(page: Page, server: LiveServer) -> None:
    new_account(page)
    hand_in_all(page, server, "at-once")
    page.get_by_text("Mark it yourself").click()
    expect(page.get_by_role("button", name="Keep my mark")).to_be_visible()


@scene
def marking(page: Page, server: LiveServer) -> None:
    result_of_a_text_to_mark_oneself(page, server)
    sign_in_teacher(page, server)
    page.goto("/marking")
    expect(page.get_by_role("heading", level=1)).to_have_text("Texts to mark")


@scene
def marking_refused(page: Page, server: LiveServer) -> None:
    marking(page, server)
    page.get_by_role("link", name=re.compile("^Mark .*text$")).last.click()
    page.get_by_text("Example 1").click()
    page.locator(".mark-form input[type=radio]").nth(1).check()
    page.locator(".mark-form").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Keep this mark").click()
    expect(page.locator(".error")).to_be_visible()


@scene
def text_marked(page: Page, server: LiveServer) -> None:
    new_account(page)
    path = hand_in_all(page, server, "at-once")
    cookies = page.context.cookies()
    sign_in_teacher(page, server)
    page.goto(path.replace("/attempts", "/marking") + "/2")
    for criterion in page.locator(".criterion").all():
        criterion.get_by_role("radio").last.check()
    page.get_by_label("Comment").fill("Say what was counted.")
    page.get_by_role("button", name="Keep this mark").click()
    expect(page.get_by_text("Marked: ")).to_be_visible()
    page.context.clear_cookies()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(path)
    expect(page.get_by_text("Marked by tove")).to_be_visible()


@scene
def paper(page: Page, server: LiveServer) -> None:
    start_quiz(page, "every-kind")
    page.goto(f"{attempt_path(page)}/paper")
