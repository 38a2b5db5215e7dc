"""The form of a short answer, and the wordings that a cloze has too."""

from __future__ import annotations

from typing import Any

from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.fields import Line, Number, Prose, Yes
from app.web.forms.questions.rows import Rows, Shape

TYPOS = "Forgive a slip of the finger in longer words"


class WrongForm(Shape):
    """A wrong answer that learners give."""

    text = Line("Answer")
    feedback = Prose("Feedback", lines=1, hint="Told to whoever gives it.")

    @classmethod
    def opened(cls, value: Any) -> dict[str, Any]:
        """A bank may have the bare words."""
        return {"text": value} if isinstance(value, str) else super().opened(value)

    def content(self) -> Any:
        """The bare words when there is nothing else."""
        content = super().content()
        return content.get("text", "") if content.keys() <= {"text"} else content


class AcceptedForm(WrongForm):
    """A wording that counts."""

    credit = Number("Credit", hint="Leave it empty if it counts in full; else a part, such as 0.5.", aside=True)
    feedback = Prose("Feedback", lines=1, hint="Needed where it counts in part.", aside=True)


class ShortAnswerForm(QuestionForm):
    """Wordings that count, and wrong ones that are answered."""

    kind = "short_answer"
    good_for = "One to four words to type. Good for terms and names that learners should recall by themselves."

    accept = Rows(
        AcceptedForm,
        "Accepted answers",
        noun="accepted answer",
        hint="What learners really write, one to four words each. Capitals, punctuation and spaces do not matter.",
    )
    wrong = Rows(WrongForm, "Wrong answers to reply to", noun="wrong answer")
    typos = Yes(TYPOS, default=True)

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """Room for two wordings."""
        return {"accept": ["", ""]}
