"""Chance, exactly: the limits that item-writing names, and bots that guess."""

from __future__ import annotations

import pytest
import yaml

from app.library.check.cues import BOTS, Choice, longest, send, single_choices
from app.library.check.odds import central_band, distribution, is_uneven, percentile
from app.questions.bank import read_bank
from tests.library.check.course import question

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("options", "tries", "most"),
    [(3, 20, 12), (3, 40, 20), (3, 64, 30), (3, 80, 37), (4, 20, 10), (4, 40, 17), (4, 64, 24), (4, 80, 29)],
)
def test_99th_percentile_of_guessing(options: int, tries: int, most: int) -> None:
    assert percentile([1 / options] * tries, 0.99) == most


@pytest.mark.parametrize(("tries", "band"), [(20, (6, 14)), (24, (7, 17)), (40, (14, 26))])
def test_central_band_of_even_tries(tries: int, band: tuple[int, int]) -> None:
    assert central_band(tries, 0.95) == band


def test_distribution_of_unlike_chances_adds_up() -> None:
    found = distribution([0.5, 0.25, 0.0])
    assert found == pytest.approx([0.375, 0.5, 0.125, 0.0])


def test_nothing_tried_is_no_surprise() -> None:
    assert percentile([], 0.99) == 0
    assert not is_uneven([20], [20.0])


@pytest.mark.parametrize(("counts", "uneven"), [([12, 4, 4], False), ([14, 3, 3], True), ([7, 7, 6], False)])
def test_places_of_keys(counts: list[int], uneven: bool) -> None:
    assert is_uneven(counts, [20 / 3] * 3) is uneven


def choices(*options: str) -> list[Choice]:
    """One single choice for each text; its options stand between slashes, the key in front."""
    entries = [
        [{"id": f"o{n}", "text": each.strip(), "key": n == 0} for n, each in enumerate(text.split("/"))]
        for text in options
    ]
    bank = {"lesson": "x", "questions": [question(id=f"q{n}", options=entry) for n, entry in enumerate(entries)]}
    return single_choices(read_bank(yaml.safe_dump(bank), "questions/x.yaml")[0])


def test_bot_between_equal_options_has_the_expected_score() -> None:
    outing = send(longest, choices("tea / oil / a", "a / tea / oil", "salt / oil / a"))
    assert (outing.score, outing.chance, len(outing.seen)) == (pytest.approx(1.5), pytest.approx(1), 3)


def test_question_without_a_difference_is_not_counted() -> None:
    outing = send(longest, choices("tea / oil / tar"))
    assert (outing.seen, outing.z) == ((), 0.0)


def test_middle_is_that_of_size() -> None:
    [choice] = choices("20 / 300 / 10")
    assert BOTS["middle"][1](choice) == {0}
