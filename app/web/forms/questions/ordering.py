"""The form of an ordering."""

from __future__ import annotations

from typing import Any

from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.choice import blank_rows
from app.web.forms.questions.fields import Line, Number, Prose
from app.web.forms.questions.matching import EntryForm
from app.web.forms.questions.rows import Rows


class ElementForm(EntryForm):
    """Something to put in order."""

    feedback = Prose("Feedback", lines=1, image=True, hint="Told afterwards: why it stands here.")
    rank = Number("Rank", hint="Only for ties: equal numbers share a place. Then every element has one.", aside=True)
    date = Line("Date", hint="For you; it is not shown.", aside=True)


class OrderingForm(QuestionForm):
    """Elements in the right order."""

    kind = "ordering"
    good_for = "Things to put in order. Good for what came first, and for steps that follow from each other."
    stem_hint = "Say what to put in order."

    principle = Line("By what to order", hint="And which end is first, such as “Earliest event at the top”.")
    elements = Rows(
        ElementForm,
        "Elements",
        noun="element",
        hint="Three to seven, in the right order here. Learners see them shuffled.",
    )

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """Three elements."""
        return {"elements": blank_rows(3)}
