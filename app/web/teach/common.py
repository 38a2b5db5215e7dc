"""What the pages for teachers share: whose a question is, and who may change it."""

from __future__ import annotations

from flask import Blueprint

from app.accounts.permissions import Role
from app.authoring import queries
from app.authoring.models import OwnQuestion
from app.db import db
from app.errors import NotAllowed, NotFound
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
