"""Fields of the editor: what a bank holds ⇄ what is typed. What cannot be read stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, cast

from wtforms import Field

from app.formats.common import own_slug, slug_of
from app.questions.marked import Path

# A point is a decimal sign however many digits follow; after a comma three digits could be thousands.
_NUMBER = re.compile(r"([+\-−]?)(\d+)(?:(?:\.(\d+))|(?:,(\d{1,2}|\d{4,})))?")


class Note(NamedTuple):
    """What is to be said beside a field: error, warning, info or blank, and the words."""

    severity: str
    message: str


class Told(Field):
    """A field of the editor. `data` is what the bank holds, `typed` what stands in the control.

    `aside` fields are folded away in a row; `shape` names the macro that draws the control.
    """

    shape = "line"

    def __init__(
        self, label: str = "", validators: Any = None, *, hint: str = "", aside: bool = False, **options: Any
    ) -> None:
        """Keep the label, the hint below it, and what WTForms knows."""
        super().__init__(label, validators, description=hint, **options)
        self.aside = aside
        self.notes: list[Note] = []

    def stored(self) -> Any:
        """What goes into the bank; None leaves the field out."""
        return self.data if self.data not in (None, "", [], {}) else None

    @property
    def typed(self) -> str:
        """What stands in the control."""
        return "" if self.data is None else str(self.data)

    @property
    def is_used(self) -> bool:
        """Whether it holds something, or something is said of it or of what is inside: it is not folded away then."""
        return bool(self.notes) or self.stored() is not None

    def find(self, path: Path) -> Told:
        """The field at a path below this one; this one when there is none."""
        return self

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read what was typed."""
        if valuelist:
            self.data = self.read(_cleaned(str(valuelist[0])))

    def read(self, text: str) -> Any:
        """What is meant by what was typed."""
        return text


def _cleaned(text: str) -> str:
    # PostgreSQL cannot keep a NUL; browsers send lines as CRLF.
    return text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")


class Line(Told):
    """A line of text; blank is nothing. `suggest` names a list of suggestions on the page."""

    def __init__(self, label: str = "", *, suggest: str = "", **options: Any) -> None:
        """See Told."""
        super().__init__(label, **options)
        self.suggest = suggest

    def stored(self) -> Any:
        """See Told."""
        return None if isinstance(self.data, str) and not self.data.strip() else super().stored()


class Prose(Line):
    """Text of several lines."""

    shape = "prose"

    def __init__(self, label: str = "", *, lines: int = 2, image: bool = False, **options: Any) -> None:
        """With `image` a script offers to put one into the text."""
        super().__init__(label, **options)
        self.lines, self.image = lines, image


class Hidden(Line):
    """What is kept and not shown."""

    shape = "hidden"


class Lines(Prose):
    """A list, one entry a line."""

    def read(self, text: str) -> list[str]:
        """The lines that are not blank."""
        return [line.strip() for line in text.split("\n") if line.strip()]

    @property
    def typed(self) -> str:
        """The entries as lines."""
        return "\n".join(map(str, self.data)) if isinstance(self.data, list) else super().typed


class Words(Line):
    """A list in one line, with commas between; with `slugs` each becomes an id."""

    def __init__(self, label: str = "", *, slugs: bool = False, **options: Any) -> None:
        """See Told."""
        super().__init__(label, **options)
        self.slugs = slugs

    def read(self, text: str) -> list[str]:
        """The entries, each once."""
        found = (word.strip() for word in re.split(r"[,\n]", text))
        return list(dict.fromkeys(as_slug(word) if self.slugs else word for word in found if word))

    @property
    def typed(self) -> str:
        """The entries with commas between."""
        return ", ".join(map(str, self.data)) if isinstance(self.data, list) else super().typed


class Number(Line):
    """A number; what is none stays text, and the model then names the field."""

    shape = "number"

    def read(self, text: str) -> Any:
        """A whole number, one with decimals, or what was typed."""
        match = _NUMBER.fullmatch(text.strip())
        if match is None:
            return text
        sign, whole, point, comma = match.groups()
        minus = "-" if sign in ("-", "−") else ""
        decimals = point or comma
        if len(whole) > 15:
            return text
        return float(f"{minus}{whole}.{decimals}") if decimals else int(minus + whole)

    @property
    def typed(self) -> str:
        """The number without an exponent, whole ones without decimals."""
        if not isinstance(self.data, float):
            return super().typed
        return str(int(self.data)) if self.data.is_integer() else f"{Decimal(repr(self.data)):f}"


class Yes(Told):
    """A box to tick. What the bank has when nothing is said is `default`."""

    shape = "yes"

    def __init__(self, label: str = "", *, default: bool = False, **options: Any) -> None:
        """See Told."""
        super().__init__(label, **options)
        self.usual = default

    def process_data(self, value: Any) -> None:
        """What the bank says, or does when it says nothing."""
        self.data = self.usual if value is None else value

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """A box that is not ticked is not sent."""
        self.data = bool(valuelist)

    def stored(self) -> Any:
        """Only what differs from what is usual."""
        return None if self.data == self.usual else bool(self.data)


class Choice(NamedTuple):
    """Something to choose: what is sent, and the words."""

    value: str
    words: str


class Pick(Told):
    """A list to choose from; a value that is not in it stays. `reads` says which texts stand for other values."""

    shape = "pick"

    def __init__(
        self,
        label: str = "",
        choices: Iterable[tuple[str, str]] = (),
        *,
        reads: Mapping[str, Any] | None = None,
        refs: str = "",
        **options: Any,
    ) -> None:
        """`refs` names the rows that are chosen from; their names are filled in by the form."""
        super().__init__(label, **options)
        self.reads, self.refs = reads or {}, refs
        # Heading → choices below it.
        self.groups: dict[str, list[Choice]] = {"": [Choice(*choice) for choice in choices]}

    def read(self, text: str) -> Any:
        """The value that is meant."""
        return self.reads.get(text, text)

    @property
    def typed(self) -> str:
        """The text that stands for the value."""
        for text, value in self.reads.items():
            if value == self.data and isinstance(value, bool) == isinstance(self.data, bool):
                return text
        return super().typed

    @property
    def strange(self) -> str:
        """The value when it is none of the choices."""
        known = {choice.value for choices in self.groups.values() for choice in choices}
        return "" if self.typed in known else self.typed

    def stored(self) -> Any:
        """A choice may be False or 0, and still be one."""
        return self.data if self.data is not None and self.data != "" else None


def as_slug(text: str) -> str:
    """Words in the form of an id; as they are where that leaves nothing."""
    stripped = text.strip()
    if own_slug(stripped) or not re.search(r"[^\W_]", stripped):
        return stripped
    return slug_of(stripped, set())


def told(field: Any) -> Told:
    """The same field, for the eyes of the type checker: a form of the editor has no others."""
    return cast(Told, field)
