"""Base questions of the kinds that are typed, marked or forecast, about the same harbour."""

from __future__ import annotations

from datetime import date
from typing import Any

_FEEDBACK = "This would need a second book, and the harbour has never kept more than the one."
_LEVELS = (
    "is not named anywhere in the text.",
    "is named once and without a reason.",
    "is named with a reason for it.",
)
_SENTENCES = (
    "The ship lay at the quay by noon.",
    "Her crates were counted before dusk.",
    "A gull sat on the mast.",
    "The page bears the day of that count.",
    "The cook went ashore for flour.",
    "Rain fell all the following week.",
)
TYPED_BODIES: dict[str, dict[str, Any]] = {
    "numeric": {
        "stem": "How many crates does the clerk's page give for 2 May?",
        "key": 40,
        "unit": "crates",
        "tolerance": {"absolute": 0},
        "wrong": [{"value": 44, "feedback": _FEEDBACK}],
    },
    "cloze": {
        "stem": "Complete the passage.",
        "text": "On the day of a landing all goods are counted by the {who} alone, and nothing but the page that he "
        "signs afterwards can tell a {what} how many there were.",
        "blanks": [
            {"id": "who", "accept": ["clerk", "the clerk"], "wrong": [{"text": "captain", "feedback": _FEEDBACK}]},
            {
                "id": "what",
                "options": [
                    {"id": "reader", "key": True, "text": "reader"},
                    {"id": "rower", "text": "rower", "feedback": _FEEDBACK, "misconception": "seen-is-told"},
                    {"id": "baker", "text": "baker", "feedback": _FEEDBACK, "misconception": "sold-is-told"},
                ],
            },
        ],
    },
    "highlight": {
        "stem": "Mark the sentences that show on which day the cargo was counted.",
        "status": "invented",
        "sentences": [
            {"id": f"s{n}", "text": text, "feedback": _FEEDBACK if n in (2, 4) else ""}
            for n, text in enumerate(_SENTENCES, 1)
        ],
        "gold": [["s2", "s4"]],
        "rest": _FEEDBACK,
        "second": {"by": "Another clerk", "gold": ["s2", "s4"]},
    },
    "probability": {
        "stem": "By 1 June the harbour had counted more than ninety crates.",
        "outcome": True,
        "resolution": {
            "source": "S1",
            "at": "page 3",
            "date": date(2020, 6, 1),
            "criterion": "The signed pages of the spring add up to ninety-one crates or more.",
        },
        "base_rate": "In two of the three springs before, more than ninety were counted.",
    },
    "free_response": {
        "stem": "Explain in a few sentences how a date on a signed page can mislead somebody.",
        "max_words": 80,
        "rubric": [
            {"id": i, "criterion": f"Names the {i}", "levels": [f"The {i} of it {level}" for level in _LEVELS]}
            for i in ("owner", "day", "gap")
        ],
        "anchors": [
            {
                "text": "The date is that of the count.",
                "levels": {"owner": 0, "day": 1, "gap": 0},
                "comment": "It names the day and leaves open who counted, and what came between.",
            },
            {
                "text": "The clerk dates the page when he counts, and crates may come ashore days before.",
                "levels": {"owner": 2, "day": 2, "gap": 2},
                "comment": "It has all three: who counted, on what day, and what the date is silent about.",
            },
        ],
    },
}
