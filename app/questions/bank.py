"""A bank: YAML ⇄ questions, with every problem at its file and line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, get_args

import yaml
from pydantic import Field

from app.questions.marked import Marked, read_marked, validate
from app.questions.model import Case, Head, Place, Question, Strict, Strictness
from app.questions.problems import Problem
from app.questions.types import TYPES

SCHEMA_LINE = "# yaml-language-server: $schema=schema.json"


class _Outline(Strict):
    """The fields at the top of a bank."""

    lesson: str
    rules: Strictness = "strict"
    cases: list[Any] = Field(default_factory=list)
    questions: list[Any]


def read_bank(text: str, file: str) -> tuple[list[Question], list[Problem]]:
    """All sound questions of a bank, and a problem for everything else. Never raises for bad text."""
    marked, problems = read_marked(text, file)
    if marked is None:
        return [], problems
    outline, found = validate(_Outline, marked)
    problems += found
    if outline is None:
        return [], problems
    cases, found = _read_cases(marked, len(outline.cases))
    problems += found
    questions = []
    for index in range(len(outline.questions)):
        question, found = _read_question(marked, index, outline)
        problems += found
        if question:
            question, found = _in_its_case(question, cases)
            problems += found
            questions += [question] if question else []
    return questions, problems


def _read_cases(marked: Marked, count: int) -> tuple[dict[str, Case], list[Problem]]:
    cases: dict[str, Case] = {}
    problems = []
    for index in range(count):
        case, found = validate(Case, marked, ("cases", index))
        problems += found
        if case and case.id in cases:
            line = marked.line(("cases", index))
            problems.append(Problem(marked.file, line, "FMT-05", "error", f"The case id “{case.id}” is used twice."))
        elif case:
            cases[case.id] = case
    return cases, problems


def _in_its_case(question: Question, cases: Mapping[str, Case]) -> tuple[Question | None, list[Problem]]:
    """The question with the passage of its case; None, and a problem, when it cannot have it."""
    head, place = question.head, question.place
    if head.case is None:
        return question, []
    if head.case not in cases:
        said = f"{head.id}: There is no case “{head.case}” under “cases:” at the top of this bank."
    elif head.passage:
        said = f"{head.id}: The passage is that of its case; take out “passage”, or “case”."
    else:
        head = head.model_copy(update={"passage": cases[head.case].passage})
        return replace(question, head=head), []
    return None, [Problem(place.file, place.line, "FMT-06", "error", said)]


def _read_question(marked: Marked, index: int, bank: _Outline) -> tuple[Question | None, list[Problem]]:
    at = ("questions", index)
    value = marked.data["questions"][index]
    line = marked.line(at)
    if not isinstance(value, dict):
        return None, [Problem(marked.file, line, "FMT-03", "error", "A question is a list of fields.")]
    kind = TYPES.get(str(value.get("kind")))
    if kind is None:
        said = f"There is no kind “{value['kind']}”" if "kind" in value else "The field “kind” is missing"
        message = f"{said}; the kinds are {', '.join(TYPES)}."
        return None, [Problem(marked.file, marked.line((*at, "kind")), "Q-01", "error", message)]
    ours = set(kind.Body.model_fields)
    head, head_problems = validate(Head, _part(marked, at, {k: v for k, v in value.items() if k not in ours}), at)
    body, body_problems = validate(kind.Body, _part(marked, at, {k: v for k, v in value.items() if k in ours}), at)
    problems = head_problems + body_problems
    if head is None or body is None:
        return None, problems
    return Question(head, body, bank.lesson, Place(marked.file, line), bank.rules), problems


def _part(marked: Marked, at: tuple[str, int], value: dict[str, Any]) -> Marked:
    """The document with only one question's part in it, so that lines stay those of the file."""
    return Marked(marked.file, {at[0]: {at[1]: value}}, marked.lines)


def dump_question(question: Question) -> dict[str, Any]:
    """The question as a bank would write it, without the fields that have their default."""
    return {
        **question.head.model_dump(mode="json", exclude_defaults=True),
        **question.body.model_dump(mode="json", exclude_defaults=True),
    }


def load_question(data: dict[str, Any], *, lesson: str, place: Place, rules: Strictness = "strict") -> Question:
    """A question from what `dump_question` wrote. Raises pydantic's ValidationError for anything else."""
    kind = TYPES[data["kind"]]
    ours = set(kind.Body.model_fields)
    head = Head.model_validate_json(json.dumps({k: v for k, v in data.items() if k not in ours}))
    body = kind.Body.model_validate_json(json.dumps({k: v for k, v in data.items() if k in ours}))
    return Question(head, body, lesson, place, rules)


def write_bank(lesson: str, questions: Iterable[Question], *, rules: Strictness = "strict") -> str:
    """A bank file with these questions, and their cases at its top; `read_bank` gives them back."""
    cases: dict[str, Any] = {}
    entries = []
    for question in questions:
        entry = dump_question(question)
        if question.head.case:
            passage = entry.pop("passage", None)
            cases.setdefault(question.head.case, {"id": question.head.case, "passage": passage})
        entries.append(entry)
    data: dict[str, Any] = {"lesson": lesson}
    data |= {"rules": rules} if rules != "strict" else {}
    data |= {"cases": list(cases.values())} if cases else {}
    data["questions"] = entries
    body = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)
    return f"{SCHEMA_LINE}\n{body}"


def version_id(question: Question) -> str:
    """The id of a version: a hash of the content, without who checked it and where it stands in a file."""
    content = dump_question(question)
    for field in ("lint_ok", "author", "review_by", "tags", "category", "enemies", "case"):
        content.pop(field, None)
    text = json.dumps({**content, "lesson": question.lesson}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def exact_id(question: Question) -> str:
    """As `version_id`, over everything: for questions whose tags and the like are changed without a file."""
    text = json.dumps({**dump_question(question), "lesson": question.lesson}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def signature(question: Question) -> str:
    """What may only change together with `revision`: the kind, the option ids and the key (rule 6)."""
    return f"{question.kind} {TYPES[question.kind].signature(question.body)}"


def bank_schema() -> dict[str, Any]:
    """JSON Schema of a bank file, for editors that complete and check YAML."""
    definitions: dict[str, Any] = {}
    kinds = []
    for name, kind in TYPES.items():
        head = Head.model_json_schema(ref_template="#/$defs/{model}")
        body = kind.Body.model_json_schema(ref_template="#/$defs/{model}")
        definitions |= head.pop("$defs", {}) | body.pop("$defs", {})
        kinds.append(
            {
                "title": kind.label,
                "type": "object",
                "additionalProperties": False,
                "properties": {**head["properties"], "kind": {"const": name}, **body["properties"]},
                "required": [*head["required"], *body.get("required", [])],
            }
        )
    case = Case.model_json_schema(ref_template="#/$defs/{model}")
    definitions |= case.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Offramp question bank",
        "type": "object",
        "additionalProperties": False,
        "required": ["lesson", "questions"],
        "properties": {
            "lesson": {"type": "string"},
            "rules": {"enum": list(get_args(Strictness))},
            "cases": {"type": "array", "items": case},
            "questions": {"type": "array", "items": {"oneOf": kinds}},
        },
        "$defs": definitions,
    }
