"""The page of sources: kind, date, address, and where each is cited."""

from __future__ import annotations

import re

from flask import Blueprint, render_template, url_for

from app.accounts.permissions import Permission
from app.boot import library
from app.lessons.model import Source
from app.library.uses import Use, citations
from app.web.access import needs

bp = Blueprint("sources", __name__, url_prefix="/sources")

KINDS: dict[str | None, str] = {
    "primary": "First hand: official texts, transcripts, the speaker’s own site",
    "news": "News reports",
    "analysis": "Analyses and fact-checks",
    "state": "State media, or close to a state",
    "copy": "Copies and excerpts of something published elsewhere",
    None: "Other",
}


@bp.get("")
@needs(Permission.READ)
def index() -> str:
    """All sources, by kind."""
    found = library()
    ordered = sorted(found.sources.values(), key=_number)
    groups = [(title, [source for source in ordered if source.kind == kind]) for kind, title in KINDS.items()]
    uses = {source: [(use, _address(use)) for use in cited] for source, cited in citations(found).items()}
    return render_template(
        "sources/index.html",
        groups=[(title, sources) for title, sources in groups if sources],
        uses={source: uses.get(source, []) for source in found.sources},
    )


def _number(source: Source) -> tuple[bool, str, int, str]:
    """The article first, then the letters, each by its numbers: S2 before S10 and S10b."""
    parts = re.fullmatch(r"([A-Z])(\d+)([a-z]?)", source.id)
    return (True, parts[1], int(parts[2]), parts[3]) if parts else (False, source.id, 0, "")


def _address(use: Use) -> str:
    match use.part:
        case "lesson":
            return url_for("lessons.read", lesson_id=use.id)
        case "claims":
            return url_for("article.claim", claim_id=use.id)
        case "omissions":
            return url_for("article.omissions", _anchor=use.id)
        case "events":
            return url_for("article.timeline", _anchor=use.id)
        case "counts":
            return url_for("article.counts", _anchor=use.id)
        case _:
            return url_for("article.places", _anchor=use.id)
