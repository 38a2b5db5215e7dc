"""Slots as both doors show them: words for every status, and nothing of the key too early."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.learning.service import hand_in, void_question
from app.library.model import Library
from app.questions.model import Question, Reveal
from app.quiz.queries import marked_slots, shown_slots
from app.quiz.scoring import Status
from app.quiz.sheet import MarkedSlot, Standing
from tests.factories import later, raw_answer, save, start
from tests.quiz.sittings import begin, quiz_with


def slot(question: Question, status: Status | None, score: float | None, *, tries: int = 0) -> MarkedSlot:
    is_answered = status in (None, "answered", "pending")
    return MarkedSlot(1, question, score, is_answered, "", Reveal("", ()), Standing(status, tries=tries))


@pytest.mark.parametrize(
    ("status", "score", "words", "sign"),
    [
        ("answered", 1.0, "Right", "right"),
        ("answered", 0.5, "Partly right, 0.5 of 1", "partly"),
        ("answered", 0.0, "Wrong", "wrong"),
        ("dont_know", 0.0, "You said: I don't know", "blank"),
        ("blank", 0.0, "Left blank", "blank"),
        ("not_reached", 0.0, "Not reached", "blank"),
        ("void", None, "Taken out", "none"),
        ("pending", None, "Waits for a mark", "none"),
        (None, 1.0, "Right", "right"),
    ],
)
def test_every_status_has_words_and_a_sign(
    library: Library, status: Status | None, score: float | None, words: str, sign: str
) -> None:
    found = slot(library.questions["word-or-deed"], status, score)
    assert (found.verdict, found.sign) == (words, sign)


def test_a_forecast_has_no_mark(library: Library) -> None:
    found = slot(library.questions["kinds-forecast"], "answered", None)
    assert (found.verdict, found.sign, found.certainty_mark) == ("A forecast: no mark", "none", None)


def test_further_tries_are_named(library: Library) -> None:
    found = slot(library.questions["word-or-deed"], "answered", 2 / 3, tries=2)
    assert found.verdict == "Partly right after 2 tries, 0.7 of 1"


def test_a_sheet_of_every_status(session: Session, library: Library, lee: User) -> None:
    quiz = quiz_with(library, "every-kind", minutes=10)
    attempt = begin(session, lee, library, quiz)
    places = {found.question: found.position for found in attempt.slots}
    save(session, attempt, places["kinds-verdict"], {"dont_know": ["1"]})
    save(session, attempt, places["kinds-number"], raw_answer(library, attempt, places["kinds-number"]))
    save(session, attempt, places["kinds-forecast"], {"chance": ["70"]})
    save(session, attempt, places["kinds-words"], {"text": ["Both, each with its owner."]})
    void_question(session, "kinds-groups", 1, reason="No key", by="Operator", now=later(1))
    hand_in(session, attempt, now=later(99))
    found = {one.question.id: one.verdict for one in marked_slots(session, attempt)}
    assert found == {
        "kinds-verdict": "You said: I don't know",
        "kinds-pairs": "Left blank",
        "kinds-groups": "Taken out",
        "kinds-grade": "Left blank",
        "kinds-number": "Right",
        "kinds-blanks": "Left blank",
        "kinds-sentences": "Left blank",
        "kinds-forecast": "A forecast: no mark",
        "kinds-words": "Waits for a mark",
    }


def test_a_form_is_filled_with_all_that_was_said(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library)
    raw = raw_answer(library, attempt, 1)
    save(session, attempt, 1, {**raw, "confidence": ["55"]})
    shown = shown_slots(session, attempt, quiz_with(library))[0]
    assert shown.fields == {**raw, "confidence": ["55"]}
    assert (shown.confidence, shown.is_answered, shown.dont_know, shown.is_locked) == (55, True, False, False)
