"""Saves by script: what is answered, and which of several counts."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import OTHER_TAB, TAB
from tests.web.teach.writing import begin, content_of, named, own, steps
from tests.web.visiting import Browser


def send(browser: Browser, slug: str, counter: int, *, seen: int = 1, tab: uuid.UUID = TAB, **fields: str) -> Any:
    """What a script sends of a single choice; the reply."""
    stamp = {"answer_id": str(uuid.uuid4()), "tab": str(tab), "counter": str(counter), "seen": str(seen)}
    typed = named({name.replace("__", "-"): value for name, value in fields.items()})
    return browser.send(f"/teach/questions/{slug}/draft", {"kind": "single_choice", "whole": "1", **stamp, **typed})


def test_a_save_says_its_step_its_time_the_names_of_rows_and_what_is_to_be_said(
    tess_at: Browser, session: Session
) -> None:
    slug = begin(tess_at)
    reply = send(tess_at, slug, 1, stem="Words", options__0__id="new-x1", options__0__text="On the last line")
    assert reply.status_code == 200
    report = reply.get_json()
    assert (report["outcome"], report["edit"]) == ("stored", 2)
    assert report["ids"] == {"f-options": {"new-x1": "on-the-last-line"}}
    assert report["at"] == own(session, slug).changed_at.isoformat()
    assert report["said"]


def test_saves_of_one_tab_follow_each_other_and_a_late_one_does_not_count(tess_at: Browser, session: Session) -> None:
    slug = begin(tess_at)
    assert send(tess_at, slug, 1, stem="One").get_json()["outcome"] == "stored"
    assert send(tess_at, slug, 3, stem="Three").get_json()["outcome"] == "stored"
    late = send(tess_at, slug, 2, stem="Two", lesson="01-a-costly-word")
    assert late.get_json()["outcome"] == "superseded"
    assert content_of(session, slug)["stem"] == "Three"
    assert own(session, slug).lesson == ""
    assert "Two" in next(step for step in steps(session, slug) if step.event == "late").content


def test_another_tab_that_began_earlier_is_told_with_both_texts(tess_at: Browser, session: Session) -> None:
    slug = begin(tess_at)
    send(tess_at, slug, 1, stem="Here")
    reply = send(tess_at, slug, 1, tab=OTHER_TAB, stem="There")
    assert reply.status_code == 409
    report = reply.get_json()
    assert report["outcome"] == "conflict"
    stem = next(it for it in report["differing"] if it["name"] == "stem")
    assert (stem["mine"], stem["theirs"]) == (["There"], ["Here"])
    assert content_of(session, slug)["stem"] == "Here"


def test_another_tab_that_has_seen_the_step_goes_on(tess_at: Browser, session: Session) -> None:
    slug = begin(tess_at)
    send(tess_at, slug, 1, stem="Here")
    assert send(tess_at, slug, 1, seen=2, tab=OTHER_TAB, stem="There").status_code == 200
    assert content_of(session, slug)["stem"] == "There"


def test_a_blank_made_by_typing_tells_the_page_to_look_again(tess_at: Browser) -> None:
    slug = begin(tess_at, "cloze")
    stamp = {"answer_id": str(uuid.uuid4()), "tab": str(TAB), "counter": "1", "seen": "1", "whole": "1"}
    fields = {"kind": "cloze", **stamp, "f-text": "The {tower} writes."}
    report = tess_at.send(f"/teach/questions/{slug}/draft", fields).get_json()
    assert report["reshaped"] is True


@pytest.mark.parametrize("cut", ["whole", "kind", "seen", "tab", "answer_id"])
def test_what_did_not_arrive_whole_is_refused_in_words(tess_at: Browser, session: Session, cut: str) -> None:
    slug = begin(tess_at)
    stamp = {"answer_id": str(uuid.uuid4()), "tab": str(TAB), "counter": "1", "seen": "1"}
    fields = {"kind": "single_choice", "whole": "1", **stamp, "f-stem": "Words"}
    del fields[cut]
    reply = tess_at.send(f"/teach/questions/{slug}/draft", fields)
    assert reply.status_code == 400
    assert reply.get_json()["message"]
    assert "stem" not in content_of(session, slug)


def test_signed_out_it_is_refused_so_that_the_device_keeps_it(tess_at: Browser) -> None:
    slug = begin(tess_at)
    tess_at.post("/sign-out")
    assert send(tess_at, slug, 1, stem="Words").status_code == 401
