"""Pictures of every page: `make screenshots`.

Writes the pictures that README and docs show to docs/pictures/, and a contact sheet of every page in light,
dark and 390 px to .screenshots/ to look through. Runs its own server on a fresh data folder.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import screenshots_teach
from flask import Flask
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright
from waitress import create_server

from app import create_app
from app.config import read_settings

ROOT = Path(__file__).resolve().parent
PICTURES = ROOT / "pictures"
SHEETS = ROOT.parent / ".screenshots"
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 860}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 860}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
LESSON = "/lessons/11-a-number-that-kept-changing"
# Shown in the README: page name → file.
KEPT = {"home-begun": "home.png", "question": "question.png"}


@dataclass(frozen=True)
class Shot:
    """A page in one state: its name, and what a learner does to get there."""

    name: str
    go: Callable[[Page, str], None]


def visit(path: str) -> Callable[[Page, str], None]:
    """Open a path."""
    return lambda page, base: page.goto(base + path)  # type: ignore[return-value]


def start_quiz(page: Page, base: str) -> None:
    """Start or go on with the quiz."""
    page.goto(base + "/quizzes/check-11")
    page.get_by_role("button", name="quiz").or_(page.get_by_role("button", name="attempt")).first.click()
    page.locator("form[data-answer]").wait_for()


def answer(page: Page) -> None:
    """Answer the question on the page, whatever its kind, with whatever comes first."""
    form = page.locator("form[data-answer]")
    radios = form.locator("input[type=radio]:not([name=confidence])")
    for name in dict.fromkeys(radios.evaluate_all("all => all.map((it) => it.name)")):
        form.locator(f"input[type=radio][name={name}]").first.check()
    if form.locator("input[type=checkbox][name=choice]").count():
        form.locator("input[type=checkbox][name=choice]").first.check()
    for place, select in enumerate(form.locator("select").all(), 1):
        # Places of an ordering differ; any list has an entry after the blank one.
        order = (select.get_attribute("name") or "").startswith("place-")
        select.select_option(index=place if order else min(place, select.locator("option").count() - 1))
    for field in form.locator("input[type=text], textarea").all():
        field.fill("1" if field.get_attribute("inputmode") == "decimal" else "correction")


def answer_all(page: Page, base: str) -> None:
    """Answer every question and stop at the review."""
    start_quiz(page, base)
    while page.locator("form[data-answer]").count():
        answer(page)
        at = page.url
        page.get_by_role("button", name="Save and continue").click()
        page.wait_for_url(lambda url, at=at: url != at)


def filled(page: Page, base: str) -> None:
    """A question that is answered."""
    start_quiz(page, base)
    first = page.url.rsplit("/", 1)[0] + "/1"
    page.goto(first)
    answer(page)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/2")
    page.goto(first)


def kind(name: str) -> Callable[[Page, str], None]:
    """The first question of a shape (choice, order, text) in the open attempt, empty."""

    def go(page: Page, base: str) -> None:
        start_quiz(page, base)
        stem = page.url.rsplit("/", 1)[0]
        for position in range(1, 7):
            page.goto(f"{stem}/{position}")
            if page.locator({"order": "[data-order]", "text": "[name=text]", "many": "[type=checkbox]"}[name]).count():
                return

    return go


def hand_in(page: Page, base: str) -> None:
    """Hand in and see the result."""
    answer_all(page, base)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("heading", name="Your result").wait_for()


def check_lesson(page: Page, base: str) -> None:
    """A lesson with a self-check answered."""
    page.goto(base + LESSON)
    form = page.locator("section.check form").first
    field = form.locator("[name=text], [name=choice]").first
    if field.get_attribute("type") in ("radio", "checkbox"):
        field.check()
    else:
        field.fill("correction")
    form.get_by_role("button").click()
    page.get_by_text("answered").first.wait_for()


def sign_in_wrong(page: Page, base: str) -> None:
    """A sign-in that fails."""
    page.goto(base + "/sign-in")
    page.get_by_label("Name").fill("mina")
    page.get_by_label("Password", exact=True).fill("wrong word")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("do not fit").first.wait_for()


def register(page: Page, base: str) -> None:
    """Become somebody and open the account page."""
    page.goto(base + "/register")
    page.get_by_label("Name").fill(f"mina {len(page.context.pages)}{id(page) % 9973}")
    page.get_by_label("Password", exact=True).fill("three short words")
    page.get_by_role("button", name="Keep my progress").or_(page.get_by_role("button", name="Register")).first.click()
    page.goto(base + "/account")


SHOTS = (
    Shot("home", visit("/")),
    Shot("lesson", visit(LESSON)),
    Shot("article", visit("/article")),
    Shot("progress-empty", visit("/progress")),
    Shot("sign-in", visit("/sign-in")),
    Shot("sign-in-wrong", sign_in_wrong),
    Shot("register", visit("/register")),
    Shot("device", visit("/device")),
    Shot("about", visit("/about")),
    Shot("privacy", visit("/privacy")),
    Shot("not-found", visit("/nowhere")),
    Shot("quiz-start", visit("/quizzes/check-11")),
    Shot("question-empty", start_quiz),
    Shot("question", filled),
    Shot("question-order", kind("order")),
    Shot("question-text", kind("text")),
    Shot("question-many", kind("many")),
    Shot("lesson-checked", check_lesson),
    Shot("home-begun", visit("/")),
    Shot("review", answer_all),
    Shot("result", hand_in),
    Shot("quiz-again", visit("/quizzes/check-11")),
    Shot("progress", visit("/progress")),
    Shot("start-over", visit("/start-over")),
    Shot("account", register),
    Shot("password", visit("/account/password")),
)


@contextmanager
def server() -> Iterator[tuple[Flask, str]]:
    """A server on a free port and a fresh data folder, and its address."""
    with tempfile.TemporaryDirectory() as data:
        app = create_app(read_settings({}, data=Path(data)))
        running = create_server(app, host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=running.run, daemon=True)
        thread.start()
        try:
            yield app, f"http://127.0.0.1:{running.effective_port}"
        finally:
            running.close()


def find_browser() -> str:
    """The system's Chromium. Raises SystemExit that names the command when there is none."""
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and (found := shutil.which(name)):
            return found
    raise SystemExit("No Chromium found. Install it, for example with: sudo apt-get install chromium")


def take(browser: Browser, base: str, look: str, only: set[str]) -> None:
    """All pages in one look."""
    context = browser.new_context(**LOOKS[look])  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(20_000)
    for shot in SHOTS:
        shot.go(page, base)
        page.wait_for_load_state("networkidle")
        if only and shot.name not in only:
            continue
        page.screenshot(path=SHEETS / f"{shot.name}-{look}.png", full_page=True)
        if look == "light" and shot.name in KEPT:
            page.screenshot(path=PICTURES / KEPT[shot.name])
    context.close()


def contact_sheet(look: str) -> None:
    """All pictures of one look on one sheet, small."""
    width, height, columns = (300, 420, 5)
    files = [SHEETS / f"{shot.name}-{look}.png" for shot in SHOTS]
    files = [file for file in files if file.is_file()]
    rows = -(-len(files) // columns)
    sheet = Image.new("RGB", (columns * (width + 12) + 12, rows * (height + 34) + 12), "#808080")
    draw = ImageDraw.Draw(sheet)
    for number, file in enumerate(files):
        left, top = 12 + number % columns * (width + 12), 12 + number // columns * (height + 34)
        with Image.open(file) as picture:
            scaled = picture.convert("RGB").resize((width, max(1, picture.height * width // picture.width)))
        sheet.paste(scaled.crop((0, 0, width, min(height, scaled.height))), (left, top + 20))
        draw.text((left, top + 4), file.stem, fill="white")
    sheet.save(SHEETS / f"sheet-{look}.png")


def main(only: set[str]) -> None:
    """Take all pictures; with names, those pages only; “teach” stands for those of the teachers' pages."""
    SHEETS.mkdir(exist_ok=True)
    PICTURES.mkdir(exist_ok=True)
    flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    flags += [
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    with server() as (app, base), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_browser(), args=flags)
        if not only or "teach" in only:
            screenshots_teach.take(browser, app, base, PICTURES, SHEETS)
        for look in LOOKS if only != {"teach"} else ():
            take(browser, base, look, only)
            contact_sheet(look)
        browser.close()
    sys.stdout.write(f"Pictures are in {PICTURES} and {SHEETS}.\n")


if __name__ == "__main__":
    main(set(sys.argv[1:]))
