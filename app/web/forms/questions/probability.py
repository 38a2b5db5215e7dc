"""The form of a forecast."""

from __future__ import annotations

from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.fields import Line, Pick, Prose
from app.web.forms.questions.rows import Part, Shape
from app.web.forms.questions.true_false import TRUTH


class ResolutionForm(Shape):
    """What settled the statement."""

    source = Line("Source", suggest="sources", hint="Its id in the list of sources.")
    at = Line("Place in it")
    date = Line("Day", hint="A date such as 2024-05-04.")
    criterion = Prose("What had to be the case", lines=2, hint="For the statement to count as true.")


class ProbabilityForm(QuestionForm):
    """A statement that has been settled."""

    kind = "probability"
    good_for = "A statement to give a chance to. Good for learning how sure to be; it never counts for a mark."
    stem_hint = "A statement that has been settled. The page asks how likely it is."

    outcome = Pick(
        "It turned out",
        [("", "Choose"), ("true", "True"), ("false", "False")],
        reads=TRUTH,
        hint="Have as many of one as of the other.",
    )
    resolution = Part(ResolutionForm, "How it was settled")
    base_rate = Prose("Where to start from", lines=2, hint="How often such a thing happens.")
