"""The pages of the dossier. They read the course and write nothing; a grade is compared and not kept."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.accounts.permissions import Permission
from app.boot import library
from app.errors import NotFound
from app.lessons.dossier import WORDS, Claim
from app.lessons.model import Quote
from app.lessons.verdicts import change_points, clock_times, dates_of, read_as_of, verdict_or_none
from app.library.model import Library
from app.library.uses import lessons_by_claim, lessons_by_paragraph
from app.web.access import needs
from app.web.article.drawing import draw_sketch, draw_times, draw_weeks

bp = Blueprint("article", __name__, url_prefix="/article")


@bp.get("")
@needs(Permission.READ)
def index() -> str:
    """All paragraphs with their claims, and how these stand on a date; a bad date raises Invalid."""
    found = library()
    as_of = read_as_of(request.args.get("as_of"), found.dossier)
    return render_template(
        "article/index.html",
        library=found,
        as_of=as_of,
        hidden=request.args.get("verdicts") == "hidden",
        dates=dates_of([], found.dossier),
        changes=change_points(found.claims.values(), found.dossier),
        quotes=_quotes(found),
        claims=_claims(found),
        verdicts={claim.id: verdict_or_none(claim, as_of) for claim in found.claims.values()},
        uses=lessons_by_paragraph(found),
    )


@bp.get("/claims/<claim_id>")
@needs(Permission.READ)
def claim(claim_id: str) -> str:
    """All of a claim as of a date, with a form to grade it before its verdict is opened."""
    return _claim_page(claim_id)


@bp.post("/claims/<claim_id>")
@needs(Permission.READ)
def grade(claim_id: str) -> tuple[str, int]:
    """The same with the visitor's grade beside the verdict. Nothing is stored."""
    yours = request.form.get("verdict", "")
    if yours not in WORDS:
        return _claim_page(claim_id, wrong="Choose one of the words first."), 422
    return _claim_page(claim_id, yours=yours), 200


def _claim_page(claim_id: str, *, yours: str = "", wrong: str = "") -> str:
    found = library()
    it = found.claims.get(claim_id)
    if it is None:
        raise NotFound("There is no such claim.")
    as_of = read_as_of(request.args.get("as_of"), found.dossier)
    others = list(found.claims.values())
    here = others.index(it)
    return render_template(
        "article/claim.html",
        library=found,
        claim=it,
        as_of=as_of,
        dates=dates_of([it], found.dossier),
        verdict=verdict_or_none(it, as_of),
        n_later=sum(not one.is_known(as_of) for one in it.evidence),
        words=WORDS,
        yours=yours,
        wrong=wrong,
        omissions=[one for one in found.omissions.values() if it.id in one.claims],
        events=[one for one in found.events.values() if it.id in one.claims],
        lessons=lessons_by_claim(found).get(it.id, []),
        before=others[here - 1] if here else None,
        after=others[here + 1] if here + 1 < len(others) else None,
    )


@bp.get("/omissions")
@needs(Permission.READ)
def omissions() -> str:
    """What the article leaves out."""
    return render_template("article/omissions.html", library=library())


@bp.get("/timeline")
@needs(Permission.READ)
def timeline() -> str:
    """The events, drawn to scale, and their table."""
    found = library()
    events = list(found.events.values())
    clocks = found.dossier.clocks
    return render_template(
        "article/timeline.html",
        library=found,
        times={event.id: clock_times(event, clocks) for event in events},
        numbers={event.id: number for number, event in enumerate(events, 1)},
        hours=draw_times(events, clocks),
        weeks=draw_weeks(events),
    )


@bp.get("/counts")
@needs(Permission.READ)
def counts() -> str:
    """The figures, each with whoever gave it."""
    return render_template("article/counts.html", library=library())


@bp.get("/places")
@needs(Permission.READ)
def places() -> str:
    """Names and spellings, and where the places lie."""
    found = library()
    return render_template("article/places.html", library=found, sketch=draw_sketch(list(found.places.values())))


def _quotes(found: Library) -> dict[str, list[Quote]]:
    return {at: [it for it in found.quotes.values() if it.at == at] for at in found.paragraphs}


def _claims(found: Library) -> dict[str, list[Claim]]:
    return {at: [it for it in found.claims.values() if it.at == at] for at in found.paragraphs}
