"""The glossary: every term, and where it is used."""

from __future__ import annotations

import re

from flask import Blueprint, render_template, url_for
from markupsafe import Markup, escape

from app.accounts.permissions import Permission
from app.boot import library
from app.errors import NotFound
from app.library.uses import lessons_by_term
from app.web.access import needs

bp = Blueprint("glossary", __name__, url_prefix="/glossary")
_MARKED = re.compile(r'<span class="term" data-term="([a-z0-9-]+)">(.*?)</span>', re.DOTALL)


@bp.get("")
@needs(Permission.READ)
def index() -> str:
    """All terms, by the alphabet."""
    terms = sorted(library().terms.values(), key=lambda term: term.term.casefold())
    return render_template("glossary/index.html", terms=terms)


@bp.get("/<term_id>")
@needs(Permission.READ)
def term(term_id: str) -> str:
    """A term with the lessons that use it."""
    found = library()
    if term_id not in found.terms:
        raise NotFound("There is no such term in the glossary.")
    lessons = lessons_by_term(found).get(term_id, [])
    return render_template("glossary/term.html", term=found.terms[term_id], lessons=lessons)


@bp.app_template_filter("terms")
def link_terms(html: str) -> Markup:
    """HTML of a lesson in which every marked term leads to the glossary."""
    known = library().terms

    def link(match: re.Match[str]) -> str:
        if match[1] not in known:
            return match[0]
        address = escape(url_for("glossary.term", term_id=match[1]))
        return f'<a class="term" href="{address}">{match[2]}</a>'

    return Markup(_MARKED.sub(link, html))  # noqa: S704  the HTML of a lesson was sanitised when it was read
