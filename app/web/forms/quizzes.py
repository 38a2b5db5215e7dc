"""The form of a teacher's quiz: its words and how it is sat. What it asks is chosen on its page."""

from __future__ import annotations

from typing import Any

from app.questions.draw import Quiz
from app.web.forms.questions.fields import Line, Number, Pick, Prose, Yes
from app.web.forms.questions.rows import Shape

PREFIX = "q-"
FEEDBACK = {
    "after_hand_in": "After the hand-in: every option is explained",
    "at_once": "At once: each answer is checked by itself, and cannot be changed then",
    "after_date": "From a day on, which you choose below",
}
PAGES = {"one": "One question a page", "all": "All questions on one page"}
USES = {"practice": "Questions for practice", "held_out": "Questions held out for a test", "drill": "Reports of drills"}


class QuizForm(Shape):
    """Title and settings; fields have the names of the Quiz model."""

    title = Line("Title")
    lead = Prose("A sentence about it", lines=2, hint="Stands below the title. May stay empty.")
    feedback = Pick("When answers are explained", list(FEEDBACK.items()))
    feedback_from = Line("The day", hint="Such as 2026-12-01; only for the last of these.")
    attempts = Number("Attempts", hint="How often one person may take it. Empty: as often as they like.")
    minutes = Number("Minutes", hint="A time limit. Empty: none.")
    pass_mark = Number("Pass mark in per cent", hint="Empty: nobody fails.")
    page = Pick("Pages", list(PAGES.items()))
    shuffle = Yes("Questions in another order for each learner")
    confidence = Yes("Ask how sure learners are; it does not change the mark", default=True)
    graded = Yes("Give a mark", default=True)
    practice = Yes("Practice: hints, three tries, explained at once")
    use = Pick("What draws take", list(USES.items()), hint="Picked questions are asked whatever their use.")

    def __init__(self, formdata: Any = None, quiz: Quiz | None = None) -> None:
        """Fill the form from what was typed, else from a quiz."""
        content = quiz.model_dump(mode="json", exclude_none=True) if quiz else None
        super().__init__(formdata=formdata, content=content, prefix=PREFIX)

    def settings(self) -> dict[str, Any]:
        """What the Quiz model is made from; fields that are empty have their defaults."""
        content: dict[str, Any] = self.content()
        # The page has a box where the model knows a third answer, “as is usual”.
        content["shuffle"] = bool(self.shuffle.data)
        return content


class DrawForm(Shape):
    """So many questions of an objective."""

    objective = Pick("Objective")
    count = Number("How many")
    level = Pick("Level", [("", "Any"), *((name, name) for name in ("remember", "understand", "apply", "evaluate"))])

    def __init__(self, formdata: Any = None, objectives: Any = ()) -> None:
        """Fill the form; `objectives` are ids and words."""
        super().__init__(formdata=formdata, content={"count": 3}, prefix="d-")
        self.objective.groups = {"": [*self.objective.groups[""], *objectives]}
