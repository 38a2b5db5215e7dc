"""A teacher's own quiz on paper: the questions, the answer sheet and the key of one version."""

from __future__ import annotations

import re

import pytest

from app.accounts.models import User
from app.db import transaction
from app.library.model import Library
from app.markdown import plain
from tests.authoring.making import QUIZ, make_quiz
from tests.web.markup import Element
from tests.web.visiting import Browser, Page

PRINT = f"/teach/quizzes/{QUIZ}/print"
PARTS = ("Questions", "Answer sheet", "Key")
ASKED = ("word-or-deed", "which-signals-cost", "put-reports-in-order", "kinds-pairs", "kinds-sentences", "first-report")


@pytest.fixture
def quiz(tess: User) -> str:
    """A quiz of Tess's with six questions of five kinds; drafts are printed too."""
    with transaction() as session:
        return make_quiz(session, session.merge(tess), *ASKED, status="draft").slug


def parts(page: Page) -> dict[str, Element]:
    """The parts that are printed, by name."""
    found = page.tree.all("section", class_="print-part")
    return {it.attrs["aria-label"]: it for it in found}


def same(text: str) -> str:
    """A text without Markdown and typographic quotes."""
    return plain(text).translate(str.maketrans("’‘“”", "''\"\""))


def stems(page: Page) -> list[str]:
    """The stems as printed."""
    return [same(it.text) for it in parts(page)["Questions"].all("h3", class_="stem")]


def options(section: Element) -> list[str]:
    """The lettered options of a question as printed."""
    return [same(it.text) for it in section.one("ol", class_="paper-options").all("li")]


def keys(page: Page) -> list[str]:
    """The right answers of the key, in order."""
    return [it.one("strong").text for it in parts(page)["Key"].one("ol", class_="answer-key").all("li") if it.all("p")]


def test_questions_sheet_and_key_are_printed_with_the_versions_letter(
    tess_at: Browser, quiz: str, library: Library
) -> None:
    page = tess_at.open(PRINT)
    assert tuple(parts(page)) == PARTS
    assert all("Version A" in part.text for part in parts(page).values())
    assert stems(page) == [same(library.questions[slug].head.stem) for slug in ASKED]
    assert [it.text for it in parts(page)["Answer sheet"].all("th", scope="row")] == list("123456")


@pytest.mark.parametrize("version", [1, 2, 3])
def test_the_keys_letters_are_those_of_the_options_as_printed(
    tess_at: Browser, quiz: str, library: Library, version: int
) -> None:
    page = tess_at.open(f"{PRINT}?version={version}")
    printed = dict(zip(stems(page), parts(page)["Questions"].all("section", class_="paper-question"), strict=True))
    said = dict(zip(stems(page), keys(page), strict=True))
    for slug in ("word-or-deed", "which-signals-cost", "first-report"):
        question = library.questions[slug]
        shown = options(printed[same(question.head.stem)])
        right = {option.text for option in question.body.options if option.key}
        letters = ", ".join("ABCDEFG"[place] for place, text in enumerate(shown) if text in right)
        assert said[same(question.head.stem)].startswith(f"{letters}: ")


@pytest.mark.parametrize("version", [1, 2])
def test_the_places_of_an_order_are_told_by_the_letters_as_printed(
    tess_at: Browser, tess: User, library: Library, version: int
) -> None:
    with transaction() as session:
        make_quiz(session, session.merge(tess), "put-reports-in-order")
    page = tess_at.open(f"{PRINT}?version={version}")
    shown = [same(it.text) for it in parts(page)["Questions"].one("ol", class_="paper-prompts").all("li")]
    in_order = [element.text for element in library.questions["put-reports-in-order"].body.elements]
    wanted = ", ".join(f"{letter} {in_order.index(text) + 1}" for letter, text in zip("ABCDE", shown, strict=True))
    assert keys(page)[0].startswith(f"{wanted}: ")
    assert parts(page)["Answer sheet"].one("td").text == "A B C D E"


def test_another_version_asks_the_same_in_another_order_and_the_same_each_time(tess_at: Browser, quiz: str) -> None:
    first, second = tess_at.open(PRINT), tess_at.open(f"{PRINT}?version=2")
    assert "Version B" in parts(second)["Key"].text
    assert stems(second) != stems(first)
    assert sorted(stems(second)) == sorted(stems(first))
    assert parts(tess_at.open(f"{PRINT}?version=2"))["Key"].text == parts(second)["Key"].text


@pytest.mark.parametrize(("wanted", "left"), [("key", ("Key",)), ("questions,sheet", PARTS[:2]), ("nonsense", PARTS)])
def test_parts_can_be_left_out(tess_at: Browser, quiz: str, wanted: str, left: tuple[str, ...]) -> None:
    assert tuple(parts(tess_at.open(f"{PRINT}?with={wanted}"))) == left


def test_a_part_is_left_out_and_put_back_by_its_link_and_the_last_one_stays(tess_at: Browser, quiz: str) -> None:
    page = tess_at.open(f"{PRINT}?version=2")
    for name in ("Answer sheet", "Key"):
        link = next(it for it in page.tree.all("a") if it.text == f"{name}: leave out")
        page = tess_at.open(link.attrs["href"])
    assert tuple(parts(page)) == ("Questions",)
    assert "Version B" in parts(page)["Questions"].text
    assert not [it for it in page.tree.all("a") if it.text.endswith(": leave out")]
    page = tess_at.open(next(it for it in page.tree.all("a") if it.text == "Key: put back").attrs["href"])
    assert tuple(parts(page)) == ("Questions", "Key")


@pytest.mark.parametrize("query", ["version=0", "version=27", "version=x", "version=9999", "draw=-1"])
def test_a_version_that_is_none_is_the_first(tess_at: Browser, quiz: str, query: str) -> None:
    assert "Version A" in parts(tess_at.open(f"{PRINT}?{query}"))["Questions"].text


def test_a_quiz_that_draws_prints_one_draw_in_all_versions_until_another_is_drawn(tess_at: Browser, tess: User) -> None:
    with transaction() as session:
        make_quiz(session, session.merge(tess), draw=({"objective": "src.count", "count": 2},))
    drawn = [set(stems(tess_at.open(f"{PRINT}?version={version}"))) for version in (1, 2)]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 2
    others = []
    for _ in range(6):
        tess_at.open(next(it for it in tess_at.page.tree.all("a") if it.text == "draw others").attrs["href"])
        others.append(set(stems(tess_at.page)))
    assert any(other != drawn[0] for other in others)


def test_what_is_not_published_is_left_out_and_said(tess_at: Browser, tess: User) -> None:
    with transaction() as session:
        make_quiz(session, session.merge(tess), "word-or-deed", "own-not-there")
    page = tess_at.open(PRINT)
    assert len(stems(page)) == 1
    assert "1 question that is not published is left out." in page.words


def test_a_quiz_that_asks_nothing_has_nothing_to_print(tess_at: Browser, tess: User) -> None:
    with transaction() as session:
        make_quiz(session, session.merge(tess), status="draft")
    page = tess_at.open(PRINT)
    assert parts(page) == {}
    assert "There is nothing to print" in page.words


def test_nothing_of_the_key_stands_on_the_questions_and_the_sheet(
    tess_at: Browser, quiz: str, library: Library
) -> None:
    page = tess_at.open(f"{PRINT}?with=questions,sheet")
    printed = same(" ".join(part.text for part in parts(page).values()))
    for slug in ASKED:
        assert same(library.questions[slug].head.explanation) not in printed
    assert not re.search(r"Right, ", printed)
