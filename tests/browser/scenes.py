"""Every page in its states. A scene is a function that brings a page there; what it is called says which."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

from playwright.sync_api import Page, Route, expect

from tests.browser.server import LiveServer
from tests.browser.sitting import SAVED, attempt_path, go_to, option, saved, start_quiz
from tests.factories import PASSWORD

Scene = Callable[[Page, LiveServer], None]
SCENES: dict[str, Scene] = {}
_numbers = count(1)


def scene(go: Scene) -> Scene:
    """List a scene."""
    SCENES[go.__name__] = go
    return go


def _plain(path: str) -> Scene:
    return lambda page, server: page.goto(path) and None


for _name, _path in {
    "home": "/",
    "article": "/article",
    "article_on_another_date": "/article?as_of=2031-03-09",
    "article_on_a_bad_date": "/article?as_of=soon",
    "article_without_verdicts": "/article?verdicts=hidden",
    "claim": "/article/claims/C01?as_of=2031-03-09",
    "omissions": "/article/omissions",
    "timeline": "/article/timeline",
    "counts": "/article/counts",
    "places": "/article/places",
    "glossary": "/glossary",
    "term": "/glossary/as-of-date",
    "sources": "/sources",
    "about": "/about",
    "privacy": "/privacy",
    "device": "/device",
    "device_saved": "/device?saved=1",
    "progress_empty": "/progress",
    "sign_in": "/sign-in",
    "register": "/register",
    "lesson": "/lessons/01-a-costly-word",
    "lesson_with_every_block": "/lessons/02-two-counts",
    "teaching": "/lessons/01-a-costly-word/teaching",
    "handout": "/lessons/01-a-costly-word/handout",
    "quiz_start": "/quizzes/mixed",
    "not_found": "/no-such-page",
    "method_not_allowed": "/sign-out",
}.items():
    SCENES[_name] = _plain(_path)


def new_account(page: Page) -> str:
    name = f"scene{next(_numbers)}"
    page.goto("/register")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name=re.compile("Register|Keep")).click()
    expect(page.get_by_text("Welcome.")).to_be_visible()
    return name


def lose_posts(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.fallback()


def answer(page: Page, *, fill: bool = True) -> str:
    """An attempt with all questions answered, or with one; its path."""
    start_quiz(page)
    option(page, 1).check()
    expect(saved(page)).to_have_text(SAVED)
    if fill:
        go_to(page, 2)
        option(page, 1).check()
        go_to(page, 3)
        page.get_by_role("button", name="Move down").first.click()
        go_to(page, 4)
        page.get_by_role("textbox").fill("correction note")
        page.get_by_role("button", name="Flag for later").click()
        expect(saved(page)).to_have_text(SAVED)
    return attempt_path(page)


def hand_in(page: Page, *, fill: bool) -> str:
    path = answer(page, fill=fill)
    page.goto(f"{path}/review")
    page.wait_for_load_state()
    page.get_by_role("button", name="Hand in").click()
    expect(page).to_have_title(re.compile("Your result"))
    return path


@scene
def claim_graded(page: Page, server: LiveServer) -> None:
    page.goto("/article/claims/C01?as_of=2031-03-09")
    page.get_by_label("Contradicted").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("You and the dossier differ.")).to_be_visible()


@scene
def claim_graded_with_nothing(page: Page, server: LiveServer) -> None:
    page.goto("/article/claims/C01")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".error")).to_be_visible()


@scene
def home_for_a_guest_in_the_middle(page: Page, server: LiveServer) -> None:
    answer(page, fill=False)
    page.goto("/")


@scene
def sign_in_refused(page: Page, server: LiveServer) -> None:
    page.goto("/sign-in")
    page.get_by_label("Name").fill("nobody")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Please mend this first")).to_be_visible()


@scene
def register_refused_with_the_password_shown(page: Page, server: LiveServer) -> None:
    page.goto("/register")
    page.get_by_label("Name").fill("x" * 60)
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("main").get_by_role("button", name="Register").click()
    expect(page.get_by_text("Please mend this first")).to_be_visible()
    page.get_by_role("button", name="Show").click()


@scene
def account(page: Page, server: LiveServer) -> None:
    new_account(page)
    page.goto("/account")


@scene
def account_deletion_refused(page: Page, server: LiveServer) -> None:
    account(page, server)
    page.get_by_role("button", name="Delete account").click()
    expect(page.get_by_text("Please mend this first")).to_be_visible()


@scene
def password(page: Page, server: LiveServer) -> None:
    new_account(page)
    page.goto("/account/password")


@scene
def password_refused(page: Page, server: LiveServer) -> None:
    password(page, server)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Please mend this first")).to_be_visible()


@scene
def start_over(page: Page, server: LiveServer) -> None:
    answer(page, fill=False)
    page.goto("/start-over")


@scene
def merging(page: Page, server: LiveServer) -> None:
    name = new_account(page)
    page.context.clear_cookies()
    answer(page, fill=False)
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Keep your guest progress?")).to_be_visible()


@scene
def lesson_with_an_error(page: Page, server: LiveServer) -> None:
    page.goto("/lessons/01-a-costly-word")
    page.wait_for_load_state()
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator(".error")).to_be_visible()


@scene
def lesson_without_a_server(page: Page, server: LiveServer) -> None:
    page.goto("/lessons/01-a-costly-word")
    page.wait_for_load_state()
    page.route("**/checks/**", lose_posts)
    page.get_by_label("The fares of the day").check()
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_role("alert")).to_be_visible()


@scene
def lesson_answered_and_finished(page: Page, server: LiveServer) -> None:
    for path, section in (("01-a-costly-word", "#check-cost-guess"), ("01-a-costly-word", "#check-cost-check")):
        page.goto(f"/lessons/{path}")
        page.wait_for_load_state()
        page.locator(f"{section} input[type=radio]").last.check()
        page.locator(f"{section} button[type=submit]").click()
        expect(page.locator(f"{section} input")).to_have_count(0)
    page.get_by_label("Your three lines").fill("Words are free.\nFares are not.")
    page.get_by_role("button", name="Compare with ours").click()
    expect(page.get_by_text("Change yours")).to_be_visible()
    page.get_by_role("button", name="Finish lesson").click()
    page.goto("/lessons/01-a-costly-word")


@scene
def lesson_with_other_kinds_answered(page: Page, server: LiveServer) -> None:
    page.goto("/lessons/02-two-counts")
    page.wait_for_load_state()
    for slug in ("date-check", "count-check", "sort-check"):
        section = page.locator(f"#check-{slug}")
        for field in section.locator("input[type=text]").all():
            field.fill("as-of date")
        for box in section.locator("input[type=radio], input[type=checkbox]").all()[:1]:
            box.check()
        for move in section.get_by_role("button", name="Move down").all()[:1]:
            move.click()
        section.locator("button[type=submit]").click()
        expect(section.locator("button[type=submit]")).to_have_count(0)
        page.wait_for_load_state()


@scene
def progress(page: Page, server: LiveServer) -> None:
    hand_in(page, fill=True)
    page.goto("/progress")


@scene
def damaged_form(page: Page, server: LiveServer) -> None:
    page.goto("/device")
    page.locator("input[name=csrf_token]").evaluate("it => { it.value = 'damaged' }")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Error 400")).to_be_visible()
