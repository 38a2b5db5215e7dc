"""Parts and rows of the editor's forms: a form inside a form, and a list of them that can grow and be reordered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from wtforms import FieldList, Form, FormField

from app.formats.common import slug_of
from app.markdown import plain
from app.questions.marked import Path
from app.web.forms.questions.fields import Told, told

# A row that has not been named after its words yet.
PROVISIONAL = "new-"
# Where the number of a row will stand, in the pattern that a script makes new rows from.
ANY_ROW = "__row__"
_WORDS_OF_ID = 5


class Shape(Form):
    """A form over a part of a question. Its fields have the names that the bank has."""

    # Name in the bank → field that shows what is wrong with it, where the form has none of that name.
    shown_at: Mapping[str, str] = {}

    def __init__(self, formdata: Any = None, content: Any = None, prefix: str = "", meta: Any = None) -> None:
        """Fill the form from what was typed, else from what the bank has."""
        super().__init__(formdata=formdata, data=self.opened(content), prefix=prefix, meta=meta)

    @classmethod
    def opened(cls, value: Any) -> dict[str, Any]:
        """What the fields hold of what the bank has at this place."""
        return value if isinstance(value, dict) else {}

    @classmethod
    def named_by(cls, content: dict[str, Any]) -> str:
        """The words that a row's id is made from."""
        return str(content.get("text", ""))

    def __getitem__(self, name: str) -> Any:
        """The field of this name."""
        return super().__getitem__(name)

    def fields(self) -> Iterator[Told]:
        """The fields, in the order in which they were written down."""
        return map(told, self)

    def content(self) -> Any:
        """What the bank will have at this place."""
        return {field.short_name: value for field in self.fields() if (value := field.stored()) is not None}

    def find(self, path: Path) -> Told | None:
        """The field at a path of the bank, or the nearest around it."""
        if not path:
            return None
        name = str(path[0])
        if name in self._fields:
            return told(self._fields[name]).find(path[1:])
        other = self.shown_at.get(name)
        return told(self._fields[other]).find(()) if other else None

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been typed into it."""
        content = self.content()
        return not ({name: value for name, value in content.items() if name != "id"} if content else {})


class Part(FormField, Told):  # type: ignore[type-arg]  # it is generic for the type checker alone
    """A form inside a form."""

    shape = "part"
    form: Shape

    def __init__(self, form_class: type[Shape], label: str = "", **options: Any) -> None:
        """See Told."""
        super().__init__(form_class, label, **options)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Fill the inner form."""
        self.object_data = data
        self.form = self.form_class(formdata=formdata, content=data, prefix=self.name + self.separator)

    def stored(self) -> Any:
        """What the inner form has; nothing when it is empty."""
        return self.form.content() or None

    @property
    def is_used(self) -> bool:
        """See Told."""
        return super().is_used or any(field.is_used for field in self.form.fields())

    def find(self, path: Path) -> Told:
        """See Told."""
        return self.form.find(path) or self


class Rows(FieldList, Told):  # type: ignore[type-arg]  # see Part
    """A list of parts. Each can be moved and taken out, and one can be added.

    `noun` is what a row is called. Rows with an `id` get it from their words: `renamed` says which were named by
    `content`, for what refers to them.
    """

    shape = "rows"

    def __init__(
        self,
        form_class: type[Shape],
        label: str = "",
        *,
        noun: str = "row",
        can_grow: bool = True,
        **options: Any,
    ) -> None:
        """Keep the class of a row."""
        FieldList.__init__(self, Part(form_class), label, **options)
        self.form_class, self.noun, self.can_grow = form_class, noun, can_grow
        self.renamed: dict[str, str] = {}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Fill the rows; what is no list holds none."""
        FieldList.process(self, formdata, data if isinstance(data, list | tuple) else (), extra_filters)

    @property
    def rows(self) -> list[Part]:
        """The rows as they stand."""
        return self.entries

    @property
    def has_ids(self) -> bool:
        """Whether the bank gives each row an id."""
        return hasattr(self.form_class, "id")

    def stored(self) -> Any:
        """The rows, blank ones too: whoever added one has not finished."""
        contents = [row.form.content() for row in self.rows]
        if self.has_ids:
            self._name(contents)
        return contents or None

    def _name(self, contents: list[dict[str, Any]]) -> None:
        """Give each row with words its id; a blank one keeps a provisional one."""
        taken = {str(content.get("id", "")) for content in contents}
        for content in contents:
            key, text = str(content.get("id", "")), self.form_class.named_by(content)
            if text.strip() and (not key or key.startswith(PROVISIONAL)):
                content["id"] = slug_of(" ".join(plain(text[:200]).split()[:_WORDS_OF_ID]), taken)
                self.renamed |= {key: content["id"]} if key else {}
            elif not key:
                content["id"] = self.free_id(one.get("id", "") for one in contents)

    @staticmethod
    def free_id(taken: Any) -> str:
        """A provisional id that no other row has."""
        known = set(taken)
        return next(name for n in range(1, len(known) + 2) if (name := f"{PROVISIONAL}{n}") not in known)

    def find(self, path: Path) -> Told:
        """See Told."""
        if path and isinstance(path[0], int) and path[0] < len(self.rows):
            return self.rows[path[0]].find(path[1:])
        return self

    @cached_property
    def pattern(self) -> Part:
        """A blank row from which a script makes new ones."""
        names = {"name": f"{self.name}-{ANY_ROW}", "id": f"{self.id}-{ANY_ROW}"}
        meta: Any = self.meta
        row: Part = meta.bind_field(None, self.unbound_field, names | {"_meta": meta, "translations": None})
        row.process(None, {})
        return row

    def insert(self, at: int, content: Any = None) -> None:
        """A row with this content, or a blank one, before the row at `at`."""
        adding: Any = self
        row = adding._add_entry(data=content if content is not None else {})
        if content is None and self.has_ids:
            row.form["id"].data = self.free_id(one.form["id"].data for one in self.rows)
        self.entries.insert(at, self.entries.pop())
