"""Counting words, sentences and syllables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.check.words import (
    grade_level,
    jaccard,
    normal,
    outside_quotes,
    reading_grade,
    sentences,
    stem,
    syllables,
    three_grams,
    words,
)

pytestmark = pytest.mark.pure


def test_grade_of_100_words_in_5_sentences_with_160_syllables() -> None:
    assert grade_level(100, 5, 160) == pytest.approx(11.09)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The clerk's well-kept *book*.", ["The", "clerk's", "well-kept", "book"]),
        ("A [bill of lading]{term=bill} cost 1,200.[^S3]", ["A", "bill", "of", "lading", "cost", "1", "200"]),
        ("– … —", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("Gen. Clark of the U.S. Navy, i.e. the fleet, came at 3.15.", 1),
        ("He wrote “no losses”. Then he left.", 2),
        ("Was it late? “Nobody knows.” The clerk slept.", 3),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("clerk", 1), ("care", 1), ("table", 2), ("moved", 1), ("started", 2), ("pages", 2), ("being", 2)),
        *(("Iranian", 4), ("nation", 2), ("evidence", 3), ("2020", 1), ("strengths", 1)),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_fewer_than_150_words_have_no_grade() -> None:
    assert reading_grade(["One two three. " * 49], set()) is None
    assert reading_grade(["One two three. " * 50], set()) is not None


def test_names_and_known_terms_count_two_syllables() -> None:
    text = ["The old verification of Mesopotamia was here. " * 30]
    assert reading_grade(text, {"verification"}) == pytest.approx(grade_level(7 * 30, 30, 9 * 30))


def test_text_in_quotation_marks_is_somebody_elses() -> None:
    left = outside_quotes('He said “we must” and "we should" and ‘it isn’t so’, didn’t he.')
    assert [word for word in ("must", "should", "isn’t", "didn’t") if word in left] == ["didn’t"]


def test_normal_text_ignores_spaces_case_and_kind_of_quotation_marks() -> None:
    assert normal("“No  losses”, the clerk’s\u00a0book") == normal('"no losses", The clerk\'s book')


@pytest.mark.parametrize(
    ("one", "other"),
    [("announced", "announces"), ("injuries", "injury"), ("counting", "counts"), ("claims", "claimed")],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_three_grams_of_a_short_text_are_the_text() -> None:
    assert three_grams("two words") == {("two", "words")}
    assert jaccard(three_grams("a b c d"), three_grams("b c d e")) == pytest.approx(1 / 3)


@given(st.text())
def test_any_text_can_be_measured(text: str) -> None:
    assert all(syllables(word) >= 1 for word in words(text))
    assert len(sentences(text)) <= len(words(text))
    reading_grade([text], set())
