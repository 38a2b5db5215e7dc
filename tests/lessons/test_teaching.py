"""What a lesson has for the teacher: the clock of the plan, the pieces of a handout, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from app.lessons.teaching import Handout, Plan, Sheet, Teaching

pytestmark = pytest.mark.pure


def step(minutes: int) -> dict[str, Any]:
    return {"minutes": minutes, "title": "Read", "teacher": "Wait.", "learners": "They read."}


def plan(*minutes: int) -> dict[str, Any]:
    return {"material": [], "steps": [step(n) for n in minutes]}


def teaching(**changes: Any) -> dict[str, Any]:
    prompt = {"ask": "Why?", "good": "Because.[^S02]", "change": "A reason."}
    note = {"hurts": "A storm.[^S01]", "prepare": "Ask.", "instead": "Bread."}
    page = {"id": "one", "content_note": note, "plan": plan(45), "prompts": [prompt] * 3}
    return page | {"handout": {"title": "Sheet", "body": "Write."}} | changes


def test_the_clock_runs_through_the_steps() -> None:
    assert Plan.model_validate(plan(5, 30, 10)).clock == ((0, 5), (5, 35), (35, 45))


@pytest.mark.parametrize("minutes", [(44,), (40, 6), (45, 45)])
def test_steps_that_do_not_take_45_minutes_are_refused(minutes: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError, match=f"take {sum(minutes)} minutes; together they take 45"):
        Plan.model_validate(plan(*minutes))


@pytest.mark.parametrize("number", [0, 2, 4])
def test_there_are_three_discussions(number: int) -> None:
    with pytest.raises(ValidationError, match="prompts"):
        Teaching.model_validate(teaching(prompts=teaching()["prompts"][:1] * number))


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"content_note\.hurts"):
        Teaching.model_validate(teaching(content_note=teaching()["content_note"] | {"hurts": "  "}))


def test_sources_are_numbered_in_the_order_of_the_page() -> None:
    assert Teaching.model_validate(teaching()).citations == ("S01", "S02")


def test_a_handout_is_read_in_pieces() -> None:
    body = "First.\n\n::: quote any-land\n::: lines 3\nSecond.\n::: space 7"
    assert Handout(title="Sheet", body=body).sheet == (
        Sheet("prose", "First."),
        Sheet("quote", "any-land"),
        Sheet("lines", "3"),
        Sheet("prose", "Second."),
        Sheet("space", "7"),
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("::: figure ladder", "“::: figure ladder” is not understood"),
        (":::", "is not understood"),
        ("::: lines many", "“::: lines” is followed by a number from 1 to 30"),
        ("::: space 31", "“::: space” is followed by a number from 1 to 30"),
        ("::: lines 0", "a number from 1 to 30"),
        ("As one source says.[^S01]", "name the source"),
    ],
)
def test_what_a_sheet_cannot_have_is_refused(body: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Handout(title="Sheet", body=body)
