"""Probability: a statement that has been settled, by a source that can be named."""

from __future__ import annotations

from app.library.check.rule import Rule, Said, each_question
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.probability import ProbabilityBody


def _probability(library: Library, question: Question) -> Said:
    """That there is an outcome, and a resolution with a source of the course, is seen when it is loaded."""
    body: ProbabilityBody = question.body
    if question.head.use != "practice":
        yield "error", f"A forecast has no mark, so its use is “practice”, not “{question.head.use}”."
    if question.head.stem.rstrip().endswith("?"):
        yield "error", "Its stem is a question; write the statement whose chance is asked for."
    if not body.base_rate:
        yield "warning", "It has no “base_rate”: say what a reader could start from."


RULES: dict[str, Rule] = {
    "TY-PR": Rule(
        "error for another use than practice, or a stem that is a question; warning without a base rate",
        "A forecast is about a statement that a named source has settled, and stays out of marks.",
        each_question(_probability, ProbabilityBody),
    ),
}
