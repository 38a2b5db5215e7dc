"""Fields of a question in the words of a page, where a file has names."""

from __future__ import annotations

import re

from app.authoring.draft import FieldProblem

# What one entry of a list is called.
_ONE_OF = {
    "options": "option",
    "reasons": "reason",
    "elements": "element",
    "prompts": "prompt",
    "blanks": "blank",
    "accept": "accepted answer",
    "wrong_numbers": "wrong number",
    "rubric": "criterion",
    "levels": "level",
    "anchors": "example",
    "hints": "hint",
    "sentences": "sentence",
    "categories": "category",
}
_NAMES = {
    **_ONE_OF,
    "lint_ok": "warning weighed",
    "stem": "question",
    "key": "right answer",
    "shuffle_reason": "why nothing is shuffled",
}
# What the models say → what a person would.
_SAID = (
    (re.compile(r"^The field “[^”]*” is missing\.$"), "this is missing."),
    (re.compile(r"^“[^”]*”: string should have at least 1 character\.$"), "this is empty."),
    (re.compile(r"^“[^”]*”: string should have at most (\d+) characters?\.$"), r"this is longer than \1 characters."),
    (re.compile(r"^“[^”]*”: (input should be .*)$"), r"this cannot be read: \1"),
)


def named(name: str) -> str:
    """What a field of a bank is called on a page."""
    return _NAMES.get(name, name.replace("_", " "))


def field_words(at: tuple[str | int, ...]) -> str:
    """A field by its path: “Option 1, text” for ("options", 0, "text"); empty for the whole question."""
    words = ""
    for place, step in enumerate(at):
        if isinstance(step, int):
            words += f" {step + 1}"
            continue
        is_one = isinstance(next(iter(at[place + 1 :]), None), int) or step not in _ONE_OF
        words += f"{', ' if words else ''}{named(step) if is_one else step.replace('_', ' ')}"
    return words[:1].upper() + words[1:]


def problem_words(problem: FieldProblem) -> str:
    """What keeps a question from being asked, as a sentence that names the field as a page does."""
    place = field_words(problem.at)
    for pattern, said in _SAID:
        if place and pattern.match(problem.message):
            return f"{place}: {pattern.sub(said, problem.message)}"
    return problem.message
