"""The pictures of the teachers' pages, for docs/teachers.md: a teacher works through them, as the guide tells it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from app.accounts import service as accounts
from app.authoring.queries import own_quiz
from app.boot import library
from app.clock import utc_now
from app.db import transaction
from app.learning.service import begin_attempt, hand_in
from app.questions.draw import shown_order
from app.questions.types import TYPES
from app.quiz.models import Attempt
from app.quiz.service import new_id, save_answer

PASSWORD = "three short words"  # noqa: S105  of accounts that end with the pictures
FILE = """// Question bank of the history department
$CATEGORY: Year 9/Sources

::Newest line::Which line of a page that is kept up to date is the newest? {
=The line with the latest as-of date ~The last line of the page#Updates are often put on top.
~The headline#It keeps its wording for search engines.}

::Two counts::Two reports of one night give 15 and 16 missiles. What do you write? {
~The mean ~The higher one =Both, each with who counted}

::Owner::Who stands behind “officials said”? {~Nobody ~The reporter ~The government}

::Days::After how many days was the first injury announced? {#8:0}
"""
QUESTION = "A page says “Updated 5 March”. Which of these must be true?"
OPTIONS = (
    ("Every figure on it was checked on 5 March", "The line names no check; one comma would do."),
    ("It was saved again on 5 March", "That is all that such a line promises."),
    ("Its figures are as known on 5 March", "That would need an as-of date at the figures."),
)
QUIZ = "Friday: how old is this figure?"
ODD = 4
DESK: ViewportSize = {"width": 1280, "height": 860}
LEARNERS = ("Ada", "Ben", "Chika", "Dana", "Emre", "Finn", "Gita", "Hana")


@dataclass(frozen=True)
class Picture:
    """A picture: its name, what the teacher does to get there, and how much of the page is shown, from the top."""

    name: str
    go: Callable[[Page], None]
    height: int


def join(page: Page) -> None:
    """Make the first teacher's account."""
    page.get_by_label("Name").fill("Ms Okoro")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.get_by_role("heading", name="Teach", exact=True).wait_for()


def bring(page: Page) -> None:
    """A file before it is imported."""
    page.goto("/teach/import")
    file = {"name": "sources-year-9.gift", "mimeType": "text/plain", "buffer": FILE.encode()}
    page.get_by_label("File", exact=True).set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read the file").click()
    page.get_by_text("As it will look").first.click()


def store(page: Page) -> None:
    """The file imported, its questions ready to be asked, and the bank."""
    page.get_by_label("Ready to be asked at once").check()
    page.get_by_role("button", name="Import what is ticked").click()
    page.goto("/teach/questions")


def write(page: Page) -> None:
    """A question in the editor, its feedback still missing in part."""
    page.goto("/teach/questions/new")
    page.get_by_role("button", name="Single choice").click()
    page.wait_for_url("**/edit")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Question", exact=True).fill(QUESTION)
    for number, (words, why) in enumerate(OPTIONS):
        row = page.locator(f"#f-options-{number}")
        row.get_by_label("Text", exact=True).fill(words)
        row.get_by_label("Feedback").fill(why if number != 1 else "")
    page.locator("#f-options-1").get_by_label("Right answer").check()
    save(page)


def save(page: Page) -> None:
    """Leave the field, and wait until it is saved and what is to be said stands beside it."""
    page.get_by_label("Question", exact=True).blur()
    page.locator("[data-saved][data-state=saved]").wait_for()
    page.wait_for_load_state("networkidle")
    page.reload()


def publish_again(page: Page) -> None:
    """The question published, its words changed, and the page that asks what that means."""
    edit = page.url.split("#")[0].split("?")[0]
    page.goto(edit.replace("/edit", "/publish"))
    page.get_by_role("button", name="Publish").click()
    page.goto(edit)
    page.get_by_label("Question", exact=True).fill(QUESTION.replace("must be", "is certainly"))
    save(page)
    page.goto(edit.replace("/edit", "/publish"))


def make_quiz(page: Page) -> None:
    """A quiz of eight questions, open."""
    page.goto("/teach/quizzes/new")
    page.get_by_label("Title").fill(QUIZ)
    page.get_by_role("button", name="Go on to the questions").click()
    quiz = page.url.split("?")[0]
    for words, most in (("page", 4), ("count", 4)):
        page.goto(f"{quiz}/pick?q={words}&kind=single_choice")
        for box in page.locator("[name=slug]:not([disabled])").all()[:most]:
            box.check()
        page.get_by_role("button", name="Add what is ticked").click()
    page.get_by_role("button", name="Open it").click()


def results(app: Flask) -> Callable[[Page], None]:
    """The results once learners of different ability have taken the quiz."""

    def go(page: Page) -> None:
        slug = page.url.rsplit("/", 1)[1].split("#")[0].split("?")[0]
        chance = random.Random(5)  # noqa: S311  the same pictures each time
        with app.test_request_context():
            for place, name in enumerate(LEARNERS):
                sit(slug, name, 0.95 - place * 0.1, chance, timedelta(minutes=4 + place * 2))
        page.goto(f"/teach/quizzes/{slug}/results")

    return go


def sit(slug: str, name: str, ability: float, chance: random.Random, took: timedelta) -> None:
    """One learner's attempt."""
    with transaction() as session:
        user = accounts.register(session, name, PASSWORD, now=utc_now())
        quiz = library().quizzes[own_quiz(session, slug).slug]
        attempt = begin_attempt(session, user, quiz, library(), seed=7, now=utc_now() - took)
        for slot in list(attempt.slots):
            drawn = chance.random()
            # One question goes wrong for those who know more, as one with a trap does.
            chances = 1 - ability if slot.position == ODD else ability
            raw = {"dont_know": ["1"]} if drawn > 0.97 else answered(attempt, slot.position, drawn < chances)
            save_answer(
                session,
                attempt.id,
                slot.position,
                raw,
                user_id=user.id,
                answer_id=new_id(),
                tab=new_id(),
                counter=slot.position,
                now=utc_now(),
            )
        session.flush()
        hand_in(session, attempt, now=utc_now())


def answered(attempt: Attempt, position: int, is_right: bool) -> dict[str, list[str]]:
    """The fields of a right or a wrong answer to a question."""
    question = library().questions[next(it.question for it in attempt.slots if it.position == position)]
    kind = TYPES[question.kind]
    fitting = [it for it in kind.samples(question.body) if it.response and it.score in (1.0 if is_right else 0.0, None)]
    order = shown_order(question, seed=attempt.seed, position=position)
    return {name: list(values) for name, values in kind.fill(question.body, fitting[0].response, order).items()}


def visit(path: str) -> Callable[[Page], None]:
    """Open a path."""
    return lambda page: page.goto(path) and None


def beside(ending: str) -> Callable[[Page], None]:
    """Open a page of the same quiz."""
    return lambda page: page.goto(page.url.rsplit("/", 1)[0] + ending) and None


def pictures(app: Flask) -> tuple[Picture, ...]:
    """All pictures, each going on from where the one before left the page."""
    return (
        Picture("teach-start", join, 690),
        Picture("teach-import", bring, 1000),
        Picture("teach-questions", store, 700),
        Picture("teach-kinds", visit("/teach/questions/new"), 1010),
        Picture("teach-editor", write, 1000),
        Picture("teach-publish", publish_again, 800),
        Picture("teach-quiz", make_quiz, 900),
        Picture("teach-results", results(app), 1190),
        Picture("teach-print", beside("/print"), 960),
        Picture("teach-export", visit("/teach/export"), 1270),
        Picture("teach-people", visit("/teach/people"), 760),
    )


def take(browser: Browser, app: Flask, base: str, folder: Path, sheets: Path) -> None:
    """Take them all in light at a desk; whole pages go to `sheets`, in a phone's width and dark as well."""
    with app.test_request_context(), transaction() as session:
        token = accounts.first_teacher_token(session, now=utc_now())
    context = browser.new_context(base_url=base, color_scheme="light", reduced_motion="reduce", viewport=DESK)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"/join/{token}")
    for picture in pictures(app):
        picture.go(page)
        page.wait_for_load_state("networkidle")
        page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
        file = folder / f"{picture.name}.png"
        page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": 1280, "height": picture.height})
        make_small(file)
        page.screenshot(path=sheets / f"{picture.name}-light.png", full_page=True)
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=sheets / f"{picture.name}-dark.png", full_page=True)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 390, "height": 844})
        page.screenshot(path=sheets / f"{picture.name}-phone.png", full_page=True)
        page.set_viewport_size(DESK)
    context.close()


def make_small(file: Path) -> None:
    """Keep a picture in 128 colours: a page has few, and the file is a third of the size."""
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)
