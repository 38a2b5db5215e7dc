"""What a learner is told about how sure they were."""

from __future__ import annotations

import pytest

from app.learning.calibration import Band, Calibration, Record, Said, after_answer, score_words, step_words

pytestmark = pytest.mark.pure


def said(step: int, right: int, wrong: int) -> list[Said]:
    return [Said(step, 0.25, True)] * right + [Said(step, 0.25, False)] * wrong


def test_each_step_has_its_own_record() -> None:
    found = Calibration((*said(85, 12, 2), *said(40, 1, 3)))
    assert dict(found.records) == {
        40: Record(4, 1),
        55: Record(),
        70: Record(),
        85: Record(14, 12),
        99: Record(),
    }


def test_just_guessing_is_counted_apart_and_is_no_forecast() -> None:
    found = Calibration(
        (
            *said(0, 2, 5),
            *said(70, 1, 0),
        )
    )
    assert found.record(0) == Record(7, 2)
    assert 0 not in dict(found.records)
    assert found.forecasts == [(0.7, True)]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (Record(14, 12), "12 of 14 times"),
        (Record(1, 1), "1 of 1 time"),
        (Record(29, 29), "29 of 29 times"),
        (Record(30, 24), "24 of 30 times (80 %, within 63 to 90 %)"),
    ],
)
def test_counts_alone_until_there_are_thirty(record: Record, words: str) -> None:
    assert record.words == words


@pytest.mark.parametrize(
    ("certainty", "record", "verdict"),
    [
        (3, Record(29, 5), ""),
        (3, Record(40, 20), "too sure"),
        (3, Record(40, 35), ""),
        (2, Record(100, 95), "too unsure"),
        (2, Record(100, 40), "too sure"),
        (1, Record(60, 58), "too unsure"),
        (1, Record(60, 5), ""),
    ],
)
def test_a_verdict_needs_the_whole_interval_outside_the_band(certainty: int, record: Record, verdict: str) -> None:
    assert Band(certainty, record).verdict == verdict


def test_bands_hold_all_answers_guesses_too() -> None:
    found = Calibration(
        (
            *said(0, 1, 1),
            *said(55, 1, 0),
            *said(70, 2, 0),
            *said(99, 0, 3),
        )
    )
    assert [band.record for band in found.bands] == [Record(3, 2), Record(2, 2), Record(3, 0)]


@pytest.mark.parametrize(
    ("step", "right", "says"),
    [
        (85, False, "You were 85 % sure, and it was not right. When you say 85 %, you are right 12 of 15 times."),
        (85, True, "You were 85 % sure, and you were right. When you say 85 %, you are right 12 of 15 times."),
        (0, True, "You said you were just guessing, and it was right. Guesses so far: 12 of 15 times right."),
    ],
)
def test_after_an_answer(step: int, right: bool, says: str) -> None:
    assert after_answer(step, right, Record(15, 12)) == says


def test_a_score_says_what_it_is_measured_against() -> None:
    assert score_words([(0.8, True), (0.6, False)]) == "0.20 over 2 (0 is best; always saying 50 % gives 0.25)"
    assert score_words([]) == ""
    assert (step_words(0), step_words(99)) == ("just guessing", "99 %")
    assert Calibration().is_empty
    assert not Calibration((), ((0.5, True),)).is_empty
