"""A teacher's first hour, from the link that the server prints to results and back home, without touching a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from app.accounts.permissions import Role
from app.db import transaction
from app.questions.types import TYPES
from tests.browser.complaints import Complaints
from tests.browser.conftest import DESK, PATIENCE
from tests.browser.server import LiveServer
from tests.browser.teaching import Forms, Keyboard, Served
from tests.factories import PASSWORD, make_user
from tests.web.teach.test_editor_kinds import STEM, WRITTEN
from tests.web.teach.writing import named

GIFT = """// Written in another system
$CATEGORY: Harbour

::Flag:: Which signal asks for help? {=An upside-down flag ~A clean flag#It says nothing. ~A lowered ladder}

::Lamps:: How many lamps does the pilot boat show? {#2:0}

::Log:: Which line of the log is the newest? {~The first ~The middle ~The last}

::Ships:: How many ships lay in port? {#many}

::Tower:: Which tower writes the log? {=North ~South

::Whistle:: The whistle is blown before the ship turns. {T}
"""
BY_KEYBOARD = ("single_choice", "numeric", "short_answer")
QUIZ = "Harbour signals"
# Words of a question → right answer, wrong answer.
ASKED = {
    "Which line of the log is the newest?": ("The last", "The first"),
    "What does a clean flag say?": ("Nothing", "Help"),
    "How many ships lay in port?": ("12", "3"),
    "Who writes the log?": ("the pilot", "nobody"),
}
ABILITIES = {"Ada": 4, "Ben": 2, "Cleo": 0}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that has just been started on an empty folder."""
    found = Served(tmp_path_factory.mktemp("first-hour") / "data")
    yield found
    found.stop()


@pytest.fixture
def desk(browser: Browser, served: Served, complaints: Complaints) -> Iterator[Callable[[], Page]]:
    """A function that makes a page on a device of its own, at that server."""
    made: list[BrowserContext] = []

    def make() -> Page:
        context = browser.new_context(base_url=served.url, viewport=DESK, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        complaints.watch(context)
        made.append(context)
        return context.new_page()

    yield make
    for context in made:
        context.close()


def row(page: Page, number: int, rows: str = "options") -> Locator:
    """A row of the editor, from 1."""
    return page.locator(f"#f-{rows}-{number - 1}")


def join(keys: Keyboard, served: Served) -> None:
    """The link, and an account."""
    keys.page.goto(served.link)
    keys.type("Name", "Tess")
    keys.type("Password", PASSWORD)
    keys.press("Make the account")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Teach")


def bring(keys: Keyboard) -> None:
    """A file of which three entries are bad; what is good comes in, and the text of one that is not."""
    page = keys.page
    keys.press("Import a file")
    file = page.get_by_label("File", exact=True)
    keys.choose_file(file, {"name": "harbour.gift", "mimeType": "text/plain", "buffer": GIFT.encode()})
    keys.press("Read the file")
    expect(page.locator(".entry.is-refuse")).to_have_count(3)
    expect(page.locator(".entry.is-new")).to_have_count(3)
    expect(page.get_by_text("The answers begin with “{” and have no “}” at their end.")).to_be_visible()
    keys.tick(page.get_by_label("Keep its text as a draft, to mend it here: Log"))
    keys.press("Import what is ticked")
    expect(page.get_by_text("Imported: 3 as drafts, 1 kept as source text.")).to_be_visible()


def mend(keys: Keyboard) -> None:
    """The question whose text was kept, written anew beside it."""
    page = keys.page
    keys.press("Overview", page.get_by_role("navigation", name="Teach"))
    keys.press(re.compile("^Log"))
    keys.press("Edit")
    expect(page.get_by_text("~The middle ~The last")).to_be_visible()
    keys.press(re.compile("^Single choice"))
    write_choice(keys, "Which line of the log is the newest?", "The first", "The middle", "The last")
    publish(keys)


def write_choice(keys: Keyboard, stem: str, *options: str) -> None:
    """A single choice whose last option is right."""
    page = keys.page
    keys.type("Question", stem)
    for number, words in enumerate(options, 1):
        keys.type_at(row(page, number).get_by_label("Text", exact=True), words)
    keys.tick(row(page, len(options)).get_by_label("Right answer"))


def publish(keys: Keyboard) -> None:
    """Leave the editor and publish."""
    page = keys.page
    keys.press("Done")
    keys.press("Publish")
    page.wait_for_url("**/publish")
    keys.press("Publish")
    expect(page.get_by_text("Published. Learners are asked it from now on.")).to_be_visible()


def begin(keys: Keyboard, kind: str) -> None:
    """A new question of a kind."""
    keys.press("Questions", keys.page.get_by_role("navigation", name="Teach"))
    keys.press("Write a question")
    keys.press(re.compile(f"^{TYPES[kind].label}"))
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("New question")


def write_three(keys: Keyboard) -> None:
    """A choice, a number and a short answer."""
    page = keys.page
    begin(keys, "single_choice")
    write_choice(keys, "What does a clean flag say?", "Help", "Danger", "Nothing")
    publish(keys)
    begin(keys, "numeric")
    keys.type("Question", "How many ships lay in port?")
    keys.type("The right number", "12")
    publish(keys)
    begin(keys, "short_answer")
    keys.type("Question", "Who writes the log?")
    keys.type_at(row(page, 1, "accept").get_by_label("Answer", exact=True), "the pilot")
    keys.press("Remove accepted answer 2")
    publish(keys)


def write_the_others(page: Page) -> None:
    """One question of each other kind, by forms without a script."""
    forms = Forms(page.context.request, page.url)
    for kind in TYPES:
        if kind in BY_KEYBOARD:
            continue
        forms.open("/teach/questions/new")
        forms.press(TYPES[kind].label)
        for fields in (STEM, *WRITTEN[kind][0]):
            forms.press("Save", named(fields))
        forms.open(forms.url.replace("/edit", "/publish"))
        forms.press("Publish")
        assert "Published." in forms.tree.text


def make_quiz(keys: Keyboard) -> str:
    """A quiz of the questions that were typed; its link."""
    page = keys.page
    keys.press("Quizzes", page.get_by_role("navigation", name="Teach"))
    keys.press("Make a quiz")
    keys.type("Title", QUIZ)
    keys.press("Go on to the questions")
    keys.press("Pick questions")
    for stem in ASKED:
        keys.tick(page.get_by_role("checkbox", name=re.compile(re.escape(stem))))
    keys.press("Add what is ticked")
    expect(page.locator(".picked > li")).to_have_count(len(ASKED))
    keys.press("Open it")
    return page.get_by_label("Link", exact=True).input_value()


def take(keys: Keyboard, name: str, link: str) -> None:
    """A learner registers, opens the link and takes the quiz; the first `ABILITIES` answers are right."""
    page = keys.page
    page.goto("/register")
    keys.type("Name", name)
    keys.type("Password", PASSWORD)
    keys.press("Register")
    expect(page.get_by_text("Welcome.")).to_be_visible()
    page.goto(link)
    keys.press("Start the quiz")
    for position in range(1, len(ASKED) + 1):
        expect(page.locator(f'form[data-position="{position}"]')).to_be_visible()
        answer(keys, position, ABILITIES[name])
    keys.press("Hand in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your result")


def answer(keys: Keyboard, position: int, ability: int) -> None:
    """Answer the question that is open."""
    page = keys.page
    if not ability:
        keys.press("I don't know")
        return
    stem = next(words for words in ASKED if page.get_by_text(words).count())
    words = ASKED[stem][0 if position <= ability else 1]
    options = page.locator("[data-options]")
    if options.count():
        keys.choose_radio(options, options.get_by_label(words, exact=True))
    else:
        keys.type_at(page.locator(".answer-form input[type=text]").first, words)
    keys.press("Save and continue")


def see_results(keys: Keyboard) -> None:
    """The learners stand apart."""
    page = keys.page
    page.reload()
    keys.press("Results")
    expect(page.get_by_text(re.compile(r"3 learners have handed in, on average with 50\s?%\."))).to_be_visible()
    sign = "all => all.map((it) => it.className.replace(/.*is-/, ''))"
    rows = {name: page.get_by_role("row", name=re.compile(name)).locator(".cell") for name in ABILITIES}
    assert {name: cells.evaluate_all(sign) for name, cells in rows.items()} == {
        "Ada": ["right"] * 4,
        "Ben": ["right", "right", "wrong", "wrong"],
        "Cleo": ["dont_know"] * 4,
    }
    keys.press("Ben")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ben")
    expect(page.get_by_role("main")).to_contain_text("2 of 4")


def take_home(keys: Keyboard, folder: Path) -> None:
    """All that was written goes out as a table and comes in again: it is here already, and nothing doubles."""
    page = keys.page
    keys.press("Export", page.get_by_role("navigation", name="Teach"))
    keys.choose(page.get_by_label("From"), "What was written here")
    keys.choose_radio(page.locator(".format-choices"), page.get_by_role("radio", name=re.compile("^Table")))
    with page.expect_download() as download:
        keys.press("Make the file")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    before = how_many(keys)
    keys.press("Import", page.get_by_role("navigation", name="Teach"))
    keys.choose_file(page.get_by_label("File", exact=True), file)
    keys.press("Read the file")
    expect(page.locator(".entry.is-same")).to_have_count(len(TYPES) + 1)
    expect(page.locator(".entry")).to_have_count(len(TYPES) + 1)
    keys.press("Import what is ticked")
    expect(page.get_by_text("Nothing is ticked.")).to_be_visible()
    assert how_many(keys) == before == 17


def how_many(keys: Keyboard) -> int:
    """How many questions of hers the bank has."""
    keys.page.goto("/teach/questions?owner=Tess")
    found = re.search(r"\d+", keys.page.locator(".bank-count").inner_text())
    assert found
    return int(found[0])


def test_from_the_link_to_results_and_home_again_by_keyboard(
    desk: Callable[[], Page], served: Served, tmp_path: Path
) -> None:
    tess = Keyboard(desk())
    join(tess, served)
    bring(tess)
    mend(tess)
    write_three(tess)
    write_the_others(tess.page)
    link = make_quiz(tess)
    for name in ABILITIES:
        take(Keyboard(desk()), name, link)
    see_results(tess)
    take_home(tess, tmp_path)


@pytest.fixture
def bare_editor(
    device: Callable[..., BrowserContext], server: LiveServer, sign_in: Callable[[Page, str], None]
) -> Page:
    """A single choice just begun, in a browser without scripts."""
    with server.app.app_context(), transaction() as session:
        make_user(session, "Bare Tess", role=Role.TEACHER)
    page = device(java_script_enabled=False).new_page()
    sign_in(page, "Bare Tess")
    page.goto("/teach/questions/new")
    page.get_by_role("button", name="Single choice").click()
    return page


def test_without_a_script_four_options_are_written_moved_tried_and_published(bare_editor: Page) -> None:
    page = bare_editor
    page.get_by_role("button", name="Add an option").click()
    page.get_by_role("button", name="Add an option").click()
    for number, words in enumerate(("Danger", "Help", "Farewell", "Nothing", "One too many"), 1):
        row(page, number).get_by_label("Text", exact=True).fill(words)
    row(page, 4).get_by_label("Right answer").check()
    page.get_by_label("Question", exact=True).fill("What does a clean flag say?")
    page.get_by_role("button", name="Move option 4 up").click()
    page.get_by_role("button", name="Remove option 5").click()
    expect(page.get_by_text("The row was removed.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(row(page, 5).get_by_label("Text", exact=True)).to_have_value("One too many")
    page.get_by_role("button", name="Remove option 5").click()
    page.get_by_role("link", name="Try it out").click()
    labels = page.locator("[data-options] label")
    expect(labels).to_have_count(4)
    page.get_by_label("Nothing", exact=True).check()
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_text("Right. You chose this.")).to_be_visible()
    page.goto(re.sub("/preview.*", "/publish", page.url))
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. Learners are asked it from now on.")).to_be_visible()
    shown = page.locator(".with-key").inner_text()
    assert re.findall("Danger|Help|Nothing|Farewell|One too many", shown)[:4] == [
        "Danger",
        "Help",
        "Nothing",
        "Farewell",
    ]
