"""YAML with the line of every value, so that a problem can name the place to mend."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from app.questions.problems import Problem

Path = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

# A model's own error may carry the id of the rule it breaks as its type.
_RULE_ID = re.compile(r"[A-Z]{1,3}-[A-Z0-9]{2}")
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
    """Parse YAML that begins at `first_line` of `file`. Never raises for bad text.

    Problems: FMT-01 unreadable, FMT-03 a value that is none, FMT-05 a key given twice.
    """
    try:
        loader = _Loader(text)
        try:
            builder = _Builder(loader, file, first_line)
            root = loader.get_single_node()
            data = builder.build(root, ()) if root is not None else None
        finally:
            loader.dispose()
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = (mark.line if mark else 0) + first_line
        said = getattr(problem, "problem", None) or "not readable as YAML"
        return None, [Problem(file, line, "FMT-01", "error", f"This is not YAML: {said}.")]
    except RecursionError:
        return None, [Problem(file, first_line, "FMT-01", "error", "This is nested too deeply to be read.")]
    return Marked(file, data, builder.lines), builder.problems


class _Builder:
    """Turns the nodes of one document into plain data, and keeps their lines."""

    def __init__(self, loader: Any, file: str, first: int) -> None:
        self.loader, self.file, self.first = loader, file, first
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self.built: set[int] = set()

    def build(self, node: yaml.Node, at: Path) -> Any:
        """The value of `node`, which stands at `at`."""
        self.lines[at] = self._line(node)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self.built:
            # An alias can hold itself, or grow without end; a course needs none.
            return self._problem(node, "FMT-03", "“*” repeats a value; write it out where it is needed.")
        self.built.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        return [self.build(child, (*at, i)) for i, child in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, at: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                self._problem(key_node, "FMT-03", "A field's name is a word; this one is a list.")
                continue
            if key in result:
                self._problem(key_node, "FMT-05", f"“{key}” is given twice; keep one.")
            result[key] = self.build(value_node, (*at, key))
            # The key's line, not the value's: a long text may begin on the next one.
            self.lines[(*at, key)] = self._line(key_node)
        return result

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        try:
            value = self.loader.construct_object(node)
            # A number too long to be written down cannot be checked either.
            return value if isinstance(value, str) or str(value) else None
        except (ValueError, KeyError, AttributeError) as problem:
            # PyYAML raises the last two for words under a tag such as !!bool that are none.
            said = f": {problem}" if isinstance(problem, ValueError) else f" as {node.tag.rpartition(':')[2]}"
            return self._problem(node, "FMT-03", f"“{node.value[:40]}” cannot be read{said}.")

    def _line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self.first

    def _problem(self, node: yaml.Node, rule: str, message: str) -> None:
        self.problems.append(Problem(self.file, self._line(node), rule, "error", message))


def validate(model: type[M], marked: Marked, at: Path = ()) -> tuple[M | None, list[Problem]]:
    """Check the value at `at` against `model`, strictly. Problems name field and line: FMT-02 to FMT-04."""
    value = marked.data
    for step in at:
        value = value[step]
    try:
        return model.model_validate_json(json.dumps(value, default=_plain), strict=True), []
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
        # A list with a broken entry is also reported as too short; mending the entry mends both.
        own = [error for error in errors if "after validation" not in error["msg"]]
        return None, [_problem(marked, at, error) for error in own or errors]


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _problem(marked: Marked, at: Path, error: Any) -> Problem:
    where = (*at, *(step for step in error["loc"] if isinstance(step, str | int)))
    rule, message = words_of(error)
    return Problem(marked.file, marked.line(where), rule, "error", message)


def words_of(error: Any) -> tuple[str, str]:
    """The rule that one of pydantic's errors breaks, and what is wrong in words for an author."""
    name = ".".join(str(step) for step in error["loc"]) or "this"
    kind = error["type"]
    if kind == "extra_forbidden":
        return "FMT-02", f"There is no field “{name}”; see docs/authors.md for the names."
    if kind == "missing":
        return "FMT-04", f"The field “{name}” is missing."
    if _RULE_ID.fullmatch(kind):
        return kind, error["msg"]
    if kind == "value_error":
        return "FMT-03", f"{error['msg'].removeprefix('Value error, ')}"
    return "FMT-03", f"“{name}”: {error['msg'][0].lower() + error['msg'][1:]}."


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
