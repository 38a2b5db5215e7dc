"""What stands under a question on paper, by the shape of its view: no line here knows a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from app.formats.paper.asked import letter_of
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
    View,
)

Html = Callable[[str], str]
BLANK = '<span class="blank"></span>'
_LINE = '<p class="line"></p>'


def under_stem(view: View, html: Html) -> str:
    """The HTML of options, prompts, blanks or lines to write on."""
    return _UNDER[type(view)](view, html)


def on_sheet(view: View, html: Html) -> str:
    """The HTML of the place for the answer on a sheet of its own."""
    return _SHEET[type(view)](view, html)


def _lettered(options: Iterable[ShownOption], html: Html, *, box: bool = False) -> str:
    tick = f'<span class="tick{" box" if box else ""}"></span>'
    items = (f"<li>{tick} {html(option.text)}</li>" for option in options)
    return f'<ol type="A" class="options">{"".join(items)}</ol>'


def _ticked(options: Iterable[ShownOption], html: Html) -> str:
    items = (f'<li><span class="tick"></span> {html(option.text)}</li>' for option in options)
    return f'<ul class="ticks">{"".join(items)}</ul>'


def _choice(view: ChoiceView, html: Html) -> str:
    return _lettered(view.options, html, box=view.multiple)


def _sentences(view: SentencesView, html: Html) -> str:
    return _lettered(view.options, html, box=True) + (f'<p class="note">{html(view.note)}</p>' if view.note else "")


def _order(view: OrderView, html: Html) -> str:
    principle = f'<p class="note">{html(view.principle)}</p>' if view.principle else ""
    items = (f"<li>{BLANK} {html(element.text)}</li>" for element in view.elements)
    return f'{principle}<ol type="A" class="prompts">{"".join(items)}</ol>'


def _assign(view: AssignView, html: Html) -> str:
    if view.style == "tiers":
        # Its options may have letters of their own, and the key names them by their words.
        return "".join(f"<p>{html(prompt.text)}</p>{_ticked(prompt.options, html)}" for prompt in view.prompts)
    if view.style == "grid":
        return _grid(view, html)
    prompts = "".join(f"<li>{BLANK} {html(prompt.text)}</li>" for prompt in view.prompts)
    options = "".join(f"<li>{html(option.text)}</li>" for option in view.prompts[0].options)
    note = f'<p class="note">{html(view.note)}</p>' if view.note else ""
    return f'{note}<ol class="prompts">{prompts}</ol><ol type="A" class="options">{options}</ol>'


def _grid(view: AssignView, html: Html) -> str:
    head = "".join(f'<th scope="col">{html(option.text)}</th>' for option in view.prompts[0].options)
    cells = '<td><span class="tick"></span></td>' * len(view.prompts[0].options)
    rows = "".join(f'<tr><th scope="row">{html(prompt.text)}</th>{cells}</tr>' for prompt in view.prompts)
    return f'<table class="grid"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _gaps(view: GapsView, html: Html) -> str:
    text = "".join(html(part) if isinstance(part, str) else _gap(part, html) for part in view.parts)
    return f'<p class="gaps">{text}</p>'


def _gap(gap: Gap, html: Html) -> str:
    if not gap.options:
        return f'<span class="gap">({escape(gap.token)}) {BLANK}</span>'
    words = " / ".join(html(option.text) for option in gap.options)
    return f'<span class="gap">({escape(gap.token)}) [{words}]</span>'


def _text(view: TextView, html: Html) -> str:
    words = f'<p class="note">At most {view.max_words} words.</p>' if view.max_words else ""
    return words + _LINE * min(view.lines, 20)


def _number(view: NumberView, html: Html) -> str:
    rounding = f'<p class="note">{html(view.rounding)}</p>' if view.rounding else ""
    return f"{rounding}<p>{BLANK} {escape(view.unit)}</p>"


def _chance(view: ChanceView, html: Html) -> str:
    return f"<p>{BLANK} % (from {view.steps[0]} to {view.steps[-1]})</p>"


def _circles(count: int) -> str:
    return " ".join(f'<span class="letter">{letter_of(place)}</span>' for place in range(count))


def _sheet_options(view: ChoiceView | SentencesView, html: Html) -> str:
    return _circles(len(view.options))


def _sheet_assign(view: AssignView, html: Html) -> str:
    if view.style == "grid":
        return "In the table of the question."
    return " ".join(f'<span class="gap">{prompt.token} {BLANK}</span>' for prompt in view.prompts)


def _sheet_order(view: OrderView, html: Html) -> str:
    return " ".join(f'<span class="gap">{letter_of(place)} {BLANK}</span>' for place in range(len(view.elements)))


def _sheet_gaps(view: GapsView, html: Html) -> str:
    return " ".join(f'<span class="gap">({part.token}) {BLANK}</span>' for part in view.parts if isinstance(part, Gap))


def _sheet_text(view: TextView, html: Html) -> str:
    return _LINE * min(view.lines, 20)


_UNDER: dict[type, Callable[[Any, Html], str]] = {
    ChoiceView: _choice,
    SentencesView: _sentences,
    OrderView: _order,
    AssignView: _assign,
    GapsView: _gaps,
    TextView: _text,
    NumberView: _number,
    ChanceView: _chance,
}
_SHEET: dict[type, Callable[[Any, Html], str]] = {
    ChoiceView: _sheet_options,
    SentencesView: _sheet_options,
    OrderView: _sheet_order,
    AssignView: _sheet_assign,
    GapsView: _sheet_gaps,
    TextView: _sheet_text,
    NumberView: lambda view, html: f"{BLANK} {escape(view.unit)}",
    ChanceView: lambda view, html: f"{BLANK} %",
}
