"""Nothing that is served before an answer is in may tell what the answer is.

Every question of a course gets markers of its own, words that stand nowhere else: one sort for what a learner may
see (the text of an option), another for what would give the answer away (the key's id, feedback, explanation,
misconceptions, accepted wordings, evidence). Then all of it is walked through, and every byte is looked at.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from flask import Flask
from sqlalchemy.orm import Session

from app.boot import bare_app, course_problems, open_course
from app.config import Settings
from app.db import db
from app.library.model import Library
from app.questions.types import TYPES
from tests.rules.markers import BANKS, SECRET, SHOWN, Listener, Markers
from tests.support.course import copy_course
from tests.web.markup import Element
from tests.web.tour import GUESS, UNREADABLE
from tests.web.visiting import answer_fields

LESSONS = [path.removeprefix("questions/").removesuffix(".yaml") for path in BANKS]


@pytest.fixture(scope="module")
def marked_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course with markers in every question."""
    folder = copy_course(tmp_path_factory.mktemp("marked"))
    markers = Markers()
    for bank in BANKS:
        data = yaml.safe_load((folder / bank).read_text())
        for question in data["questions"]:
            markers.question(question)
        (folder / bank).write_text(yaml.safe_dump(data, allow_unicode=True))
    return folder


@pytest.fixture
def marked(empty_settings: Settings, marked_course: Path) -> Iterator[Flask]:
    """An application that serves the marked course, whole."""
    from app.web.factory import create_app

    settings = replace(empty_settings, course=(marked_course,))
    bare = bare_app(settings)
    open_course(bare)
    with bare.app_context():
        assert course_problems() == []
        db.engine.dispose()
    app = create_app(settings=settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def course(marked: Flask) -> Library:
    """The marked course as loaded."""
    found: Library = marked.extensions["offramp"]["library"]
    return found


def common_pages(browser: Listener) -> None:
    """Whatever does not belong to one question."""
    tree = browser.open("/").tree
    for it in tree.all("link", "script", "use"):
        browser.client.get((it.attrs.get("href") or it.attrs["src"]).split("#")[0])
    for path in (
        "/article",
        "/progress",
        "/about",
        "/form-token",
        "/readyz",
        "/quizzes/mixed",
        "/quizzes/across",
    ):
        browser.open(path)


def unmarked(element: Element) -> str:
    """An element's markup without its words and with every number made the same."""
    inner = "".join(unmarked(it) for it in element.pieces if isinstance(it, Element))
    attrs = " ".join(f"{name}={value}" for name, value in sorted(element.attrs.items()))
    return re.sub(r"\d+", "0", f"<{element.tag} {attrs}>{inner}</{element.tag}>")


def check_options_alike(page: Element, course: Library, slug: str, body: str) -> None:
    """Each option stands once on the page, in the same markup as its neighbours, numbered as shown.

    The options of a matching stand once in the list of each prompt.
    """
    asked = course.questions[slug].body
    names = ("options", "elements", "reasons", "sentences")
    parts = next((getattr(asked, name) for name in names if hasattr(asked, name)), ())
    places = []
    for part in parts:
        marker = part.text.split()[-1]
        assert body.count(marker) == len(getattr(asked, "prompts", [part])), marker
        element = next(it for it in page.all("label", "li", "option", "dd", "p") if marker in it.text)
        places.append((body.index(marker), element))
    places.sort(key=lambda place: place[0])
    assert len({unmarked(element) for _, element in places}) <= 1
    values = [it.attrs["value"] for _, element in places for it in element.all("input")]
    assert values == [str(number) for number in range(1, len(values) + 1)]


def slugs_of(app: Flask, attempt: uuid.UUID) -> list[str]:
    """The questions of an attempt, in order."""
    from app.quiz.models import Attempt

    with app.app_context():
        session: Session = db.session()
        return [slot.question for slot in session.get_one(Attempt, attempt).slots]


def test_the_marked_course_has_every_kind_in_lessons_and_in_quizzes(course: Library) -> None:
    for use in ("lesson", "practice"):
        kinds = {question.kind for question in course.questions.values() if question.head.use == use}
        assert kinds == set(TYPES), f"add a question of each kind with use: {use} to tests/data/course"


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_tells_nothing_before_its_checks_are_answered(marked: Flask, course: Library, lesson: str) -> None:
    browser = Listener(marked)
    common_pages(browser)
    page = browser.open(f"/lessons/{lesson}")
    for slug in course.lessons[lesson].checks:
        check_options_alike(page.tree.one("section", "div", id=f"check-{slug}"), course, slug, page.body)
        for fields in (UNREADABLE, {}):
            assert browser.post(f"/lessons/{lesson}/checks/{slug}", fields | {"question": slug}).status_code == 422
    browser.post(f"/lessons/{lesson}/summary", {"summary": "Mine"})
    browser.open(f"/lessons/{lesson}")
    browser.check_silent()


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_guess_tells_nothing_before_the_lesson_is_finished(marked: Flask, course: Library, lesson: str) -> None:
    browser = Listener(marked)
    page = browser.open(f"/lessons/{lesson}")
    guesses = [
        it.attrs["value"]
        for form in page.tree.one("section", class_="prequestions").all("form")
        for it in form.all("input", name="question")
    ]
    assert guesses
    for slug in guesses:
        assert browser.post(f"/lessons/{lesson}/checks/{slug}", GUESS | {"question": [slug]}).status_code == 303
    assert "Your guess is kept" in browser.open(f"/lessons/{lesson}").words
    common_pages(browser)
    browser.check_silent()
    browser.post(f"/lessons/{lesson}/finish")
    after = browser.open(f"/lessons/{lesson}").body
    assert all(course.questions[slug].head.explanation.split()[-1] in after for slug in guesses)


def test_a_check_is_explained_once_it_is_answered_and_only_that_one(marked: Flask, course: Library) -> None:
    browser = Listener(marked)
    lesson = course.lessons["02-two-counts"]
    before = set(lesson.checks)
    for slug in lesson.checks:
        browser.post(f"/lessons/{lesson.id}/checks/{slug}", GUESS | {"question": [slug]})
        before.discard(slug)
        body = browser.open(f"/lessons/{lesson.id}").body
        assert not [other for other in before if course.questions[other].head.explanation.split()[-1] in body]
    body = browser.open(f"/lessons/{lesson.id}").body
    assert course.questions["count-check"].head.explanation.split()[-1] in body
    assert course.questions["count-check"].body.options[0].feedback.split()[-1] in body


@pytest.mark.parametrize("quiz", ["mixed", "check-02", "across", "every-kind"])
def test_a_quiz_tells_nothing_before_it_is_handed_in_and_everything_after(
    marked: Flask, course: Library, quiz: str
) -> None:
    browser = Listener(marked)
    browser.open(f"/quizzes/{quiz}")
    attempt = browser.start(quiz)
    slugs = slugs_of(marked, attempt)
    for position, slug in enumerate(slugs, 1):
        path = f"/attempts/{attempt}/questions/{position}"
        page = browser.open(path)
        check_options_alike(page.tree.one("main"), course, slug, page.body)
        assert browser.send(path, answer_fields(UNREADABLE)).status_code == 422
        assert browser.post(path, answer_fields(UNREADABLE)).status_code == 422
        assert browser.send(path, answer_fields(GUESS)).get_json()["outcome"] == "saved"
        assert browser.post(path, answer_fields(GUESS, counter=2, go="flag")).status_code == 303
        browser.open(path)
    browser.open(f"/attempts/{attempt}/review")
    browser.open(f"/attempts/{attempt}")
    common_pages(browser)
    browser.check_silent()
    browser.post(f"/attempts/{attempt}/hand-in")
    after = browser.open(f"/attempts/{attempt}").body
    for slug in slugs:
        assert course.questions[slug].head.explanation.split()[-1] in after
    assert browser.send(f"/attempts/{attempt}/questions/1", answer_fields(GUESS, counter=3)).status_code == 409


def test_the_next_attempt_at_the_same_questions_tells_nothing_again(marked: Flask) -> None:
    first = Listener(marked)
    attempt = first.start()
    first.post(f"/attempts/{attempt}/hand-in")
    first.heard.clear()
    attempt = first.start()
    for position in (1, 2, 3, 4):
        first.open(f"/attempts/{attempt}/questions/{position}")
    first.open(f"/attempts/{attempt}/review")
    first.open("/quizzes/mixed")
    first.check_silent()


@pytest.fixture
def typed(empty_settings: Settings, marked_course: Path) -> Callable[..., str]:
    """Type lines at a command that serves the marked course; all that it says."""
    from click.testing import CliRunner

    from app.cli import main

    environment = {
        "OFFRAMP_DATA": str(empty_settings.data),
        "OFFRAMP_COURSE": str(marked_course),
        "OFFRAMP_SECRET_KEY": empty_settings.secret_key,
        "DATABASE_URL": empty_settings.database_url,
    }

    def run(*arguments: str, lines: tuple[str, ...] = ()) -> str:
        result = CliRunner().invoke(main, [*arguments], input="".join(f"{line}\n" for line in lines), env=environment)
        assert result.exit_code == 0, result.output
        return str(result.output)

    return run


@pytest.mark.parametrize("plain", [(), ("--plain",)])
def test_the_terminal_tells_nothing_before_hand_in_and_everything_after(
    typed: Callable[..., str],
    used_engines: list[object],
    marked: Flask,
    course: Library,
    plain: tuple[str, ...],
) -> None:
    lines = ("?", "99", "1", "", "1", "g 3", "1 2 3 4 5", "qqq zzz", "", "g 1", "f", "r", "q")
    before = typed(*plain, "quiz", "mixed", lines=lines) + typed(*plain, "read", "1") + typed(*plain, "read", "2")
    before += typed(*plain, "lessons") + typed(*plain, "progress")
    assert SHOWN in before
    assert SECRET not in before
    after = typed(*plain, "quiz", "mixed", lines=("h", "y", "n"))
    for slug in course.quizzes["mixed"].questions:
        assert course.questions[slug].head.explanation.split()[-1] in after
