"""The editor without a script: rows, findings, two people at one question, kinds, cases, and whose it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.authoring import service
from app.authoring.models import OwnQuestion
from app.authoring.service import Author
from app.clock import utc_now
from app.db import transaction
from app.questions.types import TYPES
from tests.factories import make_user
from tests.web.teach.writing import begin, content_of, named, own, save, steps
from tests.web.visiting import Browser, Page

STEM = "Which part of the page is the newest of all?"


def texts(session: Session, slug: str, rows: str = "options") -> list[str]:
    return [row.get("text", "") for row in content_of(session, slug)[rows]]


def press_row(browser: Browser, do: str, **fields: str) -> Page:
    """Press the button of a row that has this value, with what was typed before."""
    button = browser.page.tree.one("button", name="do", value=do)
    return browser.press(button.text, **named(fields))


def with_options(browser: Browser) -> str:
    slug = begin(browser)
    save(browser, stem=STEM, options__0__text="One", options__1__text="Two", options__2__text="Three")
    return slug


# ---------------------------------------------------------------- beginning


def test_a_new_question_is_chosen_among_all_kinds_and_what_each_is_good_for(tess_at: Browser) -> None:
    page = tess_at.open("/teach/questions/new")
    assert [it.attrs["value"] for it in page.tree.all("button", name="to_kind")] == list(TYPES)
    assert "Good for" in page.words
    page = tess_at.press("Single choice")
    assert page.path.endswith("/edit")
    assert page.heading == "New question"
    assert len(page.tree.all("textarea", name="f-options-2-text")) == 1


def test_a_kind_that_is_none_begins_nothing(tess_at: Browser, session: Session) -> None:
    assert tess_at.post("/teach/questions/new", {"to_kind": "riddle"}).status_code == 400
    session.rollback()
    assert session.query(OwnQuestion).count() == 0


# ---------------------------------------------------------------- rows


@pytest.mark.parametrize(
    ("do", "after"),
    [
        ("options:1:up", ["Two", "One", "Three"]),
        ("options:1:down", ["One", "Three", "Two"]),
        ("options:0:up", ["One", "Two", "Three"]),
        ("options:2:down", ["One", "Two", "Three"]),
        ("options:1:remove", ["One", "Three"]),
        ("options:0:add", ["One", "Two", "Three", ""]),
    ],
)
def test_a_row_is_moved_removed_or_added_without_losing_what_is_typed(
    tess_at: Browser, session: Session, do: str, after: list[str]
) -> None:
    slug = with_options(tess_at)
    page = press_row(tess_at, do, explanation="Typed just before.")
    assert page.status == 200
    assert texts(session, slug) == after
    assert content_of(session, slug)["explanation"] == "Typed just before."


def test_after_a_button_the_page_goes_on_at_the_row(tess_at: Browser) -> None:
    slug = with_options(tess_at)
    form = {"kind": "single_choice", "whole": "1", "seen": "2", "answer_id": "00000000-0000-7000-8000-000000000001"}
    sent = form | named({"options-0-text": "One", "options-1-text": "Two"})
    response = tess_at.post(f"/teach/questions/{slug}/edit", {**sent, "do": "options:0:down"})
    assert response.status_code == 303
    assert response.location.endswith("/edit#f-options-1")


def test_a_removed_row_comes_back_with_what_it_held(tess_at: Browser, session: Session) -> None:
    slug = with_options(tess_at)
    page = press_row(tess_at, "options:1:remove", **{"options-1-text": "Two, typed just before"})
    assert "The row was removed." in page.words
    tess_at.press("Undo", **named({"explanation": "And this was typed since."}))
    assert texts(session, slug) == ["One", "Two, typed just before", "Three"]
    assert content_of(session, slug)["explanation"] == "And this was typed since."


def test_a_double_click_on_remove_removes_one_row(tess_at: Browser, session: Session) -> None:
    slug = with_options(tess_at)
    before = tess_at.page
    press_row(tess_at, "options:0:remove")
    tess_at.page = before
    press_row(tess_at, "options:0:remove")
    assert texts(session, slug) == ["Two", "Three"]


def test_rows_inside_a_row_have_their_own_buttons(tess_at: Browser, session: Session) -> None:
    slug = begin(tess_at, "cloze")
    save(tess_at, text="The {tower} writes.")
    press_row(tess_at, "blanks-0-accept:0:add")
    save(tess_at, **{"blanks__0__accept__1__text": "the tower"})
    assert content_of(session, slug)["blanks"][0]["accept"] == ["tower", "the tower"]


def test_a_blank_taken_out_leaves_its_word_in_the_text(tess_at: Browser, session: Session) -> None:
    slug = begin(tess_at, "cloze")
    save(tess_at, text="The {tower} writes at {noon}.")
    press_row(tess_at, "blanks:0:remove")
    content = content_of(session, slug)
    assert content["text"] == "The tower writes at {noon}."
    assert [blank["id"] for blank in content["blanks"]] == ["noon"]


def test_ids_stay_when_words_change_and_rows_move(tess_at: Browser, session: Session) -> None:
    slug = with_options(tess_at)
    save(tess_at, options__0__text="Something else")
    press_row(tess_at, "options:0:down")
    assert [row["id"] for row in content_of(session, slug)["options"]] == ["two", "one", "three"]


def test_equal_words_get_ids_that_are_not_equal(tess_at: Browser, session: Session) -> None:
    slug = begin(tess_at)
    save(tess_at, options__0__text="Same", options__1__text="Same", options__2__text="不同")
    ids = [row["id"] for row in content_of(session, slug)["options"]]
    assert len(set(ids)) == 3


def test_what_cannot_be_read_stays_as_typed_and_is_named(tess_at: Browser, session: Session) -> None:
    slug = begin(tess_at, "numeric")
    page = save(tess_at, key="about twelve", as_of="last week")
    assert content_of(session, slug)["key"] == "about twelve"
    key = page.tree.one("input", id="f-key")
    assert key.attrs["value"] == "about twelve"
    assert key.attrs["aria-invalid"] == "true"
    assert "Write a number in digits" in page.tree.one("ul", id="f-key-notes").text
    assert "Write a date such as 2020-03-02." in page.tree.one("ul", id="f-as_of-notes").text


# ---------------------------------------------------------------- findings


def test_findings_stand_beside_their_fields_and_at_the_top_and_stop_no_save(tess_at: Browser, session: Session) -> None:
    slug = with_options(tess_at)
    save(tess_at, options__0__key="yes", explanation="Too short.")
    page = tess_at.page
    assert "Q-03" in page.tree.one("ul", id="f-explanation-notes").text
    top = page.tree.all("section", class_="edit-findings")[0]
    assert "#f-explanation" in [it.attrs["href"] for it in top.all("a")]
    assert own(session, slug).findings == len(top.all("li"))


def test_what_is_blank_is_named_without_being_called_wrong(tess_at: Browser) -> None:
    begin(tess_at)
    assert tess_at.page.tree.one("textarea", id="f-stem").attrs.get("aria-invalid") is None
    assert "Still blank" in tess_at.page.words


def test_messages_speak_of_the_form_and_not_of_files(tess_at: Browser) -> None:
    with_options(tess_at)
    page = save(tess_at, explanation="Nothing is ticked.")
    assert "exactly one option ticked as the right answer" in page.words
    assert "key: true" not in page.words
    page = save(tess_at, stem="Which line?", options__1__key="yes")
    assert "The field “What it asks for” is missing. (Q-01)" in page.words
    assert "Option 1: It has no feedback" in page.words
    assert "under “What decides the answer”" in page.words


# ---------------------------------------------------------------- two at one question


def meanwhile(session: Session, slug: str, **changes: Any) -> None:
    """Somebody else saves the question."""
    with transaction() as writing:
        found = writing.get_one(OwnQuestion, slug)
        content = json.loads(found.content) | changes
        save_of = service.Save(service.new_id(), found.edit_number)
        service.save_edit(writing, found, Author(None, "Tom"), content, save_of, now=utc_now())


def test_whoever_comes_second_sees_both_texts_and_nothing_is_written_over(tess_at: Browser, session: Session) -> None:
    slug = with_options(tess_at)
    meanwhile(session, slug, stem="Tom's words")
    page = save(tess_at, stem="Tess's words", explanation="Mine alone")
    assert page.status == 409
    assert "Tom has changed this question" in page.words
    assert "Tom's words" in page.words
    assert "Tess's words" in page.words
    assert content_of(session, slug)["stem"] == "Tom's words"


def test_each_field_is_taken_from_the_text_that_was_chosen(tess_at: Browser, session: Session) -> None:
    slug = with_options(tess_at)
    meanwhile(session, slug, stem="Tom's words", explanation="Tom's explanation")
    save(tess_at, stem="Tess's words", explanation="Tess's explanation")
    page = tess_at.press("Save what I chose", **{"take-stem": "theirs"})
    assert page.status == 200
    content = content_of(session, slug)
    assert (content["stem"], content["explanation"]) == ("Tom's words", "Tess's explanation")
    assert texts(session, slug) == ["One", "Two", "Three"]


def test_when_one_has_changed_the_kind_the_fields_of_a_kind_go_together(tess_at: Browser, session: Session) -> None:
    slug = with_options(tess_at)
    meanwhile(session, slug, kind="short_answer", accept=["tower"])
    assert save(tess_at, stem="Tess's words").status == 409
    tess_at.press("Save what I chose", **{"take-kind": "theirs"})
    content = content_of(session, slug)
    assert (content["kind"], content["accept"], content["stem"]) == ("short_answer", ["tower"], "Tess's words")


def test_a_third_change_while_one_chooses_is_told_as_well(tess_at: Browser, session: Session) -> None:
    slug = with_options(tess_at)
    meanwhile(session, slug, stem="Tom's words")
    save(tess_at, stem="Tess's words")
    meanwhile(session, slug, stem="Tom's better words")
    page = tess_at.press("Save what I chose")
    assert page.status == 409
    assert "Tom's better words" in page.words
    tess_at.press("Save what I chose")
    assert content_of(session, slug)["stem"] == "Tess's words"


def test_going_back_and_saving_another_text_under_the_same_id_loses_neither(tess_at: Browser, session: Session) -> None:
    slug = begin(tess_at)
    first = tess_at.page
    save(tess_at, stem="First words")
    tess_at.page = first
    page = save(tess_at, stem="Second words")
    assert page.status == 409
    assert "First words" in page.words
    assert "Second words" in page.words
    assert content_of(session, slug)["stem"] == "First words"


def test_the_same_form_sent_twice_is_one_step(tess_at: Browser, session: Session) -> None:
    slug = begin(tess_at)
    first = tess_at.page
    save(tess_at, stem=STEM)
    tess_at.page = first
    assert save(tess_at, stem=STEM).status == 200
    assert [step.event for step in steps(session, slug)] == ["created", "saved"]


def test_a_form_that_was_cut_off_changes_nothing(tess_at: Browser, session: Session) -> None:
    slug = with_options(tess_at)
    sent = {"kind": "single_choice", "seen": "2", "answer_id": "00000000-0000-7000-8000-000000000001"}
    response = tess_at.post(f"/teach/questions/{slug}/edit", {**sent, "f-stem": "Only this arrived"})
    assert response.status_code == 400
    assert content_of(session, slug)["stem"] == STEM


# ---------------------------------------------------------------- kinds


def test_another_kind_keeps_what_both_have(tess_at: Browser, session: Session) -> None:
    slug = with_options(tess_at)
    page = tess_at.press("Save and change the kind", to_kind="multiple_response")
    assert page.tree.one("p", class_="eyebrow").text == "Multiple response"
    content = content_of(session, slug)
    assert (content["kind"], content["stem"]) == ("multiple_response", STEM)
    assert texts(session, slug) == ["One", "Two", "Three"]


def test_a_kept_text_stands_beside_the_form_of_the_kind_that_is_chosen(
    tess_at: Browser, tess: User, session: Session
) -> None:
    with transaction() as writing:
        by = Author.of(writing.merge(tess))
        made = service.create_question(writing, by, {"stem": "Kept"}, slug="own-kept", lesson="", now=utc_now())
        made.source_text = "<question type='dragdrop'>"
    page = tess_at.open("/teach/questions/own-kept/edit")
    assert "<question type='dragdrop'>" in page.words
    page = tess_at.press("Ordering")
    assert "<question type='dragdrop'>" in page.words
    content = content_of(session, "own-kept")
    assert (content["kind"], content["stem"]) == ("ordering", "Kept")


# ---------------------------------------------------------------- passages and cases


def test_the_passage_of_a_case_is_that_of_all_its_questions(tess_at: Browser, session: Session) -> None:
    first = begin(tess_at)
    save(tess_at, new_case="Storm of May", passage__text="It rained.", passage__status="invented")
    second = begin(tess_at)
    save(tess_at, case="storm-of-may", passage__text="Typed in vain.")
    assert content_of(session, second)["passage"] == {"text": "It rained.", "status": "invented"}
    assert "Typed in vain." in steps(session, second)[-2].content
    save(tess_at, passage__text="It rained all day.")
    assert content_of(session, first)["passage"]["text"] == "It rained all day."
    assert steps(session, first)[-1].event == "changed"


def test_joining_a_case_by_any_button_takes_its_passage_and_changes_it_nowhere(
    tess_at: Browser, session: Session
) -> None:
    first = begin(tess_at)
    save(tess_at, new_case="Storm", passage__text="It rained.", passage__status="invented")
    second = with_options(tess_at)
    press_row(tess_at, "options:1:up", **{"case": "storm"})
    assert content_of(session, first)["passage"]["text"] == "It rained."
    assert content_of(session, second)["passage"]["text"] == "It rained."
    assert texts(session, second) == ["Two", "One", "Three"]


def test_a_quotation_that_does_not_exist_is_said_at_its_field(tess_at: Browser) -> None:
    with_options(tess_at)
    page = save(tess_at, options__0__key="yes", passage__quote="no-such-words")
    assert "no-such-words" in page.tree.all("section", class_="edit-findings")[0].text


# ---------------------------------------------------------------- whose it is


@pytest.fixture
def tom_at(app: Flask, session: Session) -> Browser:
    """Another teacher."""
    with transaction() as writing:
        make_user(writing, "Tom", role=Role.TEACHER)
    return Browser(app).sign_in("Tom")


@pytest.mark.parametrize("page", ["edit", "draft", "settle"])
def test_a_draft_of_somebody_elses_does_not_exist(tess_at: Browser, tom_at: Browser, page: str) -> None:
    slug = begin(tess_at)
    path = f"/teach/questions/{slug}/{page}"
    assert tom_at.post(path, {"f-stem": "Mine now"}).status_code == 404
    assert tom_at.client.get(f"/teach/questions/{slug}/edit").status_code == 404


def test_a_published_question_of_somebody_elses_cannot_be_changed(
    tess_at: Browser, tom_at: Browser, session: Session
) -> None:
    slug = with_options(tess_at)
    save(tess_at, options__0__key="yes")
    tess_at.open(f"/teach/questions/{slug}/publish")
    tess_at.press("Publish")
    assert tom_at.client.get(f"/teach/questions/{slug}/edit").status_code == 403
    assert tom_at.post(f"/teach/questions/{slug}/edit", {"f-stem": "Mine now"}).status_code == 403
    assert content_of(session, slug)["stem"] == STEM


def test_editing_what_is_published_makes_a_draft_and_serves_the_old_wording(tess_at: Browser, session: Session) -> None:
    slug = with_options(tess_at)
    save(tess_at, options__0__key="yes")
    tess_at.open(f"/teach/questions/{slug}/publish")
    tess_at.press("Publish")
    tess_at.open(f"/teach/questions/{slug}/edit")
    page = save(tess_at, stem="Other words")
    assert "until you publish this one" in page.words
    assert (own(session, slug).status, own(session, slug).is_served) == ("draft", True)
