"""Type words, a number, or a chance in per cent."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Unreadable
from app.questions.model import Strict
from app.questions.shapes.base import Raw, one_line, only_value


@dataclass(frozen=True)
class TextView:
    """Type a few words on one line, or, with `lines`, a text of about so many lines."""

    max_length: int
    lines: int = 1
    max_words: int | None = None
    shape: str = "text"


@dataclass(frozen=True)
class NumberView:
    """Type a number; `unit` stands behind the field, `rounding` says how exact."""

    unit: str
    rounding: str
    max_length: int
    percent: bool = False
    shape: str = "number"


@dataclass(frozen=True)
class ChanceView:
    """Say how likely a statement is; `steps` are the per cents that can be given."""

    steps: tuple[int, ...]
    shape: str = "chance"


class TextResponse(Strict):
    """The words typed, as typed."""

    text: str


class NumberResponse(Strict):
    """A number as typed, known to be readable."""

    text: str


class ChanceResponse(Strict):
    """A chance in per cent."""

    percent: int


def read_text(raw: Raw, *, max_length: int) -> TextResponse | None:
    """Read the field `text`; None when it is empty. Raises Unreadable when it is too long or not text."""
    text = one_line("".join(raw.get("text", ())), max_length=max_length, where="text")
    return TextResponse(text=text) if text else None


def read_lines(raw: Raw, *, max_length: int) -> TextResponse | None:
    """Read the field `text` with its line breaks; None when it is empty. Raises Unreadable as `read_text`."""
    lines = "".join(raw.get("text", ())).strip().splitlines()
    text = "\n".join(" ".join(line.split()) for line in lines)
    if len(text) > max_length:
        raise Unreadable(f"Use at most {max_length} characters; this has {len(text)}.", where="text")
    if not text.replace("\n", "").isprintable():
        raise Unreadable("This has characters that cannot be shown; type the words again.", where="text")
    return TextResponse(text=text) if text else None


def fill_text(response: TextResponse | NumberResponse) -> dict[str, list[str]]:
    """The fields that `read_text`, `read_lines` and `read_number_text` would read as `response`."""
    return {"text": [response.text]}


def read_number_text(raw: Raw, *, max_length: int) -> str:
    """The field `text` as typed; empty when blank. Raises Unreadable when it is too long or not text."""
    return one_line("".join(raw.get("text", ())), max_length=max_length, where="text")


def read_chance(raw: Raw, steps: tuple[int, ...]) -> ChanceResponse | None:
    """Read the field `chance`; None when it is blank. Raises Unreadable unless it is one of the steps."""
    value = only_value(raw, "chance").removesuffix("%").strip()
    if not value:
        return None
    if value not in {str(step) for step in steps}:
        raise Unreadable(f"Give a chance from {steps[0]} to {steps[-1]} % out of those listed.", where="chance")
    return ChanceResponse(percent=int(value))


def fill_chance(response: ChanceResponse) -> dict[str, list[str]]:
    """The fields that `read_chance` would read as `response`."""
    return {"chance": [str(response.percent)]}
