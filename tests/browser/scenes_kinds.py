"""Questions of every kind in their states: nine at once in a lesson, and in a quiz; see scenes.py."""

from __future__ import annotations

import re
import uuid

from playwright.sync_api import Locator, Page, expect

from tests.browser.answering import LESSON, QUIZ, Fields, Wanted, checks, give, half, of_check, of_slot, spoil
from tests.browser.scenes import scene
from tests.browser.scenes_quiz import SCENES
from tests.browser.server import LiveServer
from tests.browser.sitting import attempt_path, go_to, saved, start_quiz

__all__ = ["SCENES"]  # now with those of this file


def open_lesson(page: Page) -> None:
    page.goto(LESSON)
    page.wait_for_load_state()


def part(page: Page, slug: str) -> Locator:
    """The place of a self-check in the lesson."""
    return page.locator(f"#check-{slug}")


def answer_lesson(page: Page, server: LiveServer, wanted: Wanted) -> None:
    open_lesson(page)
    for question in checks(server):
        place = part(page, question.id)
        give(place.locator("form"), of_check(server, question, wanted))
        place.locator("button[type=submit]").click()
        expect(place.locator("form")).to_have_count(0)
        page.wait_for_load_state()
    page.get_by_role("button", name="Finish lesson").click()
    open_lesson(page)


def attempt_id(page: Page) -> uuid.UUID:
    return uuid.UUID(attempt_path(page).rsplit("/", 1)[1])


def give_slot(page: Page, given: Fields) -> None:
    give(page.locator("form[data-answer]"), given)


@scene
def kinds_blank(page: Page, server: LiveServer) -> None:
    open_lesson(page)


@scene
def kinds_half_made(page: Page, server: LiveServer) -> None:
    open_lesson(page)
    for question in checks(server):
        give(part(page, question.id).locator("form"), half(of_check(server, question)))


@scene
def kinds_unreadable(page: Page, server: LiveServer) -> None:
    open_lesson(page)
    for question in checks(server):
        place = part(page, question.id)
        spoil(place.locator("form"))
        place.locator("button[type=submit]").click()
        expect(place.locator(".error")).to_be_visible()


@scene
def kinds_right(page: Page, server: LiveServer) -> None:
    answer_lesson(page, server, "right")


@scene
def kinds_partly_right(page: Page, server: LiveServer) -> None:
    answer_lesson(page, server, "partly")


@scene
def kinds_wrong(page: Page, server: LiveServer) -> None:
    answer_lesson(page, server, "wrong")


@scene
def kinds_left_blank_in_a_quiz(page: Page, server: LiveServer) -> None:
    start_quiz(page, QUIZ)
    page.goto(f"{attempt_path(page)}/review")
    page.wait_for_load_state()
    page.get_by_role("button", name="Hand in").click()
    expect(page).to_have_title(re.compile("Your result"))


@scene
def kind_with_a_passage_and_how_sure(page: Page, server: LiveServer) -> None:
    start_quiz(page, QUIZ)
    give_slot(page, of_slot(server, attempt_id(page), 1))
    page.get_by_role("group", name="How sure are you?").get_by_label("70 %").check()
    expect(saved(page)).to_contain_text("Saved")


@scene
def kind_with_two_lists_and_a_passage(page: Page, server: LiveServer) -> None:
    start_quiz(page, QUIZ)
    go_to(page, 4)
    give_slot(page, half(of_slot(server, attempt_id(page), 4)))
    expect(saved(page)).to_contain_text("Saved")


@scene
def kind_unreadable_in_a_quiz(page: Page, server: LiveServer) -> None:
    start_quiz(page, QUIZ)
    go_to(page, 9)
    spoil(page.locator("form[data-answer]"))
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".error")).to_be_visible()
