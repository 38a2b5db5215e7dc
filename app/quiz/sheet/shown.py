"""A question of an attempt before hand-in: what a form is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.questions.certainty import offered
from app.questions.draw import Quiz, shown_order
from app.questions.model import Grade, Question
from app.questions.shapes import View
from app.questions.types import TYPES
from app.quiz.scoring import MAX_TRIES


@dataclass(frozen=True)
class Sat:
    """How far a learner is with a slot: what was said beside the response, tries, hints, and whether it is locked."""

    confidence: int | None = None
    dont_know: bool = False
    tries: int = 0
    hints: int = 0
    is_locked: bool = False
    last: Grade | None = None


@dataclass(frozen=True)
class ShownSlot:
    """A question of an attempt before hand-in. `fields` are what the form is filled with.

    `sure_steps` are the steps to offer for “How sure are you?”, empty when that is not asked; 0 stands for “just
    guessing”. `last` is what the last try earned, in practice between two tries.
    """

    position: int
    question: Question
    view: View
    fields: Mapping[str, Sequence[str]]
    flagged: bool
    is_answered: bool
    sure_steps: tuple[int, ...] = ()
    confidence: int | None = None
    dont_know: bool = False
    tries: int = 0
    tries_left: int = 0
    hints: tuple[str, ...] = ()
    hints_left: int = 0
    is_locked: bool = False
    last: Grade | None = None

    @property
    def instruction(self) -> str:
        """What to do, in a short sentence."""
        return TYPES[self.question.kind].instruction

    @property
    def lead(self) -> str:
        """The fixed sentence before the stem, empty for most kinds."""
        return TYPES[self.question.kind].lead

    @property
    def said(self) -> str:
        """The status in words: “I don't know”, or nothing."""
        return "I don't know" if self.dont_know else ""


def shown_slot(
    question: Question,
    *,
    seed: int,
    position: int,
    response: str | None,
    flagged: bool,
    sat: Sat | None = None,
    quiz: Quiz | None = None,
) -> ShownSlot:
    """A slot as a page may show it before hand-in; `response` is the stored one.

    How sure the learner is, tries and hints are there when the `quiz` asks for them.
    """
    kind, sat = TYPES[question.kind], sat or Sat()
    order = shown_order(question, seed=seed, position=position)
    fields = kind.fill(question.body, kind.Response.model_validate_json(response), order) if response else {}
    if sat.confidence is not None:
        fields |= {"confidence": [str(sat.confidence)]}
    if sat.dont_know:
        fields |= {"dont_know": ["1"]}
    in_practice = quiz is not None and quiz.practice
    hints = question.head.hints if in_practice else ()
    return ShownSlot(
        position,
        question,
        kind.view(question.body, order),
        fields,
        flagged,
        is_answered=response is not None or sat.dont_know,
        sure_steps=sure_steps(question, quiz),
        confidence=sat.confidence,
        dont_know=sat.dont_know,
        tries=sat.tries,
        tries_left=max(0, MAX_TRIES - sat.tries) if in_practice and not sat.is_locked else 0,
        hints=hints[: sat.hints],
        hints_left=0 if sat.is_locked else len(hints[sat.hints :]),
        is_locked=sat.is_locked,
        last=sat.last,
    )


def sure_steps(question: Question, quiz: Quiz | None) -> tuple[int, ...]:
    """The steps to offer for “How sure are you?”; empty when the kind or the quiz does not ask."""
    kind = TYPES[question.kind]
    chance = kind.chance(question.body)
    if quiz is None or not quiz.confidence or not kind.asks_confidence or chance is None:
        return ()
    return offered(chance)
