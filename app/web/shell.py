"""What every template may use: filters, the person at the browser, the look of this device."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask, request
from flask import session as cookie
from markupsafe import Markup, escape
from uuid6 import uuid7

from app import __version__
from app.boot import course
from app.lessons.model import Quote
from app.lessons.verdicts import in_words
from app.library.model import Library
from app.library.references import find_quote
from app.markdown import inline_html, plain, with_images
from app.questions.model import Question
from app.web import device, images
from app.web.access import visitor

_TAGS = re.compile(r"(<[^>]*>)")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def install(app: Flask) -> None:
    """Add filters and context."""
    app.jinja_env.filters.update(
        inline=inline,
        plain=plain,
        marked=marked,
        capitalize_first=lambda text: text[:1].upper() + text[1:],
        clock=clock,
        day=day,
        said_date=in_words,
    )
    app.jinja_env.globals.update(
        evidence=evidence,
        new_id=lambda: str(uuid7()),
        new_tab=lambda: str(uuid.uuid4()),
        version=__version__,
    )

    @app.context_processor
    def context() -> dict[str, Any]:
        return {
            "visitor": visitor(),
            "course": course().course,
            "has_article": course().has_article,
            "has_glossary": bool(course().terms),
            "has_sources": bool(course().sources),
            "look": device.look(request.cookies),
            "notices": cookie.pop("notices", []) if cookie.get("notices") else [],
        }


def notice(message: str, kind: str = "done") -> None:
    """Show a message on the next page: done, info, warning or error."""
    cookie["notices"] = [*cookie.get("notices", []), [kind, message]]


def clock(at: datetime) -> Markup:
    """A time of day in the server's zone; a script puts it into the reader's."""
    local = at.astimezone()
    return Markup('<time datetime="{}" data-clock>{}</time>').format(_iso(at), f"{local:%H:%M}")


def day(at: datetime | date | str | None) -> str:
    """A date in words: 9 Jan 2020. Takes partial ones (2020, 2020-01) as sources have them."""
    if at is None:
        return ""
    if isinstance(at, datetime):
        at = at.astimezone().date()
    parts = (at.isoformat() if isinstance(at, date) else at).split("-")
    words = [MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join([*(str(int(part)) for part in parts[2:]), *words, parts[0]])


def inline(text: str) -> Markup:
    """A line of inline Markdown as HTML, its images with the addresses that they have here."""
    return Markup(with_images(inline_html(text), images.attributes))  # noqa: S704  sanitised by nh3


def marked(text: str, words: tuple[str, ...]) -> Markup:
    """A line of inline Markdown with each of `words` marked where it stands."""
    # Every other piece is a tag, whose attributes stay as they are.
    pieces = _TAGS.split(inline(text))
    for word in map(escape, words):
        pieces[::2] = [piece.replace(str(word), f"<mark>{word}</mark>") for piece in pieces[::2]]
    return Markup("".join(pieces))  # noqa: S704  sanitised by nh3, and the words are escaped


def evidence(question: Question, course: Library) -> list[Quote]:
    """The quotations that an explanation rests on, without the one that stands as its passage already."""
    shown = question.head.passage.quote if question.head.passage else None
    found = dict.fromkeys(find_quote(course, words) for words in question.head.evidence)
    return [course.quotes[name] for name in found if name and name != shown]


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
