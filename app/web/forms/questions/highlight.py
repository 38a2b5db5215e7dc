"""The form of a highlight: sentences, of which some are to be marked."""

from __future__ import annotations

import re
from typing import Any

from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.choice import blank_rows
from app.web.forms.questions.fields import Hidden, Line, Pick, Prose, Yes
from app.web.forms.questions.rows import Rows, Shape

# What a row says of itself, and the bank in lists of ids.
_MARKS = ("gold", "optional", "others", "second")


class SentenceForm(Shape):
    """A sentence, and whether it is to be marked."""

    id = Hidden()
    text = Prose("Sentence", lines=1)
    gold = Yes("Key sentence: to be marked")
    optional = Yes("Neither right nor wrong")
    feedback = Prose("Feedback", lines=1, hint="For key, optional and tempting sentences.")
    others = Line(
        "Also in set", hint="If other sets of key sentences fit too: their numbers, such as 2, 3.", aside=True
    )
    second = Yes("A second reader marked it", aside=True)


class HighlightForm(QuestionForm):
    """A passage whose sentences are marked."""

    kind = "highlight"
    good_for = "Sentences of a passage to mark. Good for finding what supports a claim, or undercuts it."
    stem_hint = "Say what to mark: “Mark the sentences that undercut the claim …”."
    shown_at = {"gold": "sentences", "optional": "sentences", "second": "second_by"}  # noqa: RUF012

    status = Pick(
        "What the passage is",
        [
            ("invented", "Invented for this question"),
            ("paraphrase", "Retold in our own words"),
            ("quotation", "Quoted word for word from the course"),
        ],
    )
    sentences = Rows(
        SentenceForm,
        "Sentences",
        noun="sentence",
        hint="Six to twenty, in the order of the passage; a third of them key sentences at most.",
    )
    rest = Prose("For all other sentences", lines=2, hint="One explanation for sentences without their own.")
    second_by = Line("Second reader", hint="Who marked the sentences without having seen the key.")

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """Four sentences."""
        return {"status": "invented", "sentences": blank_rows(4)}

    @classmethod
    def opened(cls, value: Any) -> dict[str, Any]:
        """Each sentence with what the lists of the bank say of it."""
        content = super().opened(value)
        golds = [gold for gold in content.get("gold", ()) if isinstance(gold, list)]
        second = content.get("second") or {}
        rows = []
        for sentence in content.get("sentences", ()):
            key = sentence.get("id")
            others = [str(number) for number, gold in enumerate(golds[1:], 2) if key in gold]
            rows.append(
                {
                    **sentence,
                    "gold": bool(golds) and key in golds[0],
                    "optional": key in content.get("optional", ()),
                    "others": ", ".join(others),
                    "second": key in second.get("gold", ()),
                }
            )
        return {**content, "sentences": rows, "second_by": second.get("by", "")}

    def content(self) -> dict[str, Any]:
        """The bank's lists, from what each sentence says."""
        content: dict[str, Any] = super().content()
        rows = content.get("sentences", [])
        marks = [{name: row.pop(name) for name in _MARKS if name in row} for row in rows]
        ids = [row["id"] for row in rows]
        said = list(zip(ids, marks, strict=True))
        sets: dict[str, list[str]] = {"": [key for key, mark in said if mark.get("gold")]}
        for key, mark in said:
            for name in re.split(r"[,;\s]+", mark.get("others", "").strip()):
                if name:
                    sets.setdefault(name, []).append(key)
        second = [key for key, mark in said if mark.get("second")]
        by = content.pop("second_by", "")
        found = {
            "gold": [sets.pop(""), *(sets[name] for name in sorted(sets))],
            "optional": [key for key, mark in said if mark.get("optional")],
            "second": {"by": by, "gold": second} if by or second else {},
        }
        return content | {name: value for name, value in found.items() if value and value != [[]]}
