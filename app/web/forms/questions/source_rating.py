"""The form of a source rating: the credit of each of 36 cells, and the reason for those that earn something."""

from __future__ import annotations

from typing import Any

from app.questions.marked import Path
from app.questions.types.source_rating import CELLS, CONTENT, SOURCE
from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.fields import Pick, Prose, Told, told
from app.web.forms.questions.rows import Part, Shape

_CREDITS = {"0.25": 0.25, "0.5": 0.5, "0.75": 0.75, "1": 1}


class CellForm(Shape):
    """What a cell earns, and why."""

    credit = Pick("Credit", [("", "–"), *((text, text) for text in _CREDITS)], reads=_CREDITS)
    reason = Prose("Reason", lines=1)


class GridForm(Shape):
    """All cells. The bank lists those that earn something."""

    letters, numbers = SOURCE, CONTENT

    def __init__(self, formdata: Any = None, content: Any = None, prefix: str = "", meta: Any = None) -> None:
        """Remember in which order the bank lists the cells: what is said of the second is about that one."""
        super().__init__(formdata, content, prefix, meta)
        self.listed = list(self.opened(content))

    @classmethod
    def opened(cls, value: Any) -> dict[str, Any]:
        """Cell → what the bank says of it."""
        entries = value if isinstance(value, list) else []
        return {str(entry.get("cell")): entry for entry in entries if isinstance(entry, dict)}

    def content(self) -> Any:
        """The cells that earn something or have a reason, in the order of the grid."""
        return [{"cell": cell, **kept} for cell, kept in super().content().items()]

    def find(self, path: Path) -> Told | None:
        """The cell that the bank lists at this place."""
        at = path[0] if path else None
        cell = self.listed[at] if isinstance(at, int) and at < len(self.listed) else str(at)
        return told(self[cell]).find(path[1:]) if cell in self else None


for _cell in CELLS:
    setattr(GridForm, _cell, Part(CellForm, _cell))


class GridField(Part):
    """The grid."""

    shape = "grid"

    @property
    def credited(self) -> list[Part]:
        """The cells that earn something, have a reason or are complained of."""
        return [cell for cell in self.form.fields() if cell.stored() or cell.notes]  # type: ignore[misc]


class SourceRatingForm(QuestionForm):
    """A source to grade by the Admiralty's letters and numbers."""

    kind = "source_rating"
    good_for = "A source to grade by letter and number. Good for weighing who says something and what is said."
    stem_hint = "Name the source and what it says. “Holds as of” below gives the date of the judgement."

    cells = GridField(
        GridForm,
        "What each cell earns",
        hint="One cell, the best reading, earns 1. Each that earns something has a reason.",
    )
    rest = Prose("Why the others do not fit", lines=2)
