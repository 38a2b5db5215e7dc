"""The form of a single choice."""

from __future__ import annotations

from typing import Any

from app.web.forms.questions.choice import ChoiceForm, blank_rows


class SingleChoiceForm(ChoiceForm):
    """One right option among three to five."""

    kind = "single_choice"
    good_for = "One right answer among three to five. Good for telling apart what learners confuse."

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """Three suffice."""
        return {"options": blank_rows(3)}
