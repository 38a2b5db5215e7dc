"""YAML with the line of every value, so that a problem can name the place to mend."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from app.questions.problems import Problem

Path = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Marked:
    """A YAML document as plain data, with `lines` from path to line number (from 1)."""

    file: str
    data: Any
    lines: dict[Path, int] = field(repr=False)

    def line(self, path: Sequence[str | int]) -> int:
        """The line of the value at `path`, or of the nearest thing around it."""
        at = tuple(path)
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)


def read_marked(text: str, file: str, *, first_line: int = 1) -> tuple[Marked | None, list[Problem]]:
    """Parse YAML that begins at `first_line` of `file`.

    Problems: FMT-01 unreadable, FMT-03 a value that is none, FMT-05 a key given twice.
    """
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
            problems: list[Problem] = []
            lines: dict[Path, int] = {}
            data = _build(loader, root, (), lines, problems, file, first_line) if root is not None else None
        finally:
            loader.dispose()
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = (mark.line if mark else 0) + first_line
        said = getattr(problem, "problem", None) or "not readable as YAML"
        return None, [Problem(file, line, "FMT-01", "error", f"This is not YAML: {said}.")]
    return Marked(file, data, lines), problems


def _build(
    loader: Any,
    node: yaml.Node,
    at: Path,
    lines: dict[Path, int],
    problems: list[Problem],
    file: str,
    first: int,
) -> Any:
    lines[at] = node.start_mark.line + first
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if key in result:
                line = key_node.start_mark.line + first
                problems.append(Problem(file, line, "FMT-05", "error", f"“{key}” is given twice; keep one."))
            result[key] = _build(loader, value_node, (*at, key), lines, problems, file, first)
            # The key's line, not the value's: a long text may begin on the next one.
            lines[(*at, key)] = key_node.start_mark.line + first
        return result
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(loader, child, (*at, i), lines, problems, file, first) for i, child in enumerate(node.value)
        ]
    try:
        return loader.construct_object(node)
    except ValueError as problem:
        line = node.start_mark.line + first
        problems.append(Problem(file, line, "FMT-03", "error", f"{node.value!r} cannot be read: {problem}."))
        return None


def validate(model: type[M], marked: Marked, at: Path = ()) -> tuple[M | None, list[Problem]]:
    """Check the value at `at` against `model`, strictly. Problems name field and line: FMT-02 to FMT-04."""
    value = marked.data
    for step in at:
        value = value[step]
    try:
        return model.model_validate_json(json.dumps(value, default=_plain), strict=True), []
    except ValidationError as problem:
        return None, [_problem(marked, at, error) for error in problem.errors(include_url=False)]


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _problem(marked: Marked, at: Path, error: Any) -> Problem:
    where = (*at, *(step for step in error["loc"] if isinstance(step, str | int)))
    name = ".".join(str(step) for step in error["loc"]) or "this"
    kind = error["type"]
    if kind == "extra_forbidden":
        rule, message = "FMT-02", f"There is no field “{name}”; see docs/authors.md for the names."
    elif kind == "missing":
        rule, message = "FMT-04", f"The field “{name}” is missing."
    elif kind == "value_error":
        rule, message = "FMT-03", f"{error['msg'].removeprefix('Value error, ')}"
    else:
        rule, message = "FMT-03", f"“{name}”: {error['msg'][0].lower() + error['msg'][1:]}."
    return Problem(marked.file, marked.line(where), rule, "error", message)


def duplicates(ids: Iterable[tuple[str, str, int]], what: str) -> list[Problem]:
    """FMT-05 for every (id, file, line) whose id came before; the message names the first place."""
    first: dict[str, tuple[str, int]] = {}
    problems = []
    for key, file, line in ids:
        if key in first:
            other = f"{first[key][0]}:{first[key][1]}"
            message = f"The {what} id “{key}” is taken by {other}; ids are never shared."
            problems.append(Problem(file, line, "FMT-05", "error", message))
        else:
            first[key] = (file, line)
    return problems
