"""What the forms of both choices share: options, and whether they are shuffled."""

from __future__ import annotations

from typing import Any

from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.fields import Hidden, Line, Number, Prose, Yes
from app.web.forms.questions.rows import Rows, Shape

FEEDBACK_HINT = "Told afterwards: why it is right or wrong, in 8 to 35 words."
MISCONCEPTION_HINT = "A name for the belief that makes a wrong one tempting."


class OptionForm(Shape):
    """An option that can be right or wrong."""

    id = Hidden()
    text = Prose("Text", lines=1, image=True)
    key = Yes("Right answer")
    feedback = Prose("Feedback", lines=1, image=True, hint=FEEDBACK_HINT)
    misconception = Line("Misconception", hint=MISCONCEPTION_HINT, aside=True)


class CreditedForm(OptionForm):
    """An option of a choice, which may earn part of the mark."""

    credit = Number(
        "Credit",
        hint="What choosing it adds, from −1 to 1, such as 0.5. Leave it empty unless it counts in part.",
        aside=True,
    )


class ChoiceForm(QuestionForm):
    """Options of which some are right."""

    options = Rows(CreditedForm, "Options", noun="option")
    shuffle = Yes("Show the options in a new order each time", default=True)
    shuffle_reason = Line(
        "Why keep this order", hint="Needed when the order stays: learners could read something into it."
    )


def blank_rows(count: int) -> list[dict[str, Any]]:
    """Blank rows with provisional ids."""
    return [{"id": f"new-{number}"} for number in range(1, count + 1)]
