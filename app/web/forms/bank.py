"""Forms of the table of questions: what to find, and what to do with those that are selected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, Form, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.authoring.bank import LEVELS, NONE, STATUSES, USES
from app.library.model import Library
from app.questions.types import TYPES

Choices = dict[str, str]
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _without_nul(text: str | None) -> str | None:
    return text.replace("\0", "").strip() if text else text


class Pick(StringField):
    """A list to choose from: `choices` holds value → words."""

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        """Begin with nothing to choose from: that is filled in when the form is made."""
        super().__init__(label, validators, **options)
        self.choices: Choices = {}

    def pre_validate(self, form: object) -> None:
        """Refuse what is not in the list; nothing at all is for the other rules to judge."""
        if self.data and self.data not in self.choices:
            raise ValidationError("Choose one of the list.")


class FilterForm(Form):
    """What a search asks for. It is sent by GET: the address says everything."""

    q = StringField("Search", filters=[_without_nul])
    status = Pick("Status")
    kind = Pick("Kind")
    strand = Pick("Strand")
    lesson = Pick("Lesson")
    objective = Pick("Objective")
    level = Pick("Level")
    use = Pick("Use")
    owner = Pick("Written by")
    category = Pick("Category")
    tag = Pick("Tag")
    findings = Pick("Check")
    sort = Pick("Order")

    def said(self) -> dict[str, str]:
        """Field → what it asks for; what is not among the choices asks for nothing."""
        return {name: it.data for name, it in self._fields.items() if it.data and (name == "q" or self.in_words(name))}

    def in_words(self, name: str) -> str:
        """What a field asks for, as its choice is called."""
        it = self[name]
        return it.choices.get(it.data or "", "") if isinstance(it, Pick) else it.data or ""


def filter_form(
    sent: Any, library: Library, *, owners: Iterable[str], categories: Iterable[str], tags: Iterable[str]
) -> FilterForm:
    """The form with what there is to choose from."""
    form = FilterForm(sent)
    form.status.choices = {"": "Any but retired", **STATUSES}
    form.kind.choices = {"": "Any"} | {name: kind.label for name, kind in TYPES.items()}
    form.strand.choices = {"": "Any"} | {it.id: it.title for it in library.course.strands}
    form.lesson.choices = {"": "Any", NONE: "No lesson"} | lesson_choices(library)
    form.objective.choices = {"": "Any", NONE: "No objective"} | objective_choices(library)
    form.level.choices = {"": "Any", NONE: "No level"} | level_choices()
    form.use.choices = {"": "Any", **USES}
    form.owner.choices = {"": "Anybody", NONE: "The course"} | {name: name for name in owners}
    form.category.choices = {"": "Any", NONE: "No category"} | {name: name for name in categories}
    form.tag.choices = {"": "Any", NONE: "No tag"} | {name: name for name in tags}
    form.findings.choices = {"": "Any", "yes": "Something to look at"}
    form.sort.choices = {"": "Last changed first", **_ORDERS}
    return form


# The order that is not named is that of the last change. Every column stands in both directions.
_ORDERS = {
    "changed": "Last changed last",
    "stem": "Question, A to Z",
    "-stem": "Question, Z to A",
    "kind": "Kind, A to Z",
    "-kind": "Kind, Z to A",
    "place": "As in the course",
    "-place": "As in the course, from its end",
    "level": "Level, from remember on",
    "-level": "Level, from evaluate down",
    "use": "Use",
    "-use": "Use, backwards",
    "status": "Status, from drafts on",
    "-status": "Status, backwards",
    "owner": "Written by, A to Z",
    "-owner": "Written by, Z to A",
    "-asked": "Most asked first",
    "asked": "Least asked first",
    "right": "Least often right first",
    "-right": "Most often right first",
}


def lesson_choices(library: Library) -> Choices:
    """The lessons by number."""
    return {it.id: f"{it.head.number} · {it.head.title}" for it in library.lessons.values()}


def objective_choices(library: Library) -> Choices:
    """The objectives in the order of the course, by their short names."""
    return {it.id: f"{it.short} ({it.id})" for it in library.course.objectives}


def level_choices() -> Choices:
    """The four levels."""
    return {level: level.capitalize() for level in LEVELS}


class TagForm(Form):
    """A tag to add."""

    tag = StringField("Tag", [InputRequired("Write the tag.")], filters=[_without_nul])

    def validate_tag(self, it: StringField) -> None:
        """Take only what a bank file could hold."""
        it.data = "-".join((it.data or "").casefold().split())
        if not _SLUG.fullmatch(it.data) or len(it.data) > 80:
            raise ValidationError("A tag is made of small letters a–z, numbers and hyphens, at most 80 of them.")


class UntagForm(Form):
    """A tag to take off: one of those that the questions have."""

    tag = Pick("Tag", [InputRequired("Choose a tag.")])


class MoveForm(Form):
    """Where questions go; what is not touched stays."""

    lesson = Pick("Lesson")
    objective = Pick("Objective")
    level = Pick("Level")
    category = StringField("Category", [Optional(), Length(max=200, message="At most 200 characters.")])
    no_category = BooleanField("Take them out of their category")

    def places(self) -> dict[str, str]:
        """Field → its new value, empty to take it away; only those that are to change."""
        chosen = {name: self[name].data for name in ("lesson", "objective", "level")}
        found = {name: "" if data == NONE else data for name, data in chosen.items() if data}
        category = " ".join((self.category.data or "").replace("\0", "").split())
        if category or self.no_category.data:
            found["category"] = category
        return found


def move_form(sent: Any, library: Library) -> MoveForm:
    """The form with the places of the course."""
    form = MoveForm(sent)
    as_it_is = "Leave as it is"
    form.lesson.choices = {"": as_it_is, NONE: "No lesson"} | lesson_choices(library)
    form.objective.choices = {"": as_it_is, NONE: "No objective"} | objective_choices(library)
    form.level.choices = {"": as_it_is, NONE: "No level"} | level_choices()
    return form


class PublishForm(Form):
    """Whether wordings that learners know are replaced too."""

    also_edits = BooleanField("Replace these too: what they ask is the same as before")


class BareForm(Form):
    """Nothing to say."""


def untag_form(sent: Any, tags: Mapping[str, int]) -> UntagForm:
    """The form with the tags and how many of the questions have each."""
    form = UntagForm(sent)
    form.tag.choices = {tag: f"{tag} ({count})" for tag, count in tags.items()}
    return form
