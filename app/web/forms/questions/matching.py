"""The form of a matching."""

from __future__ import annotations

from typing import Any

from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.choice import blank_rows
from app.web.forms.questions.fields import Hidden, Pick, Prose, Yes
from app.web.forms.questions.rows import Rows, Shape


class EntryForm(Shape):
    """Something that can be given to others."""

    id = Hidden()
    text = Prose("Text", lines=1, image=True)


class PromptForm(EntryForm):
    """Something that is given an option."""

    match = Pick("Its match", refs="options")
    feedback = Prose("Feedback", lines=1, image=True, hint="Told afterwards: why they belong together.")


class MatchingForm(QuestionForm):
    """Prompts, and options to choose their matches from."""

    kind = "matching"
    good_for = "Pairs to find. Good for terms and meanings, instruments and uses, people and claims."
    stem_hint = "Say what is matched with what."
    refs = {("prompts", "match"): "options"}  # noqa: RUF012  nobody changes it

    options = Rows(
        EntryForm,
        "What to choose from",
        noun="option",
        hint="One or two more than there are prompts, short and of one theme.",
    )
    prompts = Rows(PromptForm, "Prompts", noun="prompt", hint="Four to eight, each with the one that belongs to it.")
    reuse = Yes("One option may belong to several prompts")

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """Four prompts, each with an option already, and one option to spare."""
        prompts = [row | {"match": row["id"]} for row in blank_rows(4)]
        return {"options": blank_rows(5), "prompts": prompts}
