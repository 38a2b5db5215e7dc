"""Checking one question while it is written: every rule about questions, each finding beside the field it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.library.check.images import texts_of
from app.library.check.parts import parts
from app.library.check.rule import Finding, Subject
from app.library.check.rules import RULES
from app.library.check.run import advised, answer_to
from app.library.model import Library
from app.library.places import Places
from app.library.references import broken_references
from app.questions.bank import dump_question
from app.questions.model import Head, Question
from app.questions.problems import Severity

# The field that a rule is about. What looks at all texts of a question says where it found what it quotes.
FIELD_OF: dict[str, str] = {
    **dict.fromkeys(("Q-06", "Q-07", "Q-08", "Q-13", "Q-15", "Q-16", "Q-10", "Q-14", "IMG-01"), "stem"),
    **dict.fromkeys(("SRC-02", "SRC-03", "SRC-04", "SRC-05", "SRC-07", "SRC-08"), "stem"),
    **dict.fromkeys((f"MC-{number:02}" for number in range(1, 14)), "options"),
    **dict.fromkeys(("Q-04", "Q-09", "Q-12", "Q-17"), "options"),
    "FMT-06": "enemies",
    "Q-01": "objective",
    "Q-02": "source",
    "Q-03": "explanation",
    "Q-05": "evidence",
    "Q-11": "as_of",
    "MC-06": "stem",
    "MC-09": "shuffle",
    "SRC-01": "source",
    "SRC-06": "contested",
    "SRC-10": "hypothetical",
    "SRC-11": "review_by",
    "BNK-08": "enemies",
    "TY-MR": "options",
    "TY-TF": "reasons",
    "TY-MA": "prompts",
    "TY-OR": "elements",
    "TY-CA": "elements",
    "TY-NU": "tolerance",
    "TY-SA": "accept",
    "TY-CL": "text",
    "TY-HL": "sentences",
    "TY-PR": "stem",
    "TY-FR": "rubric",
    "TY-AR": "cells",
}
# They look at the bank as a whole, however long that takes, and not at one question.
_OF_THE_BANK = {"BNK-08"}
_QUOTED = re.compile(r"“([^”]+)”")
_SHOWN = ("stem", "passage", "explanation", "hints", "evidence", "sources", "source", "level", "objective")
# Fields of bodies that a message may name instead of its rule's own.
_NAMED = ("unit", "percent", "estimate", "true_version")


@dataclass(frozen=True)
class FieldFinding:
    """What a rule says of a question: which rule, how bad, in words, and about which field.

    The field is one of the question's (stem, options, explanation, …), or the id of the option, element or other
    part that the finding is about.
    """

    rule: str
    severity: Severity
    message: str
    field: str


def findings_for(library: Library, question: Question, *, today: date | None = None) -> list[FieldFinding]:
    """Everything that the linter says of this question in the library, in which it need not be; the gravest first.

    Warnings that its author has answered are left out. Rules over the whole bank are not asked.
    """
    found = [
        FieldFinding(rule, finding.severity, finding.message.removeprefix(f"{question.id}: "), "")
        for rule, finding in _found(library, question, Subject(library, Places(), today, question))
        if not answer_to(question, rule, finding)
    ]
    placed = dict.fromkeys(replace(one, field=_field(question, one.rule, one.message)) for one in found)
    return sorted(placed, key=lambda one: ("error", "warning", "info").index(one.severity))


def _found(library: Library, question: Question, subject: Subject) -> Iterator[tuple[str, Finding]]:
    place = question.place
    for rule, said in broken_references(library, question):
        yield rule, Finding(place.file, place.line, "error", said, question.id)
    for rule in (rule for rule in RULES if rule in FIELD_OF and rule not in _OF_THE_BANK):
        for finding in RULES[rule].find(subject):
            if finding.question == question.id:
                yield rule, advised(question, rule, finding)


def _field(question: Question, rule: str, message: str) -> str:
    """Where the first words that the message quotes stand, if they stand anywhere, else the rule's own field."""
    own = "level" if rule == "Q-01" and "objective" not in message else FIELD_OF[rule]
    quoted: list[str] = _QUOTED.findall(message)
    for words in quoted:
        for part in parts(question.body):
            if words == part.id or words == part.text:
                return str(part.id)
        if own != "stem" and (words in _NAMED or words in Head.model_fields):
            return words
    if quoted and (own == "stem" or rule == "TY-TF"):
        return _with_words(question, quoted[0]) or own
    return own


def _with_words(question: Question, words: str) -> str:
    """The field, or the part, in whose text these words stand; empty for none."""
    content = dump_question(question)
    order = [*(name for name in _SHOWN if name in content), *(name for name in content if name not in _SHOWN)]
    for name in order:
        for entry in content[name] if isinstance(content[name], list) else [content[name]]:
            if any(words.casefold() in text.casefold() for text in texts_of(entry)):
                return str(entry["id"]) if isinstance(entry, dict) and "id" in entry else name
    return ""
