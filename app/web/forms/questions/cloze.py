"""The form of a cloze: a text with blanks, and a row for each blank."""

from __future__ import annotations

import re
from typing import Any

from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.choice import OptionForm
from app.web.forms.questions.fields import Hidden, Number, Prose, Yes, as_slug
from app.web.forms.questions.rows import Rows, Shape
from app.web.forms.questions.short_answer import TYPOS, AcceptedForm, WrongForm

_MARK = re.compile(r"\{([^{}\n]*)\}")


class BlankForm(Shape):
    """A blank: with accepted answers it is typed into, with options chosen for."""

    id = Hidden()
    accept = Rows(AcceptedForm, "Accepted answers, typed", noun="accepted answer")
    wrong = Rows(WrongForm, "Wrong answers to reply to", noun="wrong answer", aside=True)
    options = Rows(
        OptionForm,
        "Or a list to choose from",
        noun="option",
        hint="Instead of typed answers: two or more, one of them right.",
    )
    feedback = Prose("Feedback", lines=1, hint="Told afterwards, whatever was given.")
    typos = Yes(TYPOS, default=True, aside=True)
    weight = Number("Weight", hint="How much it counts: 1 unless you say otherwise.", aside=True)


class BlankRows(Rows):
    """A row for each blank of the text."""

    shape = "blanks"


class ClozeForm(QuestionForm):
    """A text with blanks."""

    kind = "cloze"
    good_for = "A text with blanks to fill. Good for terms in their place, and for connections in a passage."
    stem_hint = "Say what to do, such as “Complete the passage.”"

    text = Prose(
        "Text with blanks",
        lines=4,
        hint="Put { and } around a word that is to become a blank: “The press {sets} the date.”",
    )
    blanks = BlankRows(BlankForm, "Blanks", noun="blank", can_grow=False)
    # Whether the rows were those of the marks in the text.
    had_marks = True

    def content(self) -> dict[str, Any]:
        """Marks of the text that have no row yet become blanks, with their word as the accepted answer."""
        content = super().content()
        blanks = {blank.get("id"): blank for blank in content.get("blanks", [])}
        # In the order of the text; what the text has lost stays at the end until it is taken out.
        found: dict[str, dict[str, Any]] = {}

        def place(match: re.Match[str]) -> str:
            word = match[1].strip()
            key = word if word in blanks else as_slug(word) or "blank"
            found.setdefault(key, blanks.get(key) or {"id": key, "accept": [word]})
            return f"{{{key}}}"

        if text := content.get("text"):
            content["text"] = _MARK.sub(place, text)
        rows = [*found.values(), *(blank for key, blank in blanks.items() if key not in found)]
        content.pop("blanks", None)
        self.had_marks = list(found) == [row.form["id"].data for row in self["blanks"].rows][: len(found)]
        return content | ({"blanks": rows} if rows else {})

    @property
    def is_reshaped(self) -> bool:
        """A new mark in the text has made a blank, or the marks stand in another order."""
        return not self.had_marks

    def take_out(self, row: Shape) -> None:
        """The text gets the word back where the blank was."""
        key, words = row["id"].data, answer_of(row.content())
        field = self["text"]
        field.data = (field.data or "").replace(f"{{{key}}}", words or key)


def answer_of(blank: dict[str, Any]) -> str:
    """The word that fills a blank, as far as its form says one."""
    for accepted in blank.get("accept", ()):
        text = accepted.get("text", "") if isinstance(accepted, dict) else accepted
        if text:
            return str(text)
    return next((str(o.get("text", "")) for o in blank.get("options", ()) if o.get("key")), "")
