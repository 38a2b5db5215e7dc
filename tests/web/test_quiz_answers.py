"""The protocol of saved answers, as a script and as a button speak it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.quiz.models import Answer, Slot
from tests.web.visiting import JSON, Browser, answer_fields

Count = Callable[..., int]
OTHER_TAB = "00000000-0000-7000-8000-00000000000b"


def url(attempt: uuid.UUID, position: int = 4) -> str:
    """Where the answer to a question goes; the fourth of `mixed` takes words."""
    return f"/attempts/{attempt}/questions/{position}"


def words(text: str, **changes: Any) -> dict[str, Any]:
    """The fields of a short answer."""
    return answer_fields({"text": [text]}, **changes)


def rows(session: Session) -> list[Answer]:
    """All stored answers, as they arrived."""
    session.rollback()
    return list(session.scalars(select(Answer).order_by(Answer.received_at, Answer.counter)))


def counting(session: Session, attempt: uuid.UUID, position: int = 4) -> str | None:
    """The response that counts for a question."""
    session.rollback()
    slot = session.get_one(Slot, (attempt, position))
    return session.get_one(Answer, slot.answer_id).response if slot.answer_id else None


def test_a_script_is_told_what_became_of_the_answer(browser: Browser, session: Session) -> None:
    attempt = browser.start()
    fields = words("correction")
    response = browser.send(url(attempt), fields)
    assert response.status_code == 200
    told = response.get_json()
    row = rows(session)[0]
    assert told == {
        "outcome": "saved",
        "at": row.received_at.isoformat(),
        "answer": fields["answer_id"],
        "replaced": False,
        "because": None,
        "message": "Saved",
    }


def test_the_same_id_and_content_twice_is_one_answer(browser: Browser, session: Session) -> None:
    attempt = browser.start()
    fields = words("correction")
    first = browser.send(url(attempt), fields).get_json()
    assert browser.send(url(attempt), fields).get_json() == first
    assert len(rows(session)) == 1


def test_the_same_id_with_other_content_is_a_second_answer(browser: Browser, session: Session) -> None:
    attempt = browser.start()
    fields = words("corection")
    browser.send(url(attempt), fields)
    told = browser.send(url(attempt), {**fields, "text": ["correction"], "counter": "2"}).get_json()
    assert told["outcome"] == "saved"
    assert told["answer"] != fields["answer_id"]
    assert len(rows(session)) == 2
    assert counting(session, attempt) == '{"text":"correction"}'


def test_the_id_of_another_question_does_not_swallow_the_answer(browser: Browser, session: Session) -> None:
    attempt = browser.start()
    fields = words("correction")
    browser.send(url(attempt), fields)
    told = browser.send(url(attempt, 1), {**fields, "choice": ["1"]}).get_json()
    assert told["outcome"] == "saved"
    assert len(rows(session)) == 2


def test_within_a_tab_the_highest_counter_counts(browser: Browser, session: Session) -> None:
    attempt = browser.start()
    browser.send(url(attempt), words("later", counter=2))
    told = browser.send(url(attempt), words("earlier", counter=1)).get_json()
    assert told["outcome"] == "superseded"
    assert told["message"] == "A later answer from this window already counts"
    assert counting(session, attempt) == '{"text":"later"}'
    assert len(rows(session)) == 2


def test_between_devices_the_last_to_arrive_counts_and_says_so(browser: Browser, session: Session) -> None:
    attempt = browser.start()
    browser.send(url(attempt), words("one", counter=7))
    told = browser.send(url(attempt), words("other", tab=OTHER_TAB)).get_json()
    assert told["replaced"] is True
    assert told["message"].startswith("Saved. It replaces an answer given at ")
    assert counting(session, attempt) == '{"text":"other"}'


def test_by_button_the_replaced_answer_is_told_on_the_next_page(browser: Browser, other: Browser, lee: User) -> None:
    attempt = browser.sign_in("Lee").start()
    other.sign_in("Lee").open(url(attempt))
    browser.open(url(attempt))
    browser.press("Save and continue", text="one")
    page = other.press("Save and continue", text="other")
    assert "It replaces an answer given at" in page.words
    assert "It replaces" not in other.open(url(attempt)).words


def test_changing_an_answer_that_was_seen_replaces_nothing_unseen(browser: Browser) -> None:
    attempt = browser.start()
    browser.open(url(attempt))
    browser.press("Save and continue", text="one")
    browser.open(url(attempt))
    page = browser.press("Save and continue", text="other")
    assert "It replaces" not in page.words


def test_a_blank_answer_to_a_blank_question_stores_nothing(browser: Browser, count: Count) -> None:
    attempt = browser.start()
    assert browser.send(url(attempt), words("  ")).get_json()["outcome"] == "blank"
    browser.open(url(attempt))
    assert browser.press("Save and continue").path.endswith("/review")
    assert count(Answer) == 0


def test_a_blank_answer_clears_and_the_row_before_stays(browser: Browser, session: Session) -> None:
    attempt = browser.start()
    browser.send(url(attempt), words("correction"))
    assert browser.send(url(attempt), words("", counter=2)).get_json()["outcome"] == "saved"
    assert counting(session, attempt) is None
    assert sorted(str(row.response) for row in rows(session)) == ["None", '{"text":"correction"}']
    assert "4 questions are blank" in browser.open(f"/attempts/{attempt}/review").words


def test_a_late_answer_is_stored_refused_and_not_counted(browser: Browser, session: Session) -> None:
    attempt = browser.start()
    browser.send(url(attempt), words("note"))
    browser.post(f"/attempts/{attempt}/hand-in")
    fields = words("correction", counter=2)
    response = browser.send(url(attempt), fields)
    assert response.status_code == 409
    assert response.get_json()["outcome"] == "late"
    assert "handed in" in response.get_json()["message"]
    assert [(row.response, row.counted) for row in rows(session)] == [
        ('{"text":"note"}', True),
        ('{"text":"correction"}', False),
    ]
    assert counting(session, attempt) == '{"text":"note"}'
    assert browser.send(url(attempt), fields).status_code == 409
    assert len(rows(session)) == 2


def test_a_late_answer_by_button_is_a_page_that_says_so(browser: Browser, session: Session) -> None:
    attempt = browser.start()
    browser.open(url(attempt))
    browser.post(f"/attempts/{attempt}/hand-in")
    browser.page.tree.one("form", data_answer="*")
    response = browser.post(url(attempt), words("correction"))
    assert response.status_code == 409
    assert "Too late: this attempt has been handed in." in response.get_data(as_text=True)
    assert [row.counted for row in rows(session)] == [False]


def test_a_retry_of_what_was_stored_in_time_is_no_late_answer(browser: Browser, session: Session) -> None:
    attempt = browser.start()
    fields = words("correction")
    browser.send(url(attempt), fields)
    browser.post(f"/attempts/{attempt}/hand-in")
    assert browser.send(url(attempt), fields).get_json()["outcome"] == "saved"
    assert len(rows(session)) == 1


def test_a_flag_after_hand_in_changes_nothing(browser: Browser, session: Session) -> None:
    attempt = browser.start()
    browser.post(f"/attempts/{attempt}/hand-in")
    assert browser.send(url(attempt), words("note", go="flag")).status_code == 409
    session.rollback()
    assert not session.get_one(Slot, (attempt, 4)).flagged


UNREADABLE: list[tuple[int, dict[str, list[str]], str]] = [
    (1, {"choice": ["9"]}, "There is no option '9'; choose from 1 to 4."),
    (1, {"choice": ["1", "2"]}, "Choose one option only."),
    (2, {"choice": ["1", "x"]}, "There is no option 'x'; choose from 1 to 5."),
    (3, {"place-1": ["2"], "place-2": ["2"]}, "Two elements have place 2; give each its own."),
    (3, {"place-1": ["9"]}, "A place is a number from 1 to 5."),
    (4, {"text": ["x" * 101]}, "Use at most 100 characters; this has 101."),
    (4, {"text": ["a\0b"]}, "This has characters that cannot be shown; type the words again."),
]


@pytest.mark.parametrize(("position", "fields", "message"), UNREADABLE)
def test_what_cannot_be_read_is_asked_again_and_stores_nothing(
    browser: Browser, count: Count, position: int, fields: dict[str, list[str]], message: str
) -> None:
    attempt = browser.start()
    response = browser.send(url(attempt, position), answer_fields(fields))
    assert response.status_code == 422
    assert response.get_json() == {"message": message, "reason": "Unreadable"}
    browser.open(url(attempt, position))
    page = browser.press("Save and continue", **fields)
    assert page.status == 422
    assert message in page.tree.one("form", data_answer="*").text
    assert "Not saved" in page.tree.one("p", class_="saved").text
    assert count(Answer) == 0


def test_what_was_typed_stays_in_the_form_and_the_answer_before_still_counts(
    browser: Browser, session: Session
) -> None:
    attempt = browser.start()
    browser.send(url(attempt), words("correction"))
    browser.open(url(attempt))
    page = browser.press("Save and continue", text="<i>" + "x" * 100)
    assert page.tree.one("input", id="answer-text").attrs["value"] == "<i>" + "x" * 100
    assert page.tree.one("input", id="answer-text").attrs["aria-invalid"] == "true"
    assert counting(session, attempt) == '{"text":"correction"}'
    places = {"place-1": "2", "place-2": "2", "place-3": "5"}
    browser.open(url(attempt, 3))
    page = browser.press("Save and continue", **places)
    chosen = {it.attrs["name"]: it.all("option", selected="*") for it in page.tree.all("select")}
    assert {name: options[0].attrs["value"] for name, options in chosen.items() if options} == places


@pytest.mark.parametrize("name", ["answer_id", "tab", "counter", "seen"])
@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 5000, "²"])
def test_a_damaged_form_stores_nothing_and_says_so(browser: Browser, count: Count, name: str, value: str) -> None:
    attempt = browser.start()
    response = browser.send(url(attempt), {**words("correction"), name: value})
    if (name, value) == ("seen", ""):
        assert response.status_code == 200
        return
    assert response.status_code == 400
    assert "This form is damaged; load the page again." in response.get_json()["message"]
    assert count(Answer) == 0


def test_when_the_session_has_ended_a_script_is_told_to_sign_in(browser: Browser, lee: User, count: Count) -> None:
    attempt = browser.sign_in("Lee").start()
    browser.post("/sign-out")
    response = browser.send(url(attempt), words("correction"))
    assert response.status_code == 401
    assert response.get_json()["reason"] == "NeedsSignIn"
    assert count(Answer) == 0


def test_a_queue_asks_who_is_signed_in_with_its_token(browser: Browser, lee: User) -> None:
    told = browser.client.get("/form-token", headers=JSON).get_json()
    assert told["learner"] is None
    browser.sign_in("Lee")
    response = browser.client.get("/form-token", headers=JSON)
    assert response.get_json()["learner"] == str(lee.id)
    assert response.headers["Cache-Control"] == "no-store"
