"""The form of a multiple response."""

from __future__ import annotations

from typing import Any

from app.web.forms.questions.choice import ChoiceForm, blank_rows


class MultipleResponseForm(ChoiceForm):
    """Two or three right options among five or six."""

    kind = "multiple_response"
    good_for = "Several right answers among five or six. Good for what has more than one reason or sign."
    stem_hint = "Say “Select all that apply”, and not how many."

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """The smallest that the rules like has five; four are enough to begin with."""
        return {"options": blank_rows(4)}
