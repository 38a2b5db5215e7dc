"""The pages for teachers in their states; those of the editor, the table and the printer have tests of their own."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from playwright.sync_api import Page, expect

from app.accounts.permissions import Role
from app.authoring.service import Author, comment_on, create_question, send_to_review
from app.boot import library
from app.db import transaction
from tests.authoring.making import changed, make_own, make_published, make_quiz
from tests.browser.scenes import SCENES, Scene, scene
from tests.browser.scenes_modes import SCENES as MODES
from tests.browser.server import LiveServer
from tests.factories import NOON, PASSWORD, make_user

assert MODES is SCENES
__all__ = ["SCENES"]  # now with those of this file

TEACHER = "Scena"
GIFT = """$CATEGORY: Harbour
::Flag:: Which signal asks for help? {=An *upside-down* flag ~A clean flag#It says nothing. ~A ladder}
::Log:: Which line of the log is the newest? {~The first ~The last}
::Note:: A text without answers.
"""
TABLE = "Frage;Richtig;Falsch 1;Falsch 2\nWhich flag asks for help?;The upside-down one;The clean one;None\n"


@cache
def _made(server: LiveServer) -> None:
    """What the pages show, once for each server: a teacher with drafts, questions and quizzes, and a colleague."""
    with server.app.test_request_context(), transaction() as session:
        tess = make_user(session, TEACHER, role=Role.TEACHER)
        tom = make_user(session, f"{TEACHER}s colleague", role=Role.TEACHER)
        make_published(session, tess, changed(tags=["ferry"]), slug="own-scene-published")
        make_own(session, tess, changed(stem="Half a question?", options=[]), slug="own-scene-draft")
        kept = create_question(session, Author.of(tess), {"stem": "Log"}, slug="own-scene-kept", lesson="", now=NOON)
        kept.source_text = "::Log:: Which line is the newest? {~The first ~The last}"
        theirs = make_own(session, tom, changed(stem="What is asked of me?"), slug="own-scene-theirs")
        send_to_review(session, theirs, Author.of(tom), note="Is the key right?", now=NOON)
        comment_on(session, "own-scene-published", Author.of(tom), "The feedback is long.", now=NOON)
        make_quiz(session, tess, "own-scene-published", slug="own-quiz-scene-open", pass_mark=60, minutes=20)
        drawn: Any = [{"objective": library().course.objectives[0].id, "count": 30}]
        make_quiz(session, tess, slug="own-quiz-scene-drawn", status="draft", draw=drawn)


def teach(page: Page, server: LiveServer, path: str = "/") -> None:
    """Open a page as the teacher."""
    _made(server)
    sign_in(page, TEACHER)
    page.goto(f"/teach{path}")


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


def _page(path: str) -> Scene:
    return lambda page, server: teach(page, server, path)


for _name, _path in {
    "teach_with_what_waits": "/",
    "teach_question_of_a_file": "/questions/word-or-deed",
    "teach_question_of_a_colleague": "/questions/own-scene-theirs",
    "teach_question_that_is_not_whole": "/questions/own-scene-draft",
    "teach_question_kept_as_text": "/questions/own-scene-kept",
    "teach_import": "/import",
    "teach_export": "/export",
    "teach_quizzes": "/quizzes",
    "teach_quiz_open": "/quizzes/own-quiz-scene-open",
    "teach_quiz_that_draws": "/quizzes/own-quiz-scene-drawn",
    "teach_quiz_settings": "/quizzes/own-quiz-scene-open/edit",
    "teach_quiz_as_a_learner": "/quizzes/own-quiz-scene-open/preview",
    "teach_quiz_picking": "/quizzes/own-quiz-scene-open/pick",
    "teach_quiz_picking_nothing": "/quizzes/own-quiz-scene-open/pick?q=nothing-like-this",
}.items():
    SCENES[_name] = _page(_path)


@scene
def teach_by_an_invitation_for_the_first_time(page: Page, server: LiveServer) -> None:
    invite(page, server)
    link = page.get_by_label("The link").input_value()
    page.context.clear_cookies()
    page.goto(link)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("Please mend this first")).to_be_visible()


@scene
def teach_people_with_a_new_invitation(page: Page, server: LiveServer) -> None:
    invite(page, server)


def invite(page: Page, server: LiveServer) -> None:
    teach(page, server, "/people")
    page.get_by_label("For whom").fill("Ms Okoro, history")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", name="The invitation is ready")).to_be_visible()


@scene
def teach_import_refused(page: Page, server: LiveServer) -> None:
    bring(page, server, "not-a-table.pdf", "%PDF-1.7")
    expect(page.locator("#file-error")).to_be_visible()


@scene
def teach_import_looked_at(page: Page, server: LiveServer) -> None:
    bring(page, server, "harbour.gift", GIFT)
    for folded in page.locator(".entries details").all():
        folded.evaluate("it => { it.open = true }")
    expect(page.locator(".entry.is-refuse")).to_have_count(1)


@scene
def teach_import_of_a_table(page: Page, server: LiveServer) -> None:
    bring(page, server, "fragen.csv", TABLE)
    expect(page.get_by_text("What the columns mean")).to_be_visible()
    page.locator(".columns-choice").evaluate("it => { it.open = true }")


@scene
def teach_import_done(page: Page, server: LiveServer) -> None:
    bring(page, server, "harbour.gift", GIFT)
    page.get_by_role("button", name="Import what is ticked").click()
    expect(page.get_by_text(re.compile("^Imported:"))).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text(re.compile("^Undone for"))).to_be_visible()


def bring(page: Page, server: LiveServer, name: str, text: str) -> None:
    teach(page, server, "/import")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Read the file").click()


@scene
def teach_export_that_loses_something(page: Page, server: LiveServer) -> None:
    teach(page, server, "/export")
    page.get_by_role("radio", name=re.compile("^Aiken")).check()
    page.get_by_role("button", name="Make the file").click()
    expect(page.get_by_role("button", name="Download it all the same")).to_be_visible()


@scene
def teach_quiz_without_a_title(page: Page, server: LiveServer) -> None:
    teach(page, server, "/quizzes/new")
    page.get_by_label("Minutes").fill("soon")
    page.get_by_role("button", name="Go on to the questions").click()
    expect(page.locator(".notes .is-error").first).to_be_visible()
