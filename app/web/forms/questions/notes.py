"""What is wrong with a question, put beside the fields that it is about, in words for people who write no files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from app.authoring.draft import FieldProblem
from app.library.check.single import FieldFinding
from app.questions.marked import Path
from app.web.forms.questions.base import QuestionForm, all_rows
from app.web.forms.questions.fields import Note, Told
from app.web.forms.questions.rows import Part, Rows

# A field that waits to be filled in: no fault yet.
BLANK = "blank"
# What the models say of a value → what to do about it.
_SAID: tuple[tuple[str, str], ...] = (
    (r"input should be a valid (?:number|integer).*", "Write a number in digits, such as 0.5."),
    (r"input should be a valid date.*", "Write a date such as 2020-03-02."),
    (r"string should match pattern .*", "Use small letters, digits and single hyphens, such as two-dates."),
    (r"string should have at most (\d+) characters?\.?", r"Use at most \1 characters."),
    (r"(?:tuple|list) should have at least (\d+) items?.*", r"Have at least \1 of these."),
    (r"(?:tuple|list) should have at most (\d+) items?.*", r"Have at most \1 of these."),
    (r"input should be less than or equal to (\S+?)\.?", r"Use at most \1."),
    (r"input should be greater than or equal to (\S+?)\.?", r"Use at least \1."),
    (r"input should be less than (\S+?)\.?", r"Use less than \1."),
    (r"input should be greater than (\S+?)\.?", r"Use more than \1."),
)
# Names that a file has → what the form calls them.
_NAMES: Mapping[str, str] = {
    "option with “key: true”": "option ticked as the right answer",
    "reason has “key: true”": "reason is ticked as the right answer",
    "one of them with “key: true”": "one of them ticked as the right answer",
    "“true_version”, the sentence put right, goes with “verdict: false”, always and only with it.": (
        "A false statement is put right here; a true one needs nothing."
    ),
    "“goes_with”": "“Goes with”",
    "that needs “reuse: true”": "tick that one may belong to several, or choose another",
    "“accept” (typed) or “options” (a list)": "accepted answers (typed) or a list to choose from",
    "“accept”": "accepted answers",
    "“quote” (an id) or “text”": "a text of its own or the id of a quotation",
    "A passage with “text” says its “status”: invented or paraphrase.": "Say what the text is.",
    "“absolute” tolerance": "tolerance “by so much”",
    "A “factor”": "A tolerance by a factor",
    "“gold”": "the key sentences",
    "“shuffle: false”": "a fixed order",
    "In “text”, ": "In the text, ",
    "is missing in “text”": "is missing in the text: write it there, or take the blank out",
    "stands in “text” more than once": "stands in the text more than once",
}


# Where a message names a field as a file calls it.
_FIELD = re.compile(r"\b(field|under|into|no|a) “([a-z_]+)”")


class Said(NamedTuple):
    """Something said of the question: the id of the element that it is about, what that is called, and the note."""

    at: str
    label: str
    note: Note


def place(
    form: QuestionForm, content: Mapping[str, Any], problems: Iterable[FieldProblem], findings: Iterable[FieldFinding]
) -> list[Said]:
    """Put everything beside its field of the form, which shows `content`; the same as a list, for the page's top."""
    said = [*_problems(form, content, problems), *_findings(form, findings)]
    for field, _, note in said:
        if field is not None and note not in field.notes:
            field.notes.append(note)
    listed = (Said(field.id if field is not None else "", label, note) for field, label, note in said)
    return list(dict.fromkeys(listed))


def _problems(
    form: QuestionForm, content: Mapping[str, Any], problems: Iterable[FieldProblem]
) -> Iterator[tuple[Told | None, str, Note]]:
    for problem in problems:
        severity = BLANK if _is_blank(content, problem.at) else "error"
        yield form.find(problem.at), _label(form, problem.at), Note(severity, in_words(problem, content))


def _findings(form: QuestionForm, findings: Iterable[FieldFinding]) -> Iterator[tuple[Told | None, str, Note]]:
    rows = {row.form["id"].data: (row, f"{each.noun} {n}".capitalize()) for each, n, row in _numbered(form)}
    for finding in findings:
        note = Note(finding.severity, f"{finding_words(form, finding, 'It')} ({finding.rule})")
        if finding.field in rows:
            row, label = rows[finding.field]
            yield row, label, note
        else:
            yield form.find((finding.field,)), _label(form, (finding.field,)), note


def finding_words(form: QuestionForm, finding: FieldFinding, row: str = "") -> str:
    """What a rule says, in the words that the form has for fields and rows; `row` is what to call the row instead."""
    names = {each.form["id"].data: f"{rows.noun} {n}".capitalize() for rows, n, each in _numbered(form)}
    about = row or names.get(finding.field, f"“{finding.field}”")
    message = finding.message.removeprefix(f"“{finding.field}” ")
    message = message if message == finding.message else f"{about} {message}"
    for name, words in _NAMES.items():
        message = message.replace(name, words)

    def called(match: re.Match[str]) -> str:
        field = form.find((match[2],))
        is_it = field is not None and field.short_name == match[2] and field.label.text
        return f"{match[1]} “{field.label.text}”" if field is not None and is_it else match[0]

    return _FIELD.sub(called, message)


def _numbered(form: QuestionForm) -> Iterator[tuple[Rows, int, Part]]:
    for rows in all_rows(form):
        if rows.has_ids:
            yield from ((rows, number, row) for number, row in enumerate(rows.rows, 1))


def _label(form: QuestionForm, path: Path) -> str:
    """What the field at a path is called: “Option 2: feedback”."""
    words: list[str] = []
    for depth in range(1, len(path) + 1):
        field = form.find(path[:depth])
        step = path[depth - 1]
        if isinstance(step, int) and depth > 1 and isinstance(rows := form.find(path[: depth - 1]), Rows):
            words[-1:] = [f"{rows.noun} {step + 1}"]
        elif field is not None and field.label.text and (not words or field.label.text != words[-1]):
            words.append(field.label.text)
    return _joined(words)


def _joined(words: list[str]) -> str:
    text = ": ".join(word[:1].lower() + word[1:] for word in words)
    return text[:1].upper() + text[1:]


def in_words(problem: FieldProblem, content: Mapping[str, Any]) -> str:
    """What is wrong with a field and what to do, without the names that files have."""
    if _is_blank(content, problem.at):
        return "Still blank"
    message = re.sub(r"^“[^”]*”: ", "", problem.message)
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, message):
            return found.expand(words)
    for name, words in _NAMES.items():
        message = message.replace(name, words)
    return message[:1].upper() + message[1:]


def _is_blank(content: Any, path: Path) -> bool:
    """Whether nothing has been written at a path yet; of the question as a whole that cannot be said."""
    for step in path:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return True
    return bool(path) and content in (None, "", [], {})
