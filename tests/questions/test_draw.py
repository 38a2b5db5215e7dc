"""Choosing questions for an attempt."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.questions.bank import dump_question, load_question
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


# ---------------------------------------------------------------- levels, cases, order


def of_case(slug: str, case: str, objective: str = "src.date", level: str | None = None) -> Question:
    plain = question(slug, objective=objective)
    return replace(plain, head=plain.head.model_copy(update={"case": case, "level": level}))


def test_a_draw_may_want_one_level() -> None:
    levels = ("remember", "apply", "apply", "evaluate")
    found = bank(*(of_case(f"q{n}", f"c{n}", level=level) for n, level in enumerate(levels)))
    wants = Quiz.model_validate(
        {"id": "z", "title": "Z", "draw": [{"objective": "src.date", "count": 2, "level": "apply"}]}
    )
    assert set(draw(wants, found)) == {"q1", "q2"}


def test_a_draw_may_want_some_kinds() -> None:
    found = FIVE | {"f": load_question({**dump_question(FIVE["a"]), "id": "f"}, lesson="l", place=PLACE)}
    typed = {"id": "t", "revision": 1, "kind": "short_answer", "objective": "src.date", "use": "practice", "stem": "S"}
    found["t"] = load_question({**typed, "accept": [{"text": "a"}]}, lesson="l", place=PLACE)
    wants = {"objective": "src.date", "count": 3, "kinds": ["short_answer"]}
    for seed in range(9):
        assert draw(Quiz.model_validate({"id": "z", "title": "Z", "draw": [wants]}), found, seed=seed) == ["t"]
    with pytest.raises(ValidationError, match="no kind “essay”"):
        Quiz.model_validate({"id": "z", "title": "Z", "draw": [{**wants, "kinds": ["essay"]}]})


def test_a_case_comes_whole_and_stands_together() -> None:
    case = (of_case("k1", "k"), of_case("k2", "k", "src.count"), of_case("k3", "k"))
    others = tuple(question(f"q{n}", objective=o) for n in range(4) for o in ("src.date",))
    found = bank(*case, *others)
    for seed in range(30):
        drawn = draw(quiz(3, 1), found, {q.id: 1 for q in others}, seed)
        assert len(drawn) == 4
        at = [drawn.index(slug) for slug in ("k1", "k2", "k3")]
        assert at == [at[0], at[0] + 1, at[0] + 2]


def test_a_case_that_the_draws_do_not_want_whole_is_left_out() -> None:
    found = bank(of_case("k1", "k"), of_case("k2", "k"), of_case("k3", "k"), question("a"), question("b"))
    for seed in range(20):
        assert set(draw(quiz(2), found, {"a": 1, "b": 2}, seed)) == {"a", "b"}


def test_a_case_seen_in_part_counts_as_seen() -> None:
    found = bank(of_case("k1", "k"), of_case("k2", "k"), question("a"), question("b"))
    for seed in range(20):
        assert set(draw(quiz(2), found, {"k2": 9, "a": 1, "b": 2}, seed)) == {"a", "b"}


def test_fixed_questions_come_as_written_unless_shuffling_is_asked_for() -> None:
    fixed = {"id": "z", "title": "Z", "questions": list("abcde")}
    assert draw(Quiz.model_validate(fixed), FIVE) == list("abcde")
    orders = {tuple(draw(Quiz.model_validate(fixed | {"shuffle": True}), FIVE, seed=n)) for n in range(9)}
    assert len(orders) > 3


def test_drawn_questions_can_come_by_objective() -> None:
    found = bank(*(question(f"q{n}", objective=("src.date", "src.count")[n % 2]) for n in range(8)))
    for seed in range(9):
        drawn = draw(quiz(2, 2, shuffle=False), found, seed=seed)
        assert [found[slug].head.objective for slug in drawn] == ["src.date"] * 2 + ["src.count"] * 2


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"feedback": "after_date"}, "feedback_from"),
        ({"feedback_from": "2026-12-01"}, "feedback: after_date"),
        ({"practice": True, "minutes": 5}, "no time limit"),
        ({"graded": False, "pass_mark": 60}, "pass_mark"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(settings: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Quiz.model_validate_json(json.dumps({"id": "z", "title": "Z", "questions": ["a"], **settings}))
