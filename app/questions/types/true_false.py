"""True or false, and why: f = 1 only if the verdict and its reason are right (measurement.md §2).

A pair of verdict and reason is sensible unless the reason is tied to the other verdict, so g is 1 in
2·untied + tied: 1/(2m) when each of m reasons could go with either verdict, 1/m when each is tied to one.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.questions.model import Diagnosis, Grade, Reveal, RevealRow, Strict, Text, Verdict
from app.questions.shapes import (
    AssignPrompt,
    AssignResponse,
    AssignView,
    Raw,
    ShownOption,
    fill_assign,
    read_assign,
)
from app.questions.types.assign import numbered, unique_ids
from app.questions.types.base import Kind, Option, OptionText, Sample
from app.questions.types.choice import option_rows, options_signature

_VERDICTS = ("true", "false")


class Reason(Option):
    """A reason; `goes_with` says with which verdict alone it can go, None if it could go with either."""

    goes_with: bool | None = None


class TrueFalseBody(Strict):
    """Whether the statement of the stem is true, and reasons of which one is the key."""

    verdict: bool
    true_version: Text = ""
    true_label: OptionText = "True"
    false_label: OptionText = "False"
    reasons: Annotated[tuple[Reason, ...], Field(min_length=2, max_length=8)]

    @field_validator("true_label", "false_label", mode="before")
    @classmethod
    def _word(cls, value: Any) -> Any:
        """YAML reads the word True without quotation marks as a truth value."""
        return str(value) if isinstance(value, bool) else value

    @model_validator(mode="after")
    def _sound(self) -> TrueFalseBody:
        unique_ids(self.reasons, "reason")
        if any(reason.credit is not None for reason in self.reasons):
            raise PydanticCustomError("TY-TF", "A reason has no “credit”: it counts only with its verdict.")
        keys = [reason for reason in self.reasons if reason.key]
        if len(keys) != 1:
            message = "Exactly one reason has “key: true”; this has {count}."
            raise PydanticCustomError("TY-TF", message, {"count": len(keys)})
        if self.verdict == bool(self.true_version):
            message = "“true_version”, the sentence put right, goes with “verdict: false”, always and only with it."
            raise PydanticCustomError("TY-TF", message)
        if keys[0].goes_with not in (None, self.verdict):
            raise PydanticCustomError("TY-TF", "The key “goes_with” the verdict that is wrong here.")
        return self

    @cached_property
    def key(self) -> dict[str, str]:
        """The right verdict and the right reason, as a response has them."""
        return {
            "verdict": _VERDICTS[0] if self.verdict else _VERDICTS[1],
            "reason": next(reason.id for reason in self.reasons if reason.key),
        }

    @cached_property
    def labels(self) -> dict[str, str]:
        """The words for the two verdicts, in the order in which they are always shown."""
        return dict(zip(_VERDICTS, (self.true_label, self.false_label), strict=True))


class TrueFalse(Kind[TrueFalseBody, AssignResponse]):
    """Judge a statement and say why."""

    name = "true_false"
    label = "True or false, and why"
    instruction = "Choose a verdict and its reason; both have to be right."
    lead = "Judge this statement and give the reason."
    asks_confidence = True
    Body = TrueFalseBody
    Response = AssignResponse

    def order(self, body: TrueFalseBody, rng: random.Random) -> tuple[str, ...]:
        """The reasons, shuffled; the verdicts stay in one order."""
        ids = [reason.id for reason in body.reasons]
        rng.shuffle(ids)
        return tuple(ids)

    def view(self, body: TrueFalseBody, order: Sequence[str]) -> AssignView:
        """See Kind."""
        verdicts = tuple(ShownOption(str(number), text) for number, text in enumerate(body.labels.values(), 1))
        prompts = AssignPrompt("1", "Your verdict", verdicts), AssignPrompt("2", "Why?", numbered(body.reasons, order))
        return AssignView(prompts, "tiers")

    def read(self, body: TrueFalseBody, raw: Raw, order: Sequence[str]) -> AssignResponse | None:
        """See Kind."""
        return read_assign(raw, _shown(order))

    def fill(self, body: TrueFalseBody, response: AssignResponse, order: Sequence[str]) -> dict[str, list[str]]:
        """See Kind."""
        return fill_assign(response, _shown(order))

    def grade(self, body: TrueFalseBody, response: AssignResponse) -> Grade:
        """See Kind."""
        verdict, reason = (_state(key, response.assigned.get(tier)) for tier, key in body.key.items())
        score = 1.0 if (verdict, reason) == ("right", "right") else 0.0
        return Grade(score, f"verdict {verdict}, reason {reason}", _DIAGNOSES.get((verdict, reason)))

    def reveal(self, body: TrueFalseBody, response: AssignResponse | None) -> Reveal:
        """See Kind."""
        given = response.assigned if response else {}
        reasons = option_rows(body.reasons, [given.get("reason", "")])
        return Reveal(
            answer=_in_words(body, body.key),
            rows=(_verdict_row(body, given.get("verdict")), *reasons),
            yours=_in_words(body, given) if given else "",
        )

    def chance(self, body: TrueFalseBody) -> float:
        """See Kind."""
        return 1 / sum([2 if reason.goes_with is None else 1 for reason in body.reasons])

    def export(self, body: TrueFalseBody) -> tuple[str, TrueFalseBody]:
        """See Kind."""
        return "assign", body

    def samples(self, body: TrueFalseBody) -> tuple[Sample[AssignResponse], ...]:
        """See Kind."""
        key = body.key
        other = next(verdict for verdict in _VERDICTS if verdict != key["verdict"])
        wrong = next(reason.id for reason in body.reasons if not reason.key)
        return (
            Sample(AssignResponse(assigned=key), 1.0),
            Sample(AssignResponse(assigned={**key, "reason": wrong}), 0.0),
            Sample(AssignResponse(assigned={**key, "verdict": other}), 0.0),
            Sample(AssignResponse(assigned={"verdict": key["verdict"]}), 0.0),
            Sample(AssignResponse(assigned={"reason": key["reason"]}), 0.0),
            Sample(raw={"assign-1": ["3"]}),
            Sample(raw={"assign-1": ["1", "2"], "assign-2": ["1"]}),
            Sample(raw={"assign-1": ["1"], "assign-2": ["99"]}),
        )

    def signature(self, body: TrueFalseBody) -> str:
        """See Kind."""
        return f"{body.key['verdict']} {options_signature(body.reasons)}"


def judged(body: TrueFalseBody, response: AssignResponse) -> bool | None:
    """The verdict given, whatever the reason, for d′ (measurement.md §4); None when there is none."""
    verdict = response.assigned.get("verdict")
    return verdict == _VERDICTS[0] if verdict in body.labels else None


_DIAGNOSES: dict[tuple[str, str], Diagnosis] = {
    ("right", "wrong"): "right-verdict-wrong-reason",
    ("wrong", "right"): "wrong-verdict-right-reason",
}


def _shown(order: Sequence[str]) -> Mapping[str, Sequence[str]]:
    return {"verdict": _VERDICTS, "reason": order}


def _state(right: str, given: str | None) -> str:
    if given is None:
        return "missing"
    return "right" if given == right else "wrong"


def _in_words(body: TrueFalseBody, given: Mapping[str, str]) -> str:
    reasons = {reason.id: reason.text for reason in body.reasons}
    verdict = body.labels.get(given.get("verdict", ""), "no verdict")
    return f"{verdict}: {reasons.get(given.get('reason', ''), 'no reason')}"


def _verdict_row(body: TrueFalseBody, given: str | None) -> RevealRow:
    states: dict[str, Verdict] = {"missing": "missed", "right": "right", "wrong": "wrong"}
    return RevealRow(
        "verdict",
        "Your verdict",
        states[_state(body.key["verdict"], given)],
        body.true_version,
        is_key=True,
        chosen=given is not None,
        right=body.labels[body.key["verdict"]],
        given=body.labels.get(given or "", ""),
    )
