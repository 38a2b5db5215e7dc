"""The table of all questions: search, filters, order and pages; the address says everything."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from flask import current_app, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.accounts.permissions import Permission
from app.authoring.bank import COLUMNS, NEWEST, STATUSES, USES, Asked, Row, Wanted, narrowed, ordered
from app.authoring.models import Batch
from app.boot import library
from app.db import db
from app.quiz.queries import NEVER, asked_and_right
from app.web.access import needs
from app.web.forms.bank import FilterForm, filter_form
from app.web.teach.banked import Seen, seen_bank, with_findings
from app.web.teach.common import bp, teacher

PAGE = 50
_HEADS = {
    "stem": "Question",
    "kind": "Kind",
    "place": "Belongs to",
    "level": "Level",
    "use": "Use",
    "status": "Status",
    "owner": "Written by",
    "asked": "Asked",
    "right": "Right",
    "changed": "Changed",
}
# What can be done with many questions: name and words.
ACTIONS = {
    "tag": "Add a tag",
    "untag": "Take a tag off",
    "move": "Move",
    "review": "Send to review",
    "publish": "Publish",
    "retire": "Retire",
    "bring_back": "Bring back",
    "export": "Export",
    "quiz": "Make a quiz",
}


@dataclass(frozen=True)
class Search:
    """What an address asks for: the form that shows it, the words of each part, and the rows in their order."""

    form: FilterForm
    said: Mapping[str, str]
    seen: Seen
    rows: Sequence[Row]
    # How many questions the check has not looked at, when it was asked what it finds.
    unchecked: int = 0

    @property
    def sort(self) -> str:
        """The column that the rows are ordered by, backwards with a “-”."""
        return self.said.get("sort", NEWEST)

    @property
    def last_page(self) -> int:
        """The number of the last page, from 1."""
        return max(1, -(-len(self.rows) // PAGE))

    def address(self, **changes: str | int) -> str:
        """The address of the table with other parts; an empty one is left out."""
        return table_address({**self.said, **changes})

    @property
    def where(self) -> str:
        """What is asked for, as the part of an address."""
        return encoded(self.said)


def encoded(said: Mapping[str, str | int]) -> str:
    """The part of an address after “?”; empty values are left out."""
    return urlencode({name: value for name, value in said.items() if value}).replace("~", "%7E")


def table_address(said: Mapping[str, str | int]) -> str:
    """The address of the table that shows this."""
    query = encoded(said)
    return f"{url_for('teach.questions')}{'?' if query else ''}{query}"


def search_for(sent: MultiDict[str, str]) -> Search:
    """The rows that an address asks for, in its order."""
    seen = seen_bank(teacher())
    form = filter_form(sent, library(), owners=seen.owners, categories=seen.categories, tags=seen.tags)
    said = form.said()
    names = {it.name for it in fields(Wanted)}
    wanted = Wanted(**{name: value for name, value in said.items() if name in names})
    rows: Sequence[Row] = seen.usual if wanted.is_anything else narrowed(seen.rows, wanted)
    rows, unchecked = with_findings(rows) if said.get("findings") else (rows, 0)
    sort = said.get("sort", NEWEST)
    if sort != NEWEST:
        by_answers = sort.removeprefix("-") in ("asked", "right")
        rows = ordered(rows, sort, asked_and_right(db.session()) if by_answers else {})
    return Search(form, said, seen, rows, unchecked)


@bp.get("/questions")
@needs(Permission.TEACH)
def questions() -> str:
    """One page of the table."""
    search = search_for(request.args)
    number = min(max(1, request.args.get("page", 1, type=int)), search.last_page)
    shown = search.rows[(number - 1) * PAGE : number * PAGE]
    asked: Asked = asked_and_right(db.session(), [row.slug for row in shown])
    return render_template(
        "teach/bank.html",
        search=search,
        rows=[(row, asked.get((row.slug, row.revision), NEVER)) for row in shown],
        page_number=number,
        pages=page_numbers(number, search.last_page),
        heads=[(name, _HEADS[name], *_turn(search, name)) for name in COLUMNS],
        filters=_filters(search),
        statuses=STATUSES,
        uses=USES,
        actions=possible_actions(),
        library=library(),
        has_own=search.seen.has_own,
        done=_done(),
    )


def possible_actions() -> dict[str, str]:
    """What can be done with those selected, as far as this program has pages for it."""
    known = current_app.view_functions
    needed = {"export": "teach.export_page", "quiz": "teach.new_quiz"}
    return {name: words for name, words in ACTIONS.items() if needed.get(name, "teach.index") in known}


def _turn(search: Search, column: str) -> tuple[str, str]:
    """What a column's heading says of the order (for aria-sort), and the order that its link leads to."""
    if search.sort.removeprefix("-") != column:
        # The order of the last change is the one that need not be named.
        return "", {"asked": "-asked", "changed": ""}.get(column, column)
    back = "" if column == "changed" else f"-{column}"
    return ("descending", column) if search.sort.startswith("-") else ("ascending", back)


def _filters(search: Search) -> list[tuple[str, str, str]]:
    """What is asked for beside words and order: label, value in words, and the address without it."""
    names = [name for name in search.said if name not in ("q", "sort")]
    form = search.form
    return [(form[name].label.text, form.in_words(name), search.address(**{name: ""})) for name in names]


def page_numbers(here: int, last: int) -> list[int]:
    """The pages to link: the first, the last and those around this one; 0 stands for those between."""
    near = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
    found = near[:1]
    for number in near[1:]:
        found += [number] if number == found[-1] + 1 else [0, number]
    return found


def _done() -> Batch | None:
    """What was just done to many questions, to be undone here; None when the address names nothing of the teacher's."""
    try:
        batch = db.session().get(Batch, uuid.UUID(request.args.get("done", "")))
    except ValueError:
        return None
    return batch if batch is not None and batch.by_id == teacher().id and batch.undone_at is None else None
