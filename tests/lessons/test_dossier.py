"""What the dossier's entries may hold: dates, times with offsets, zones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from app.lessons.dossier import WEIGHED, WORDS, Clock, CommonDate, Event, Evidence, Verdict, is_date

pytestmark = pytest.mark.pure


def event(**fields: Any) -> Event:
    """An event with these fields."""
    return Event(**{"id": "one", "title": "One", "text": "It happened."} | fields)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("2020-03-02", True),
        ("2020-02-29", True),
        ("2019-02-29", False),
        ("2020-3-2", False),
        ("20200302", False),
        ("2020-W10-1", False),
        ("later", False),
        ("", False),
    ],
)
def test_a_date_is_a_day_of_the_calendar_in_one_form(text: str, good: bool) -> None:
    assert is_date(text) is good


@pytest.mark.parametrize("as_of", ["2020-13-01", "soon", "Later", "2020-01"])
def test_a_verdict_from_no_date_is_refused(as_of: str) -> None:
    with pytest.raises(ValidationError, match="neither a date"):
        Verdict(as_of=as_of, verdict="supported", note="N")
    with pytest.raises(ValidationError, match="neither a date"):
        CommonDate(as_of=as_of, label="L")


def test_a_verdict_has_one_of_the_words() -> None:
    with pytest.raises(ValidationError, match="verdict"):
        Verdict(as_of="later", verdict="true", note="N")
    assert set(WORDS) >= WEIGHED


@pytest.mark.parametrize("at", ["2020-01-08T01:20", "01:20", "2020-01-08T25:00+03:00", "2020-1-8"])
def test_an_event_without_date_or_offset_is_refused(at: str) -> None:
    with pytest.raises(ValidationError, match="a time with its offset"):
        event(at=at)


@pytest.mark.parametrize(
    ("at", "until", "said"),
    [
        ("2020-01-08T01:20+03:00", "2020-01-08T01:20+03:00", "comes after"),
        ("2020-01-08T01:20+03:00", "2020-01-07T23:00+00:00", None),
        ("2020-01-08T01:20+03:00", "2020-01-07T22:00+00:00", "comes after"),
        ("2020-01-08", "2020-01-09", None),
        ("2020-01-08", "2020-01-09T00:00+00:00", "both days or both times"),
    ],
)
def test_an_event_runs_forwards(at: str, until: str, said: str | None) -> None:
    if said is None:
        assert event(at=at, until=until).span[0] < event(at=at, until=until).span[1]
        return
    with pytest.raises(ValidationError, match=said):
        event(at=at, until=until)


def test_an_event_knows_its_hour_only_where_it_is_given() -> None:
    assert event(at="2020-01-08T01:20+03:00").has_time
    assert not event(at="2020-01-08").has_time


def test_a_clock_needs_a_zone_that_exists() -> None:
    clock = Clock(name="Tehran", zone="Asia/Tehran")
    assert clock.name == "Tehran"
    for zone in ("Asia/Nowhere", "", "../etc/passwd"):
        with pytest.raises(ValidationError, match="There is no time zone"):
            Clock(name="Nowhere", zone=zone)


@pytest.mark.parametrize(
    ("as_of", "known"), [("2020-01-15", False), ("2020-01-16", True), ("2020-01-17", True), ("later", True)]
)
def test_evidence_is_known_from_its_day_on(as_of: str, known: bool) -> None:
    assert Evidence(text="T", since=date(2020, 1, 16)).is_known(as_of) is known
    assert Evidence(text="T").is_known(as_of)
