"""The form of a free response: a rubric of criteria, and answers that have been marked."""

from __future__ import annotations

import re
from typing import Any

from app.questions.marked import Path
from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.choice import blank_rows
from app.web.forms.questions.fields import Choice, Hidden, Line, Lines, Number, Prose, Told
from app.web.forms.questions.rows import PROVISIONAL, Rows, Shape

_WHOLE = re.compile(r"\d{1,3}")


class CriterionForm(Shape):
    """What is looked at, and its levels."""

    id = Hidden()
    criterion = Line("Criterion")
    levels = Lines(
        "Levels", lines=4, hint="One a line, the lowest first (it earns nothing), each in words of six or more."
    )
    weight = Number("Weight", hint="How much it counts: 1 unless you say otherwise.", aside=True)

    @classmethod
    def named_by(cls, content: dict[str, Any]) -> str:
        """See Shape."""
        return str(content.get("criterion", ""))


class LevelsField(Told):
    """The level that an answer has in each criterion: one control for each, named by the criterion's id."""

    shape = "levels"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read every control whose name begins with this field's."""
        self.data = dict(data) if isinstance(data, dict) else {}
        self.criteria: list[Choice] = []
        for name in formdata or ():
            text = formdata[name].strip() if name.startswith(f"{self.name}-") else ""
            if text:
                self.data[name.removeprefix(f"{self.name}-")] = int(text) if _WHOLE.fullmatch(text) else text

    def find(self, path: Path) -> Told:
        """All levels are one field."""
        return self


class AnchorForm(Shape):
    """An answer that has been marked."""

    text = Prose("Answer", lines=4)
    levels = LevelsField("Levels")
    comment = Prose("Why", lines=1)


class FreeResponseForm(QuestionForm):
    """A text that a person marks."""

    kind = "free_response"
    good_for = "A short text that you mark by criteria. Good for reasons, comparisons and judgements."
    stem_hint = "Say what to write, and what it is judged by."

    max_words = Number("Words at most", hint="From 10 to 1000.")
    rubric = Rows(CriterionForm, "Criteria", noun="criterion", hint="Three to five, each with three to five levels.")
    anchors = Rows(
        AnchorForm,
        "Answers marked as examples",
        noun="example",
        hint="Two or more help everybody to mark alike. New criteria appear here after a save.",
    )

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """Three criteria."""
        return {"max_words": 120, "rubric": blank_rows(3)}

    def label_refs(self) -> None:
        """The examples are marked by the criteria that have words."""
        named = [row.form.content() for row in self["rubric"].rows]
        criteria = [
            Choice(row["id"], row["criterion"])
            for row in named
            if row.get("criterion") and not row.get("id", PROVISIONAL).startswith(PROVISIONAL)
        ]
        for row in (*self["anchors"].rows, self["anchors"].pattern):
            row.form["levels"].criteria = criteria

    def content(self) -> dict[str, Any]:
        """An example without words or levels has an empty set of levels."""
        content = super().content()
        for anchor in content.get("anchors", ()):
            anchor.setdefault("levels", {})
        return content

    @property
    def is_reshaped(self) -> bool:
        """A new criterion gives each example a control more."""
        return bool(self["rubric"].renamed and self["anchors"].rows)
