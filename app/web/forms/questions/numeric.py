"""The form of a numeric question."""

from __future__ import annotations

from typing import Any

from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.fields import Line, Number, Pick, Prose, Yes
from app.web.forms.questions.rows import Part, Rows, Shape

_KINDS = {
    "absolute": "By so much to either side",
    "relative": "By a share of the number: 0.05 is 5 %",
    "factor": "By a factor: 1 is from half to double",
}


class ToleranceForm(Shape):
    """How far off still counts: one of three ways, and how much."""

    way = Pick("How far off still counts", list(_KINDS.items()))
    size = Number("How much", hint="0 for this number alone.")
    shown_at = dict.fromkeys(_KINDS, "size")

    @classmethod
    def opened(cls, value: Any) -> dict[str, Any]:
        """The one way that is given."""
        given = {name: size for name, size in value.items() if name in _KINDS} if isinstance(value, dict) else {}
        return next(({"way": name, "size": size} for name, size in given.items()), {"way": "absolute"})

    def content(self) -> Any:
        """As the bank has it."""
        size = self["size"].stored()
        return {self["way"].data or "absolute": size} if size is not None else {}


class WrongNumberForm(Shape):
    """A wrong number that learners give."""

    value = Number("Number")
    feedback = Prose("Feedback", lines=1, hint="Told to whoever gives it.")
    credit = Number("Credit", hint="What it earns if it is nearly right, such as 0.5.", aside=True)


class NumericForm(QuestionForm):
    """A number with a unit and a tolerance."""

    kind = "numeric"
    good_for = "A number to type, with how far off still counts. Good for counts, dates and estimates."

    key = Number("The right number")
    unit = Line("Unit", hint="What is counted or measured. It stands behind the field.")
    tolerance = Part(ToleranceForm)
    percent = Yes("It is in per cent: 30 and 30 % both mean 30")
    estimate = Yes("Only the order of magnitude is asked for")
    rounding = Line("How exact", hint="Shown beside the field, such as “Give a whole number.”")
    wrong = Rows(WrongNumberForm, "Wrong numbers to reply to", noun="wrong number")

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """Exactly this number."""
        return {"tolerance": {"absolute": 0}}
