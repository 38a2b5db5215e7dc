"""Choosing questions for an attempt."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.bank import load_question
from app.questions.draw import Quiz, draw_questions, shown_order
from app.questions.model import Place, Question
from tests.factories import NOON
from tests.support.questions import questions

pytestmark = pytest.mark.pure

PLACE = Place("questions/b.yaml", 1)


def question(
    slug: str, *, objective: str = "src.date", use: str = "practice", enemies: tuple[str, ...] = ()
) -> Question:
    options = [{"id": "a", "text": "A", "key": True}, {"id": "b", "text": "B"}, {"id": "c", "text": "C"}]
    data = {"id": slug, "revision": 1, "kind": "single_choice", "objective": objective, "use": use, "stem": "S"}
    return load_question({**data, "enemies": list(enemies), "options": options}, lesson="l", place=PLACE)


def bank(*found: Question) -> dict[str, Question]:
    return {q.id: q for q in found}


def quiz(*counts: int, objectives: tuple[str, ...] = ("src.date", "src.count"), **more: object) -> Quiz:
    draw = [{"objective": o, "count": n} for o, n in zip(objectives, counts, strict=False)]
    return Quiz.model_validate({"id": "z", "title": "Z", "draw": draw, **more})


def draw(quiz: Quiz, found: dict[str, Question], seen: dict[str, int] | None = None, seed: int = 1) -> list[str]:
    last = {slug: NOON + timedelta(minutes=n) for slug, n in (seen or {}).items()}
    return draw_questions(quiz, found, last, random.Random(seed))


FIVE = bank(*(question(slug) for slug in "abcde"))


def test_questions_never_seen_come_first() -> None:
    for seed in range(20):
        assert set(draw(quiz(2), FIVE, {"a": 1, "c": 2, "e": 3}, seed)) == {"b", "d"}


def test_then_those_seen_longest_ago() -> None:
    for seed in range(20):
        assert set(draw(quiz(2), FIVE, {"a": 5, "b": 4, "c": 3, "d": 2, "e": 1}, seed)) == {"d", "e"}


def test_chance_decides_among_those_seen_at_the_same_time() -> None:
    drawn = Counter(slug for seed in range(200) for slug in draw(quiz(1), FIVE, seed=seed))
    assert set(drawn) == set("abcde")
    assert min(drawn.values()) > 15


def test_the_same_seed_draws_the_same() -> None:
    assert draw(quiz(3), FIVE, seed=5) == draw(quiz(3), FIVE, seed=5)


def test_the_order_of_the_bank_does_not_matter() -> None:
    backwards = dict(reversed(FIVE.items()))
    assert draw(quiz(3), FIVE, seed=5) == draw(quiz(3), backwards, seed=5)


def test_enemies_are_never_in_one_quiz_whoever_names_the_other() -> None:
    found = bank(question("a", enemies=("b",)), question("b"), question("c"), question("d", enemies=("c",)))
    for seed in range(30):
        drawn = set(draw(quiz(4), found, seed=seed))
        assert len(drawn) == 2
        assert len(drawn & {"a", "b"}) == len(drawn & {"c", "d"}) == 1


def test_enemies_are_kept_apart_across_objectives() -> None:
    found = bank(
        question("a", enemies=("x",)),
        question("x", objective="src.count"),
        question("y", objective="src.count"),
    )
    for seed in range(20):
        assert set(draw(quiz(1, 1), found, seed=seed)) == {"a", "y"}


def test_a_small_bank_gives_fewer() -> None:
    assert sorted(draw(quiz(9), FIVE)) == list("abcde")


def test_only_the_use_of_the_quiz_is_drawn() -> None:
    found = bank(question("a"), question("b", use="held_out"), question("c", use="lesson"), question("d", use="drill"))
    assert draw(quiz(9), found) == ["a"]
    assert draw(quiz(9, use="held_out"), found) == ["b"]


def test_fixed_questions_come_as_written_without_those_that_are_gone() -> None:
    fixed = Quiz.model_validate({"id": "z", "title": "Z", "questions": ["d", "gone", "a"]})
    for seed in range(5):
        assert draw(fixed, FIVE, {"d": 3}, seed) == ["d", "a"]


def test_nothing_to_draw_from_gives_nothing() -> None:
    assert draw(quiz(2), {}) == []


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3)),
    st.integers(0, 2**32),
    st.integers(1, 9),
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=4),
)
def test_whatever_was_seen_a_draw_is_right(
    seen: dict[str, int], seed: int, count: int, hate: list[tuple[str, str]]
) -> None:
    enemies = {slug: tuple(b for a, b in hate if a == slug and b != a) for slug in "abcdefgh"}
    found = bank(*(question(slug, enemies=enemies[slug]) for slug in "abcdefgh"))
    drawn = draw(quiz(count), found, seen, seed)
    assert len(drawn) == len(set(drawn)) <= count
    assert not any(b in enemies[a] for a in drawn for b in drawn)
    if len(drawn) < count:
        # Whatever was left out has an enemy that is in.
        left = set(found) - set(drawn)
        assert all(any(d in enemies[s] or s in enemies[d] for d in drawn) for s in left)


@given(questions(), st.integers(0, 2**62), st.integers(1, 50))
def test_an_attempt_can_be_shown_again_exactly(question: Question, seed: int, position: int) -> None:
    first = shown_order(question, seed=seed, position=position)
    assert first == shown_order(question, seed=seed, position=position)


def test_seed_and_position_both_shuffle() -> None:
    found = question("a")
    by_seed = {shown_order(found, seed=seed, position=1) for seed in range(40)}
    by_position = {shown_order(found, seed=1, position=position) for position in range(40)}
    assert len(by_seed) == len(by_position) == 6
