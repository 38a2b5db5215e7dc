"""Questions as a Markdown document: to read, to print, to keep beside other texts. The key stands at its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.formats.base import Loss, Writer, Written
from app.formats.images import images_in
from app.formats.paper.asked import Asked, asked, letter_of
from app.formats.paper.paper import NOT_ON_PAPER, has_more
from app.formats.paper.pictures import texts_of
from app.formats.rich import escape
from app.questions.model import Passage, Question
from app.questions.shapes import (
    AssignView,
    ChanceView,
    ChoiceView,
    Gap,
    GapsView,
    NumberView,
    OrderView,
    SentencesView,
    ShownOption,
    TextView,
)

# What would begin a heading, a list, a quotation or a line at the beginning of a line.
_BLOCK = re.compile(r"^(\s*)([#>+=|-]|~~~|```|(?=\d{1,9}[.)]))", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d{1,9})([.)])", re.MULTILINE)
# Tags that our Markdown does not have: in a document they would be live.
_FOREIGN_TAG = re.compile(r"(?<!\\)<(?!/?su[bp]>|br ?/?>)(?=[a-zA-Z/!?])")
_BLANK = r"\_\_\_\_\_"


class MarkdownText(Writer):
    """A readable document."""

    name = "markdown"
    label = "Document (Markdown)"
    suffixes = (".md",)
    media_type = "text/markdown"

    def write(self, questions: Sequence[Question], *, title: str, images: Mapping[str, bytes]) -> Written:
        """See Format. Pictures are named, and have to be laid beside the file."""
        shown = asked(questions)
        parts = [f"# {escape(' '.join(title.split())) or 'Questions'}"]
        before: Passage | None = None
        for one in shown:
            parts += _question(one, before)
            before = one.question.head.passage
        parts.append("## Key")
        parts += [part for one in shown for part in _answer(one)]
        return Written(("\n\n".join(parts) + "\n").encode("utf-8", "replace"), tuple(_losses(questions)))


def _losses(questions: Sequence[Question]) -> Iterable[Loss]:
    if any(has_more(question) for question in questions):
        yield Loss("", NOT_ON_PAPER)
    for question in questions:
        for name in images_in(*texts_of(question)):
            yield Loss(question.id, f"The picture {name} is not in the file; lay it beside it.")
        if question.head.passage and question.head.passage.quote:
            yield Loss(question.id, "The passage is a quotation kept in the course, and is not in the file.")


def _question(one: Asked, before: Passage | None) -> list[str]:
    head = one.question.head
    parts = [f"## Question {one.number}"]
    if head.passage and head.passage.text and head.passage != before:
        parts.append("\n".join(f"> {line}" for line in _text(head.passage.text).split("\n")))
    parts += [_text(one.lead)] if one.lead else []
    parts.append(_text(head.stem))
    parts += [f"*{one.instruction}*"] if one.instruction else []
    under = _UNDER[type(one.view)](one.view)
    return parts + ([under] if under else [])


def _answer(one: Asked) -> list[str]:
    letters = f"{one.letters}: " if one.letters else ""
    # An answer that is a list of texts begins with none of ours, so what begins it is no mark of a block.
    parts = [f"### {one.number}", f"Answer: {letters}{_line(one.reveal.answer)}"]
    parts += [_text(one.question.head.explanation)] if one.question.head.explanation else []
    told = [f"- {_line(text)}{' – ' + _line(why) if why else ''}" for text, why in one.told]
    return parts + (["\n".join(told)] if told else [])


def _text(text: str) -> str:
    """Our Markdown as a paragraph: no line of it begins a heading or a list."""
    lines = _BLOCK.sub(lambda match: match[1] + (f"\\{match[2]}" if match[2] else ""), text.strip())
    return _FOREIGN_TAG.sub(r"\\<", _NUMBERED.sub(r"\1\\\2", lines))


def _line(text: str) -> str:
    """Our Markdown on one line, to stand in a list."""
    return _text(" ".join(text.split()))


def _listed(options: Iterable[ShownOption], label: Callable[[int], str] = letter_of) -> str:
    return "\n".join(f"- {label(place)}) {_line(option.text)}" for place, option in enumerate(options))


def _sentences(view: SentencesView) -> str:
    return _listed(view.options) + (f"\n\n{_text(view.note)}" if view.note else "")


def _order(view: OrderView) -> str:
    principle = f"{_text(view.principle)}\n\n" if view.principle else ""
    return principle + _listed(view.elements)


def _assign(view: AssignView) -> str:
    if view.style == "tiers":
        # Its options may have letters of their own, and the key names them by their words.
        lists = ("\n".join(f"- {_line(option.text)}" for option in prompt.options) for prompt in view.prompts)
        return "\n\n".join(
            f"{_text(prompt.text)}\n\n{items}" for prompt, items in zip(view.prompts, lists, strict=True)
        )
    prompts = "\n".join(f"- {prompt.token}: {_line(prompt.text)}" for prompt in view.prompts)
    note = f"{_text(view.note)}\n\n" if view.note else ""
    return f"{note}{prompts}\n\nTo choose from:\n\n{_listed(view.prompts[0].options)}"


def _gaps(view: GapsView) -> str:
    return _text("".join(part if isinstance(part, str) else _gap(part) for part in view.parts))


def _gap(gap: Gap) -> str:
    if not gap.options:
        return f"({gap.token}) {_BLANK}"
    return f"({gap.token}) \\[{' / '.join(_line(option.text) for option in gap.options)}\\]"


def _written(view: TextView) -> str:
    return f"At most {view.max_words} words." if view.max_words else ""


def _number(view: NumberView) -> str:
    return "\n\n".join(part for part in (_text(view.rounding), f"{_BLANK} {escape(view.unit)}".strip()) if part)


_UNDER: dict[type, Callable[[Any], str]] = {
    ChoiceView: lambda view: _listed(view.options),
    SentencesView: _sentences,
    OrderView: _order,
    AssignView: _assign,
    GapsView: _gaps,
    TextView: _written,
    NumberView: _number,
    ChanceView: lambda view: f"{_BLANK} %",
}
