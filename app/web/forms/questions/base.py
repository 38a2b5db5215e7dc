"""The form of a question: what every kind has, around the fields of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from app.questions.marked import Path
from app.questions.model import Head
from app.web.forms.questions.fields import Choice, Line, Lines, Pick, Prose, Told, Words, Yes, as_slug, told
from app.web.forms.questions.rows import Part, Rows, Shape

PREFIX = "f-"
LEVELS: dict[str, str] = {
    "remember": "Remember: say again what was read",
    "understand": "Understand: say it in other words, tell apart",
    "apply": "Apply: use it on a new case",
    "evaluate": "Evaluate: judge and give reasons",
}
USES: dict[str, str] = {
    "practice": "Practice: drawn into quizzes and reviews",
    "held_out": "Held out: kept for a final test",
    "drill": "Drill: kept for drills",
    "lesson": "Lesson: shown inside a lesson, never drawn",
}
_NONE = ("", "None")


class SourceForm(Shape):
    """What decides the key."""

    ref = Line("Source", suggest="sources", hint="Its id in the list of sources, such as S13.")
    at = Line("Place in it", hint="A page, a paragraph, a timestamp, or “whole work”.")


class PassageForm(Shape):
    """A text beside the question."""

    text = Prose("Text of your own", lines=4, image=True)
    status = Pick(
        "What that text is",
        [("", "Choose"), ("invented", "Invented for this question"), ("paraphrase", "Retold in our own words")],
        hint="Learners see it below the text.",
    )
    quote = Line("Or a quotation of the course", suggest="quotes", hint="Its id. Then there is no text of your own.")
    mark = Lines("Words to mark", hint="One a line, exactly as they stand in the text.", aside=True)

    def content(self) -> Any:
        """Nothing at all when there is neither a text nor a quotation."""
        content = super().content()
        return content if content.keys() & {"text", "quote"} else {}


class WeighedForm(Shape):
    """A warning that the author has weighed."""

    rule = Line("Rule", hint="Its letters and number, such as MC-01.")
    reason = Line("Why it stays")
    by = Line("Your name")


class QuestionForm(Shape):
    """A question of one kind. Subclasses have the fields of the kind's body, under their names in the bank."""

    kind: ClassVar[str]
    good_for: ClassVar[str]
    # (rows, field) → the rows whose ids that field holds.
    refs: ClassVar[Mapping[tuple[str, str], str]] = {}
    # What the stem is called here.
    stem_hint: ClassVar[str] = "Ask in full, so that it can be answered with the options covered."

    stem = Prose("Question", lines=3, image=True)
    explanation = Prose(
        "Explanation",
        lines=3,
        image=True,
        hint="The right answer as a true sentence, why it is right, and where that can be read: 15 to 60 words.",
    )
    lesson = Pick("Lesson", [_NONE])
    objective = Pick("What it asks for", [_NONE])
    level = Pick("How deep", [("", "Not said"), *LEVELS.items()])
    use = Pick("Use", list(USES.items()))
    source = Part(SourceForm, "What decides the answer")
    passage = Part(PassageForm, "Passage")
    case = Pick("Case", [_NONE], hint="Several questions on one passage, drawn and shown together.")
    new_case = Line("Or a new case", hint="A name of a few words, for questions still to come on this passage.")
    category = Line("Category", hint="Where it stands among others, such as “Unit 1/Signals”. Learners do not see it.")
    tags = Words("Tags", slugs=True, hint="With commas between.")
    hints = Lines("Hints", hint="Up to five, one a line, shown one after the other. None holds the answer.")
    evidence = Lines("Quotations it rests on", hint="One a line: the id of a quotation, or its exact words.")
    sources = Words("Further sources", hint="Their ids, with commas between.")
    as_of = Line("Holds as of", hint="A date such as 2020-03-02, when the answer may change.")
    contested = Yes("Disputed: people of different views would answer differently")
    hypothetical = Yes("Invented event: learners are told")
    enemies = Words("Never in one quiz with", hint="Ids of questions that give this one away, with commas between.")
    author = Line("Author")
    review_by = Line("Look at it again by", hint="A date such as 2027-09-01.")
    lint_ok = Rows(WeighedForm, "Warnings you keep", noun="warning")

    MORE: ClassVar = (
        *("category", "tags", "hints", "evidence", "sources", "as_of", "contested", "hypothetical"),
        *("enemies", "author", "review_by", "lint_ok"),
    )
    # Fields that are no part of the content.
    _BESIDE: ClassVar = {"lesson", "new_case"}

    def __init__(self, formdata: Any = None, content: Any = None, *, lesson: str = "") -> None:
        """Fill the form from what was typed, else from a working copy and its lesson."""
        super().__init__(formdata=formdata, content=content, prefix=PREFIX)
        if formdata is None:
            self.lesson.data = lesson
        self.stem.description = self.stem_hint
        self.label_refs()

    @classmethod
    def blank(cls) -> dict[str, Any]:
        """A working copy to begin with."""
        return {"kind": cls.kind, "use": "practice", **cls.begun()}

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """The body of a working copy to begin with: sensible blank rows."""
        return {}

    @property
    def body(self) -> list[Told]:
        """The fields of the kind, in their order."""
        return [field for field in self.fields() if field.short_name not in _SHARED]

    @property
    def more(self) -> list[Told]:
        """The fields that are folded away."""
        return [told(self[name]) for name in self.MORE]

    def content(self) -> dict[str, Any]:
        """The working copy, ids of new rows made from their words."""
        content: dict[str, Any] = super().content()
        for name in self._BESIDE & content.keys():
            del content[name]
        for (holder, field), rows in self.refs.items():
            _follow(content.get(holder, ()), field, self[rows].renamed)
        if self.new_case.stored():
            content["case"] = as_slug(self.new_case.data)
        return {"kind": self.kind, **content}

    @property
    def is_reshaped(self) -> bool:
        """Whether `content` has rows or controls that the page of this form does not show yet."""
        return False

    @property
    def renamed(self) -> dict[str, dict[str, str]]:
        """Rows → provisional id → the one that `content` made from the words, for the page that is open."""
        return {rows.name: rows.renamed for rows in all_rows(self) if rows.renamed}

    def label_refs(self) -> None:
        """Fill the choices that are other rows of the form."""
        for (holder, field), wanted in self.refs.items():
            choices = [Choice("", "Choose"), *_names(self[wanted])]
            for row in (*self[holder].rows, self[holder].pattern):
                row.form[field].groups = {"": choices}

    def rows_at(self, path: Path) -> Rows | None:
        """The rows at a path of the bank."""
        field = self.find(path)
        return field if isinstance(field, Rows) else None


_SHARED = {*Head.model_fields, "lesson", "new_case"}


def all_rows(form: Shape) -> Iterator[Rows]:
    """The rows of a form, and those inside its rows."""
    for field in form.fields():
        if isinstance(field, Rows):
            yield field
            for row in field.rows:
                yield from all_rows(row.form)


def _follow(rows: Iterable[dict[str, Any]], field: str, renamed: Mapping[str, str]) -> None:
    for row in rows:
        if row.get(field) in renamed:
            row[field] = renamed[row[field]]


def _names(rows: Rows) -> Iterator[Choice]:
    for number, row in enumerate(rows.rows, 1):
        content = row.form.content()
        yield Choice(str(content.get("id", "")), f"{number}. {rows.form_class.named_by(content)[:60] or 'still blank'}")
