"""Drills: short reports judged one by one, and what the result says of telling good from bad."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.library.model import Library
from app.questions.draw import shown_order
from app.questions.model import Question
from app.questions.types import TYPES
from app.quiz.models import Attempt
from tests.web.visiting import Browser, Page, answer_fields

Trusts = Callable[[Question], bool]


def judge(browser: Browser, session: Session, library: Library, trusts: Trusts) -> Page:
    """Sit the drill, relying on the reports that `trusts` names, and hand in."""
    attempt_id = browser.start("reports")
    session.rollback()
    attempt = session.get_one(Attempt, attempt_id)
    for slot in attempt.slots:
        question = library.questions[slot.question]
        kind = TYPES[question.kind]
        response = kind.Response(
            assigned={"verdict": "true" if trusts(question) else "false", "reason": question.body.reasons[0].id}
        )
        raw = kind.fill(question.body, response, shown_order(question, seed=attempt.seed, position=slot.position))
        browser.post(f"/attempts/{attempt_id}/questions/{slot.position}", answer_fields(raw))
    browser.post(f"/attempts/{attempt_id}/hand-in")
    return browser.open(f"/attempts/{uuid.UUID(str(attempt_id))}")


@pytest.mark.parametrize(
    ("trusts", "caught", "thrown", "says"),
    [
        (lambda q: q.body.verdict, "10 of 10", "0 of 10", "You tell good reports from bad ones"),
        (lambda q: False, "10 of 10", "10 of 10", "You flagged nearly everything"),
        (lambda q: True, "0 of 10", "0 of 10", "You trusted nearly everything"),
        (
            lambda q: q.body.verdict and not q.id.endswith(("1", "2", "3", "4", "5", "6", "7", "0")),
            "10 of 10",
            "8 of 10",
            "You catch bad reports, and also throw away good ones.",
        ),
    ],
    ids=["discerning", "cynic", "believer", "doubter"],
)
def test_the_result_tells_discernment_from_suspicion(
    browser: Browser, session: Session, library: Library, trusts: Trusts, caught: str, thrown: str, says: str
) -> None:
    page = judge(browser, session, library, trusts)
    assert says in page.words
    row = page.tree.one("section", **{"aria-labelledby": "drill"}).all("tr")[1]
    assert row.text.startswith(f"This time {caught} {thrown}")


def test_a_report_is_judged_by_the_words_of_a_reader(browser: Browser) -> None:
    attempt = browser.start("reports")
    page = browser.open(f"/attempts/{attempt}/questions/1")
    assert "Rely on it" in page.words
    assert "Do not rely on it" in page.words
    assert "An invented case" in page.words


def test_only_the_first_judgement_of_a_report_counts_in_the_measure(
    browser: Browser, session: Session, library: Library
) -> None:
    judge(browser, session, library, lambda q: True)
    page = judge(browser, session, library, lambda q: q.body.verdict)
    rows = page.tree.one("section", **{"aria-labelledby": "drill"}).all("tr")
    assert rows[1].text.startswith("This time 10 of 10 0 of 10")
    assert rows[2].text.startswith("The first time you saw each 0 of 10 0 of 10")
