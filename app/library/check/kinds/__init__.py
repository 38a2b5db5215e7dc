"""Rules that belong to one kind of question, and the parts of its body that other rules read: a file a kind."""

from __future__ import annotations

from app.library.check.kinds import multiple_response, ordering, short_answer
from app.library.check.rule import Rule

RULES: dict[str, Rule] = {
    **multiple_response.RULES,
    **ordering.RULES,
    **short_answer.RULES,
}
