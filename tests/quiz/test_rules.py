"""Which answer counts (architecture.md rule 8)."""

from __future__ import annotations

import uuid
from datetime import datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid
from app.quiz.rules import Stamp, counting, read_counter, read_uuid
from tests.factories import later

pytestmark = pytest.mark.pure

# (tab, counter) in the order of arrival → index of the one that counts.
TABLE = [
    ([], None),
    ([("A", 1)], 0),
    ([("A", 1), ("A", 2)], 1),
    ([("A", 2), ("A", 1)], 0),
    ([("A", 1), ("B", 1)], 1),
    ([("A", 9), ("B", 1)], 1),
    ([("B", 1), ("A", 9)], 1),
    ([("A", 5), ("B", 1), ("A", 4)], 1),
    ([("A", 5), ("B", 1), ("A", 6)], 2),
    ([("A", 5), ("B", 2), ("B", 1), ("A", 4)], 1),
    ([("A", 1), ("B", 1), ("C", 1)], 2),
    ([("A", 3), ("A", 3)], 1),
]


def stamps(arrivals: list[tuple[str, int]]) -> list[Stamp]:
    tabs = {name: uuid.UUID(int=number) for number, name in enumerate("ABC", 1)}
    return [Stamp(uuid.UUID(int=100 + n), tabs[tab], counter, later(n)) for n, (tab, counter) in enumerate(arrivals)]


@pytest.mark.parametrize(("arrivals", "counts"), TABLE)
def test_within_a_tab_the_highest_between_tabs_the_last(arrivals: list[tuple[str, int]], counts: int | None) -> None:
    found = stamps(arrivals)
    assert counting(found) == (None if counts is None else found[counts])


@pytest.mark.parametrize(("arrivals", "counts"), [entry for entry in TABLE if len(entry[0]) <= 4])
def test_the_order_in_which_rows_are_read_does_not_matter(arrivals: list[tuple[str, int]], counts: int | None) -> None:
    found = stamps(arrivals)
    for shuffled in permutations(found):
        assert counting(shuffled) == (None if counts is None else found[counts])


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=6),
    st.data(),
)
def test_even_at_the_same_moment_one_answer_counts(rows: list[tuple[str, int, int]], data: st.DataObject) -> None:
    tabs = {name: uuid.UUID(int=number) for number, name in enumerate("ABC", 1)}
    found = [Stamp(uuid.UUID(int=100 + n), tabs[t], c, later(at)) for n, (t, c, at) in enumerate(rows)]
    assert counting(data.draw(st.permutations(found))) == counting(found)


def test_a_uuid_is_read() -> None:
    assert read_uuid("00000000-0000-7000-8000-00000000000a", "id") == uuid.UUID(int=0x7000800000000000000A)


@pytest.mark.parametrize("text", [None, "", "x", "0000", "00000000-0000-7000-8000-00000000000g", "é" * 32])
def test_a_damaged_id_names_its_field(text: str | None) -> None:
    with pytest.raises(Invalid, match="load the page again") as caught:
        read_uuid(text, "tab")
    assert caught.value.where == "tab"


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("2147483647", 2147483647)])
def test_a_counter_is_read(text: str, number: int) -> None:
    assert read_counter(text) == number


@pytest.mark.parametrize("text", [None, "", "-1", "1.5", "x", "2147483648", "9" * 5000, "²", "١", " 1"])
def test_a_damaged_counter_is_refused(text: str | None) -> None:
    with pytest.raises(Invalid) as caught:
        read_counter(text)
    assert caught.value.where == "counter"


def test_times_are_compared_and_not_the_ids() -> None:
    early, late = later(1), later(2)
    assert isinstance(early, datetime)
    one = Stamp(uuid.UUID(int=9), uuid.UUID(int=1), 1, early)
    other = Stamp(uuid.UUID(int=1), uuid.UUID(int=2), 1, late)
    assert counting([one, other]) == other
