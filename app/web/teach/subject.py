"""The question that a page for teachers is about: from a file or written here, whole or still a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.authoring import queries
from app.authoring.draft import Content, FieldProblem, as_content, read_draft
from app.authoring.models import OwnQuestion
from app.boot import course, library
from app.db import db
from app.errors import NotFound
from app.library.check.single import FieldFinding, findings_for
from app.library.queries import questions_by_version
from app.library.references import broken_references
from app.markdown import plain
from app.questions.model import Question
from app.web.forms.questions import FORMS
from app.web.forms.questions.notes import finding_words
from app.web.teach.common import may_change, seen_question, teacher

# The field of what a question names in vain.
_FIELDS = {"Q-01": "objective", "SRC-01": "source", "Q-05": "passage"}


@dataclass(frozen=True)
class Subject:
    """A question as this teacher may see it.

    `own` is None for one from a file. `question` is None, and `wrong` says why field by field, as long as it cannot
    be asked. `is_as_served` says that its author is writing on while this is what learners are asked.
    """

    slug: str
    own: OwnQuestion | None
    content: Content
    question: Question | None
    wrong: tuple[FieldProblem, ...] = ()
    may_change: bool = False
    is_as_served: bool = False

    def said(self, name: str) -> str:
        """What a field of the working copy holds, as text: a draft may hold anything there. Empty when nothing."""
        value = self.content.get(name)
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return "" if value is None else str(value)

    def anchor(self, field: str) -> str:
        """Where the editor has a field, or the part of a list with this id; empty when it has none."""
        for name, value in self.content.items():
            if name == field:
                return f"f-{name}"
            for number, entry in enumerate(value if isinstance(value, list) else []):
                if isinstance(entry, dict) and entry.get("id") == field:
                    return f"f-{name}-{number}"
        return ""

    @property
    def title(self) -> str:
        """The first words of its stem, as plain text."""
        words = " ".join(plain(self.said("stem")).split())
        return words if len(words) <= 90 else f"{words[:90].rsplit(' ', 1)[0]} …"

    @property
    def revision(self) -> int:
        """The revision under which its answers are counted."""
        if self.own:
            return max(self.own.revision, 1)
        return self.question.head.revision if self.question else 1

    def findings(self, today: date) -> list[FieldFinding]:
        """What the linter says of it, the gravest first; nothing of what keeps it from being asked at all."""
        around = library() if self.own else course()
        found = findings_for(around, self.question, today=today) if self.question else []
        if not self.own or self.question is None:
            return found
        form = FORMS[self.question.kind](content=self.content)
        return [replace(one, message=finding_words(form, one)) for one in found]


def subject_of(slug: str) -> Subject:
    """The question with this id, from a file or written here. Raises NotFound, also for the drafts of others."""
    try:
        own = seen_question(slug)
    except NotFound:
        question = course().questions.get(slug)
        if question is None:
            raise
        return Subject(slug, None, as_content(question), question)
    return subject_of_own(own)


def subject_of_own(own: OwnQuestion) -> Subject:
    """A question written here: the working copy, or for others what is served while its author writes on."""
    mine = may_change(own, teacher())
    if not mine and own.status in ("draft", "retired"):
        question = served_question(own)
        if question is None:
            raise NotFound("There is no such question.")
        return Subject(own.slug, own, as_content(question), question, is_as_served=own.is_served)
    content = queries.content_of(own)
    question, wrong = read_draft(content, slug=own.slug, revision=max(own.revision, 1), lesson=own.lesson)
    if question:
        found = [FieldProblem((_FIELDS[rule],), said) for rule, said in broken_references(library(), question)]
        question, wrong = (None if found else question), found
    return Subject(own.slug, own, content, question, tuple(wrong), may_change=mine)


def served_question(own: OwnQuestion) -> Question | None:
    """The version of it that is or was served last; None when it was never published."""
    if own.version_id is None:
        return None
    return questions_by_version(db.session(), [own.version_id])[own.version_id]
