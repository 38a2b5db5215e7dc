"""The form of a categorise question."""

from __future__ import annotations

from typing import Any

from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.choice import blank_rows
from app.web.forms.questions.fields import Pick, Prose
from app.web.forms.questions.matching import EntryForm
from app.web.forms.questions.rows import Rows


class MemberForm(EntryForm):
    """Something that belongs to a category."""

    category = Pick("Belongs to", refs="categories")
    feedback = Prose("Feedback", lines=1, image=True, hint="Told afterwards: what shows that it belongs there.")


class CategoriseForm(QuestionForm):
    """Categories, and elements to put into them."""

    kind = "categorise"
    good_for = "Cases to sort into two to four groups. Good for learning what makes the difference."
    stem_hint = "Say by what to sort."
    refs = {("elements", "category"): "categories"}  # noqa: RUF012  nobody changes it

    categories = Rows(EntryForm, "Categories", noun="category", hint="Two to four, shown in your order.")
    elements = Rows(
        MemberForm, "Elements", noun="element", hint="Six to twelve new cases, two at least for each category."
    )

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """Two categories and four elements."""
        return {"categories": blank_rows(2), "elements": blank_rows(4)}
