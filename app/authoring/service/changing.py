"""Changing many questions at once: what can be done to which, and doing it as one batch that can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.authoring.draft import Content, read_draft
from app.authoring.models import Batch, OwnQuestion
from app.authoring.service.batches import begin_batch
from app.authoring.service.publishing import question_of
from app.authoring.service.writing import Author, dumped, next_edit, touch_shelf
from app.authoring.words import problem_words
from app.errors import Invalid
from app.library.model import Library
from app.library.models import QuestionVersion
from app.library.references import broken_references
from app.library.service import keep_version
from app.questions.bank import signature

What = Literal["tag", "untag", "move", "retire", "bring_back", "review", "publish"]
_AT_ONCE = 500
_ANOTHER_WORDING = "It was published in another wording."


@dataclass(frozen=True)
class Change:
    """What to do. `tag` is the one to add or take off; of the places None stays as it is, and empty is none.

    With `also_edits` wordings that were published before are replaced too: their answers go on counting.
    """

    what: What
    tag: str = ""
    lesson: str | None = None
    objective: str | None = None
    level: str | None = None
    category: str | None = None
    also_edits: bool = False


@dataclass(frozen=True)
class Weighed:
    """Which of the chosen questions a change can be made to, and for the others why not.

    `edits` are those among `can` that learners were asked in another wording, or that publishing would replace;
    `served` those that learners are asked now.
    """

    can: tuple[OwnQuestion, ...]
    cannot: tuple[tuple[str, str], ...]
    edits: tuple[str, ...] = ()
    served: tuple[str, ...] = ()

    @property
    def by_reason(self) -> dict[str, list[str]]:
        """Why not → the questions of which that is so."""
        found: dict[str, list[str]] = {}
        for slug, why in self.cannot:
            found.setdefault(why, []).append(slug)
        return found


def weigh(
    session: Session, slugs: Sequence[str], change: Change, author: Author, library: Library, *, may_all: bool = False
) -> Weighed:
    """What the change would do to these questions. `may_all` says that the author may change those of others too."""
    owns = _owns(session, slugs)
    can, cannot, edits, served = [], [], [], []
    for slug in slugs:
        own = owns.get(slug)
        why = _not_theirs(slug, own, author, library, may_all=may_all)
        if own is not None and not why:
            why = _HINDRANCES[change.what](session, own, change, library)
        if own is None or why:
            cannot.append((slug, why))
            continue
        can.append(own)
        if own.version_id is not None and own.status != "published":
            edits.append(slug)
        if own.is_served:
            served.append(slug)
    return Weighed(tuple(can), tuple(cannot), tuple(edits), tuple(served))


def change_many(
    session: Session,
    slugs: Sequence[str],
    change: Change,
    author: Author,
    library: Library,
    *,
    may_all: bool = False,
    now: datetime,
) -> tuple[Batch, Weighed]:
    """Make the change to all that it can be made to, as one batch with one step of history for each.

    Raises Invalid when there are none.
    """
    weighed = weigh(session, slugs, change, author, library, may_all=may_all)
    if not weighed.can and _ANOTHER_WORDING in weighed.by_reason:
        raise Invalid("Nothing was published. Say that what they ask is the same, or publish each on its own page.")
    if not weighed.can:
        raise Invalid("Nothing was changed: this cannot be done to any of the selected questions.")
    many = len(weighed.can)
    said = f"{summary_of(change)}: {many} question{'s' if many != 1 else ''}"
    batch = begin_batch(session, author, change.what, said, now=now)
    for own in weighed.can:
        _DOING[change.what](session, own, change, now)
        own.changed_at = now
    # The questions first: their steps refer to them.
    session.flush()
    note = summary_of(change)
    session.add_all(next_edit(own, author, "changed", now=now, note=note, batch_id=batch.id) for own in weighed.can)
    touch_shelf(session)
    return batch, weighed


def summary_of(change: Change) -> str:
    """What a change does, in a few words."""
    if change.what in ("tag", "untag"):
        return f"Tag “{change.tag}” {'added' if change.what == 'tag' else 'taken off'}"
    said = {"move": "Moved", "retire": "Retired", "bring_back": "Brought back as drafts", "publish": "Published"}
    return said.get(change.what, "Sent to review")


def _owns(session: Session, slugs: Sequence[str]) -> dict[str, OwnQuestion]:
    chunks = (slugs[at : at + _AT_ONCE] for at in range(0, len(slugs), _AT_ONCE))
    found = (session.scalars(select(OwnQuestion).where(OwnQuestion.slug.in_(chunk))) for chunk in chunks)
    return {own.slug: own for some in found for own in some}


def _not_theirs(slug: str, own: OwnQuestion | None, author: Author, library: Library, *, may_all: bool) -> str:
    question = library.questions.get(slug)
    if question is not None and question.place.file:
        return "It comes from a file and is changed there, or copied."
    if own is None or (own.status == "draft" and not own.is_served and own.owner_id != author.id and not may_all):
        return "It is no longer there."
    if own.owner_id != author.id and not may_all:
        return f"It is {own.owner_name}’s. Make a copy, and change that."
    return ""


def _hinders_any(own: OwnQuestion) -> str:
    return "It is retired. Bring it back first." if own.status == "retired" else ""


def _hinders_tag(session: Session, own: OwnQuestion, change: Change, library: Library) -> str:
    return _hinders_any(own) or ("It has this tag already." if change.tag in _tags(own) else "")


def _hinders_untag(session: Session, own: OwnQuestion, change: Change, library: Library) -> str:
    return _hinders_any(own) or ("It does not have this tag." if change.tag and change.tag not in _tags(own) else "")


def _hinders_move(session: Session, own: OwnQuestion, change: Change, library: Library) -> str:
    return _hinders_any(own)


def _hinders_retire(session: Session, own: OwnQuestion, change: Change, library: Library) -> str:
    return "It is retired already." if own.status == "retired" else ""


def _hinders_return(session: Session, own: OwnQuestion, change: Change, library: Library) -> str:
    return "" if own.status == "retired" else "It is not retired."


def _hinders_review(session: Session, own: OwnQuestion, change: Change, library: Library) -> str:
    said = {"in_review": "It is in review already.", "published": "It is published as it stands."}
    return _hinders_any(own) or said.get(own.status, "")


def _hinders_publish(session: Session, own: OwnQuestion, change: Change, library: Library) -> str:
    if own.status == "published":
        return "It is published as it stands."
    if found := _hinders_any(own):
        return found
    if not own.kind:
        return "It is kept as source text: no kind of question holds it."
    content = json.loads(own.content)
    question, wrong = read_draft(content, slug=own.slug, revision=max(own.revision, 1), lesson=own.lesson)
    if question is None:
        return f"It cannot be asked yet. {problem_words(wrong[0])}"
    for _, said in broken_references(library, question):
        return f"It cannot be asked yet. {said}"
    before = session.get(QuestionVersion, own.version_id) if own.version_id else None
    if before is not None and signature(question) != before.signature:
        return "Its kind, its options or its key changed. Publish it on its own page, where you say what that means."
    if before is not None and not change.also_edits:
        return _ANOTHER_WORDING
    return ""


_HINDRANCES: dict[What, Callable[[Session, OwnQuestion, Change, Library], str]] = {
    "tag": _hinders_tag,
    "untag": _hinders_untag,
    "move": _hinders_move,
    "retire": _hinders_retire,
    "bring_back": _hinders_return,
    "review": _hinders_review,
    "publish": _hinders_publish,
}


def _tags(own: OwnQuestion) -> list[str]:
    return tags_of(json.loads(own.content))


def tags_of(content: Content) -> list[str]:
    """The tags of a working copy, which may hold anything."""
    tags = content.get("tags")
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def _retag(session: Session, own: OwnQuestion, change: Change, now: datetime) -> None:
    content = json.loads(own.content)
    kept = [tag for tag in tags_of(content) if tag != change.tag]
    _write(own, content, "tags", [*kept, change.tag] if change.what == "tag" else kept)


def _move(session: Session, own: OwnQuestion, change: Change, now: datetime) -> None:
    content = json.loads(own.content)
    for name in ("objective", "level", "category"):
        if (value := getattr(change, name)) is not None:
            _write(own, content, name, value)
    if change.lesson is not None:
        own.lesson = change.lesson
    if own.status == "published":
        # Where it belongs says nothing about what is asked: its answers stay with it, and no one need be asked.
        own.version_id = keep_version(session, question_of(own), now=now).id


def _write(own: OwnQuestion, content: Content, name: str, value: Any) -> None:
    content.pop(name, None)
    if value:
        content[name] = value
    own.content = dumped(content)


def _retire(session: Session, own: OwnQuestion, change: Change, now: datetime) -> None:
    own.status, own.is_served = "retired", False


def _bring_back(session: Session, own: OwnQuestion, change: Change, now: datetime) -> None:
    own.status = "draft"


def _review(session: Session, own: OwnQuestion, change: Change, now: datetime) -> None:
    own.status = "in_review"


def _publish(session: Session, own: OwnQuestion, change: Change, now: datetime) -> None:
    own.revision = max(own.revision, 1)
    own.version_id = keep_version(session, question_of(own), now=now).id
    own.status, own.is_served = "published", True


_DOING: dict[What, Callable[[Session, OwnQuestion, Change, datetime], None]] = {
    "tag": _retag,
    "untag": _retag,
    "move": _move,
    "retire": _retire,
    "bring_back": _bring_back,
    "review": _review,
    "publish": _publish,
}
