"""Rules that belong to one kind of question, and the parts of its body that other rules read: a file a kind."""

from __future__ import annotations

from app.library.check.kinds import (
    categorise,
    cloze,
    free_response,
    highlight,
    matching,
    multiple_response,
    numeric,
    ordering,
    probability,
    short_answer,
    source_rating,
    true_false,
)
from app.library.check.rule import Rule

RULES: dict[str, Rule] = {
    **multiple_response.RULES,
    **true_false.RULES,
    **matching.RULES,
    **ordering.RULES,
    **categorise.RULES,
    **numeric.RULES,
    **short_answer.RULES,
    **cloze.RULES,
    **highlight.RULES,
    **probability.RULES,
    **free_response.RULES,
    **source_rating.RULES,
}
