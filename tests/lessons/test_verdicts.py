"""The verdict as of a date, dates as people type them, and an event on several clocks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid
from app.lessons.dossier import LATER, WORDS, Claim, Clock, CommonDate, Dossier, Event, Verdict, day_of
from app.lessons.verdicts import (
    change_points,
    clock_times,
    dates_of,
    first_date,
    in_words,
    read_as_of,
    verdict_at,
    verdict_or_none,
)

pytestmark = pytest.mark.pure

DOSSIER = Dossier(
    dates=(
        CommonDate(as_of="2020-01-09", label="published"),
        CommonDate(as_of="2020-03-02", label="updated"),
        CommonDate(as_of=LATER, label="checked", checked="2026-11"),
    ),
    clocks=(
        Clock(name="Washington", zone="America/New_York"),
        Clock(name="Baghdad", zone="Asia/Baghdad"),
        Clock(name="Tehran", zone="Asia/Tehran"),
    ),
)


def claim(*changes: tuple[str, str], id: str = "C16") -> Claim:
    """A claim whose verdict changes on these dates."""
    verdicts = tuple(Verdict(as_of=as_of, verdict=word, note=as_of) for as_of, word in changes)
    return Claim(id=id, at="P3", text="T", verdicts=verdicts)


LOSSES = claim(
    ("2020-01-09", "supported"),
    ("2020-01-16", "partly supported"),
    ("2020-03-02", "contradicted"),
    (LATER, "contested"),
)


@pytest.mark.parametrize(
    ("as_of", "word"),
    [
        ("2020-01-09", "supported"),
        ("2020-01-15", "supported"),
        ("2020-01-16", "partly supported"),
        ("2020-01-17", "partly supported"),
        ("2020-03-01", "partly supported"),
        ("2020-03-02", "contradicted"),
        ("2025-06-23", "contradicted"),
        (LATER, "contested"),
    ],
)
def test_the_latest_change_point_on_or_before_the_date_holds(as_of: str, word: str) -> None:
    assert verdict_at(LOSSES, as_of).verdict == word


@pytest.mark.parametrize("as_of", ["2020-01-08", "1999-12-31"])
def test_a_date_before_the_first_change_point_is_an_error(as_of: str) -> None:
    with pytest.raises(Invalid, match="Claim C16 has no verdict before 9 January 2020"):
        verdict_at(LOSSES, as_of)
    assert verdict_or_none(LOSSES, as_of) is None


def test_a_claim_without_verdicts_has_none_on_any_date() -> None:
    with pytest.raises(Invalid, match="has no verdict yet"):
        verdict_at(claim(), LATER)


DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31)).map(date.isoformat)
CHANGES = st.dictionaries(DAYS | st.just(LATER), st.sampled_from(sorted(WORDS)), min_size=1, max_size=8)


@given(changes=CHANGES, as_of=DAYS | st.just(LATER), order=st.randoms(use_true_random=False))
def test_whatever_the_order_no_change_point_lies_between_verdict_and_date(
    changes: dict[str, str], as_of: str, order: object
) -> None:
    pairs = list(changes.items())
    order.shuffle(pairs)  # type: ignore[attr-defined]
    given_dates = [day_of(one) for one in changes]
    if min(given_dates) > day_of(as_of):
        assert verdict_or_none(claim(*pairs), as_of) is None
        return
    found = verdict_at(claim(*pairs), as_of)
    assert changes[found.as_of] == found.verdict
    assert day_of(found.as_of) <= day_of(as_of)
    assert not [one for one in given_dates if day_of(found.as_of) < one <= day_of(as_of)]


@given(changes=CHANGES, day=DAYS)
def test_a_verdict_holds_from_its_day_to_the_day_before_the_next(changes: dict[str, str], day: str) -> None:
    it = claim(*changes.items())
    found = verdict_or_none(it, day)
    following = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    if following not in changes:
        assert verdict_or_none(it, following) == found


@pytest.mark.parametrize(
    ("typed", "as_of"),
    [
        (None, "2020-01-09"),
        ("", "2020-01-09"),
        ("  2020-03-02 ", "2020-03-02"),
        ("2020-02-01", "2020-02-01"),
        ("later", LATER),
        ("LATER", LATER),
        ("2026-10-31", "2026-10-31"),
        ("2026-11-01", LATER),
        ("2031-01-01", LATER),
    ],
)
def test_a_date_is_read_as_typed(typed: str | None, as_of: str) -> None:
    assert read_as_of(typed, DOSSIER) == as_of


@pytest.mark.parametrize("typed", ["2020-13-01", "yesterday", "2 March 2020", "2020-3-2", "0", "’; --", "9" * 5000])
def test_what_is_no_date_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(Invalid, match=r"is not a date\. Write it as 2020-03-02, or “later”") as caught:
        read_as_of(typed, DOSSIER)
    assert len(caught.value.message) < 120


def test_a_day_before_the_first_date_is_refused_with_that_date() -> None:
    with pytest.raises(Invalid, match="Nothing is graded before 9 January 2020"):
        read_as_of("2020-01-08", DOSSIER)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    said = ""
    try:
        found = read_as_of(text, DOSSIER)
    except Invalid as problem:
        found, said = first_date(DOSSIER), problem.message
    assert day_of(found) >= day_of(first_date(DOSSIER))
    assert not said or said.endswith((".", "”."))


def test_a_course_without_dates_takes_later_alone_by_default() -> None:
    assert read_as_of(None, Dossier()) == LATER


def test_change_points_leave_the_common_dates_out_and_name_their_claims() -> None:
    other = claim(("2020-01-09", "unknown"), ("2020-01-10", "supported"), ("2020-01-16", "contested"), id="C26")
    assert change_points([LOSSES, other], DOSSIER) == {"2020-01-10": ["C26"], "2020-01-16": ["C16", "C26"]}


def test_the_switch_has_common_dates_and_change_points_in_order() -> None:
    assert dates_of([LOSSES], DOSSIER) == [
        ("2020-01-09", "published"),
        ("2020-01-16", "change"),
        ("2020-03-02", "updated"),
        (LATER, "checked"),
    ]


@pytest.mark.parametrize(
    ("as_of", "words"), [("2020-03-02", "2 March 2020"), (LATER, LATER), (date(2021, 5, 20), "20 May 2021")]
)
def test_dates_are_said_in_words(as_of: str | date, words: str) -> None:
    assert in_words(as_of) == words


def times(**fields: str) -> list[str]:
    """The times of an event on the three clocks, with plain spaces."""
    found = clock_times(Event(id="one", title="One", text="T", **fields), DOSSIER.clocks)
    return [text.replace("\u00a0", " ") for text in found]


def test_one_moment_has_its_time_and_date_on_each_clock() -> None:
    assert times(at="2020-01-07T17:30-05:00") == ["17:30, 7 Jan", "01:30, 8 Jan", "02:00, 8 Jan"]


def test_a_stretch_is_said_with_between_and_with_both_dates_where_they_differ() -> None:
    assert times(at="2020-01-08T01:20+03:00", until="2020-01-08T08:30+03:00") == [
        "between 17:20, 7 Jan, and 00:30, 8 Jan",
        "between 01:20 and 08:30, 8 Jan",
        "between 01:50 and 09:00, 8 Jan",
    ]


def test_clocks_know_summer_time() -> None:
    assert times(at="2020-07-07T12:00+00:00") == ["08:00, 7 Jul", "15:00, 7 Jul", "16:30, 7 Jul"]


def test_a_day_has_no_time_on_any_clock() -> None:
    assert times(at="2020-01-16") == ["", "", ""]
