"""The form of true or false, and why."""

from __future__ import annotations

from typing import Any

from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.choice import OptionForm, blank_rows
from app.web.forms.questions.fields import Line, Pick, Prose
from app.web.forms.questions.rows import Rows

TRUTH = {"true": True, "false": False}


class ReasonForm(OptionForm):
    """A reason, and the verdict that it can go with."""

    goes_with = Pick(
        "Goes with",
        [("", "Either verdict"), ("true", "Only with true"), ("false", "Only with false")],
        reads=TRUTH,
        hint="Most reasons should go with either.",
        aside=True,
    )


class TrueFalseForm(QuestionForm):
    """A statement, its verdict, and reasons."""

    kind = "true_false"
    good_for = "A statement to judge, with its reason. Good against guessing: only the right reason counts."
    stem_hint = "One plain statement. The page says before it that it is to be judged."

    verdict = Pick("The statement is", [("", "Choose"), ("true", "True"), ("false", "False")], reads=TRUTH)
    true_version = Prose("Put right", lines=2, hint="For a false statement only: how it would be true.")
    reasons = Rows(ReasonForm, "Reasons", noun="reason", hint="Three or more, one of them right.")
    true_label = Line("Word for “true”", hint="Only if it is another, such as “Rely on it”.")
    false_label = Line("Word for “false”")

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """Three reasons."""
        return {"reasons": blank_rows(3)}
