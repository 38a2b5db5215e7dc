"""How sure somebody is, and “I don't know”, stored beside the answer."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.db import transaction
from app.errors import Unreadable
from app.library.model import Library
from app.quiz.models import Answer, Attempt
from app.quiz.queries import marked_slots, responses_of, shown_at, shown_slots
from app.quiz.service import finish_attempt, new_id
from tests.factories import NOON, later, raw_answer, save, start
from tests.quiz.sittings import quiz_with

Raw = dict[str, list[str]]


@pytest.fixture
def attempt(session: Session, library: Library, lee: User) -> Attempt:
    """Lee's open attempt: a choice of four, a multiple response, an ordering and a short answer."""
    with transaction():
        return start(session, lee, library)


def rows(session: Session, attempt: Attempt) -> list[Answer]:
    session.flush()
    return list(session.scalars(select(Answer).where(Answer.attempt_id == attempt.id).order_by(Answer.received_at)))


def said(choice: str | None = None, sure: str | None = None, dont_know: str | None = None) -> Raw:
    fields = {"choice": choice, "confidence": sure, "dont_know": dont_know}
    return {name: [value] for name, value in fields.items() if value is not None}


@pytest.mark.parametrize(("sure", "stored"), [("0", 0), ("40", 40), ("99", 99), ("", None), (" 70 % ", 70)])
def test_how_sure_one_is_stands_with_the_answer(
    session: Session, attempt: Attempt, sure: str, stored: int | None
) -> None:
    save(session, attempt, 1, said("2", sure))
    (row,) = rows(session, attempt)
    assert (row.confidence, row.dont_know) == (stored, False)


@pytest.mark.parametrize("sure", ["50", "100", "-1", "x", "٤٠", "040"])
def test_what_is_no_step_of_the_scale_is_asked_again(session: Session, attempt: Attempt, sure: str) -> None:
    with pytest.raises(Unreadable) as caught:
        save(session, attempt, 1, said("2", sure))
    assert caught.value.where == "confidence"
    assert rows(session, attempt) == []


def test_a_step_at_the_chance_of_a_guess_is_not_offered(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library, "every-kind")
    verdict = shown_at(session, attempt, 1, quiz_with(library, "every-kind")).sure_steps
    assert verdict == (0, 40, 55, 70, 85, 99)
    mixed = start(session, lee, library)
    assert shown_at(session, mixed, 1, quiz_with(library)).sure_steps == (0, 40, 55, 70, 85, 99)


def test_only_kinds_that_ask_store_it(session: Session, library: Library, attempt: Attempt) -> None:
    save(session, attempt, 2, said("1", "70"))
    save(session, attempt, 2, said("1", "nonsense"))
    assert {row.confidence for row in rows(session, attempt)} == {None}


@pytest.mark.parametrize(("confidence", "kinds"), [(True, [1, 4]), (False, [])])
def test_a_quiz_asks_or_does_not(
    session: Session, library: Library, attempt: Attempt, confidence: bool, kinds: list[int]
) -> None:
    slots = shown_slots(session, attempt, quiz_with(library, confidence=confidence))
    assert [slot.position for slot in slots if slot.sure_steps] == kinds
    assert not any(slot.sure_steps for slot in shown_slots(session, attempt))


def test_another_certainty_is_another_answer(session: Session, attempt: Attempt) -> None:
    key = new_id()
    save(session, attempt, 1, said("2", "40"), answer_id=key, now=later(1))
    save(session, attempt, 1, said("2", "40"), answer_id=key, now=later(2))
    save(session, attempt, 1, said("2", "85"), answer_id=key, now=later(3))
    assert [row.confidence for row in rows(session, attempt)] == [40, 85]
    assert shown_at(session, attempt, 1).confidence == 85


def test_a_certainty_without_an_answer_is_kept_and_answers_nothing(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, said(sure="70"), now=later(1))
    shown = shown_at(session, attempt, 1)
    assert (shown.confidence, shown.is_answered, shown.fields) == (70, False, {"confidence": ["70"]})
    assert attempt.slots[0].answer_id is None
    assert responses_of(session, attempt) == {}


def test_clearing_the_answer_keeps_the_certainty(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, said("2", "70"), now=later(1))
    save(session, attempt, 1, said(sure="70"), now=later(2))
    shown = shown_at(session, attempt, 1)
    assert (shown.confidence, shown.is_answered) == (70, False)
    save(session, attempt, 1, {}, now=later(3))
    assert shown_at(session, attempt, 1).confidence is None


def test_a_certainty_alone_is_left_blank_at_hand_in(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, said(sure="99"))
    finish_attempt(session, attempt, now=NOON)
    marked = marked_slots(session, attempt)[0]
    assert (marked.status, marked.score, marked.confidence, marked.stated) == ("blank", 0.0, None, None)
    assert marked.certainty_mark == 0


# ---------------------------------------------------------------- I don't know


def test_not_knowing_is_an_answer(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, said(dont_know="1"))
    shown = shown_at(session, attempt, 1)
    assert (shown.is_answered, shown.dont_know, shown.fields) == (True, True, {"dont_know": ["1"]})
    assert attempt.slots[0].answer_id is not None


def test_not_knowing_wins_over_an_answer_and_how_sure_one_is(session: Session, attempt: Attempt) -> None:
    save(session, attempt, 1, said("2", "85", "1"))
    (row,) = rows(session, attempt)
    assert (row.response, row.confidence, row.dont_know) == (None, None, True)


def test_an_answer_after_not_knowing_counts_again(session: Session, library: Library, attempt: Attempt) -> None:
    save(session, attempt, 1, said(dont_know="1"), now=later(1))
    save(session, attempt, 1, raw_answer(library, attempt, 1), now=later(2))
    finish_attempt(session, attempt, now=later(3))
    assert (attempt.slots[0].status, attempt.slots[0].score) == ("answered", 1.0)


def test_not_knowing_what_is_said_otherwise_is_damage(session: Session, attempt: Attempt) -> None:
    with pytest.raises(Unreadable) as caught:
        save(session, attempt, 1, said("2", dont_know="yes"))
    assert caught.value.where == "dont_know"


def test_every_kind_can_be_unknown(session: Session, library: Library, lee: User) -> None:
    attempt = start(session, lee, library, "every-kind")
    for slot in list(attempt.slots):
        save(session, attempt, slot.position, said(dont_know="1"))
    finish_attempt(session, attempt, now=NOON)
    assert {slot.status for slot in attempt.slots} == {"dont_know"}
    assert {slot.score for slot in attempt.slots if slot.question != "kinds-forecast"} == {0.0}
    assert {slot.score for slot in attempt.slots if slot.question == "kinds-forecast"} == {None}


# ---------------------------------------------------------------- after hand-in


@pytest.mark.parametrize(
    ("sure", "is_right", "stated", "band", "mark"),
    [
        ("0", True, 0.25, 1, 1),
        ("55", False, 0.55, 1, 0),
        ("70", True, 0.7, 2, 2),
        ("70", False, 0.7, 2, -2),
        ("99", True, 0.99, 3, 3),
        ("85", False, 0.85, 3, -6),
    ],
)
def test_the_certainty_mark_follows_from_the_chance(
    session: Session,
    library: Library,
    attempt: Attempt,
    sure: str,
    is_right: bool,
    stated: float,
    band: int,
    mark: int,
) -> None:
    answer = raw_answer(library, attempt, 1, right=is_right)
    save(session, attempt, 1, {**answer, "confidence": [sure]})
    finish_attempt(session, attempt, now=NOON)
    found = marked_slots(session, attempt)[0]
    assert (found.confidence, found.stated, found.certainty, found.certainty_mark) == (int(sure), stated, band, mark)


def test_without_a_chance_there_is_no_certainty_mark(session: Session, library: Library, attempt: Attempt) -> None:
    save(session, attempt, 1, raw_answer(library, attempt, 1))
    save(session, attempt, 4, {"text": ["note"], "confidence": ["85"]})
    finish_attempt(session, attempt, now=NOON)
    marks = [one.certainty_mark for one in marked_slots(session, attempt)]
    # The second and third kinds do not ask; half a point earns no certainty mark.
    assert marks == [None, None, None, None]
    assert marked_slots(session, attempt)[3].certainty == 3
