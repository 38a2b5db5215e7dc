"""Checking a course folder: every problem at once, and what the course holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from app.library.check import bank
from app.library.check.rule import Finding, Subject
from app.library.check.rules import RULES
from app.library.check.sources import quoted_share
from app.library.load import read_course
from app.library.model import EMPTY_COURSE, Library
from app.library.references import drop_broken
from app.questions.model import LintOk, Question, Use
from app.questions.problems import Problem
from app.questions.types import TYPES

# What stays an error whatever a bank wants: what is named and not there, and what nobody could answer.
NEEDED = frozenset({"FMT-06", "SRC-01", "IMG-01", "Q-05", "Q-06", "MC-05", "MC-12"})


@dataclass(frozen=True)
class Answered:
    """A warning that the author of a question has weighed and keeps."""

    question: str
    message: str
    ok: LintOk


@dataclass(frozen=True)
class Report:
    """What would be served, and everything that is wrong, sorted by file and line; what is answered stands apart."""

    library: Library
    problems: tuple[Problem, ...]
    quoted_share: float
    answered: tuple[Answered, ...] = ()

    def within(self, name: str) -> Report:
        """The same with the problems only of the course that is called `name` beside another one."""
        return replace(self, problems=tuple(one for one in self.problems if one.file.startswith(f"{name}/")))

    def count(self, severity: str) -> int:
        """How many problems have this severity."""
        return sum(problem.severity == severity for problem in self.problems)

    def as_data(self) -> dict[str, Any]:
        """The report as plain data, for `--json`."""
        questions = self.library.questions.values()
        by_kind = Counter(question.kind for question in questions)
        by_use = Counter(question.head.use for question in questions)
        return {
            "lessons": len(self.library.lessons),
            "objectives": len(self.library.objectives),
            "claims": len(self.library.claims),
            "questions": {
                "by_kind": {kind: by_kind[kind] for kind in TYPES},
                "by_use": {use: by_use[use] for use in get_args(Use)},
            },
            "quoted_share": round(self.quoted_share, 4),
            "problems": [
                {"file": p.file, "line": p.line, "rule": p.rule, "severity": p.severity, "message": p.message}
                for p in self.problems
            ],
        }


def check_course(*folders: Path, today: date | None = None) -> Report:
    """Read the course in `folders` and apply every rule. Files only; never raises for what is in them.

    What was to be looked at again by `today` is named too; without it nothing is overdue.
    Rules see questions and lessons that refer to something missing too, so that all is said at once; the
    report's library holds what would be served.
    """
    library, problems, places = read_course(*folders)
    served, broken = drop_broken(library, places)
    subject = Subject(library, places, today)
    found = [(rule, advised(_question(library, finding), rule, finding)) for rule, finding in _look(subject)]
    problems = [
        *problems,
        *broken,
        *(
            _problem(rule, finding)
            for rule, finding in found
            if not answer_to(_question(library, finding), rule, finding)
        ),
        *_idle_answers(library, found),
    ]
    share = 0.0 if library.course is EMPTY_COURSE else quoted_share(library)
    return Report(served, tuple(sorted(set(problems))), share, tuple(_answered(library, found)))


def _look(subject: Subject) -> Iterator[tuple[str, Finding]]:
    library = subject.library
    strict = {slug: question for slug, question in library.questions.items() if question.rules == "strict"}
    for rule, entry in RULES.items():
        if rule not in bank.RULES or len(strict) == len(library.questions):
            yield from ((rule, finding) for finding in entry.find(subject))
            continue
        # Questions that are only advised on do not make the rest of the bank wrong.
        errors = list(entry.find(replace(subject, library=replace(library, questions=strict))))
        yield from ((rule, finding) for finding in errors)
        if not errors:
            yield from ((rule, _as_warning(finding)) for finding in entry.find(subject))


def _question(library: Library, finding: Finding) -> Question | None:
    return library.questions.get(finding.question or "")


def advised(question: Question | None, rule: str, finding: Finding) -> Finding:
    """The finding as its question's bank wants it: with “rules: advise” an error of quality is a warning."""
    if question is None or question.rules == "strict" or rule in NEEDED:
        return finding
    return _as_warning(finding)


def _as_warning(finding: Finding) -> Finding:
    return replace(finding, severity="warning") if finding.severity == "error" else finding


def _problem(rule: str, finding: Finding) -> Problem:
    return Problem(finding.file, finding.line, rule, finding.severity, finding.message)


def answer_to(question: Question | None, rule: str, finding: Finding) -> LintOk | None:
    """With what the author has answered this warning, if a reason and a name are given."""
    if question is None or finding.severity != "warning":
        return None
    return next((ok for ok in question.head.lint_ok if ok.rule == rule and _is_complete(ok.reason, ok.by)), None)


def _answered(library: Library, found: list[tuple[str, Finding]]) -> Iterator[Answered]:
    for rule, finding in found:
        if finding.question and (ok := answer_to(_question(library, finding), rule, finding)):
            yield Answered(finding.question, finding.message.removeprefix(f"{finding.question}: "), ok)


def _is_complete(reason: str, by: str) -> bool:
    return bool(reason.strip() and by.strip())


def _idle_answers(library: Library, found: list[tuple[str, Finding]]) -> Iterator[Problem]:
    """OK-01: answers without a reason, to an error, or to a warning that is not given."""
    fired: dict[tuple[str | None, str], set[str]] = {}
    for rule, finding in found:
        fired.setdefault((finding.question, rule), set()).add(finding.severity)
    for question in library.questions.values():
        for ok in question.head.lint_ok:
            severities = fired.get((question.id, ok.rule), set())
            if message := _idle(ok.rule, severities, _is_complete(ok.reason, ok.by)):
                yield _ok_problem(question, message)


def _idle(rule: str, severities: set[str], complete: bool) -> str:
    if "warning" in severities:
        return "" if complete else f"lint_ok for {rule} needs a “reason” and a name under “by”."
    if "error" in severities:
        return f"{rule} is an error here, which lint_ok cannot answer; mend the question."
    if rule not in RULES:
        return f"lint_ok names {rule}, which is not a rule that warns about questions."
    return f"lint_ok for {rule} answers nothing: the rule is content. Take it out."


def _ok_problem(question: Question, message: str) -> Problem:
    place = question.place
    return Problem(place.file, place.line, "OK-01", "warning", f"{question.id}: {message}")
