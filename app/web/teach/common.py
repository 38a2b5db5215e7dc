"""What the pages for teachers share: whose a question is, and who may change it."""

from __future__ import annotations

import re
import secrets
import string
from typing import Any

from flask import Blueprint, current_app, url_for

from app.accounts.permissions import Role
from app.authoring import queries
from app.authoring.models import OwnQuestion, OwnQuiz
from app.authoring.words import problem_words
from app.db import db
from app.errors import NotAllowed, NotFound
from app.markdown import plain
from app.web.access import Visitor, visitor

bp = Blueprint("teach", __name__, url_prefix="/teach")


def teacher() -> Visitor:
    """The teacher at the browser. Only behind Permission.TEACH."""
    found = visitor()
    if found is None:
        raise NotAllowed("This is for teachers.")
    return found


def may_change(own: OwnQuestion, who: Visitor) -> bool:
    """Whether the person may edit, publish and retire it: its owner, and admins."""
    return own.owner_id == who.id or who.role == Role.ADMIN


def seen_question(slug: str) -> OwnQuestion:
    """A question written in the browser that the teacher may see: one's own, and others' unless they are drafts.

    Raises NotFound; a draft of somebody else's does not exist for others.
    """
    own = queries.own_question(db.session(), slug)
    if own.status == "draft" and not own.is_served and not may_change(own, teacher()):
        raise NotFound("There is no such question.")
    return own


def changeable_question(slug: str) -> OwnQuestion:
    """A question that the teacher may change. Raises NotFound, and NotAllowed with what can be done instead."""
    own = seen_question(slug)
    if not may_change(own, teacher()):
        raise NotAllowed(f"This question is {own.owner_name}’s. Make a copy, and change that.")
    return own


# Name, endpoint and words of the second row of links.
_LINKS = (
    ("index", "teach.index", "Overview"),
    ("questions", "teach.questions", "Questions"),
    ("quizzes", "teach.quizzes", "Quizzes"),
    ("import", "teach.import_page", "Import"),
    ("export", "teach.export_page", "Export"),
    ("marking", "quiz.waiting", "Marking"),
    ("people", "teach.people", "People"),
)


@bp.app_template_global()
def teach_links() -> list[tuple[str, str, str]]:
    """The links of the second row: name, address and words."""
    known = current_app.view_functions
    return [(name, url_for(endpoint), words) for name, endpoint, words in _LINKS if endpoint in known]


bp.add_app_template_filter(problem_words)


@bp.app_template_global()
def teach_address(endpoint: str, **values: Any) -> str:
    """Where a page for teachers is, by its endpoint without “teach.”; empty when this program has no such page."""
    full = f"teach.{endpoint}"
    return url_for(full, **values) if full in current_app.view_functions else ""


_SLUG_WORDS = 5


def new_slug(words: str) -> str:
    """A new id for a question or quiz: `own-`, a few of its words, and four letters that make it the only one."""
    found = re.findall(r"[a-z0-9]+", plain(words).lower().replace("’", "").replace("'", ""))
    letters = "".join(secrets.choice(string.ascii_lowercase) for _ in range(4))
    return "-".join(["own", *(word[:12] for word in found[:_SLUG_WORDS]), letters])


def own_quiz_of(slug: str, *, to_change: bool = True) -> OwnQuiz:
    """A quiz of one's own, or for admins of anybody. Raises NotFound: others' quizzes are theirs.

    Without `to_change` another teacher's is found too, once it is open, so that it can be copied.
    """
    own = queries.own_quiz(db.session(), slug)
    who = teacher()
    is_mine = own.owner_id == who.id or who.role == Role.ADMIN
    if not is_mine and (to_change or own.status not in ("open", "closed")):
        raise NotFound("There is no such quiz.")
    return own
