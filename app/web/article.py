"""The article: each paragraph in our own words, with the fragments that the course quotes."""

from __future__ import annotations

from collections import defaultdict

from flask import Blueprint, render_template

from app.accounts.permissions import Permission
from app.boot import library
from app.lessons.model import Lesson, Quote, QuoteBlock
from app.library.model import Library
from app.web.access import needs

bp = Blueprint("article", __name__)


@bp.get("/article")
@needs(Permission.READ)
def index() -> str:
    """All paragraphs, in order."""
    found = library()
    quotes: dict[str, list[Quote]] = defaultdict(list)
    for quote in found.quotes.values():
        quotes[quote.at].append(quote)
    return render_template("article/index.html", library=found, quotes=quotes, uses=_uses(found))


def _uses(found: Library) -> dict[str, list[Lesson]]:
    """Paragraph id → the lessons that quote it."""
    uses: dict[str, list[Lesson]] = defaultdict(list)
    for lesson in found.lessons.values():
        quoted = {
            found.quotes[block.quote].at
            for segment in lesson.segments
            for block in segment.blocks
            if isinstance(block, QuoteBlock)
        }
        for paragraph in quoted:
            uses[paragraph].append(lesson)
    return uses
