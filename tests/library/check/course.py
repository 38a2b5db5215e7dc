"""A small course that no rule complains about, to be changed in one place by each case."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tests.library.check.bodies_typed import TYPED_BODIES

LESSON = "01-first"
LESSON_FILE = f"lessons/strand/{LESSON}.md"
BANK_FILE = f"questions/{LESSON}.yaml"
# The self-checks of the lesson, one for each objective, in a bank of their own: cases leave it as it is.
CHECKS_FILE = "questions/checks.yaml"
CHECKS = ("check-one", "check-two", "check-three")

_SENTENCES = (
    "The harbour keeps a book in which every ship is written down.",
    "A clerk counts the crates by hand and signs the page.",
    "Nobody counts them twice unless two pages differ.",
    "Each page has a date, and the date is the day of the count.",
)
HEAD: dict[str, Any] = {
    "id": "base",
    "revision": 1,
    "objective": "str.one",
    "level": "apply",
    "use": "practice",
    "source": {"ref": "S1", "at": "page 3"},
    "explanation": "The clerk signs each page on the day of the count, so the date belongs to the count alone.",
}
_FEEDBACK = "This would need a second book, and the harbour has never kept more than the one."
BODIES: dict[str, dict[str, Any]] = {
    "single_choice": {
        "stem": "To what does the date on a signed page belong?",
        "options": [
            {"id": "count", "key": True, "text": "The counting", "feedback": _FEEDBACK},
            {"id": "ship", "text": "The landing", "feedback": _FEEDBACK, "misconception": "date-of-event"},
            {"id": "print", "text": "The printing", "feedback": _FEEDBACK, "misconception": "date-of-copy"},
        ],
    },
    "multiple_response": {
        "stem": "Which of these would show up in the harbour's book? Select all that apply.",
        "options": [
            {"id": "crates", "key": True, "text": "Crates of tea", "feedback": _FEEDBACK},
            {"id": "barrels", "key": True, "text": "Barrels of oil", "feedback": _FEEDBACK},
            {"id": "wind", "text": "Gusts of wind", "feedback": _FEEDBACK, "misconception": "all-is-cargo"},
            {"id": "talk", "text": "Rumours of war", "feedback": _FEEDBACK, "misconception": "all-is-cargo"},
            {"id": "birds", "text": "Flocks of gulls", "feedback": _FEEDBACK, "misconception": "all-is-cargo"},
        ],
    },
    "true_false": {
        "stem": "The date on a signed page tells when the crates were counted (not when they came ashore).",
        "verdict": True,
        "reasons": [
            {"id": "clerk", "key": True, "text": "The clerk writes on the spot.", "feedback": _FEEDBACK},
            {"id": "mate", "text": "The mate enters the landing.", "feedback": _FEEDBACK, "misconception": "own-book"},
            {"id": "print", "text": "The press dates its sheets.", "feedback": _FEEDBACK, "misconception": "press"},
        ],
    },
    "matching": {
        "stem": "Match each thing in the harbour with the person who looks after it.",
        "prompts": [
            {"id": "book", "text": "The book", "match": "clerk", "feedback": _FEEDBACK},
            {"id": "ship", "text": "The ship", "match": "captain", "feedback": _FEEDBACK},
            {"id": "stew", "text": "The stew", "match": "cook", "feedback": _FEEDBACK},
            {"id": "light", "text": "The light", "match": "keeper", "feedback": _FEEDBACK},
        ],
        "options": [{"id": i, "text": f"The {i}"} for i in ("captain", "clerk", "cook", "keeper", "pilot")],
    },
    "categorise": {
        "stem": "Sort these entries by what the clerk has seen with his own eyes.",
        "categories": [{"id": "seen", "text": "Seen"}, {"id": "told", "text": "Told"}],
        "elements": [
            {"id": f"e{n}", "text": text, "category": category, "feedback": _FEEDBACK}
            for n, (text, category) in enumerate(
                (
                    ("Six crates stood on the quay.", "seen"),
                    ("The pilot spoke of ice.", "told"),
                    ("A rope was cut through.", "seen"),
                    ("The crew named a storm.", "told"),
                    ("Two barrels leaked oil.", "seen"),
                    ("The mate swore to a fire.", "told"),
                )
            )
        ],
    },
    "source_rating": {
        "stem": "Grade the report by a letter for its source and a number for its content.",
        "as_of": date(2020, 1, 9),
        "passage": {"text": "The pilot says that ice lies before the harbour.", "status": "invented"},
        "cells": [
            {"cell": "B2", "credit": 1, "reason": _FEEDBACK},
            {"cell": "B3", "credit": 0.5, "reason": _FEEDBACK},
        ],
        "rest": _FEEDBACK,
    },
    "ordering": {
        "stem": "Put the steps of a landing in the order in which they happen.",
        "principle": "Earliest step at the top",
        "elements": [
            {"id": "moor", "text": "The ship is tied to the quay.", "feedback": _FEEDBACK},
            {"id": "unload", "text": "The crates are carried ashore.", "feedback": _FEEDBACK},
            {"id": "sign", "text": "The clerk signs the page.", "feedback": _FEEDBACK},
        ],
    },
    "short_answer": {
        "stem": "Which one word names the person who signs the page?",
        "accept": ["clerk", "the clerk"],
        "wrong": [{"text": "captain", "feedback": _FEEDBACK}],
    },
    **TYPED_BODIES,
}


_PEOPLE = [
    [
        {"id": "right", "key": True, "text": right, "feedback": _FEEDBACK},
        {"id": "one", "text": one, "feedback": _FEEDBACK, "misconception": "date-of-event"},
        {"id": "other", "text": other, "feedback": _FEEDBACK, "misconception": "date-of-copy"},
    ]
    for right, one, other in (
        ("The scribe", "The mate", "The pilot"),
        ("A writer", "A rower", "A baker"),
        ("Old hands", "Young hands", "Hired hands"),
    )
]


def question(kind: str = "single_choice", **changes: Any) -> dict[str, Any]:
    """The base question of a kind with some fields changed; None takes a field away."""
    fields = {**HEAD, "kind": kind, **BODIES[kind], **changes}
    return {name: value for name, value in fields.items() if value is not None}


def checks() -> list[dict[str, Any]]:
    """The questions of the self-checks."""
    asked = ("keeps the book of the ships", "puts a name below a page", "looks on when crates come ashore")
    objectives = ("str.one", "str.two", "str.three")
    return [
        question(id=slug, use="lesson", objective=objective, stem=f"Which of these people {does}?", options=options)
        for slug, objective, does, options in zip(CHECKS, objectives, asked, _PEOPLE, strict=True)
    ]


def filler(n_words: int, *, segment: int = 300) -> str:
    """Harmless prose of exactly so many words under headings, none above `segment` words, a check after each."""
    words = itertools.islice(itertools.cycle(" ".join(_SENTENCES).split()), n_words)
    parts = []
    for number in itertools.count(1):
        chunk = list(itertools.islice(words, segment))
        if not chunk:
            return "\n".join(parts)
        check = CHECKS[(number - 1) % len(CHECKS)]
        parts.append(f"## Heading {number}\n\n{' '.join(chunk)}\n\n::: check {check}\n")
    raise AssertionError("unreachable")


def lesson(body: str = "", *, front: Mapping[str, Any] | None = None, n_words: int = 900, segment: int = 300) -> str:
    """A lesson with `body` first and then harmless prose of `n_words`."""
    fields = {
        "id": LESSON,
        "number": 1,
        "title": "First",
        "strand": "strand",
        "minutes": 10,
        "objectives": ["str.one", "str.two", "str.three"],
        **(front or {}),
    }
    return f"---\n{yaml.safe_dump(fields)}---\n{body}\n\n{filler(n_words, segment=segment)}"


def base_files() -> dict[str, Any]:
    """Path → the base course's text, or data to be written as YAML."""
    objective = {
        "strand": "strand",
        "lesson": LESSON,
        "type": "concept",
        "text": "Given a page with a date, the learner can identify what the date belongs to.",
        "short": "Read a date",
    }
    return {
        "lessons/course.yaml": {
            "title": "Harbour",
            "lead": "A course about books in harbours.",
            "words_in_article": 400,
            "strands": [{"id": "strand", "letter": "A", "title": "Strand", "colour": "signal", "summary": "Counting."}],
            "objectives": [{"id": f"str.{name}", **objective} for name in ("one", "two", "three")],
        },
        "lessons/sources.yaml": [
            {
                "id": f"S{n}",
                "publisher": "P",
                "title": "T",
                "date": "2020",
                "url": "https://example.org",
                **more,
            }
            for n, more in ((1, {"position": "harbour"}), (2, {"position": "crew"}), (3, {"position": "crew"}))
        ]
        + [{"id": "article", "publisher": "P", "title": "T", "date": "2020", "url": "https://example.org"}],
        "lessons/glossary.yaml": [
            {
                "id": "bill-of-lading",
                "term": "bill of lading",
                "also": ["BOL", "bills of lading"],
                "definition": "D.",
            }
        ],
        "lessons/article/quotes.yaml": [
            {"id": "no-losses", "at": "P3", "text": "There were “no  losses” that night, said the clerk’s book"}
        ],
        LESSON_FILE: lesson(),
        BANK_FILE: {
            "lesson": LESSON,
            "questions": [question(kind, id=f"base-{kind.replace('_', '-')}") for kind in BODIES],
        },
        CHECKS_FILE: {"lesson": LESSON, "questions": checks()},
    }


class _Plain(yaml.CSafeDumper):
    """Writes a value that is used twice out twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def write(folder: Path, files: Mapping[str, Any]) -> Path:
    """Write text, bytes, or data as YAML, under `folder`; None leaves a file out."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif content is not None:
            text = content if isinstance(content, str) else yaml.dump(content, Dumper=_Plain, allow_unicode=True)
            path.write_text(text, encoding="utf-8")
    return folder
