"""True or false, and why: both right or nothing; g is 1 in 2·untied + tied (measurement.md §2)."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest
from pydantic import ValidationError

from app.errors import Unreadable
from app.questions.shapes import AssignResponse
from app.questions.types.true_false import TrueFalse, TrueFalseBody, judged

pytestmark = pytest.mark.pure

KIND = TrueFalse()
ORDER = ("r2", "r0", "r1")


def body(tied: tuple[bool | None, ...] = (None, None, None), *, verdict: bool = True, **more: Any) -> TrueFalseBody:
    """Reasons r0, r1 … of which r0 is the key; `tied` says with which verdict each goes."""
    reasons = [
        {"id": f"r{n}", "text": f"Reason {n}", "key": n == 0, "feedback": f"Why {n}.", "goes_with": goes_with}
        for n, goes_with in enumerate(tied)
    ]
    version = {} if verdict else {"true_version": "It is otherwise."}
    return TrueFalseBody.model_validate({"verdict": verdict, "reasons": reasons, **version, **more})


def answer(verdict: str | None = None, reason: str | None = None) -> AssignResponse:
    given = {"verdict": verdict, "reason": reason}
    return AssignResponse(assigned={tier: value for tier, value in given.items() if value})


@pytest.mark.parametrize(
    ("response", "score", "reason", "diagnosis"),
    [
        (answer("true", "r0"), 1.0, "verdict right, reason right", None),
        (answer("true", "r1"), 0.0, "verdict right, reason wrong", "right-verdict-wrong-reason"),
        (answer("false", "r0"), 0.0, "verdict wrong, reason right", "wrong-verdict-right-reason"),
        (answer("false", "r1"), 0.0, "verdict wrong, reason wrong", None),
        (answer("true"), 0.0, "verdict right, reason missing", None),
        (answer("false"), 0.0, "verdict wrong, reason missing", None),
        (answer(reason="r0"), 0.0, "verdict missing, reason right", None),
        (answer(reason="r1"), 0.0, "verdict missing, reason wrong", None),
    ],
)
def test_only_the_right_verdict_for_the_right_reason_scores(
    response: AssignResponse, score: float, reason: str, diagnosis: str | None
) -> None:
    grade = KIND.grade(body(), response)
    assert (grade.score, grade.reason, grade.diagnosis) == (score, reason, diagnosis)


def test_a_false_statement_is_called_false() -> None:
    assert KIND.grade(body(verdict=False), answer("false", "r0")).score == 1
    assert KIND.grade(body(verdict=False), answer("true", "r0")).score == 0


@pytest.mark.parametrize(
    ("tied", "expected"),
    [
        ((None,) * 4, 0.125),
        ((True,) * 4, 0.25),
        ((True, True, False, False), 0.25),
        ((None,) * 3, 1 / 6),
        ((True, False, False), 1 / 3),
        ((None, None, False), 1 / 5),
        ((None, None, None, True), 1 / 7),
    ],
)
def test_blind_guessing_earns_one_in_so_many_sensible_pairs(tied: tuple[bool | None, ...], expected: float) -> None:
    question = body(tied)
    pairs = [
        answer(str(verdict).lower(), reason.id)
        for verdict, reason in product((True, False), question.reasons)
        if reason.goes_with in (None, verdict)
    ]
    scores = [KIND.grade(question, pair).score or 0.0 for pair in pairs]
    assert KIND.chance(question) == pytest.approx(expected, abs=1e-12)
    assert sum(scores) / len(scores) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("response", "expected"),
    [(answer("true", "r1"), True), (answer("false", "r0"), False), (answer(reason="r0"), None)],
)
def test_the_verdict_is_told_whatever_its_reason(response: AssignResponse, expected: bool | None) -> None:
    assert judged(body(), response) is expected


def test_verdicts_keep_their_order_and_reasons_are_shuffled() -> None:
    question = body(true_label="Rely on it", false_label="Do not rely on it")
    view = KIND.view(question, ORDER)
    assert view.style == "tiers"
    assert [option.text for option in view.prompts[0].options] == ["Rely on it", "Do not rely on it"]
    assert [option.text for option in view.prompts[1].options] == ["Reason 2", "Reason 0", "Reason 1"]
    assert {KIND.order(question, random.Random(seed))[0] for seed in range(40)} == {"r0", "r1", "r2"}


def test_fields_are_read_by_the_order_shown() -> None:
    assert KIND.read(body(), {"assign-1": ["1"], "assign-2": [" 1 "]}, ORDER) == answer("true", "r2")
    assert KIND.read(body(), {"assign-1": ["2"], "assign-2": ["2"]}, ORDER) == answer("false", "r0")


@pytest.mark.parametrize(
    ("raw", "field"),
    [({"assign-1": ["3"]}, "assign-1"), ({"assign-1": ["1"], "assign-2": ["4"]}, "assign-2")],
)
def test_what_was_not_shown_is_asked_again(raw: dict[str, list[str]], field: str) -> None:
    with pytest.raises(Unreadable, match="no option") as caught:
        KIND.read(body(), raw, ORDER)
    assert caught.value.where == field


def test_the_verdict_and_every_reason_are_explained() -> None:
    reveal = KIND.reveal(body(verdict=False), answer("true", "r0"))
    verdict, *reasons = reveal.rows
    assert (verdict.id, verdict.verdict, verdict.right, verdict.given) == ("verdict", "wrong", "False", "True")
    assert verdict.why == "It is otherwise."
    assert [(row.id, row.verdict, row.why, row.is_key, row.chosen) for row in reasons] == [
        ("r0", "right", "Why 0.", True, True),
        ("r1", "neutral", "Why 1.", False, False),
        ("r2", "neutral", "Why 2.", False, False),
    ]
    assert (reveal.answer, reveal.yours) == ("False: Reason 0", "True: Reason 0")


def test_what_is_missing_is_named() -> None:
    reveal = KIND.reveal(body(), answer("true"))
    assert [row.verdict for row in reveal.rows] == ["right", "missed", "neutral", "neutral"]
    assert reveal.yours == "True: no reason"
    assert KIND.reveal(body(), answer(reason="r1")).rows[0].verdict == "missed"


def test_a_true_statement_has_nothing_put_right() -> None:
    assert KIND.reveal(body(), None).rows[0].why == ""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"verdict": False, "true_version": ""}, "goes with “verdict: false”"),
        ({"verdict": True, "true_version": "It is so."}, "goes with “verdict: false”"),
        ({"tied": (False, None, None)}, "verdict that is wrong here"),
        ({"reasons": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]}, "this has 0"),
        ({"reasons": [{"id": i, "text": i, "key": True} for i in "ab"]}, "this has 2"),
        ({"reasons": [{"id": "a", "text": "A", "key": True}, {"id": "a", "text": "B"}]}, "“a” is used twice"),
    ],
)
def test_unsound_bodies_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        body(**changes)


def test_labels_that_yaml_reads_as_truth_values_are_words() -> None:
    assert body(true_label=True, false_label=False).labels == {"true": "True", "false": "False"}


def test_learners_are_asked_how_sure_they_are() -> None:
    assert KIND.asks_confidence
    assert KIND.lead.endswith(".")


def test_a_reason_has_no_credit() -> None:
    reasons = [{"id": "a", "text": "A", "key": True, "credit": 0.5}, {"id": "b", "text": "B"}]
    with pytest.raises(ValidationError, match="no “credit”"):
        TrueFalseBody.model_validate({"verdict": True, "reasons": reasons})
